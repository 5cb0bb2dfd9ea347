package p2psip.app.voip;

import module java.base;
import p2psip.app.crypto.MediaCertificate;
import p2psip.std.rfc3711.*;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc4566.Media;
import p2psip.std.rfc4568.*;
import p2psip.std.rfc5763.*;
import p2psip.std.rfc5763.DtlsAgreement.Association;
import p2psip.std.rfc7714.AeadSuite;

/// What the two ends of a call say of secrecy in their offers and answers: keys ([Sdes]), or the
/// certificates of a handshake ([DtlsAgreement]), or nothing.
///
/// As in [Negotiation] nothing depends on time, and what an offer may still change is tried on a
/// copy.
final class Keying {
    static final String CLEAR = "RTP/AVP";

    /// All that there are, the stronger first.
    private static final List<CryptoSuite> SUITES = List.of(
            AeadSuite.AEAD_AES_256_GCM, HmacSuite.AES_256_CM_HMAC_SHA1_80,
            HmacSuite.AES_192_CM_HMAC_SHA1_80, AeadSuite.AEAD_AES_128_GCM,
            HmacSuite.AES_CM_128_HMAC_SHA1_80, HmacSuite.F8_128_HMAC_SHA1_80,
            HmacSuite.AES_256_CM_HMAC_SHA1_32, HmacSuite.AES_192_CM_HMAC_SHA1_32,
            HmacSuite.AES_CM_128_HMAC_SHA1_32);

    /// Those that are offered: with more an INVITE would be too long for a datagram.
    private static final Set<String> OFFERED = Set.of(AeadSuite.AEAD_AES_256_GCM.name(),
            AeadSuite.AEAD_AES_128_GCM.name(), HmacSuite.AES_CM_128_HMAC_SHA1_80.name());

    private static final String CRYPTO = "crypto";

    /// How a phone keeps a secret.
    ///
    /// @param secured     whether nobody can read the signalling
    /// @param certificate what it shows in a handshake, if there is one
    record Means(Secrecy secrecy, boolean secured, Supplier<MediaCertificate> certificate) {
        Means inClear() { return new Means(Secrecy.NO, secured, certificate); }
    }

    /// What has come of it for a stream.
    sealed interface Terms {
        record Clear() implements Terms {}

        /// Both have told their keys.
        record Told(Sdes.Agreed agreed) implements Terms {}

        /// Keys come of a handshake.
        record Shaken(Association association) implements Terms {}
    }

    private final Means means;
    private final RandomGenerator random;
    private final Sdes sdes;
    private Optional<DtlsAgreement> dtls = Optional.empty();
    /// As whom the stream is described.
    private String transport;

    Keying(Means means, RandomGenerator random) {
        this(means, random, new Sdes(new Sdes.Rules(SUITES, false, means.secured
                //  whoever has keys go in clear is told so
                ? Signalling.SECURED : Signalling.EXPOSED_KNOWINGLY), random));
    }

    private Keying(Means means, RandomGenerator random, Sdes sdes) {
        this.means = means;
        this.random = random;
        this.sdes = sdes;
        transport = means.secrecy.transport();
    }

    /// For another try, or another answer to the same offer.
    Keying fork() {
        var fork = new Keying(means, random, sdes.fork());
        fork.dtls = dtls.map(DtlsAgreement::fork);
        fork.transport = transport;
        return fork;
    }

    /// The same phone, which has given up to keep it secret.
    Keying inClear() { return new Keying(means.inClear(), random); }

    /// Whether another offer, in clear, may do where this one did not.
    boolean yields() { return means.secrecy == Secrecy.MAY && !transport.equals(CLEAR); }

    /// Of the stream that is offered, or is taken.
    String transport() { return transport; }

    boolean secret() { return !transport.equals(CLEAR); }

    private DtlsAgreement dtls() {
        if (dtls.isEmpty()) dtls = Optional.of(new DtlsAgreement(
                List.of(means.certificate.get().fingerprint()), true));
        return dtls.get();
    }

    /// What the peer offers, and is about to be answered.
    void offered(SessionDescription offer) {
        sdes.offered(offer);
        if (means.secrecy.takesShaken() && offer.media().stream()
                .anyMatch(m -> DtlsAgreement.TRANSPORTS.contains(m.proto()))) dtls();
        dtls.ifPresent(d -> d.offered(offer));
        //  of streams that say the same the most secret one is taken
        transport = offer.media().stream().filter(m -> takes(offer, m))
                .min(Comparator.comparing(Keying::rank)).map(Media::proto).orElse(transport);
    }

    private static int rank(Media medium) {
        return DtlsAgreement.TRANSPORTS.contains(medium.proto()) ? 0
                : Sdes.TRANSPORTS.contains(medium.proto()) ? 1 : 2;
    }

    /// Whether an offered stream can be taken, as far as its secrecy goes.
    boolean takes(SessionDescription offer, Media medium) {
        if (!medium.type().equals("audio") || medium.port() == 0) return false;
        return switch (rank(medium)) {
            case 0 -> means.secrecy.takesShaken()
                    && !CertificateFingerprint.of(offer, medium).isEmpty();
            //= rfc4568#5.1.2-3 without a line that does the stream is not taken
            case 1 -> means.secrecy.takesTold() && sdes.takes(medium);
            default -> means.secrecy.takesClear() && medium.proto().equals(CLEAR);
        };
    }

    /// Whether this phone knows such a transport.
    boolean knows(String proto) {
        return means.secrecy.takesClear() && proto.equals(CLEAR)
                || means.secrecy.takesTold() && Sdes.TRANSPORTS.contains(proto)
                || means.secrecy.takesShaken() && DtlsAgreement.TRANSPORTS.contains(proto);
    }

    /// A description with what there is to say of secrecy; what one before has said is forgotten.
    SessionDescription to(SessionDescription plain, boolean offers) {
        var bare = plain.withMedia(plain.media().stream()
                .map(m -> with(m, a -> !Set.of(CRYPTO, CertificateFingerprint.NAME,
                        DtlsSetup.NAME).contains(a.name()))).toList());
        if (!secret()) return bare;
        if (DtlsAgreement.TRANSPORTS.contains(transport)) return dtls().to(bare, offers);
        var told = sdes.to(bare, offers);
        return !offers ? told : told.withMedia(told.media().stream().map(m -> with(m, a ->
                !a.name().equals(CRYPTO) || OFFERED.stream().anyMatch(a.toString()::contains)))
                .toList());
    }

    private static Media with(Media medium, Predicate<Attribute> stays) {
        return new Media(medium.type(), medium.port(), medium.ports(), medium.proto(),
                medium.formats(), medium.information(), medium.connections(),
                medium.bandwidths(), medium.key(),
                medium.attributes().stream().filter(stays).toList());
    }

    /// Whether what the peer has answered can be kept secret as it was offered.
    boolean answered(SessionDescription answer) {
        if (DtlsAgreement.TRANSPORTS.contains(transport))
            return dtls().answered(answer).isEmpty();
        return sdes.answered(answer).isEmpty();
    }

    /// How the stream at a place is kept; empty if it is not to be sent or heard at all.
    Optional<Terms> terms(int place, Media medium) {
        return switch (rank(medium)) {
            case 0 -> dtls().association(place).map(Terms.Shaken::new);
            case 1 -> sdes.agreed(place).map(Terms.Told::new);
            default -> Optional.of(new Terms.Clear());
        };
    }
}
