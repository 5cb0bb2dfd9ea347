package p2psip.std.rfc3261.server;

import module java.base;

/// An address of record in the one form by which servers know it: the key of the location service.
///
/// @param user   escapes are undone where they need not be
/// @param domain in lower case
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-10.3 RFC 3261 §10.3
public record Aor(String user, String domain) implements Comparable<Aor> {
    private static final String SCHEME = "sip:";

    /// What [#toString] has written; nothing of anything else.
    public static Optional<Aor> parse(String text) {
        int at = text.lastIndexOf('@');
        return !text.startsWith(SCHEME) || at < 0 ? Optional.empty() : Optional.of(
                new Aor(text.substring(SCHEME.length(), at), text.substring(at + 1)));
    }

    @Override public int compareTo(Aor other) { return toString().compareTo(other.toString()); }

    /// As a URI: `sip:bob@example.com`.
    @Override public String toString() { return SCHEME + user + "@" + domain; }
}
