package p2psip.std.rfc2617;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.std.Bytes;

/// An answer to a challenge: the value of Authorization or Proxy-Authorization.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2617#section-3.2.2 RFC 2617 §3.2.2
public sealed interface Credentials {

    /// As on the wire; `toString` is for logs and hides what it must.
    String text();

    /// @spec https://www.rfc-editor.org/rfc/rfc2617#section-2 RFC 2617 §2
    record Basic(String user, String password) implements Credentials {
        public Basic {
            if (user.contains(":")) throw new SyntaxException("a user name has no colon");
        }

        @Override public String text() {
            //= rfc2617#2¶5 name and password are joined by a colon, then encoded in base64
            var joined = (user + ":" + password).getBytes(UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(joined);
        }

        private static Basic decode(String base64) {
            String joined;
            try {
                joined = new String(Base64.getDecoder().decode(base64), UTF_8);
            } catch (IllegalArgumentException e) {
                throw new SyntaxException("basic credentials are not base64");
            }
            int colon = joined.indexOf(':');
            if (colon < 0) throw new SyntaxException("no colon in basic credentials");
            return new Basic(joined.substring(0, colon), joined.substring(colon + 1));
        }

        @Override public String toString() { return "Basic " + user; }
    }

    /// Digest credentials, which keep directives they do not know and ignore them.
    //= rfc2617#3.2.2-6 unrecognized directives are ignored
    record Digest(Params params) implements Credentials {
        private static final Pattern NC = Pattern.compile("[0-9A-Fa-f]{8}");

        //= rfc2617#3.2.2¶10 credentials with improper directives are bad requests
        public Digest {
            for (var name : List.of("username", "realm", "nonce", "uri", "response"))
                params.required(name);
            //= rfc7616#3.4-1 username and username* together are an error
            if (params.get("username*").isPresent())
                throw new SyntaxException("username and username*");
            if (params.get("qop").isPresent()) {
                //= rfc2617#3.2.2-4 cnonce and nc come with qop
                //= rfc7616#3.4-3 all implementations use cnonce
                params.required("cnonce");
                //= rfc7616#3.4-4 and nc, used by all implementations too
                //= rfc7616#3.5-13 of exactly eight hexadecimal digits
                if (!NC.matcher(params.required("nc")).matches())
                    throw new SyntaxException("nc is not eight hexadecimal digits");
            }
        }

        public String user() { return params.required("username"); }

        public String realm() { return params.required("realm"); }

        public String nonce() { return params.required("nonce"); }

        /// The `uri` directive; somebody between may have changed the Request-URI since.
        public String uri() { return params.required("uri"); }

        public String response() { return params.required("response"); }

        /// Empty if the algorithm is one that is not understood.
        public Optional<Algorithm> algorithm() {
            return Algorithm.of(params.get("algorithm").orElse("MD5"));
        }

        /// Empty for a client of RFC 2069, and for a word that is no quality of protection.
        public Optional<Qop> qop() { return params.get("qop").flatMap(Qop::of); }

        public boolean hasQop() { return params.get("qop").isPresent(); }

        public String cnonce() { return params.get("cnonce").orElse(""); }

        /// The nonce count; 0 without qop.
        public long nc() { return Long.parseLong(params.get("nc").orElse("0"), 16); }

        /// These credentials with the right `response`.
        Digest signed(String ha1, String sessionCnonce, String method, Bytes body) {
            var response = expected(ha1, sessionCnonce, method, body);
            return new Digest(params.with("response", response));
        }

        /// The `response` these credentials should carry.
        ///
        /// @param ha1 `H(user:realm:password)` under the credentials' algorithm
        /// @param sessionCnonce the first cnonce used with this nonce: the one `-sess` takes in
        /// @throws NoSuchElementException if [#algorithm] is empty
        String expected(String ha1, String sessionCnonce, String method, Bytes body) {
            return request(method + ":" + uri(), ha1, sessionCnonce, body);
        }

        /// The `rspauth` a response to a request with these credentials should carry.
        String expectedInfo(String ha1, String sessionCnonce, Bytes body) {
            //= rfc2617#3.2.3¶5 what rspauth hashes is the same but for an A2 without a method
            return request(":" + uri(), ha1, sessionCnonce, body);
        }

        private String request(String a2, String ha1, String sessionCnonce, Bytes body) {
            var algorithm = algorithm().orElseThrow();
            //= rfc2617#3.2.2.2¶3 a session key takes in the nonce and the first cnonce
            var key = algorithm.session() ? algorithm.h(ha1, nonce(), sessionCnonce) : ha1;
            //= rfc2617#3.2.2.3¶2 integrity: the hash of the body belongs to A2
            var ha2 = qop().equals(Optional.of(Qop.AUTH_INT))
                    ? algorithm.h(a2, algorithm.h(body.toArray())) : algorithm.h(a2);
            //= rfc2617#3.2.2.1¶2 without qop the digest has only nonce and A2, as in RFC 2069
            //= rfc3261#22.4-1,8 backwards compatible: qop tells whether the client knows more
            if (!hasQop()) return algorithm.h(key, nonce(), ha2);
            var qop = params.required("qop");
            return algorithm.h(key, nonce(), params.required("nc"), cnonce(), qop, ha2);
        }

        @Override public String text() { return "Digest " + params; }

        @Override public String toString() { return "Digest " + user() + "@" + realm(); }
    }

    /// A scheme that is not understood.
    record Unknown(String scheme, String rest) implements Credentials {
        @Override public String text() { return scheme + " " + rest; }

        @Override public String toString() { return scheme; }
    }

    /// Reads `credentials`: a scheme, then for Digest the directives of a `digest-response`, for
    /// Basic one word.
    ///
    /// @throws SyntaxException if these are no credentials, or a directive is improper or missing:
    ///         the request is owed a 400
    /// @spec https://www.rfc-editor.org/rfc/rfc2617#section-3.2.2 RFC 2617 §3.2.2
    static Credentials parse(String text) {
        var in = new Lexer(text);
        var scheme = in.token();
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "digest" -> new Digest(Params.parse(in.remainder()));
            case "basic" -> Basic.decode(in.remainder());
            default -> new Unknown(scheme, in.remainder());
        };
    }
}
