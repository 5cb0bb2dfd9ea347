package p2psip.std.rfc5763;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3264.*;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc5763.DtlsAgreement.Association.Role;

class DtlsAgreementTest {
    private static final byte[] ALICES = {1, 2, 3}, BOBS = {4, 5, 6};

    private static final class Side {
        final DtlsAgreement dtls;
        final OfferAnswer session;
        final Local local = new Local("audio", "UDP/TLS/RTP/SAVPF", 5004, List.of(Format.of(0)),
                Direction.SENDRECV, List.of());

        Side(byte[] certificate, boolean wantsActive) {
            dtls = new DtlsAgreement(List.of(CertificateFingerprint.of("sha-256", certificate)),
                    wantsActive);
            session = new OfferAnswer(SessionDescription.parse("v=0\r\no=- 1 1 IN IP4 192.0.2.1"
                    + "\r\ns= \r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"), dtls);
        }

        SessionDescription answer(SessionDescription offer) {
            session.receiveOffer(offer);
            dtls.offered(offer);
            return session.answer(List.of(local)).orElseThrow();
        }
    }

    private final Side alice = new Side(ALICES, true), bob = new Side(BOBS, true);

    private static SessionDescription changed(
            SessionDescription description, UnaryOperator<String> change) {
        return SessionDescription.parse(change.apply(description.toString()));
    }

    /// The example of the package's door.
    //= rfc5763#5-5 offer and answer conform
    //= rfc5763#5-6,7 the offerer uses the setup attribute, with actpass
    //= rfc5763#5-11,12 no connection attribute, but the certificate fingerprint
    @Test void both_sides_know_who_begins_and_whom_to_expect() {
        var offer = alice.session.offer(List.of(alice.local));
        var medium = offer.media().getFirst();
        assertThat(medium.attribute("setup")).contains("actpass");
        assertThat(medium.has("connection")).isFalse();
        assertThat(medium.attribute("fingerprint")).contains("sha-256 03:90:58:C6:F2:C0:CB:49:2C"
                + ":53:3B:0A:4D:14:EF:77:CC:0F:78:AB:CC:CE:D5:28:7D:84:A1:A2:01:1C:FB:81");
        var answer = bob.answer(offer);
        assertThat(answer.media().getFirst().attribute("setup")).contains("active");
        assertThat(alice.session.receiveAnswer(answer)).isEqualTo(OfferAnswer.Reception.TAKEN);
        assertThat(alice.dtls.answered(answer)).isEmpty();
        assertThat(bob.dtls.association(0).orElseThrow().role()).isEqualTo(Role.CLIENT);
        assertThat(alice.dtls.association(0).orElseThrow().role()).isEqualTo(Role.SERVER);
        //= rfc5763#5-13 the certificate presented matches the fingerprint
        assertThat(CertificateFingerprint.prove(
                alice.dtls.association(0).orElseThrow().peer(), BOBS)).isTrue();
    }

    //= rfc5763#5-14 a certificate that does not match the fingerprint ends it
    @Test void another_certificate_proves_nothing() {
        var answer = bob.answer(alice.session.offer(List.of(alice.local)));
        alice.session.receiveAnswer(answer);
        alice.dtls.answered(answer);
        assertThat(CertificateFingerprint.prove(
                alice.dtls.association(0).orElseThrow().peer(), ALICES)).isFalse();
    }

    //= rfc5763#5-8 the answer is active or passive
    //= rfc5763#5-9 active is recommended, passive is what else there is
    //= rfc5763#5-10 the active party initiates the handshake
    @Test void who_would_rather_wait_waits() {
        //= rfc5763#6.2-1 who wishes to provide early media takes setup:active, others need not
        var waiting = new Side(BOBS, false);
        var answer = waiting.answer(alice.session.offer(List.of(alice.local)));
        assertThat(answer.media().getFirst().attribute("setup")).contains("passive");
        alice.session.receiveAnswer(answer);
        alice.dtls.answered(answer);
        assertThat(alice.dtls.association(0).orElseThrow().role()).isEqualTo(Role.CLIENT);
        assertThat(waiting.dtls.association(0).orElseThrow().role()).isEqualTo(Role.SERVER);
    }

    //= rfc5763#6.6-2 roles stay as they are, so that no new connection has to be established
    @Test void roles_stay_when_another_offer_is_made_by_either_side() {
        var answer = bob.answer(alice.session.offer(List.of(alice.local)));
        alice.session.receiveAnswer(answer);
        alice.dtls.answered(answer);
        var before = alice.dtls.association(0);
        var again = alice.answer(bob.session.offer(List.of(bob.local)));
        bob.session.receiveAnswer(again);
        bob.dtls.answered(again);
        assertThat(alice.dtls.association(0)).isEqualTo(before);
        assertThat(bob.dtls.association(0).orElseThrow().role()).isEqualTo(Role.CLIENT);
    }

    //= rfc5764#3-3 each pair of ports has a session for itself
    @Test void each_stream_has_its_association() {
        var video = new Local("video", "UDP/TLS/RTP/SAVPF", 5008,
                List.of(Format.of(96, "VP8", 90_000, "")), Direction.SENDRECV, List.of());
        var offer = alice.session.offer(List.of(alice.local, video));
        bob.session.receiveOffer(offer);
        bob.dtls.offered(offer);
        var answer = bob.session.answer(List.of(bob.local, video)).orElseThrow();
        alice.session.receiveAnswer(answer);
        assertThat(alice.dtls.answered(answer)).isEmpty();
        assertThat(alice.dtls.association(0)).isPresent();
        assertThat(alice.dtls.association(1)).isPresent();
        assertThat(alice.dtls.association(2)).isEmpty();
    }

    @Test void a_stream_without_a_certificate_is_refused() {
        var offer = changed(alice.session.offer(List.of(alice.local)),
                t -> t.replaceAll("a=fingerprint.*\r\n", ""));
        var answer = bob.answer(offer);
        assertThat(answer.media().getFirst().port()).isZero();
        assertThat(bob.dtls.association(0)).isEmpty();
    }

    @Test void an_answer_with_a_wrong_role_or_without_certificate_fails() {
        var answer = bob.answer(alice.session.offer(List.of(alice.local)));
        for (UnaryOperator<String> change : List.<UnaryOperator<String>>of(
                t -> t.replace("setup:active", "setup:actpass"),
                t -> t.replaceAll("a=fingerprint.*\r\n", ""))) {
            var fork = alice.dtls.fork();
            assertThat(fork.answered(changed(answer, change))).containsExactly(0);
            assertThat(fork.association(0)).isEmpty();
        }
        var held = alice.dtls.fork();
        assertThat(held.answered(changed(answer,
                t -> t.replace("setup:active", "setup:holdconn")))).isEmpty();
        assertThat(held.association(0)).isEmpty();
    }

    //= rfc5764#8-2 UDP/TLS/RTP/SAVP or UDP/TLS/RTP/SAVPF over UDP
    //= rfc5764#8-3 fmt is what it is for RTP/SAVP: a payload type
    //= rfc5764#4.1-1 only for RTP and RTCP
    @Test void other_transports_have_no_such_lines() {
        var plain = Local.audio(5006, Duration.ofMillis(20), List.of(Format.of(0)));
        var offer = alice.session.offer(List.of(alice.local, plain));
        assertThat(offer.media().get(1).has("setup")).isFalse();
        assertThat(Format.of(offer.media().getFirst())).containsExactly(Format.of(0));
        //= rfc5764#9-1 with DTLS, not with TLS
        assertThat(DtlsAgreement.TRANSPORTS)
                .containsExactly("UDP/TLS/RTP/SAVP", "UDP/TLS/RTP/SAVPF");
    }

    @Test void roles_as_rfc_4145_has_them() {
        assertThat(DtlsSetup.ACTPASS.answer(true)).isEqualTo(DtlsSetup.ACTIVE);
        assertThat(DtlsSetup.ACTPASS.answer(false)).isEqualTo(DtlsSetup.PASSIVE);
        assertThat(DtlsSetup.ACTIVE.answer(true)).isEqualTo(DtlsSetup.PASSIVE);
        assertThat(DtlsSetup.PASSIVE.answer(false)).isEqualTo(DtlsSetup.ACTIVE);
        assertThat(DtlsSetup.HOLDCONN.answer(true)).isEqualTo(DtlsSetup.HOLDCONN);
        for (var offer : DtlsSetup.values()) for (var answer : DtlsSetup.values())
            assertThat(offer.allows(answer)).as(offer + " " + answer).isEqualTo(switch (offer) {
                case ACTPASS -> answer != DtlsSetup.ACTPASS;
                case ACTIVE -> answer == DtlsSetup.PASSIVE || answer == DtlsSetup.HOLDCONN;
                case PASSIVE -> answer == DtlsSetup.ACTIVE || answer == DtlsSetup.HOLDCONN;
                case HOLDCONN -> answer == DtlsSetup.HOLDCONN;
            });
        assertThat(DtlsSetup.parse("ACTIVE")).contains(DtlsSetup.ACTIVE);
        assertThat(DtlsSetup.parse("x")).isEmpty();
        var bare = SessionDescription.parse("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns= \r\n"
                + "c=IN IP4 1.2.3.4\r\nt=0 0\r\nm=audio 5 UDP/TLS/RTP/SAVP 0\r\n");
        assertThat(DtlsSetup.of(bare, bare.media().getFirst(), true)).isEqualTo(DtlsSetup.ACTIVE);
        assertThat(DtlsSetup.of(bare, bare.media().getFirst(), false))
                .isEqualTo(DtlsSetup.PASSIVE);
        var session = bare.withAttributes(List.of(DtlsSetup.ACTPASS.attribute()));
        assertThat(DtlsSetup.of(session, session.media().getFirst(), true))
                .isEqualTo(DtlsSetup.ACTPASS);
    }

    //= rfc8122#5.1-5 of several the set of the most preferred function counts
    //= rfc8122#5.1-6 a certificate that does not match is not taken
    //= rfc8122#5-1 there is a certificate fingerprint
    @Test void of_several_fingerprints_one_of_the_strongest_kind_proves() {
        //= rfc8122#5.1-1 one or more calculated
        var weak = CertificateFingerprint.of("SHA-1", ALICES);
        var strong = CertificateFingerprint.of("sha-512", ALICES);
        var other = CertificateFingerprint.of("sha-512", BOBS);
        assertThat(CertificateFingerprint.prove(List.of(weak), ALICES)).isTrue();
        assertThat(CertificateFingerprint.prove(List.of(weak, other), ALICES)).isFalse();
        assertThat(CertificateFingerprint.prove(List.of(weak, other, strong), ALICES)).isTrue();
        assertThat(CertificateFingerprint.prove(List.of(), ALICES)).isFalse();
        assertThat(CertificateFingerprint.prove(List.of(new CertificateFingerprint(
                "new-hash", Bytes.hex("00"))), ALICES)).isFalse();
        assertThat(CertificateFingerprint.prove(List.of(new CertificateFingerprint(
                "sha-256", Bytes.hex("00"))), ALICES)).isFalse();
    }

    //= rfc8122#5-2 MD5 and MD2 are neither calculated nor verified
    @Test void broken_functions_are_not_used() {
        for (var hash : List.of("md5", "MD2", "md5sum"))
            assertThatIllegalArgumentException().isThrownBy(() ->
                    CertificateFingerprint.of(hash, ALICES));
        var md5 = CertificateFingerprint.parse(
                "md5 52:65:5D:A2:3E:D6:69:44:12:3D:2D:D1:E1:97:79:70").orElseThrow();
        assertThat(CertificateFingerprint.prove(List.of(md5), ALICES)).isFalse();
    }

    //= rfc8122#5.1-2 as a minimum one by SHA-256
    @Test void there_is_always_one_by_sha_256() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DtlsAgreement(
                List.of(CertificateFingerprint.of("sha-1", ALICES)), true));
    }

    @Test void lines_are_read_in_any_case_and_written_in_capitals() {
        var fingerprint = CertificateFingerprint.parse("SHA-1 4a:Ad:b9").orElseThrow();
        assertThat(fingerprint).hasToString("sha-1 4A:AD:B9");
        assertThat(CertificateFingerprint.parse(fingerprint.toString())).contains(fingerprint);
        for (var bad : List.of("", "sha-1", "sha-1 4A:", "sha-1 4AAD", "sha-1 4G", "sha-1 :4A",
                "sha-1 " + "00:".repeat(128) + "00"))
            assertThat(CertificateFingerprint.parse(bad)).as(bad).isEmpty();
    }

    @Test void a_medium_has_those_of_the_session_unless_it_has_its_own() {
        var text = "v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns= \r\nc=IN IP4 1.2.3.4\r\nt=0 0\r\n"
                + "a=fingerprint:sha-1 AA\r\nm=audio 5 UDP/TLS/RTP/SAVP 0\r\n"
                + "m=audio 5 UDP/TLS/RTP/SAVP 0\r\na=fingerprint:sha-1 BB\r\n"
                + "a=fingerprint:sha-1 CC\r\na=fingerprint:nonsense\r\n";
        var description = SessionDescription.parse(text);
        assertThat(CertificateFingerprint.of(description, description.media().get(0)))
                .extracting(Object::toString).containsExactly("sha-1 AA");
        assertThat(CertificateFingerprint.of(description, description.media().get(1)))
                .extracting(Object::toString).containsExactly("sha-1 BB", "sha-1 CC");
    }
}
