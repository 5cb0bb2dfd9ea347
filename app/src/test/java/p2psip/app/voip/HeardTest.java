package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.RtcpPacket;
import p2psip.std.rfc3551.G711;

/// What a phone says of the sound that it hears, and of silence, whatever was agreed.
class HeardTest {
    private static final String PCMU = "m=audio 4000 RTP/AVP 0\n";

    private MachineRoom room = new MachineRoom(Source.Tone.A);
    private int timestamp;

    private void called(String media) {
        room.request("INVITE", MachineRoom.sdp(media));
        room.request("ACK", "");
    }

    /// The peer speaks, and time passes.
    private void speak(int seconds) {
        var sound = new byte[160];
        Arrays.fill(sound, G711.PCMU.encode(8000));
        for (int n = 0; n < 50 * seconds; n++, timestamp += 160) {
            room.rtp(0, timestamp, sound);
            room.run(20);
        }
    }

    /// How long silence had lasted, each time that it was told.
    private List<Long> silences() {
        return room.news(News.Silent.class).stream().map(s -> s.time().toSeconds()).toList();
    }

    private long reInvites() {
        return room.sip.stream().filter(m -> m.startsWith("INVITE")).count();
    }

    @Test void what_was_agreed_is_not_said_to_be_heard() {
        called(PCMU);
        room.run(4000);
        assertThat(room.news(News.Session.class))
                .containsExactly(new News.Session(room.number(), true, true));
        assertThat(room.news(News.Heard.class)).isEmpty();
        speak(1);
        assertThat(room.news(News.Heard.class)).containsExactly(new News.Heard(room.number()));
    }

    @Test void silence_is_told_while_it_lasts() {
        called(PCMU);
        room.run(4999);
        assertThat(silences()).isEmpty();
        room.run(1);
        assertThat(silences()).containsExactly(5L);
        room.run(14_900);
        assertThat(silences()).containsExactly(5L, 10L);
        speak(1);
        room.run(6000);
        assertThat(silences()).containsExactly(5L, 10L, 5L);
        speak(1);
        assertThat(room.news(News.Heard.class)).hasSize(2);
    }

    @Test void who_asks_for_silence_hears_it() {
        called(PCMU + "a=recvonly\n");
        room.run(15_000);
        assertThat(silences()).isEmpty();
        room.request("INVITE", MachineRoom.sdp(PCMU));
        room.request("ACK", "");
        room.run(5001);
        assertThat(silences()).containsExactly(5L);
    }

    /// And is told again of silence when the call goes on.
    @Test void who_is_asked_to_wait_is_not_missed() {
        called(PCMU);
        speak(1);
        room.command(new PhoneCommand.Hold(room.number()));
        room.respond("200 OK", MachineRoom.sdp(PCMU + "a=recvonly\n"));
        room.run(15_000);
        assertThat(silences()).isEmpty();
        room.command(new PhoneCommand.Resume(room.number()));
        room.respond("200 OK", MachineRoom.sdp(PCMU));
        room.run(5001);
        assertThat(silences()).containsExactly(5L);
    }

    @Test void before_the_call_is_taken_nothing_has_to_be_heard() {
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        room.respond("183 Session Progress", MachineRoom.sdp(PCMU));
        room.run(20_000);
        assertThat(silences()).isEmpty();
    }

    /// The phone of whose peer the node was killed hung for ever.
    @Test void a_call_that_leads_nowhere_ends() {
        called(PCMU);
        speak(10);
        room.run(19_900);
        assertThat(reInvites()).isZero();
        room.run(37_200);
        //= rfc3261#12.2.1.2-3 no response to the offer of what is agreed already
        assertThat(reInvites()).isPositive();
        assertThat(room.news(News.Ended.class)).singleElement().satisfies(end -> {
            assertThat(end.status()).isEqualTo(408);
            assertThat(end.statistics().received()).isEqualTo(500);
        });
    }

    @Test void one_that_is_silent_and_answers_is_still_there() {
        called(PCMU);
        for (int seconds : List.of(25, 20, 40)) {
            room.run(1000 * seconds);
            assertThat(room.sip.getLast()).startsWith("INVITE").contains("m=audio");
            room.respond("200 OK", MachineRoom.sdp(PCMU));
        }
        room.run(40_000);
        assertThat(room.news(News.Ended.class)).isEmpty();
        assertThat(room.news(News.Session.class)).hasSize(1);
        //= rfc3264#8-2 and what is offered is identical to what was said last
        assertThat(room.descriptions().stream().map(d -> d.origin().version())).containsOnly(
                room.descriptions().getFirst().origin().version());
    }

    //= rfc3261#14-2 after some randomized interval
    @Test void not_all_ask_at_once_when_the_network_fails() {
        var times = new TreeSet<Integer>();
        for (int seed = 0; seed < 20; seed++) {
            room = new MachineRoom(Source.Tone.A, true, seed);
            called(PCMU);
            room.run(20_000);
            int time = 0;
            for (; reInvites() == 0; time += 100) room.run(100);
            times.add(time);
        }
        assertThat(times).hasSizeGreaterThan(10);
        assertThat(times.last()).isLessThanOrEqualTo((int) Conversation.SPREAD.toMillis());
    }

    @Test void who_is_heard_is_not_asked_for_a_sign_of_life() {
        called(PCMU);
        speak(60);
        assertThat(reInvites()).isZero();
    }

    @Test void nor_is_who_is_heard_again_just_before() {
        for (int seed = 0; seed < 5; seed++) {
            room = new MachineRoom(Source.Tone.A, true, seed);
            called(PCMU);
            room.run(20_000);
            assertThat(reInvites()).isZero();
            speak(6);
            assertThat(reInvites()).isZero();
        }
    }

    @Test void reports_are_a_sign_of_life() {
        called(PCMU + "a=inactive\n");
        for (int n = 0; n < 12; n++) {
            room.rtcp(new RtcpPacket.ReceiverReport(77, List.of(), Bytes.EMPTY),
                    RtcpPacket.SourceDescription.cname(77, "bob"));
            room.run(5000);
        }
        assertThat(reInvites()).isZero();
        assertThat(silences()).isEmpty();
    }

    @Test void what_was_not_agreed_is_not_heard_and_not_lost() {
        called(PCMU);
        speak(1);
        for (int n = 0; n < 50; n++) room.rtp(13, timestamp, (byte) 40);
        room.run(6000);
        assertThat(silences()).containsExactly(5L);
        speak(1);
        room.recorded();
        assertThat(room.counted().lost()).isZero();
        assertThat(room.counted().received()).isEqualTo(150);
    }

    @Test void a_status_on_the_way_is_told_once() {
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        for (var status : List.of("180 Ringing", "180 Ringing", "183 Session Progress",
                "180 Ringing")) room.respond(status, "");
        assertThat(room.news(News.Progress.class)).extracting(News.Progress::status)
                .containsExactly(180, 183);
    }

    @Test void what_is_printed_is_received_of_expected() {
        var bad = new Statistics(251, 240, 250, Duration.ofNanos(440_000));
        assertThat(bad).hasToString("rtp=240/250 lost=10 jitter=0.4ms sent=251");
        var good = new Statistics(10, 20, 20, Duration.ZERO);
        assertThat(Statistics.heard(bad, good)).isEqualTo("rtp=260/270 lost=10");
    }
}
