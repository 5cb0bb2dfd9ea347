package p2psip.std.rfc6665;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.Message;

class EventTypeTest {
    private static Optional<EventType> of(String... fields) {
        return EventType.of(Message.parse("NOTIFY sip:alice@127.0.0.1 SIP/2.0\n"
                + String.join("", fields) + "\n"));
    }

    //= rfc6665#8.2.1-2 one event type: not two in one field, nor two fields
    @Test void one_event_is_understood_and_not_two() {
        assertThat(of("Event: presence;id=7\n")).contains(new EventType("presence", "7"));
        assertThat(of()).isEmpty();
        assertThat(of("Event: presence, dialog\n")).isEmpty();
        assertThat(of("Event: presence,presence\n")).isEmpty();
        assertThat(of("Event: presence\n", "Event: dialog\n")).isEmpty();
        assertThat(of("Event: presence\n", "Event: presence\n")).isEmpty();
    }
}
