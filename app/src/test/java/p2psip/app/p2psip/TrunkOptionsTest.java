package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.std.rfc5626.Instance;

class TrunkOptionsTest {
    @TempDir Path folder;
    private final SplittableRandom random = new SplittableRandom(1);

    private Instance named(String file) {
        return TrunkOptions.instance("--instance", folder.resolve(file), random);
    }

    //= rfc5626#4.1-2 persistent: the next start finds the same
    //= rfc5626#4.1-3 which does not change, whatever the network
    @Test void a_phone_keeps_its_name_over_each_start() {
        var made = named("phone");
        assertThat(named("other")).isNotEqualTo(made);
        assertThat(named("phone")).isEqualTo(made);
    }
}
