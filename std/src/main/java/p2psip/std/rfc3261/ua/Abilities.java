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
        List<String> bodies, List<Header> introduction) {
    /// What this UA core can do by itself.
    //= rfc3261#13.1-1 who supports INVITE supports ACK, CANCEL and BYE
    private static final List<String> METHODS =
            List.of("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS");

    static Abilities of(List<Extension> extensions) {
        //= rfc3261#13.2.1-2 what else can be received within a dialog is allowed, too
        return new Abilities(all(METHODS, extensions, Extension::methods),
                all(List.of(), extensions, Extension::dialogMethods),
                all(List.of(), extensions, Extension::options),
                //= rfc3261#13.2.1-17 SDP first of all
                all(List.of(Content.SDP), extensions, Extension::bodies),
                all(List.of(), extensions, Extension::introduction));
    }

    private static <T> List<T> all(List<T> own, List<Extension> extensions,
            Function<Extension, List<T>> added) {
        return Stream.concat(own.stream(), extensions.stream().map(added).flatMap(List::stream))
                .distinct().toList();
    }
}
