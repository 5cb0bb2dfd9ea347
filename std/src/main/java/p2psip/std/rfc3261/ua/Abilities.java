package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc3261.Header;

/// What a user agent can do, by itself and by its extensions; each list in the order in which it is
/// written to the wire.
///
/// @param methods       for Allow
/// @param dialogMethods of those of extensions: make a dialog, and move the target of one
/// @param options       option tags, for Supported; they may be required
/// @param bodies        media types, for Accept
/// @param introduction  more header fields that say what we can do
record Abilities(List<String> methods, List<String> dialogMethods, List<String> options,
        List<String> bodies, List<Header> introduction) {}
