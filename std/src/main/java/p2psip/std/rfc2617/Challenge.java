package p2psip.std.rfc2617;

import module java.base;

/// A demand for credentials: the value of WWW-Authenticate or Proxy-Authenticate.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2617#section-3.2.1 RFC 2617 §3.2.1
public sealed interface Challenge {

    /// How many challenges one header field may list; more is a syntax error.
    int LIMIT = 16;

    /// For which the credentials are to be; empty if that is not said.
    String realm();

    /// @spec https://www.rfc-editor.org/rfc/rfc2617#section-2 RFC 2617 §2
    record Basic(String realm) implements Challenge {
        @Override public String toString() {
            return "Basic " + Params.of("realm", realm).text(false);
        }
    }

    /// A Digest challenge, which keeps directives it does not know and ignores them.
    record Digest(Params params) implements Challenge {
        public Digest {
            //= rfc2617#3.2.1-14 what else there is, unrecognized directives too, is ignored
            params.required("realm");
            params.required("nonce");
        }

        @Override public String realm() { return params.required("realm"); }

        public String nonce() { return params.required("nonce"); }

        /// To be returned unchanged.
        public Optional<String> opaque() { return params.get("opaque"); }

        //= rfc7616#3.3-7 anything other than true means that new values must be obtained
        //= rfc2617#3.2.1-10 only the word true, in any case, says that the nonce was to blame
        public boolean stale() { return "true".equalsIgnoreCase(params.get("stale").orElse("")); }

        /// Empty if the algorithm is one that is not understood.
        public Optional<Algorithm> algorithm() {
            //= rfc2617#3.2.1¶13 no algorithm means MD5
            return Algorithm.of(params.get("algorithm").orElse("MD5"));
        }

        /// The qualities understood, in the order offered; empty also if the server is one of RFC
        /// 2069 and sends no qop: see [#hasQop].
        public List<Qop> qop() {
            //= rfc7616#3.3-10 unrecognized options are ignored
            //= rfc2617#3.2.1-13 options that are not known are ignored
            return Arrays.stream(params.get("qop").orElse("").split(","))
                    .flatMap(option -> Qop.of(option.strip()).stream()).toList();
        }

        /// A list of nothing is none.
        public boolean hasQop() { return params.get("qop").filter(q -> !q.isBlank()).isPresent(); }

        @Override public String toString() { return "Digest " + params.text(false); }
    }

    /// A scheme that is not understood.
    record Unknown(String scheme, String word, Params params) implements Challenge {
        @Override public String realm() { return params.get("realm").orElse(""); }

        @Override public String toString() {
            return (scheme + " " + word + params.text(false)).strip();
        }
    }

    /// The challenges of one header field value, of which HTTP allows several between commas: each
    /// `challenge` is an `auth-scheme` and its directives, one `auth-param` after the other.
    ///
    /// @throws SyntaxException if it is none
    /// @spec https://www.rfc-editor.org/rfc/rfc2617#section-1.2 RFC 2617 §1.2
    static List<Challenge> parse(String text) {
        var in = new Lexer(text);
        var challenges = new ArrayList<Challenge>();
        //= rfc2617#1.2-4 a comma ends a directive or the whole challenge: what follows it decides
        do {
            challenges.add(read(in));
            if (challenges.size() > LIMIT)
                throw new SyntaxException("more than " + LIMIT + " challenges");
        } while (!in.atEnd());
        return List.copyOf(challenges);
    }

    private static Challenge read(Lexer in) {
        var scheme = in.token();
        in.skipSpace();
        boolean directives = in.param();
        var word = directives ? "" : in.word();
        if (!directives) in.commas();
        var params = directives ? Params.read(in) : new Params(List.of());
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "digest" -> new Digest(params);
            case "basic" -> new Basic(params.required("realm"));
            default -> new Unknown(scheme, word, params);
        };
    }
}
