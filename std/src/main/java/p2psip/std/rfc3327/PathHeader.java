package p2psip.std.rfc3327;

import module java.base;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message;

/// The Path header field and its option tag.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3327#section-4 RFC 3327 §4
final class PathHeader {
    static final String NAME = "Path", OPTION = "path";

    /// As many values are taken: a call has to visit all of them.
    static final int LIMIT = 16;

    private PathHeader() {}

    /// The values, in the order in which they are visited.
    //= rfc3327#4-2 several fields are read as one, in the sequence in which they are present
    static List<String> of(Message message) { return message.list(NAME); }

    /// Whether each value is what a Route can be made of.
    static boolean readable(List<String> path) {
        return path.size() <= LIMIT && path.stream().allMatch(PathHeader::isSip);
    }

    private static boolean isSip(String value) {
        try {
            return Address.parse(value).uri() instanceof SipUri;
        } catch (SyntaxException e) {
            return false;
        }
    }

    /// Whether the user agent has said that it knows what a path is.
    static boolean isKnown(Message register) { return register.lists("Supported", OPTION); }
}
