package p2psip.std.rfc2617;

import module java.base;

/// What the server adds to a granted request's response: proof that it knows the secret too, and
/// perhaps the next nonce.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2617#section-3.2.3 RFC 2617 §3.2.3
public record AuthenticationInfo(Params params) {

    /// Reads an `auth-info`: directives between commas.
    ///
    /// @throws SyntaxException if it is none
    /// @spec https://www.rfc-editor.org/rfc/rfc2617#section-3.2.3 RFC 2617 §3.2.3
    public static AuthenticationInfo parse(String text) {
        return new AuthenticationInfo(Params.parse(text));
    }

    public Optional<String> nextNonce() { return params.get("nextnonce"); }

    public Optional<String> rspauth() { return params.get("rspauth"); }

    @Override public String toString() { return params.toString(); }
}
