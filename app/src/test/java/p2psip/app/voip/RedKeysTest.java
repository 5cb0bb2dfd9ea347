package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2198.RedundantPayload;
import p2psip.std.rfc2833.*;
import p2psip.std.rfc3550.RtpPacket;

/// Keys in packets that tell of the key before as well, and tones by their frequencies.
class RedKeysTest {
    private static final String RED = """
            m=audio 4000 RTP/AVP 0 96 97 98
            a=rtpmap:96 red/8000
            a=fmtp:96 0/0
            a=rtpmap:97 telephone-event/8000
            a=rtpmap:98 tone/8000
            """;

    private static MachineRoom called(boolean red) {
        var room = new MachineRoom(PhoneSetup.at("sip:alice@10.0.0.1").calls(1).recording()
                .speaking(Formats.of("pcmu", red)), 42);
        room.request("INVITE", MachineRoom.sdp(RED));
        room.request("ACK", "");
        return room;
    }

    private static List<TelephoneEvent> events(RtpPacket packet) {
        if (packet.payloadType() == 97)
            return List.of(TelephoneEvent.parse(packet.payload().buffer()));
        if (packet.payloadType() != 96) return List.of();
        var red = RedundantPayload.parse(packet.payload().buffer());
        return Stream.concat(red.redundant().stream(), Stream.of(red.primary()))
                .filter(b -> b.payloadType() == 97)
                .map(b -> TelephoneEvent.parse(b.data().buffer())).toList();
    }

    private static List<List<Integer>> told(MachineRoom room) {
        return room.heard().stream().map(RedKeysTest::events).filter(all -> !all.isEmpty())
                .map(all -> all.stream().map(TelephoneEvent::event).toList()).distinct().toList();
    }

    //= rfc4733#2.5.1.4-2,3,4 the retransmission of the last event goes along with a new one
    //= rfc4733#2.5.1.1-4 in combination by RFC 2198, and without redundancy where there is none
    @Test void a_key_goes_along_with_how_the_one_before_has_ended() {
        var room = called(true);
        room.command(new PhoneCommand.Press(room.number(), "12"));
        room.run(1000);
        assertThat(told(room)).containsExactly(List.of(1), List.of(1, 2));
        assertThat(room.heard()).filteredOn(p -> events(p).size() == 2).allSatisfy(p ->
                assertThat(events(p).getFirst()).isEqualTo(new TelephoneEvent(1, true, 10, 800)));
    }

    //= rfc4733#2.5.1.3.1-1 the offset of the oldest generation never exceeds 0x3FFF
    @Test void a_key_of_long_ago_is_not_told_again() {
        var room = called(true);
        room.command(new PhoneCommand.Press(room.number(), "1"));
        room.run(2200);
        room.command(new PhoneCommand.Press(room.number(), "2"));
        room.run(500);
        assertThat(told(room)).containsExactly(List.of(1), List.of(2));
    }

    @Test void without_red_each_key_goes_alone() {
        var room = called(false);
        room.command(new PhoneCommand.Press(room.number(), "12"));
        room.run(1000);
        assertThat(told(room)).containsExactly(List.of(1), List.of(2));
    }

    //= rfc2833#3.7-1 packet loss across events is recovered from by redundancy
    @Test void a_key_whose_packets_are_all_lost_is_heard_with_the_next() {
        var room = called(true);
        room.rtp(0, 160, new byte[160]);
        room.run(20);
        room.rtp(0, 320, new byte[160]);
        for (int n = 0; n < 5; n++) room.lose();
        room.run(200);
        room.rtp(96, 2400, new RedundantPayload(
                List.of(new RedundantPayload.Block(97, 1920, event(1, true, 800))),
                new RedundantPayload.Block(97, 0, event(2, false, 160))).encode().toArray());
        assertThat(room.news(News.Key.class)).extracting(News.Key::key).containsExactly('1', '2');
    }

    private static Bytes event(int number, boolean end, int duration) {
        var out = ByteBuffer.allocate(TelephoneEvent.SIZE);
        new TelephoneEvent(number, end, 10, duration).encode(out);
        return Bytes.from(out.flip());
    }

    @Test void tones_are_answered_and_heard() {
        var room = called(false);
        assertThat(room.descriptions().getLast().media().getFirst().toString())
                .contains("a=rtpmap:98 tone/8000");
        var tone = ByteBuffer.allocate(6);
        new TelephoneTone(0, false, 5, 160, List.of(1000)).encode(tone);
        for (int n = 0; n < 50; n++) {
            room.rtp(98, n * 160, tone.array());
            room.run(20);
        }
        room.run(200);
        var heard = room.recorded();
        assertThat(heard.length).isBetween(7600, 8200);
        int crossings = 0;
        for (int i = 1; i < heard.length; i++) if (heard[i - 1] < 0 && heard[i] >= 0) crossings++;
        assertThat(crossings).isBetween(940, 1010);
    }

    @Test void tones_are_not_offered_for_none_are_sent() {
        var room = new MachineRoom(Source.Tone.A);
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        assertThat(room.descriptions().getLast().toString()).doesNotContain("tone/8000");
    }
}
