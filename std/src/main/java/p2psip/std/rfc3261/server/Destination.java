package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.Uri;
import p2psip.std.rfc3261.Target;

/// One member of a proxy's target set.
///
/// @param uri becomes the Request-URI
/// @param q   order: higher first, equal ones together
/// @param hop where to send it if not where the URI leads: the phone's own connection, or the node
///            that serves the address
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.5 RFC 3261 §16.5
public record Destination(Uri uri, double q, Optional<Target> hop) {

    public static Destination of(Uri uri) { return new Destination(uri, 1, Optional.empty()); }
}
