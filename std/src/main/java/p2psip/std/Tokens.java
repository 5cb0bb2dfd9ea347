package p2psip.std;

import module java.base;

/// Random text that nobody can guess: tags, branches, Call-IDs.
public final class Tokens {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private Tokens() {}

    /// Sixteen letters and digits: 80 bits.
    public static String token(RandomGenerator random) {
        var text = new char[16];
        for (int half = 0; half < 2; half++) {
            long bits = random.nextLong();
            for (int i = 0; i < 8; i++, bits >>>= 5)
                text[half * 8 + i] = ALPHABET.charAt((int) bits & 31);
        }
        return new String(text);
    }
}
