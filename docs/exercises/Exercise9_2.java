import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # One key, many packets
///
/// A key that is held makes a packet every 20 ms, all with the timestamp of the moment that it was
/// pressed; the last comes three times, in case it is lost. From the packets say which keys were
/// pressed. One that was late may come among those of the next key.
///
/// Hint: packets of one key have one timestamp. Two keys never have the same.
///
/// Hint: any packet of a key tells of it; it need not be the first.
class Exercise9_2 {
    record Packet(long timestamp, char key) {}

    // answer
    String keys(List<Packet> packets) {
        var keys = new StringBuilder();
        var seen = new HashSet<Long>();
        for (var packet : packets)
            if (seen.add(packet.timestamp()))   //~ if (keys.indexOf("" + packet.key()) < 0)
                keys.append(packet.key());   //~ { seen.removeIf(t -> t != packet.timestamp()); keys.append(packet.key()); }
        return keys.toString();   //~ return keys.reverse().toString();
    }
    // start
    //| String keys(List<Packet> packets) {
    //|     return "";
    //| }
    // end

    @Test void one_key_however_long() {
        assertThat(keys(Collections.nCopies(50, new Packet(1000, '5')))).isEqualTo("5");
    }

    @Test void the_same_key_twice() {
        assertThat(keys(List.of(new Packet(1000, '5'), new Packet(1000, '5'),
                new Packet(3000, '5')))).isEqualTo("55");
    }

    @Test void a_number() {
        assertThat(keys(List.of(new Packet(1, '1'), new Packet(2, '2'), new Packet(2, '2'),
                new Packet(3, '#')))).isEqualTo("12#");
    }

    @Test void a_packet_that_was_late_is_no_new_key() {
        assertThat(keys(List.of(new Packet(1000, '5'), new Packet(3000, '6'),
                new Packet(1000, '5'), new Packet(3000, '6')))).isEqualTo("56");
    }
}
