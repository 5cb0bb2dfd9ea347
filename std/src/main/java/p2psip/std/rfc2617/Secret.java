package p2psip.std.rfc2617;

import module java.base;

/// What is known of a user: the password, or only the hash that Digest needs.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2617#section-3.3 RFC 2617 §3.3
public sealed interface Secret {

    /// `H(user:realm:password)`, if it can be had for this algorithm.
    Optional<String> ha1(Algorithm algorithm, String user, String realm);

    record Password(String password) implements Secret {
        @Override public Optional<String> ha1(Algorithm algorithm, String user, String realm) {
            return Optional.of(algorithm.h(user, realm, password));
        }

        @Override public String toString() { return "Password[]"; }
    }

    /// As good as the password within one realm, so no less secret.
    record Ha1(Algorithm algorithm, String hex) implements Secret {
        @Override public Optional<String> ha1(Algorithm wanted, String user, String realm) {
            //= rfc2617#3.3-3 a server that stores H(A1) can check without knowing the password
            return wanted.base() == algorithm.base() ? Optional.of(hex) : Optional.empty();
        }

        @Override public String toString() { return "Ha1[" + algorithm + "]"; }
    }
}
