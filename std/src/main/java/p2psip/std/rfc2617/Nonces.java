package p2psip.std.rfc2617;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.std.Digests;

/// The nonces of one server. Those given out cost nothing to remember: a nonce carries its time and
/// a hash only this server can make. What is kept is which counts of a nonce have been used, and
/// only of nonces with which somebody proved to know a password.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2617#section-4.3 RFC 2617 §4.3
final class Nonces {
    /// How far behind the highest count a request may arrive, since datagrams overtake each other.
    //= rfc2617#4.5-2 replay attacks are kept off for all methods alike
    private static final int WINDOW = 64;
    private static final int HASH_DIGITS = 32;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    enum Use { FRESH, STALE, REPLAYED }

    private record Nonce(Instant made, String text) {}

    /// The counts used of one nonce: bit n of `seen` stands for `highest - n`.
    private static final class Counts {
        final String cnonce;
        long highest;
        long seen;

        Counts(String cnonce) { this.cnonce = cnonce; }

        boolean count(long nc) {
            if (nc > highest) {
                seen = nc - highest < WINDOW ? seen << nc - highest : 0;
                highest = nc;
            }
            long behind = highest - nc;
            if (behind >= WINDOW || (seen >>> behind & 1) != 0) return false;
            seen |= 1L << behind;
            return true;
        }
    }

    private final Duration lifetime;
    private final int limit;
    private final RandomGenerator random;
    private final byte[] key = new byte[32];
    private final NavigableMap<Nonce, Counts> used = new TreeMap<>(
            Comparator.comparing(Nonce::made).thenComparing(Nonce::text));
    private Instant forgotten = Instant.MIN;

    /// @param limit how many used nonces are remembered; beyond it the oldest ends early
    Nonces(Duration lifetime, int limit, RandomGenerator random) {
        this.lifetime = lifetime;
        this.limit = limit;
        this.random = random;
        random.nextBytes(key);
    }

    String make(Instant now) {
        //= rfc2617#3.2.1-6 each 401 has a uniquely made nonce, in hexadecimal
        var start = "%016x%016x".formatted(now.toEpochMilli(), random.nextLong());
        return start + hash(start);
    }

    /// Whether a nonce and count may be used now; if so, they may not be used again.
    ///
    /// @param nc the count; 0 of a client that does not count, which so may use a nonce only once
    /// @param cnonce of the request, remembered if it is the nonce's first
    Use use(String text, long nc, String cnonce, Instant now) {
        expire(now);
        var nonce = read(text);
        if (nonce.isEmpty() || !fresh(nonce.get(), now)) return Use.STALE;
        var counts = used.computeIfAbsent(nonce.get(), _ -> new Counts(cnonce));
        boolean first = counts.count(nc);
        while (used.size() > limit) forgotten = used.pollFirstEntry().getKey().made;
        return !first ? Use.REPLAYED : fresh(nonce.get(), now) ? Use.FRESH : Use.STALE;
    }

    /// The cnonce that came with the nonce's first use, or else this one.
    String sessionCnonce(String text, String cnonce) {
        return read(text).map(used::get).map(counts -> counts.cnonce).orElse(cnonce);
    }

    int size() { return used.size(); }

    private boolean fresh(Nonce nonce, Instant now) {
        //= rfc7616#5.4-1 the nonce is made so that its time is limited
        //= rfc2617#4.3-1 a nonce is good for a limited period of time
        return nonce.made.isAfter(forgotten) && nonce.made.plus(lifetime).isAfter(now);
    }

    private void expire(Instant now) {
        while (!used.isEmpty() && !fresh(used.firstKey(), now)) used.pollFirstEntry();
    }

    private Optional<Nonce> read(String text) {
        if (!FORM.matcher(text).matches()) return Optional.empty();
        var start = text.substring(0, text.length() - HASH_DIGITS);
        var genuine = (start + hash(start)).getBytes(UTF_8);
        if (!MessageDigest.isEqual(genuine, text.getBytes(UTF_8))) return Optional.empty();
        var made = Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(start, 0, 16));
        return Optional.of(new Nonce(made, text));
    }

    private String hash(String start) {
        var hash = Digests.hmac("HmacSHA256", key, start.getBytes(UTF_8));
        return HexFormat.of().formatHex(hash, 0, HASH_DIGITS / 2);
    }
}
