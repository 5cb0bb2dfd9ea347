package p2psip.std.rfc3840;

import module java.base;
import p2psip.std.rfc2396.Params;
import p2psip.std.rfc3261.ua.Extension;

/// What a user agent says of itself, in its Contact wherever that stands.
///
/// @param features as they are written there
/// @spec https://www.rfc-editor.org/rfc/rfc3840#section-6 RFC 3840 §6
public record Capabilities(Params features) implements Extension {

    public Capabilities {
        //= rfc3840#5-12 each filter is for another tag
        features.repeated().ifPresent(name -> {
            throw new IllegalArgumentException("twice: " + name);
        });
    }

    /// One for sound and nothing else, say: `audio`.
    public static Capabilities of(String... flags) {
        //= rfc3840#5-11 all of them hold: a conjunction
        return new Capabilities(new Params(Stream.of(flags)
                .map(flag -> new Params.Param(flag, "")).toList()));
    }
}
