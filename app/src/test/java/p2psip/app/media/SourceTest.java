package p2psip.app.media;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

/// From where a telephone's media are taken.
class SourceTest {
    private static final InetSocketAddress SAID = at("192.168.1.6", 4000),
            OTHER_PORT = at("192.168.1.6", 4002), STRANGER = at("198.51.100.66", 4000);

    private final Source source =
            new Source(SAID, SAID.getAddress(), InetAddress.ofLiteral("192.168.1.9"));

    private static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    private static Bytes rtp(int ssrc, int number) {
        return Bytes.wrap(ByteBuffer.allocate(172).put((byte) 0x80).put((byte) 0)
                .putShort((short) number).putInt(160 * number).putInt(ssrc).array());
    }

    private boolean takes(InetSocketAddress from, int ssrc, int number) {
        return source.takes(from, rtp(ssrc, number), true);
    }

    @Test void the_first_packet_of_the_host_that_was_named_says_the_port() {
        assertThat(takes(STRANGER, 1, 1)).isFalse();
        assertThat(source.at()).contains(SAID);
        assertThat(takes(OTHER_PORT, 7, 100)).isTrue();
        assertThat(source.at()).contains(OTHER_PORT);
    }

    /// A machine with two addresses may say the one and send from the other.
    @Test void from_where_the_signalling_comes_sound_may_come_as_well() {
        var source = new Source(SAID, SAID.getAddress(), InetAddress.ofLiteral("127.0.0.1"));
        assertThat(source.takes(STRANGER, rtp(1, 1), true)).isFalse();
        assertThat(source.takes(at("127.0.0.1", 4000), rtp(7, 100), true)).isTrue();
        assertThat(source.at()).contains(at("127.0.0.1", 4000));
    }

    /// From elsewhere, and from another port of the same host.
    @Test void a_thousand_packets_of_strangers_change_nothing() {
        assertThat(takes(SAID, 7, 100)).isTrue();
        for (int i = 0; i < 1_000; i++)
            for (var from : List.of(STRANGER, OTHER_PORT)) {
                assertThat(takes(from, 1_000 + i, 101)).isFalse();
                assertThat(takes(from, 7, 5_000 + i)).as("a number far away").isFalse();
            }
        assertThat(source.at()).contains(SAID);
        assertThat(takes(SAID, 7, 101)).isTrue();
    }

    @Test void one_that_goes_on_from_elsewhere_has_moved() {
        takes(SAID, 7, 65_535);
        assertThat(takes(STRANGER, 7, 65_535)).as("said again").isFalse();
        assertThat(takes(STRANGER, 7, 1)).isTrue();
        assertThat(source.at()).contains(STRANGER);
        assertThat(takes(SAID, 7, 60)).as("too far ahead").isFalse();
    }

    @Test void what_is_no_rtp_is_taken_from_where_the_first_came() {
        var report = Bytes.hex("81c90007" + "00".repeat(28));
        assertThat(source.takes(SAID, report, false)).isTrue();
        assertThat(source.takes(OTHER_PORT, report, false)).isFalse();
        assertThat(source.takes(SAID, Bytes.hex("80"), true)).isTrue();
    }

    @Test void another_description_of_another_host_begins_anew() {
        takes(SAID, 7, 1);
        source.says(at("192.168.1.6", 9_000), SAID.getAddress());
        assertThat(source.at()).as("the same host").contains(SAID);
        source.says(STRANGER, STRANGER.getAddress());
        assertThat(source.at()).contains(STRANGER);
        assertThat(takes(SAID, 7, 400)).isFalse();
        assertThat(takes(STRANGER, 9, 1)).isTrue();
    }

    @Test void what_comes_from_the_port_that_was_named_is_right_whatever_came_before() {
        assertThat(takes(OTHER_PORT, 9, 1)).isTrue();
        assertThat(takes(SAID, 7, 100)).isTrue();
        assertThat(source.at()).contains(SAID);
        for (int i = 0; i < 1_000; i++) assertThat(takes(OTHER_PORT, 9, 2 + i)).isFalse();
        assertThat(source.at()).contains(SAID);
    }

    @Test void behind_a_nat_it_is_where_the_first_comes_from_of_the_host_of_the_nat() {
        var hidden = new Source(
                at("10.0.0.5", 4000), STRANGER.getAddress(), STRANGER.getAddress());
        assertThat(hidden.at()).as("nobody can send there").isEmpty();
        assertThat(hidden.takes(SAID, rtp(7, 1), true)).isFalse();
        assertThat(hidden.takes(STRANGER, rtp(7, 1), true)).isTrue();
        assertThat(hidden.at()).contains(STRANGER);
    }
}
