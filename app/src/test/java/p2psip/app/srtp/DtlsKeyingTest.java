package p2psip.app.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.MediaCertificate;
import p2psip.app.host.*;
import p2psip.std.Bytes;
import p2psip.std.rfc5763.*;
import p2psip.std.rfc5763.DtlsAgreement.Association;
import p2psip.std.rfc5763.DtlsAgreement.Association.Role;
import p2psip.std.rfc5764.*;

class DtlsKeyingTest {
    private static final Id FIRST = new Id(Id.Part.MEDIA, 7, 1), SECOND =
            new Id(Id.Part.MEDIA, 8, 1);
    private static final Bytes HELLO = Bytes.utf8("hello");
    private static final Instant NOW = Instant.EPOCH;

    private final MediaCertificate ours = certificate(1), theirs = certificate(2);
    private final DtlsKeying handshake = new DtlsKeying(FIRST, ours, DtlsKeying.PROFILES);

    private static MediaCertificate certificate(long seed) {
        return MediaCertificate.make(new SplittableRandom(seed), Instant.EPOCH);
    }

    private static Association with(Role role, MediaCertificate peer) {
        return new Association(role, List.of(peer.fingerprint()));
    }

    private List<DtlsKeying.Output> agree(Association association) {
        return handshake.handle(new DtlsKeying.Input.Agree(association), NOW);
    }

    private List<DtlsKeying.Output> came(Bytes datagram) {
        return handshake.handle(new DtlsKeying.Input.Came(datagram), NOW);
    }

    private List<DtlsKeying.Output> happened(Event.OfAssociation event) {
        return handshake.handle(new DtlsKeying.Input.Happened(event), NOW);
    }

    private static DtlsKeying.Output does(Effect effect) {
        return new DtlsKeying.Output.Do(effect);
    }

    private DtlsKeying.Output begins(Id id, boolean client) {
        return does(new Effect.Associate(id, client, ours, DtlsKeying.PROFILES,
                List.of(theirs.fingerprint())));
    }

    private static ExtractedKeys keys() {
        var profile = ProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80;
        return ExtractedKeys.of(profile, Bytes.wrap(new byte[ExtractedKeys.size(profile)]));
    }

    @Test void what_comes_before_the_answer_is_handed_over_after_it() {
        assertThat(came(HELLO)).isEmpty();
        assertThat(agree(with(Role.SERVER, theirs))).containsExactly(
                begins(FIRST, false), does(new Effect.Hand(FIRST, HELLO)));
        assertThat(came(HELLO)).containsExactly(does(new Effect.Hand(FIRST, HELLO)));
    }

    @Test void of_what_comes_before_the_answer_only_so_much_is_kept() {
        for (int i = 0; i < 1_000; i++) came(Bytes.utf8("" + i));
        assertThat(agree(with(Role.SERVER, theirs))).hasSize(9)
                .endsWith(does(new Effect.Hand(FIRST, Bytes.utf8("999"))));
    }

    //= rfc5763#5-13 the certificate that is presented is the one of the fingerprint
    @Test void a_peer_is_believed_who_shows_what_it_has_told_of() {
        agree(with(Role.CLIENT, theirs));
        assertThat(handshake.established()).isFalse();
        assertThat(happened(new Event.Associated(FIRST, keys(), theirs.der())))
                .containsExactly(new DtlsKeying.Output.Established(keys(), true));
        assertThat(handshake.established()).isTrue();
    }

    //= rfc5763#5-14 if the fingerprint does not match, that is the end of the session
    //= rfc8122#6.2-6 nothing is assumed to be valid before a fingerprint has matched
    @Test void a_peer_who_shows_another_certificate_gets_no_keys() {
        agree(with(Role.CLIENT, theirs));
        assertThat(happened(new Event.Associated(FIRST, keys(), certificate(3).der())))
                .containsExactly(does(new Effect.Dissociate(FIRST)), new DtlsKeying.Output.Failed(
                        "the peer's certificate is another than it has told of"));
        assertThat(handshake.established()).isFalse();
        assertThat(happened(new Event.Associated(FIRST, keys(), theirs.der()))).isEmpty();
    }

    @Test void what_is_agreed_again_changes_nothing() {
        agree(with(Role.CLIENT, theirs));
        happened(new Event.Associated(FIRST, keys(), theirs.der()));
        assertThat(agree(with(Role.CLIENT, theirs))).isEmpty();
        assertThat(handshake.established()).isTrue();
    }

    //= rfc5763#6.6-2 a changed active/passive status asks for a new connection
    @Test void another_role_or_certificate_begins_anew_and_what_was_is_not_heard_any_more() {
        agree(with(Role.CLIENT, theirs));
        happened(new Event.Associated(FIRST, keys(), theirs.der()));
        assertThat(agree(with(Role.SERVER, theirs))).containsExactly(
                does(new Effect.Dissociate(FIRST)), begins(SECOND, false));
        assertThat(handshake.established()).isFalse();
        assertThat(happened(new Event.Flight(FIRST, HELLO))).isEmpty();
        assertThat(happened(new Event.Flight(SECOND, HELLO)))
                .containsExactly(new DtlsKeying.Output.Send(HELLO));
    }

    @Test void what_fails_and_what_is_closed_is_forgotten_by_the_host() {
        agree(with(Role.CLIENT, theirs));
        assertThat(happened(new Event.NotAssociated(FIRST, "silence"))).containsExactly(
                does(new Effect.Dissociate(FIRST)), new DtlsKeying.Output.Failed("silence"));
        assertThat(handshake.handle(new DtlsKeying.Input.Close(), NOW)).isEmpty();
    }
}
