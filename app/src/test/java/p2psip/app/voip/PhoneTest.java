package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2833.TelephoneEvent;
import p2psip.std.rfc3264.Format;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3551.*;
import p2psip.std.rfc4566.Direction;

/// A phone and a peer that says what telephones of all kinds might say.
class PhoneTest {
    private static final String PCMU = "m=audio 4000 RTP/AVP 0\n";
    private static final String BOTH = "m=audio 4000 RTP/AVP 0 8\n";
    private static final String KEYS =
            "m=audio 4000 RTP/AVP 0 96\na=rtpmap:96 telephone-event/8000\n";
    private static final InetSocketAddress STRANGER = MachineRoom.address("10.0.0.3", 4000);

    private final MachineRoom room = new MachineRoom(Source.Tone.A);

    /// A call from the peer, answered.
    private void called(String media) {
        room.request("INVITE", MachineRoom.sdp(media));
        room.request("ACK", "");
    }

    private void changed(String media) {
        room.request("INVITE", MachineRoom.sdp(media));
        room.request("ACK", "");
    }

    private static byte[] sound(int samples) {
        var sound = new byte[samples];
        Arrays.fill(sound, G711.PCMU.encode(8000));
        return sound;
    }

    private static Bytes payload(List<RtpPacket> packets, int at) {
        return packets.get(at).payload();
    }

    @Test void sound_goes_out_in_packets_of_20_ms() {
        called(PCMU);
        room.run(999);
        //= rfc3551#4.2-2 a second is fifty packets of 20 ms
        assertThat(room.heard()).hasSize(50);
        //= rfc3551#4.1-8 of 160 samples, at 8,000 Hz
        assertThat(room.heard()).allMatch(p -> p.payload().size() == 160);
        //= rfc3551#4.1-5 without silence suppression the marker bit is zero
        assertThat(room.heard()).noneMatch(RtpPacket::marker);
    }

    @Test void packets_are_as_long_as_the_peer_would_like() {
        //= rfc3264#6.1-28 the packetization interval is the ptime of the offer
        called(PCMU + "a=ptime:40\n");
        room.run(399);
        assertThat(room.heard()).hasSize(10).allMatch(p -> p.payload().size() == 320);
        var first = room.heard().size();
        //= rfc3264#8.3.4-2 the new parameters are used for what is sent from now on
        //= rfc3264#8.3.4-1 for attributes may be updated
        changed(PCMU + "a=ptime:500\n");
        room.run(400);
        //= rfc3551#4.2-3 a packetization delay higher than 20 ms, but not beyond 200 ms
        assertThat(payload(room.heard(), first + 1).size()).isEqualTo(1600);
        first = room.heard().size();
        //= rfc4566#6-1 a packet holds no more time than maxptime
        changed(PCMU + "a=ptime:60\na=maxptime:30\n");
        room.run(400);
        assertThat(payload(room.heard(), first + 1).size()).isEqualTo(240);
    }

    @Test void packets_of_any_length_are_heard() {
        called(PCMU);
        //= rfc3551#4.2-1,4 between 0 and 200 ms of sound in a packet; other values than 20 ms
        int at = 0;
        for (int size : List.of(80, 0, 160, 240, 1600)) {
            room.rtp(0, at, sound(size));
            at += size;
        }
        assertThat(room.recorded()).hasSize(2080).containsOnly(7932);
    }

    @Test void the_peer_changes_formats_as_it_likes() {
        //= rfc3264#6.1-27 media in any of the formats of the answer is received
        called(BOTH);
        room.rtp(8, 0, G711.PCMA.encode(1000));
        room.rtp(8, 1, G711.PCMA.encode(1000));
        //= rfc3264#5.1-6 formats change in the middle of the session, without a new offer
        room.rtp(0, 2, G711.PCMU.encode(1000));
        //= rfc3551#6-4 only those of the set that was negotiated are heard
        room.rtp(3, 3, G711.PCMU.encode(1000));
        assertThat(room.recorded()).containsExactly(1008, 1008, 988);
    }

    @Test void media_may_come_before_the_answer() {
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        room.respond("180 Ringing", "");
        //= rfc3264#5.1-20 the phone hears what comes right after its offer
        //= rfc3264#5.1-21 on a port that is ready by then
        room.rtp(0, 0, sound(160));
        room.rtp(0, 160, sound(160));
        room.respond("200 OK", MachineRoom.sdp(PCMU));
        room.run(100);
        assertThat(room.heard()).isNotEmpty();
        assertThat(room.recorded()).hasSize(320).containsOnly(7932);
    }

    @Test void an_answer_is_ready_for_media_when_it_is_sent() {
        room.slow = true;
        room.request("INVITE", MachineRoom.sdp(PCMU));
        assertThat(room.unbound).hasSize(2);
        //= rfc3264#6.1-25 no answer before both ports are prepared to receive
        room.tell(room.unbound.getFirst());
        assertThat(room.sip).noneMatch(m -> m.startsWith("SIP/2.0 200"));
        room.tell(room.unbound.getLast());
        room.rtp(0, 0, sound(160));
        room.rtp(0, 160, sound(160));
        //= rfc3264#6.1-26 and media is sent, before the ACK is there
        assertThat(room.heard()).isNotEmpty();
        room.request("ACK", "");
        assertThat(room.recorded()).hasSize(320);
    }

    @Test void traffic_goes_to_a_new_port_at_once() {
        called(PCMU);
        room.run(100);
        //= rfc3264#8.3.1-7 sending to the new port begins immediately
        changed("m=audio 4444 RTP/AVP 0\n");
        int before = room.heard().size();
        room.run(100);
        assertThat(room.heard(MachineRoom.address("10.0.0.2", 4444))).hasSizeGreaterThan(3);
        assertThat(room.heard()).hasSize(before);
    }

    @Test void sound_is_found_behind_a_stream_that_is_refused() {
        called("m=video 5000 RTP/AVP 31\n" + PCMU);
        room.run(100);
        assertThat(room.heard()).isNotEmpty();
        room.rtp(0, 0, sound(160));
        room.rtp(0, 160, sound(160));
        assertThat(room.recorded()).hasSize(320);
    }

    @Test void timestamps_go_on_while_nothing_is_sent() {
        called(PCMU);
        room.run(99);
        var last = room.heard().getLast();
        changed(PCMU + "a=inactive\n");
        room.run(10_001);
        int silent = room.heard().size();
        changed(PCMU);
        var next = room.heard().get(silent);
        //= rfc3550#5.1-11 monotonically and linearly in time: ten seconds are 80,000
        assertThat(next.timestamp() - last.timestamp()).isBetween(80_000L, 80_320L);
        assertThat(next.sequenceNumber()).isEqualTo(last.sequenceNumber().next());
    }

    @Test void sound_and_keys_share_a_source() {
        called(KEYS);
        room.run(500);
        room.command(new PhoneCommand.Press(room.number(), "1"));
        room.run(1000);
        var all = room.heard();
        for (int n = 1; n < all.size(); n++)
            //= rfc4733#2.1-1 events have the sequence numbers and timestamps of the audio
            //= rfc4733#2.5.1.6-1 each packet the next number, repetitions too
            //= rfc2833#3.1-1 so there is one base of both
            assertThat(all.get(n).sequenceNumber())
                    .isEqualTo(all.get(n - 1).sequenceNumber().next());
        var key = all.stream().filter(p -> p.payloadType() == 96).toList();
        assertThat(key.getFirst().timestamp() - all.getFirst().timestamp()).isBetween(3900L, 4320L);
        //= rfc4733#3.1-1 an event lasts 70 ms or more: 100 here
        assertThat(TelephoneEvent.parse(key.getLast().payload().buffer()).duration())
                .isEqualTo(800);
        //= rfc3551#6-3 the source changes payload types, sound to keys and back
        assertThat(room.heard()).extracting(RtpPacket::payloadType).contains(0, 96).endsWith(0);
        assertThat(room.heard()).extracting(RtpPacket::ssrc)
                .containsOnly(room.heard().getFirst().ssrc());
    }

    @Test void only_keys_that_the_peer_takes_are_sent() {
        called("m=audio 4000 RTP/AVP 0 96\na=rtpmap:96 telephone-event/8000\na=fmtp:96 0-9,16\n");
        //= rfc4733#2.5.1.1-2 events are restricted to those the receiver has listed
        room.command(new PhoneCommand.Press(room.number(), "#7"));
        room.run(1000);
        assertThat(room.heard().stream().filter(p -> p.payloadType() == 96)
                .map(p -> TelephoneEvent.parse(p.payload().buffer()).event())).containsOnly(7);
    }

    @Test void the_first_format_is_the_one_to_use() {
        //= rfc4566#5.14-4 the first of the formats is the default of the session
        called("m=audio 4000 RTP/AVP 8 0\n");
        room.run(100);
        assertThat(room.heard()).isNotEmpty().allMatch(p -> p.payloadType() == 8);
    }

    @Test void sound_is_sent_under_the_number_that_the_peer_gives_it() {
        called("m=audio 4000 RTP/AVP 97\na=rtpmap:97 PCMU/8000\n");
        room.run(100);
        // by the payload type numbers of the offer
        assertThat(room.heard()).isNotEmpty().allMatch(p -> p.payloadType() == 97);
    }

    @Test void what_is_counted_is_samples_however_many_bytes_they_are() {
        //= rfc3551#4.5-1 a rate without a static number: a dynamic one that says the clock rate
        called("m=audio 4000 RTP/AVP 98\na=rtpmap:98 L16/8000\n");
        room.run(99);
        assertThat(room.heard()).hasSize(5).allMatch(p -> p.payload().size() == 320);
        assertThat(room.heard().getLast().timestamp() - room.heard().getFirst().timestamp())
                .isEqualTo(4 * 160);
        assertThat(new L16(8000).decode(payload(room.heard(), 4).buffer()))
                .isEqualTo(Source.Tone.A.take(8000, 4 * 160, 160));
        var sound = Source.Tone.A.take(8000, 0, 480);
        for (int at = 0; at < 480; at += 160)
            room.rtp(98, at, new L16(8000).encode(Arrays.copyOfRange(sound, at, at + 160)).array());
        assertThat(room.recorded()).isEqualTo(sound);
    }

    @Test void a_call_that_is_not_taken_is_no_session() {
        var room = new MachineRoom(Source.Tone.A, false, 42);
        room.request("INVITE", MachineRoom.sdp(PCMU));
        room.run(1000);
        //= rfc4566#7-4 an invitation delivers nobody into a session without being allowed to
        assertThat(room.sip).noneMatch(m -> m.startsWith("SIP/2.0 200"));
        assertThat(room.heard()).isEmpty();
        room.command(new PhoneCommand.Answer(room.number()));
        assertThat(room.heard()).isNotEmpty();
    }

    @Test void an_inactive_stream_has_reports() {
        called(PCMU + "a=inactive\n");
        room.run(10_000);
        assertThat(room.heard()).isEmpty();
        //= rfc3550#6-8 RTCP is used in all environments
        //= rfc3550#6.2-16 and its reception reports are not turned off
        assertThat(room.reports()).isNotEmpty();
        var ssrc = ((RtcpPacket.Report) room.reports().getFirst()).ssrc();
        //= rfc4566#6-9 RTCP is received and processed: here it says that the SSRC is taken
        //= rfc3550#6-1 control packets are those that come to the other port
        room.rtcp(report(ssrc));
        assertThat(room.reports()).contains(
                new RtcpPacket.Bye(List.of(ssrc), "SSRC collision"));
    }

    @Test void media_goes_where_the_peer_has_said() {
        called(PCMU + "a=rtcp:4999\n");
        for (int n = 0; n < 3; n++)
            room.rtp(MachineRoom.address("10.0.0.2", 9999), 0, 160 * n, sound(160));
        room.run(10_000);
        //= rfc3550#11-6 the source port of what came in is not taken for the destination
        //= rfc3550#11-7 reports go to the port specified for RTCP
        assertThat(room.media).extracting(d -> d.remote().getPort()).containsOnly(4000, 4999);
    }

    /// Whoever has learned the ports could else speak into a call, or press keys in it.
    @Test void a_strangers_packets_are_not_heard() {
        var room = new MachineRoom(new Source.Echo());
        room.request("INVITE", MachineRoom.sdp(KEYS));
        room.request("ACK", "");
        for (int n = 0; n < 4; n++) room.rtp(0, 160 * n, sound(160));
        var noise = new byte[160];
        for (int n = 0; n < 4; n++) room.rtp(STRANGER, 78, 0, 160 * n, noise);
        var two = Bytes.hex("020a0050").toArray();
        for (int n = 0; n < 4; n++) room.rtp(STRANGER, 79, 96, 640, two);
        room.rtp(96, 640, Bytes.hex("010a0050").toArray());
        room.run(500);
        assertThat(room.heard().stream().map(RtpPacket::payload))
                .contains(Bytes.copyOf(sound(160))).doesNotContain(Bytes.wrap(noise));
        assertThat(room.recorded()).hasSize(640).containsOnly(7932);
        assertThat(room.news.stream().filter(News.Key.class::isInstance))
                .containsExactly(new News.Key(room.number(), '1'));
        assertThat(room.counted().received()).isEqualTo(5);
    }

    /// A stranger could else make it change its identifier, as often as it likes.
    @Test void a_strangers_reports_are_not_believed() {
        called(PCMU);
        room.run(10_000);
        long ssrc = room.heard().getFirst().ssrc();
        room.rtcp(report(77));
        room.rtcp(STRANGER, report(ssrc));
        room.run(10_000);
        assertThat(room.reports()).isNotEmpty().noneMatch(RtcpPacket.Bye.class::isInstance);
        assertThat(room.heard()).extracting(RtpPacket::ssrc).containsOnly(ssrc);
    }

    private static RtcpPacket[] report(long ssrc) {
        return new RtcpPacket[] {new RtcpPacket.ReceiverReport(ssrc, List.of(), Bytes.EMPTY),
            RtcpPacket.SourceDescription.cname(ssrc, "bob")};
    }

    @Test void own_packets_that_come_back_are_noticed() {
        called(PCMU);
        for (int n = 0; n < 3; n++) {
            room.run(100);
            var own = room.media.stream().filter(d -> d.remote().equals(MachineRoom.SOUND))
                    .toList();
            room.hear(room.sound(), MachineRoom.SOUND, own.getLast().bytes());
        }
        //= rfc3550#8.2-28 the error is indicated
        assertThat(room.remarks).anyMatch(r -> r.contains("own packets come back"));
    }

    @Test void the_name_of_a_participant() {
        called(PCMU);
        room.run(10_000);
        //= rfc3550#6.5.1-5 the CNAME is derived by an algorithm
        assertThat(cname(room)).matches("[0-9a-f]{16}");
        var other = new MachineRoom(Source.Tone.A, true, 43);
        other.request("INVITE", MachineRoom.sdp(PCMU));
        other.run(10_000);
        //= rfc3550#6.5.1-2 and unique among the participants
        assertThat(cname(other)).isNotEqualTo(cname(room));
    }

    private static String cname(MachineRoom room) {
        return room.reports().stream().filter(RtcpPacket.SourceDescription.class::isInstance)
                .map(d -> ((RtcpPacket.SourceDescription) d).chunks().getFirst().items().getFirst()
                        .text().utf8()).findFirst().orElseThrow();
    }

    @Test void the_offer_of_a_phone() {
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        var offer = room.descriptions().getFirst();
        //= rfc4733#2.5.2.1-1 an fmtp lists the events that can be received
        //= rfc2833#3.9-1 and so indicates what can be handled
        assertThat(offer.media().getFirst().fmtp("101")).contains("0-15");
        assertThat(offer.media().getFirst().fmtp("96")).isEmpty();
        //= rfc3264#5.1-9 what it is willing to send and receive with
        assertThat(formats(offer)).containsExactly("PCMU", "PCMA", "L16", "telephone-event");
        room.respond("200 OK", MachineRoom.sdp(BOTH));
        room.command(new PhoneCommand.Hold(1));
        var hold = room.descriptions().getLast();
        //= rfc3264#5.1-7 a sendonly stream has the formats it is willing to send
        assertThat(hold.direction(hold.media().getFirst())).isEqualTo(Direction.SENDONLY);
        assertThat(formats(hold)).isEqualTo(formats(offer));
    }

    private static List<String> formats(p2psip.std.rfc4566.SessionDescription sdp) {
        return Format.of(sdp.media().getFirst()).stream().map(f -> f.map().encoding()).toList();
    }

    /// A text of number 0 was taken for something that the registration is asked.
    @Test void numbers_of_the_phones_own_are_not_for_programs() {
        for (long number : List.of(0L, -1L)) {
            assertThatThrownBy(() -> new PhoneCommand.Text(number, "sip:bob@10.0.0.2", "hi"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new PhoneCommand.Call(number, "sip:bob@10.0.0.2"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test void capabilities_are_a_session_of_their_own() {
        var random = new SplittableRandom(1);
        var address = InetAddress.ofLiteral("10.0.0.1");
        //= rfc3264#9-4 each description of capabilities has a unique session ID
        assertThat(Negotiation.capabilities(Formats.USUAL, address, random)).isNotEqualTo(
                Negotiation.capabilities(Formats.USUAL, address, random));
    }
}
