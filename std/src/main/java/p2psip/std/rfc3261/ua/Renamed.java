package p2psip.std.rfc3261.ua;

import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Flow;

/// The peer of a dialog is another than he was: told to who supports that.
///
/// @param usage that has received the request which says so
/// @param flow  by which that came: whoever vouches for its From is at the other end
/// @spec https://www.rfc-editor.org/rfc/rfc4916#section-4.4.2 RFC 4916 §4.4.2
public record Renamed(long usage, Address peer, Flow flow) implements Usage.Event {
    /// The option tag of those who take this.
    public static final String OPTION = "from-change";
}
