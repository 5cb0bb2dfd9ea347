package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.app.capture.*;
import p2psip.app.host.*;
import p2psip.app.trace.Trace;
import p2psip.app.trace.Trace.What;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.RtpPacket;
import p2psip.std.rfc5763.LatchingControl;
import p2psip.std.rfc7983.PacketKind;
import p2psip.std.rfc8489.Message;

/// Two phones that talk in secret, or do not, in virtual time.
class SecretCallTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String BOB = "sip:bob@10.0.0.2:5060";

    private final List<Trace> traces = new ArrayList<>();
    private final Network network = new Network(42, traces::add);
    private final List<News> heard = new ArrayList<>();

    private Telephone phone(String name, String address, boolean answer, Secrecy secrecy) {
        return phone(name, address, answer, secrecy, IceOptions.OFF);
    }

    private Telephone phone(String name, String address, boolean answer, Secrecy secrecy,
            IceOptions ice) {
        return Telephone.start(network.host(address), name, PhoneSetup.at(
                "sip:" + name + "@" + address).calls(1).answering(answer)
                .playing(answer ? new Source.Tone(1000, 4000) : Source.Tone.A)
                .recording().withSecrecy(secrecy).withIce(ice), heard::add);
    }

    /// What was on the wire between the ports of sound.
    private List<Bytes> wire() {
        return traces.stream().map(Trace::what).filter(What.Wire.class::isInstance)
                .map(What.Wire.class::cast).filter(w -> w.sent() && w.local().getPort() != 5060)
                .map(What.Wire::bytes).toList();
    }

    private long rtp(IntPredicate size) {
        return wire().stream().filter(b -> PacketKind.of(b) == PacketKind.RTP
                && size.test(b.size() - 12)).count();
    }

    //= rfc5763#6.10-1 DTLS-SRTP is supported
    @ParameterizedTest @CsvSource({"MUST, TAKEN, AEAD_AES_256_GCM, SDES",
        "MUST, MUST, AEAD_AES_256_GCM, SDES", "MAY, TAKEN, AEAD_AES_256_GCM, SDES",
        "DTLS, TAKEN, AEAD_AES_128_GCM, DTLS", "DTLS, DTLS, AEAD_AES_128_GCM, DTLS",
        "DTLS, MUST, AEAD_AES_128_GCM, DTLS"})
    void both_are_heard_and_nobody_else_hears(Secrecy caller, Secrecy callee, String suite,
            String keys) {
        try (var alice = phone("alice", "10.0.0.1", false, caller);
                var bob = phone("bob", "10.0.0.2", true, callee)) {
            var call = alice.call(BOB);
            call.press("42");
            call.talk(Duration.ofSeconds(4));
            var statistics = call.hangUp();
            var taken = bob.answer(SECOND).orElseThrow();
            taken.talk(SECOND);
            assertThat(call.secret().orElseThrow()).contains(suite, "keys by " + keys);
            assertThat(taken.secret()).isEqualTo(call.secret());
            //= rfc5763#8.6-1 nobody's identity is indicated, for the signalling proves none
            assertThat(call.secret().orElseThrow()).endsWith("in clear").doesNotContain("bob");
            assertThat(statistics.sent()).isBetween(190L, 215L);
            assertThat(taken.hangUp().received()).isEqualTo(statistics.sent());
            assertThat(statistics).hasToString(
                    "rtp=%d/%<d lost=0 jitter=0.0ms sent=%d forged=0 replayed=0".formatted(
                            statistics.received(), statistics.sent()));
            assertThat(taken.keys()).isEqualTo("42");
            assertThat(TelephoneTest.pitch(call.recorded())).isBetween(990.0, 1010.0);
            // every packet of sound is longer than in clear, by the tag
            assertThat(rtp(size -> size == 160)).isZero();
            assertThat(rtp(size -> size == 176)).isGreaterThan(350);
        }
    }

    /// The ports of its text are there when a handshake comes.
    @ParameterizedTest @CsvSource({"MUST, SDES", "DTLS, DTLS"})
    void who_takes_text_as_well_takes_a_secret_call(Secrecy caller, String keys) {
        try (var alice = phone("alice", "10.0.0.1", false, caller);
                var bob = Telephone.start(network.host("10.0.0.2"), "bob",
                        PhoneSetup.at("sip:bob@10.0.0.2").calls(1).answering(true)
                                .with(new PhoneSetup.Beside(true, Optional.empty(), false)),
                        heard::add)) {
            var call = alice.call(BOB);
            call.talk(Duration.ofSeconds(2));
            assertThat(call.secret().orElseThrow()).contains("keys by " + keys);
            assertThat(bob.answer(SECOND).orElseThrow().secret()).isEqualTo(call.secret());
        }
    }

    @ParameterizedTest @CsvSource({"NO, NO", "TAKEN, TAKEN", "TAKEN, NO", "NO, MAY"})
    void a_call_in_clear_is_in_clear(Secrecy caller, Secrecy callee) {
        try (var alice = phone("alice", "10.0.0.1", false, caller);
                var _ = phone("bob", "10.0.0.2", true, callee)) {
            var call = alice.call(BOB);
            call.talk(SECOND);
            assertThat(call.hangUp().refused()).isEmpty();
            assertThat(call.secret()).isEmpty();
            assertThat(rtp(size -> size == 160)).isGreaterThan(80);
        }
    }

    @ParameterizedTest @CsvSource({"MUST, NO", "DTLS, NO", "NO, MUST", "TAKEN, MUST",
        "TAKEN, DTLS", "MUST, DTLS"})
    void who_cannot_agree_does_not_talk(Secrecy caller, Secrecy callee) {
        try (var alice = phone("alice", "10.0.0.1", false, caller);
                var _ = phone("bob", "10.0.0.2", true, callee)) {
            assertThatThrownBy(() -> alice.call(BOB)).isInstanceOf(Telephone.Failed.class)
                    .hasMessageStartingWith("488");
            assertThat(wire()).isEmpty();
        }
    }

    @Test void who_may_talk_in_clear_calls_again_in_clear() {
        try (var alice = phone("alice", "10.0.0.1", false, Secrecy.MAY);
                var bob = phone("bob", "10.0.0.2", true, Secrecy.NO)) {
            var call = alice.call(BOB);
            call.talk(SECOND);
            assertThat(call.hangUp().received()).isGreaterThan(40);
            assertThat(call.secret()).isEmpty();
            assertThat(heard).contains(new News.InClear(1));
            assertThat(bob.answer(SECOND)).isPresent();
        }
    }

    @ParameterizedTest @CsvSource({"MUST", "DTLS"})
    void hold_and_resume_keep_the_keys_and_count_on(Secrecy secrecy) {
        try (var alice = phone("alice", "10.0.0.1", false, secrecy);
                var bob = phone("bob", "10.0.0.2", true, Secrecy.TAKEN)) {
            var call = alice.call(BOB);
            call.talk(SECOND);
            call.hold();
            call.talk(SECOND);
            call.resume();
            call.talk(SECOND);
            var taken = bob.answer(SECOND).orElseThrow();
            var statistics = call.hangUp();
            assertThat(statistics.refused().orElseThrow())
                    .hasToString("forged=0 replayed=0");
            assertThat(taken.hangUp().received()).isEqualTo(statistics.sent());
            assertThat(heard.stream().filter(News.Secured.class::isInstance)).hasSize(2);
            assertThat(wire().stream().filter(b -> PacketKind.of(b) == PacketKind.DTLS).count())
                    .isEqualTo(secrecy == Secrecy.DTLS ? 8 : 0);
        }
    }

    @Test void a_handshake_gets_through_what_loses_a_third() {
        try (var alice = phone("alice", "10.0.0.1", false, Secrecy.DTLS);
                var bob = phone("bob", "10.0.0.2", true, Secrecy.TAKEN)) {
            network.wires(Wire.of(Duration.ofMillis(20)).loss(0.3));
            var call = alice.call(BOB);
            call.talk(Duration.ofSeconds(10));
            assertThat(call.secret()).isPresent();
            assertThat(bob.answer(SECOND).orElseThrow().secret()).isPresent();
        }
    }

    //= rfc5763#6.7.1-1 all pairs of a component belong to the same association
    @Test void ice_comes_first_and_one_handshake_is_for_both_where_they_share_a_port() {
        var ice = new IceOptions(true, List.of(), List.of());
        try (var alice = phone("alice", "10.0.0.1", false, Secrecy.DTLS, ice);
                var bob = phone("bob", "10.0.0.2", true, Secrecy.TAKEN, ice)) {
            var call = alice.call(BOB);
            call.talk(Duration.ofSeconds(4));
            var taken = bob.answer(SECOND).orElseThrow();
            assertThat(call.way()).isPresent();
            assertThat(call.secret()).isPresent();
            var statistics = call.hangUp();
            // the first may come before it is proven where it comes from
            assertThat(taken.hangUp().received()).isGreaterThan(150)
                    .isBetween(statistics.sent() - 1, statistics.sent());
            var kinds = wire().stream().map(PacketKind::of).toList();
            assertThat(kinds.indexOf(PacketKind.DTLS))
                    .isGreaterThan(kinds.indexOf(PacketKind.STUN));
            assertThat(kinds.stream().filter(k -> k == PacketKind.DTLS)).hasSize(4);
        }
    }

    private static final String CERTIFICATE =
            "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB\n";
    private static final InetSocketAddress SOUND = MachineRoom.SOUND;

    /// A peer that offers DTLS without ICE, and has been answered.
    private static MachineRoom offered(String setup) {
        var room = new MachineRoom(PhoneSetup.at("sip:alice@10.0.0.1"), 1);
        room.request("INVITE", MachineRoom.sdp("m=audio 4000 UDP/TLS/RTP/SAVP 0\n"
                + "a=setup:" + setup + "\n" + CERTIFICATE));
        room.request("ACK", "");
        return room;
    }

    private static List<Message> checks(MachineRoom room) {
        return room.media.stream().filter(d -> d.remote().equals(SOUND)
                && Message.isStun(d.bytes())).map(d -> Message.parse(d.bytes())).toList();
    }

    //= rfc5763#6.7.2-1 the passive side does a single unauthenticated connectivity check
    //= rfc5763#6.7.2-3 and does not wait for an answer, as the handshake goes on without it
    @Test void who_waits_for_a_handshake_lets_the_other_side_in_and_waits_for_nothing_else() {
        var room = offered("active");
        assertThat(room.handshakes).singleElement().satisfies(asked ->
                assertThat(((Effect.Associate) asked).begins()).isFalse());
        room.run(5_000);
        assertThat(checks(room)).singleElement().satisfies(check -> {
            assertThat(check.kind()).isEqualTo(Message.Kind.REQUEST);
            assertThat(check.attributes()).isEmpty();
        });
    }

    //= rfc5763#6.7.2-2 the request is answered during the handshake, by who does no ICE
    //= rfc5763#6.7.2-3 and the active side proceeds even if no check is received
    @Test void who_begins_a_handshake_asks_nothing_and_answers_who_does() {
        var room = offered("passive");
        assertThat(room.handshakes).singleElement().satisfies(asked ->
                assertThat(((Effect.Associate) asked).begins()).isTrue());
        assertThat(checks(room)).isEmpty();
        var check = LatchingControl.check(new SplittableRandom(1));
        room.hear(room.sound(), SOUND, check);
        assertThat(checks(room)).singleElement().satisfies(answer -> {
            assertThat(answer.kind()).isEqualTo(Message.Kind.SUCCESS);
            assertThat(answer.id()).isEqualTo(Message.parse(check).id());
        });
    }

    @Test void where_no_handshake_is_to_come_no_check_is_answered() {
        var room = new MachineRoom(PhoneSetup.at("sip:alice@10.0.0.1"), 1);
        room.request("INVITE", MachineRoom.sdp("m=audio 4000 RTP/AVP 0\n"));
        room.request("ACK", "");
        room.hear(room.sound(), SOUND, LatchingControl.check(new SplittableRandom(1)));
        assertThat(checks(room)).isEmpty();
    }

    //= rfc8122#6.2-5 who offers actpass listens as soon as the offer is sent
    //= rfc5763#5-7 and is prepared to receive a client_hello before the answer
    @Test void a_handshake_that_begins_before_the_answer_is_not_lost() {
        var room = new MachineRoom(
                PhoneSetup.at("sip:alice@10.0.0.1").withSecrecy(Secrecy.DTLS), 1);
        room.command(new PhoneCommand.Call(1, "sip:bob@10.0.0.2"));
        var hello = Bytes.hex("16fefd00000000000000000001");
        room.hear(room.sound(), SOUND, hello);
        assertThat(room.handshakes).isEmpty();
        room.respond("200 OK", MachineRoom.sdp("m=audio 4000 UDP/TLS/RTP/SAVP 0\n"
                + "a=setup:active\n" + CERTIFICATE));
        assertThat(room.handshakes).hasSize(2).last().satisfies(handed ->
                assertThat(((Effect.Hand) handed).datagram()).isEqualTo(hello));
    }

    //= rfc5763#5-14 if the fingerprint does not match, the session is torn down immediately
    @Test void a_handshake_that_fails_ends_the_call_before_anything_is_said() {
        var room = offered("passive");
        room.run(1_000);
        assertThat(room.sip.getLast()).startsWith("SIP/2.0 200");
        room.tell(new Event.NotAssociated(new Id(Id.Part.MEDIA, Shield.RTP, room.number()),
                "another certificate"));
        assertThat(room.sip.getLast()).startsWith("BYE");
        assertThat(room.news(News.Ended.class)).singleElement().satisfies(ended -> assertThat(
                ended.reason()).isEqualTo(
                "The sound cannot be kept secret: another certificate"));
        assertThat(room.media).isEmpty();
    }

    /// How often a peer is reported to in five seconds that has offered such a profile.
    private static long reports(String profile) {
        var room = new MachineRoom(PhoneSetup.at("sip:alice@10.0.0.1"), 1);
        room.request("INVITE", MachineRoom.sdp("m=audio 4000 " + profile + " 0\n"
                + "a=rtcp-fb:* nack\na=crypto:1 AES_CM_128_HMAC_SHA1_80 "
                + "inline:4fl6DT4Bi+DWT6MsBt5BOQ7Gda1Jiv7rtpYLOqvm\n"));
        room.request("ACK", "");
        room.run(5_000);
        assertThat(room.descriptions().getLast().toString()).contains(" " + profile + " ")
                .doesNotContain("rtcp-fb");
        return room.media.stream().filter(d -> d.remote().getPort() == SOUND.getPort() + 1)
                .count();
    }

    //= rfc4585#4.1-1 the modified timing rules only where the profile is one with feedback
    @Test void where_the_profile_has_feedback_no_least_interval_binds_the_reports() {
        assertThat(reports("RTP/SAVP")).isBetween(1L, 3L);
        assertThat(reports("RTP/SAVPF")).isGreaterThan(10);
    }

    @Test void an_offer_that_is_refused_changes_nothing_of_what_is_agreed() {
        var room = new MachineRoom(PhoneSetup.at("sip:alice@10.0.0.1"), 1);
        room.request("INVITE", MachineRoom.sdp("m=audio 4000 RTP/AVP 0\n"));
        room.request("ACK", "");
        room.request("INVITE", MachineRoom.sdp("m=audio 4000 RTP/SAVP 99\n"
                + "a=rtpmap:99 strange/8000\na=crypto:1 AES_CM_128_HMAC_SHA1_80 "
                + "inline:4fl6DT4Bi+DWT6MsBt5BOQ7Gda1Jiv7rtpYLOqvm\n"));
        assertThat(room.sip.getLast()).startsWith("SIP/2.0 488");
        room.request("ACK", "");
        room.command(new PhoneCommand.Hold(room.number()));
        assertThat(room.descriptions().getLast().media()).singleElement()
                .satisfies(m -> assertThat(m.proto()).isEqualTo("RTP/AVP"))
                .satisfies(m -> assertThat(m.port()).isPositive());
    }

    @Test void what_comes_twice_is_counted_and_not_heard() {
        try (var alice = phone("alice", "10.0.0.1", false, Secrecy.MUST);
                var bob = phone("bob", "10.0.0.2", true, Secrecy.TAKEN)) {
            network.wires(new Wire(Duration.ofMillis(5), Duration.ZERO, 0, 0, 0.5));
            var call = alice.call(BOB);
            call.talk(Duration.ofSeconds(2));
            var refused = call.hangUp().refused().orElseThrow();
            assertThat(refused.forged()).isZero();
            assertThat(refused.replayed()).isBetween(20L, 80L);
            assertThat(bob.answer(SECOND)).isPresent();
        }
    }

    @Test void nothing_of_a_handshake_is_left_when_a_call_is_over() {
        var house = network.host("10.0.0.1");
        try (var alice = Telephone.start(house, "alice", PhoneSetup.at("sip:alice@10.0.0.1")
                        .withSecrecy(Secrecy.DTLS));
                var _ = phone("bob", "10.0.0.2", true, Secrecy.TAKEN)) {
            var call = alice.call(BOB);
            call.talk(SECOND);
            assertThat(house.associations()).isEqualTo(2);   // of RTP and of RTCP
            call.hangUp();
            assertThat(house.associations()).isZero();
        }
    }

    /// Our own strict parsers read what was captured, as far as it can be read.
    @ParameterizedTest @CsvSource({"MUST, 0", "DTLS, 8"})
    void what_is_captured_can_be_explained(Secrecy secrecy, int handshakes) {
        var file = new ByteArrayOutputStream();
        var tapped = new Network(42, new PcapngWriter(file));
        try (var alice = Telephone.start(tapped.host("10.0.0.1"), "alice",
                        PhoneSetup.at("sip:alice@10.0.0.1").withSecrecy(secrecy));
                var _ = Telephone.start(tapped.host("10.0.0.2"), "bob",
                        PhoneSetup.at("sip:bob@10.0.0.2"))) {
            var call = alice.call(BOB);
            call.talk(Duration.ofSeconds(12));
            call.hangUp();
        }
        var report = Inspector.inspect(Capture.parse(Bytes.wrap(file.toByteArray())), _ -> { });
        assertThat(report.problems()).isEmpty();
        assertThat(report.ok(Protocol.SRTP)).isGreaterThan(1_000);
        assertThat(report.ok(Protocol.SRTCP)).isGreaterThan(2);
        assertThat(report.ok(Protocol.DTLS)).isEqualTo(handshakes);
        assertThat(report.ok(Protocol.RTP)).isZero();
    }

    @Test void a_packet_of_sound_has_its_type_in_clear() {
        both_are_heard_and_nobody_else_hears(Secrecy.MUST, Secrecy.TAKEN, "AEAD_AES_256_GCM",
                "SDES");
        assertThat(wire().stream().filter(b -> PacketKind.of(b) == PacketKind.RTP)
                .map(b -> RtpPacket.parse(b).payloadType()).distinct())
                .containsExactlyInAnyOrder(0, 101);
    }
}
