package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.Bytes;

/// The name and password of one agent for one stream and one session: what a check is signed with.
/// Prints no password.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8839#section-5.4 RFC 8839 §5.4
public record Credentials(String ufrag, String pwd) {
    private static final String CHARS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// How long they are at least and at most, in characters of 6 bits each.
    private static final int UFRAG = 4, PWD = 22, LONGEST = 256;

    /// @throws SyntaxException if they are too short, too long or of other characters
    public Credentials {
        check(ufrag, UFRAG);
        check(pwd, PWD);
    }

    private static void check(String text, int least) {
        //= rfc8839#5.4-4,5 read up to 256 characters
        if (text.length() < least || text.length() > LONGEST
                || !text.chars().allMatch(c -> CHARS.indexOf(c) >= 0))
            throw new SyntaxException("not a ufrag or pwd");
    }

    /// New ones.
    ///
    /// @param random the host's dice, which are cryptographic outside of simulations
    public static Credentials random(RandomGenerator random) {
        //= rfc8445#5.3-6 unguessable: 132 bits for the password, 48 for the username fragment
        //= rfc8839#5.4-3 both are chosen randomly
        //= rfc8839#5.4-5 the ufrag is no longer than 32 characters when sent
        return new Credentials(text(random, 2 * UFRAG), text(random, PWD));
    }

    private static String text(RandomGenerator random, int size) {
        return IntStream.range(0, size).mapToObj(_ -> "" + CHARS.charAt(
                random.nextInt(CHARS.length()))).collect(Collectors.joining());
    }

    Bytes key() { return Bytes.utf8(pwd); }

    @Override public String toString() { return "Credentials[" + ufrag + "]"; }
}
