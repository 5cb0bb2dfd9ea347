package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.Bytes;

/// A username and password, and the keys that are made of them. Prints no password.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-9 RFC 8489 §9
public record Credential(String username, String password) {
    private static final int USERNAME = 508, REALM = 127;

    /// @throws IllegalArgumentException if either may not stand in a message
    public Credential {
        //= rfc8489#14.3-1 prepared by OpaqueString and shorter than 509 bytes
        username = OpaqueString.of(username);
        password = OpaqueString.of(password);
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
        return algorithm.hash(username + ":" + OpaqueString.of(realm) + ":" + password);
    }

    /// What stands for the username where it is not to be seen.
    public Bytes userHash(String realm) {
        //= rfc8489#14.4-1 username and realm are processed before hashing
        return Algorithm.SHA_256.hash(username + ":" + OpaqueString.of(realm));
    }

    /// A realm as both sides have it.
    ///
    /// @throws IllegalArgumentException if it may not stand in a message
    static String realm(String text) {
        //= rfc8489#14.9-1 fewer than 128 characters, processed by OpaqueString
        var realm = OpaqueString.of(text);
        if (realm.codePointCount(0, realm.length()) > REALM)
            throw new IllegalArgumentException("a realm of more than 127 characters");
        return realm;
    }

    @Override public String toString() { return "Credential[" + username + "]"; }
}
