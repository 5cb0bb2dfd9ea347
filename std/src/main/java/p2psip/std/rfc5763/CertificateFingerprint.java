package p2psip.std.rfc5763;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc4566.*;

/// An `a=fingerprint` line: the hash of a certificate, which whoever comes to the other end of the
/// handshake has to show.
///
/// @param hash the name of the function, in small letters; any
/// @spec https://www.rfc-editor.org/rfc/rfc8122#section-5 RFC 8122 §5
public record CertificateFingerprint(String hash, Bytes value) {
    public static final String NAME = "fingerprint";
    /// Of the lines of a medium so many are looked at.
    public static final int MAX = 32;

    /// What the JDK calls the functions of the registry, the preferred first.
    //= rfc8122#5-2 MD2 and MD5 are not among them, neither to calculate nor to verify
    private static final SequencedMap<String, String> ALGORITHMS = new LinkedHashMap<>();

    static {
        for (int bits : List.of(512, 384, 256, 224)) ALGORITHMS.put("sha-" + bits, "SHA-" + bits);
        ALGORITHMS.put("sha-1", "SHA-1");
    }

    private static final Pattern FORM =
            Pattern.compile("([!-~]{1,32}) +([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){0,127}) *");

    public CertificateFingerprint {
        hash = hash.toLowerCase(Locale.ROOT);
    }

    /// Of a certificate as it goes over the wire, in DER.
    ///
    /// @throws IllegalArgumentException if the function is none that may be used
    //= rfc8122#5-1 endpoints provide a fingerprint of their certificate
    //= rfc8122#5.1-1 calculated for each certificate
    //= rfc8122#5.1-2,3 SHA-256 as a minimum, and a stronger hash for whoever asks for it
    public static CertificateFingerprint of(String hash, byte[] certificate) {
        var algorithm = ALGORITHMS.get(hash.toLowerCase(Locale.ROOT));
        if (!ALGORITHMS.containsKey(hash.toLowerCase(Locale.ROOT)))
            throw new IllegalArgumentException("no function for fingerprints: " + hash);
        return new CertificateFingerprint(
                hash, Bytes.wrap(Digests.hash(algorithm, certificate)));
    }

    /// The value of an attribute; empty if it cannot be understood.
    public static Optional<CertificateFingerprint> parse(String value) {
        var m = FORM.matcher(value);
        return m.matches() ? Optional.of(new CertificateFingerprint(
                m.group(1), Bytes.hex(m.group(2).replace(":", "")))) : Optional.empty();
    }

    /// What a description says of a medium: the medium's own, or else those of the session.
    public static List<CertificateFingerprint> of(SessionDescription description, Media medium) {
        var holder = medium.has(NAME) ? medium : description;
        return holder.all(NAME).limit(MAX).flatMap(value -> parse(value).stream()).toList();
    }

    /// Whether a certificate is the one, or one of those, that were told.
    ///
    /// @param told in a description whose way one trusts
    /// @param certificate in DER
    //= rfc8122#5.1-5 of the functions offered the preferred one: one of its set matches
    //= rfc5763#5-13 what is presented in the handshake matches what was told in the SDP
    public static boolean prove(List<CertificateFingerprint> told, byte[] certificate) {
        for (var hash : ALGORITHMS.keySet()) {
            var set = told.stream().filter(f -> f.hash.equals(hash)).toList();
            if (!set.isEmpty()) return set.contains(of(hash, certificate));
        }
        //= rfc8122#5.1-6 without any that matches no connection is established
        //= rfc5763#5-14 and what was begun is torn down, by whoever asks
        return false;
    }

    public Attribute attribute() { return new Attribute(NAME, toString()); }

    /// The attribute's value.
    @Override public String toString() {
        return hash + " " + HexFormat.ofDelimiter(":").withUpperCase().formatHex(value.toArray());
    }
}
