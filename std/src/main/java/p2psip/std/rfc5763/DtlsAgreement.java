package p2psip.std.rfc5763;

import module java.base;
import p2psip.std.rfc3264.OfferAnswer;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc5763.DtlsAgreement.Association.Role;

/// Agrees on who begins the DTLS handshake of each secure stream, and on which certificates it has
/// to show, in the offers and answers of a session.
///
/// It is what [OfferAnswer] asks for an addition. Whoever has both tells it of each description of
/// the peer as well: of an offer before it is answered ([#offered]), of an answer after it was
/// received ([#answered]). The handshake itself is somebody else's.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5763#section-5 RFC 5763 §5
public final class DtlsAgreement implements OfferAnswer.Addition {
    //= rfc5764#8-2,3 the token over UDP is UDP/TLS/RTP/SAVP or UDP/TLS/RTP/SAVPF, fmt as RTP has it
    //= rfc5764#4.1-1 used for RTP and RTCP only
    //= rfc5764#9-1 and with DTLS only, not with TLS
    public static final Set<String> TRANSPORTS =
            new TreeSet<>(Set.of("UDP/TLS/RTP/SAVP", "UDP/TLS/RTP/SAVPF"));

    /// A handshake that is to be made, or is there.
    ///
    /// @param peer one of which the peer's certificate must have: see
    ///     [CertificateFingerprint#prove]
    public record Association(Role role, List<CertificateFingerprint> peer) {
        public Association { peer = List.copyOf(peer); }

        /// Whether this side begins.
        public enum Role { CLIENT, SERVER }
    }

    private final List<CertificateFingerprint> certificate;
    private final boolean wantsActive;
    //= rfc5764#3-3 a session for each stream, which has its ports for itself
    private final SortedMap<Integer, Association> associations = new TreeMap<>();
    private SortedMap<Integer, DtlsSetup> said = new TreeMap<>();
    private Optional<SessionDescription> asked = Optional.empty();

    /// @param certificate fingerprints of this side's: one by SHA-256 among them
    /// @param wantsActive whether to begin the handshake if the peer leaves it to this side
    public DtlsAgreement(List<CertificateFingerprint> certificate, boolean wantsActive) {
        //= rfc8122#5.1-2 as a minimum there is one by SHA-256
        if (certificate.stream().noneMatch(f -> f.hash().equals("sha-256")))
            throw new IllegalArgumentException("no fingerprint by SHA-256");
        this.certificate = List.copyOf(certificate);
        this.wantsActive = wantsActive;
    }

    /// For another answer to the same offer.
    public DtlsAgreement fork() {
        var fork = new DtlsAgreement(certificate, wantsActive);
        fork.associations.putAll(associations);
        fork.said = new TreeMap<>(said);
        fork.asked = asked;
        return fork;
    }

    /// What is agreed for the stream at a place: another one than before asks for a new handshake.
    //= rfc5763#6.6-2 if who is active changes a new connection is established
    public Optional<Association> association(int place) {
        return Optional.ofNullable(associations.get(place));
    }

    /// What the peer offers, and is about to be answered.
    public void offered(SessionDescription offer) { asked = Optional.of(offer); }

    /// Whether an offered stream can be taken: it names a certificate.
    public boolean takes(SessionDescription offer, Media medium) {
        return TRANSPORTS.contains(medium.proto())
                && !CertificateFingerprint.of(offer, medium).isEmpty();
    }

    //= rfc5763#5-5 offer and answer conform to these
    @Override public SessionDescription to(SessionDescription plain, boolean offers) {
        var media = new ArrayList<Media>();
        said = new TreeMap<>();
        for (int i = 0; i < plain.media().size(); i++) {
            var medium = plain.media().get(i);
            if (medium.port() == 0 || !TRANSPORTS.contains(medium.proto())) media.add(medium);
            //= rfc5763#5-7 whoever offers says actpass
            else if (offers) media.add(said(i, medium, DtlsSetup.ACTPASS));
            else media.add(answer(i, medium));
        }
        return plain.withMedia(media);
    }

    private Media answer(int place, Media medium) {
        var offer = asked.filter(o -> place < o.media().size()
                && takes(o, o.media().get(place)));
        if (offer.isEmpty()) {
            associations.remove(place);
            return Media.of(medium.type(), 0, medium.proto(), medium.formats(), List.of());
        }
        var theirs = offer.get().media().get(place);
        var current = Optional.ofNullable(associations.get(place)).map(Association::role);
        var setup = DtlsSetup.of(offer.get(), theirs, true)
                // while there is an association, who began it begins it still
                //= rfc5763#6.2-1 else whoever wishes to send early media takes the active role
                .answer(current.map(r -> r == Role.CLIENT).orElse(wantsActive));
        associate(place, setup, CertificateFingerprint.of(offer.get(), theirs));
        return said(place, medium, setup);
    }

    private void associate(int place, DtlsSetup setup, List<CertificateFingerprint> peer) {
        switch (setup) {
            //= rfc5763#5-10 whoever is active initiates the handshake
            case ACTIVE -> associations.put(place, new Association(Role.CLIENT, peer));
            case PASSIVE -> associations.put(place, new Association(Role.SERVER, peer));
            case ACTPASS, HOLDCONN -> associations.remove(place);
        }
    }

    private Media said(int place, Media medium, DtlsSetup setup) {
        said.put(place, setup);
        var attributes = new ArrayList<>(medium.attributes());
        //= rfc5763#5-6 the setup attribute is used
        //= rfc5763#5-11 the connection attribute is not
        attributes.add(setup.attribute());
        //= rfc5763#5-12 the certificate's fingerprint attribute is
        certificate.forEach(f -> attributes.add(f.attribute()));
        return new Media(medium.type(), medium.port(), medium.ports(), medium.proto(),
                medium.formats(), medium.information(), medium.connections(), medium.bandwidths(),
                medium.key(), attributes);
    }

    /// What the peer has answered to our offer.
    ///
    /// @return the places of streams that it has accepted without a certificate, or with a role
    ///     that was not offered: nothing is to be sent or heard there, and whoever has offered them
    ///     ends them
    public List<Integer> answered(SessionDescription answer) {
        var failed = new ArrayList<Integer>();
        said.forEach((place, offered) -> {
            if (place >= answer.media().size() || answer.media().get(place).port() == 0) {
                associations.remove(place);
                return;
            }
            var medium = answer.media().get(place);
            var setup = DtlsSetup.of(answer, medium, false);
            if (takes(answer, medium) && offered.allows(setup)) {
                associate(place, setup.answer(false),
                        CertificateFingerprint.of(answer, medium));
                return;
            }
            associations.remove(place);
            failed.add(place);
        });
        return List.copyOf(failed);
    }
}
