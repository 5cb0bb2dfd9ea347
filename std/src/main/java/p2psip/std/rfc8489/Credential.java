package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.Bytes;

/// A username and password, and the keys that are made of them. Prints no password.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-9 RFC 8489 §9
public record Credential(String username, String password) {
    private static final int USERNAME = 508;

    /// @throws IllegalArgumentException if either may not stand in a message
    public Credential {
        //= rfc8489#14.3-1 prepared by OpaqueString and shorter than 509 bytes
        username = opaque(username);
        password = opaque(password);
        if (Bytes.utf8(username).size() > USERNAME)
            throw new IllegalArgumentException("a username of more than 508 bytes");
    }

    /// The key of the short-term mechanism.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc8489#section-9.1.1 RFC 8489 §9.1.1
    public Bytes shortTermKey() { return Bytes.utf8(password); }

    /// The key of the long-term mechanism.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc8489#section-9.2.2 RFC 8489 §9.2.2
    public Bytes longTermKey(String realm, Algorithm algorithm) {
        return algorithm.hash(username + ":" + opaque(realm) + ":" + password);
    }

    /// What stands for the username where it is not to be seen.
    public Bytes userHash(String realm) {
        //= rfc8489#14.4-1 username and realm are processed before hashing
        return Algorithm.SHA_256.hash(username + ":" + opaque(realm));
    }

    @Override public String toString() { return "Credential[" + username + "]"; }

    /// The OpaqueString profile as far as the JDK goes: any space is U+0020, the rest is normalised
    /// to form C, controls are refused. Unassigned and ignorable code points, which the profile
    /// refuses too, pass: the JDK has no PRECIS tables, and both ends would agree on such a
    /// password.
    static String opaque(String text) {
        var spaces = text.codePoints()
                .map(c -> Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        var normal = Normalizer.normalize(spaces, Normalizer.Form.NFC);
        if (normal.isEmpty() || normal.chars().anyMatch(Character::isISOControl))
            throw new IllegalArgumentException("empty, or with control characters");
        return normal;
    }
}
