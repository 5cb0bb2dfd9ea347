package p2psip.std.rfc8489;

import static java.nio.charset.StandardCharsets.US_ASCII;

import module java.base;
import p2psip.std.Digests;

/// Nonces that a server need not remember: the time, and an HMAC that binds it to the client's
/// address by a key that only the server has. They begin with the cookie that says what the server
/// can do, so that nobody between can take it back unseen.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-9.2 RFC 8489 §9.2
final class Nonces {
    private static final String COOKIE = "obMatJos2";

    /// Of the first byte of the features: password algorithms, hashed usernames.
    private static final int ALGORITHMS = 0x80, ANONYMITY = 0x40;

    private static final int FEATURES = COOKIE.length() + 4, TIME = 11, HMAC = 32;

    private final byte[] key = new byte[32];
    private final Duration lifetime;
    private final int can;

    /// @param hidden whether users may show the hash of their name alone
    Nonces(RandomGenerator random, Duration lifetime, boolean hidden) {
        random.nextBytes(key);
        this.lifetime = lifetime;
        this.can = hidden ? ALGORITHMS | ANONYMITY : ALGORITHMS;
    }

    String issue(InetSocketAddress client, Instant now) {
        var time = "%011d".formatted(now.getEpochSecond());
        //= rfc8489#9.2.4-7,8 the features: password algorithms and anonymous usernames
        var features = Base64.getEncoder().encodeToString(
                new byte[] {(byte) can, 0, 0});
        //= rfc8489#9.2.4-5 no two addresses get the same NONCE
        //= rfc8489#9.2-1 it begins with the cookie and the features
        //= rfc8489#14.10-1 and has far fewer than 128 characters
        return COOKIE + features + time + hmac(client, time);
    }

    boolean isFresh(String nonce, InetSocketAddress client, Instant now) {
        if (nonce.length() != FEATURES + TIME + HMAC) return false;
        var time = nonce.substring(FEATURES, FEATURES + TIME);
        if (!MessageDigest.isEqual(nonce.substring(FEATURES + TIME).getBytes(US_ASCII),
                hmac(client, time).getBytes(US_ASCII))) return false;
        return !Instant.ofEpochSecond(Long.parseLong(time)).plus(lifetime).isBefore(now);
    }

    private String hmac(InetSocketAddress client, String time) {
        var hmac = Digests.hmac("HmacSHA256", key, client.getAddress().getAddress(),
                (":" + client.getPort() + ":" + time).getBytes(US_ASCII));
        return HexFormat.of().formatHex(hmac, 0, HMAC / 2);
    }

    /// Whether a nonce says that its server offers password algorithms.
    static boolean offers(String nonce) { return (features(nonce) & ALGORITHMS) != 0; }

    /// Whether a nonce says that its server knows hashed usernames.
    static boolean hides(String nonce) { return (features(nonce) & ANONYMITY) != 0; }

    private static int features(String nonce) {
        if (!nonce.startsWith(COOKIE) || nonce.length() < FEATURES) return 0;
        try {
            return Base64.getDecoder().decode(nonce.substring(COOKIE.length(), FEATURES))[0];
        } catch (IllegalArgumentException e) {
            return 0;   // it only looks like a cookie
        }
    }
}
