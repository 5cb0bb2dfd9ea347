package p2psip.app.trace;

import module java.base;

/// What is not to stand in a log, or be told to who listens: what a password can be guessed from,
/// and keys of media. Of credentials who it is and how he was asked is left.
public final class Secrets {
    private static final String MASK = "(masked)";

    /// A header field with credentials or of who has checked them, with the lines it goes on in.
    private static final Pattern FIELD = Pattern.compile("(?im)^(?:proxy-)?(?:authorization"
            + "|authentication-info)[ \\t]*+:[^\\r\\n]*+(?:\\r?\\n[ \\t][^\\r\\n]*+)*+");

    private static final Pattern DIGEST = Pattern.compile("(?is)[^:]*+:\\s*+(?:digest\\s.*"
            + "|[^:]*+authentication-info.*)|(?:proxy-)?authentication-info.*");

    private static final Pattern PROOF = Pattern.compile("(?i)\\b(response|rspauth)(\\s*+=\\s*+)"
            + "(?:\"(?:[^\"\\\\]|\\\\.)*+\"?|[^\\s,]++)");

    private static final Pattern SCHEME = Pattern.compile("(?s)([^:]*+:\\s*+\\S*+).*");

    /// Keys of SDP, and a password in a URI.
    private static final Pattern KEYS = Pattern.compile("(?im)(\\binline:)[^|\\s]++"
            + "|(^k=)[^\\r\\n]++|(\\bsips?:[^\\s:@<>]{1,64}+:)[^\\s:@<>]++(?=@)");

    private Secrets() {}

    /// The text of a message, or of a part of it, without them.
    public static String masked(String text) {
        return KEYS.matcher(FIELD.matcher(text).replaceAll(
                field -> Matcher.quoteReplacement(credentials(field.group()))))
                .replaceAll("$1$2$3" + MASK);
    }

    private static String credentials(String field) {
        return DIGEST.matcher(field).matches() ? PROOF.matcher(field).replaceAll("$1$2" + MASK)
                : SCHEME.matcher(field).replaceFirst("$1 " + MASK);
    }
}
