package p2psip.std.rfc4568;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3711.MasterKey;

/// `inline:` and a key: the master key and its salt, how long it lives, and what packets call it.
///
/// @param keyAndSalt a secret
/// @param lifetime in packets, 0 if nothing is said
/// @param mki as it stands in packets, empty if they do not name their key
/// @spec https://www.rfc-editor.org/rfc/rfc4568#section-6.1 RFC 4568 §6.1
public record InlineKey(Bytes keyAndSalt, long lifetime, Bytes mki) {
    private static final String METHOD = "inline:";
    //= rfc4568#6.1-7 a positive integer or a power of 2, without leading zeroes
    private static final Pattern LIFETIME = Pattern.compile("(2\\^)?([1-9][0-9]{0,17}|0)");
    //= rfc4568#6.1-12,14 positive integers, without leading zeroes
    //= rfc4568#6.1-13 the length is given as well, after a colon
    private static final Pattern MKI = Pattern.compile("([1-9][0-9]{0,308}):([1-9][0-9]{0,2})");

    public InlineKey {
        //= rfc4568#6.1-8,9 a lifetime of more than 2^48 packets is too large
        if (lifetime < 0 || lifetime > MasterKey.RTP_LIFETIME)
            throw new SyntaxException("lifetime of " + lifetime);
        //= rfc4568#6.1-15 an MKI of more than 128 bytes is invalid
        if (mki.size() > MasterKey.MAX_MKI) throw new SyntaxException("MKI of " + mki.size());
    }

    static InlineKey of(MasterKey key) {
        return new InlineKey(Bytes.hex(key.key().hex() + key.salt().hex()),
                0, key.mki());
    }

    static InlineKey parse(String text) {
        if (!text.regionMatches(true, 0, METHOD, 0, METHOD.length()))
            throw new SyntaxException("key of another method");
        var fields = text.substring(METHOD.length()).split("\\|", -1);
        int next = 1;
        long lifetime = 0;
        //= rfc4568#6.1-10 the lifetime may be omitted: it never includes a colon
        if (next < fields.length && fields[next].indexOf(':') < 0) lifetime = life(fields[next++]);
        //= rfc4568#6.1-11 the MKI and its length are optional too
        var mki = next < fields.length ? mki(fields[next++]) : Bytes.EMPTY;
        if (next < fields.length) throw new SyntaxException("more than a key has");
        return new InlineKey(base64(fields[0]), lifetime, mki);
    }

    private static Bytes base64(String text) {
        try {
            // padding characters are discarded
            return Bytes.wrap(Base64.getDecoder().decode(text.replaceFirst("={1,2}$", "")));
        } catch (IllegalArgumentException e) {
            throw new SyntaxException("key that is no base64");
        }
    }

    private static long life(String text) {
        var m = LIFETIME.matcher(text);
        //= rfc4568#6.1-9 invalid in any other way: the entire attribute is
        if (!m.matches()) throw new SyntaxException("lifetime " + text);
        long n = Long.parseLong(m.group(2));
        if (m.group(1) == null ? n == 0 : n > 48) throw new SyntaxException("lifetime " + text);
        return m.group(1) == null ? n : 1L << n;
    }

    private static Bytes mki(String text) {
        var m = MKI.matcher(text);
        if (!m.matches()) throw new SyntaxException("MKI " + text);
        int size = Integer.parseInt(m.group(2));
        var value = new BigInteger(m.group(1));
        if (value.bitLength() > 8 * size) throw new SyntaxException("MKI " + text);
        var bytes = new byte[size];
        //= rfc4568#6.1-12 encoded big-endian in the packets
        for (int i = 0; i < size; i++) bytes[size - 1 - i] = value.shiftRight(8 * i).byteValue();
        return Bytes.wrap(bytes);
    }

    /// As it stands in the line, secret included.
    String text() {
        var out = new StringBuilder(METHOD)
                .append(Base64.getEncoder().encodeToString(keyAndSalt.toArray()));
        if (lifetime > 0) out.append('|').append(Long.bitCount(lifetime) == 1
                ? "2^" + Long.numberOfTrailingZeros(lifetime) : Long.toString(lifetime));
        if (!mki.isEmpty()) out.append('|').append(new BigInteger(1, mki.toArray()))
                .append(':').append(mki.size());
        return out.toString();
    }

    /// Nothing of the secret.
    @Override public String toString() { return METHOD + "..."; }
}
