package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc2396.Params;
import p2psip.std.rfc3261.Message.Response;

/// Why a session description was refused, for people and their programs.
///
/// @param code what kind of trouble: 3xx
/// @param text in words
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-20.43 RFC 3261 §20.43
public record Warning(int code, String text) {

    /// A response to a request of this usage has words for the user.
    public record Told(long usage, String text) implements Usage.Event {}

    public static final Warning
            INCOMPATIBLE_ADDRESS = new Warning(301, "Incompatible network address formats"),
            INCOMPATIBLE_TRANSPORT = new Warning(302, "Incompatible transport protocol"),
            MEDIA_TYPE_NOT_AVAILABLE = new Warning(304, "Media type not available"),
            INCOMPATIBLE_MEDIA_FORMAT = new Warning(305, "Incompatible media format"),
            MULTICAST_NOT_AVAILABLE = new Warning(330, "Multicast not available"),
            // the description breaks the rules
            MISCELLANEOUS = new Warning(399, "Session description not understood");

    /// The value of a Warning header field.
    ///
    /// @param agent the host that warns
    String value(String agent) { return code + " " + agent + " " + Params.quoted(text); }

    /// What the warnings of a response to a usage say to people.
    static Stream<Told> told(long usage, Response response) {
        return response.list("Warning").stream().map(value -> value.split(" ", 3))
                .filter(words -> words.length == 3)
                .map(words -> new Told(usage, Params.unquoted(words[2])));
    }
}
