package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.RtpPacket;
import p2psip.std.rfc3550.SequenceNumber;
import p2psip.std.rfc3551.G711;

/// Sound before a call is taken, at both ends.
class EarlyMediaTest {
    private static final String PCMU = "m=audio 4000 RTP/AVP 0\n";
    private static final InetSocketAddress OTHER = MachineRoom.address("10.0.0.3", 4000);

    private static MachineRoom room(PhoneSetup setup) { return new MachineRoom(setup, 42); }

    private static PhoneSetup alice() {
        return PhoneSetup.at("sip:alice@10.0.0.1").calls(1).recording()
                .speaking(Formats.of("pcmu", false)).playing(Source.Tone.A);
    }

    private static byte[] sound(int level) {
        var sound = new byte[160];
        Arrays.fill(sound, G711.PCMU.encode(level));
        return sound;
    }

    private static void speak(MachineRoom room, int level, int from, int packets) {
        for (int n = 0; n < packets; n++) {
            room.rtp(0, (from + n) * 160, sound(level));
            room.run(20);
        }
    }

    //= rfc3261#21.1.5-1 the body of a 183 tells how the call gets on
    @Test void what_is_heard_before_the_answer_is_told_and_kept() {
        var room = room(alice());
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        room.respond("183 Session Progress", MachineRoom.sdp(PCMU));
        speak(room, 8000, 0, 50);
        assertThat(room.news(News.Heard.class)).containsExactly(new News.Heard(1));
        assertThat(room.news(News.Established.class)).isEmpty();
        assertThat(room.heard()).hasSizeBetween(48, 52);
        room.respond("200 OK", MachineRoom.sdp(PCMU));
        speak(room, 8000, 50, 50);
        assertThat(room.recorded().length).isBetween(15_000, 16_200);
    }

    // the streams are there before the answer is
    @Test void a_caller_hears_us_while_it_rings() {
        var room = room(alice().ringing().heardEarly());
        room.request("INVITE", MachineRoom.sdp(PCMU));
        assertThat(room.sip.getLast()).startsWith("SIP/2.0 180 ").contains("m=audio ");
        room.run(6000);
        assertThat(room.heard()).hasSizeBetween(298, 302);
        assertThat(room.news(News.Silent.class)).isEmpty();
        speak(room, 8000, 0, 10);
        var early = room.descriptions().getLast();
        room.command(new PhoneCommand.Answer(room.number()));
        assertThat(room.sip.getLast()).startsWith("SIP/2.0 200 ");
        assertThat(room.descriptions().getLast()).isEqualTo(early);
        room.request("ACK", "");
        room.run(1000);
        assertThat(room.news(News.Established.class)).hasSize(1);
        assertThat(room.heard()).hasSizeBetween(355, 365);
    }

    @Test void others_hear_nothing_while_it_rings() {
        var room = room(alice().ringing());
        room.request("INVITE", MachineRoom.sdp(PCMU));
        assertThat(room.sip.getLast()).startsWith("SIP/2.0 180 ").doesNotContain("m=audio");
        room.run(1000);
        assertThat(room.heard()).isEmpty();
        room.command(new PhoneCommand.HangUp(room.number()));
    }

    /// The other place speaks, in a numbering of its own.
    private static void other(MachineRoom room, int number) {
        room.hear(room.sound(), OTHER, RtpPacket.of(false, 0, new SequenceNumber(number),
                number * 160 + 7_000_000, 99, Bytes.copyOf(sound(-8000))).encode());
    }

    /// Two places ring at once, and both speak before either has taken the call.
    @Test void of_two_who_ring_the_last_who_has_answered_is_heard_and_nobody_else() {
        var room = room(alice());
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        room.respond("183 Session Progress", MachineRoom.sdp(PCMU));
        speak(room, 8000, 0, 5);
        room.tag = "c";
        room.respond("183 Session Progress", MachineRoom.sdp(PCMU
                + "c=IN IP4 10.0.0.3\n"));
        for (int n = 5; n < 55; n++) {
            room.rtp(0, n * 160, sound(8000));
            other(room, n);
            room.run(20);
        }
        for (int n = 55; n < 100; n++) {
            other(room, n);
            room.run(20);
        }
        room.respond("200 OK", MachineRoom.sdp(PCMU + "c=IN IP4 10.0.0.3\n"));
        var heard = room.recorded();
        var louder = IntStream.range(0, heard.length).filter(i -> heard[i] > 7000).count();
        var lower = IntStream.range(0, heard.length).filter(i -> heard[i] < -7000).count();
        assertThat(louder).isBetween(4 * 160L, 7 * 160L);
        assertThat(lower).isBetween(85 * 160L, 96 * 160L);
        int last = IntStream.range(0, heard.length).filter(i -> heard[i] > 7000).max()
                .orElseThrow();
        assertThat(IntStream.range(0, last).filter(i -> heard[i] < -7000)).isEmpty();
    }
}
