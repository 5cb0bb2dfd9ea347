package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// What a status is called.
class StatusTest {
    @Test void a_status_that_is_not_known_is_called_as_its_class() {
        assertThat(Status.reason(198)).isEqualTo(Status.reason(183)).isEqualTo("Session Progress");
        //= rfc3261#8.1.3.2-1 an unknown final one as x00
        for (int status : List.of(299, 399, 499, 599, 602, 699))
            assertThat(Status.reason(status)).isEqualTo(Status.reason(status / 100 * 100));
        assertThat(Status.reason(602)).isEqualTo("Busy Everywhere");
    }
}
