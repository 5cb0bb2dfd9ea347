package p2psip.app.web;

import module java.base;

/// Who has it may ask: 256 random bits, as base64url. It shows itself to nobody by mistake.
final class Token {
    static final int BYTES = 32;

    private final String text;

    Token(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Whether this is it; how long that takes tells nothing of how much of it is right.
    boolean matches(String other) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8),
                other.getBytes(StandardCharsets.UTF_8));
    }

    /// For the file that only its owner reads.
    String text() { return text; }

    @Override public String toString() { return "Token[]"; }
}
