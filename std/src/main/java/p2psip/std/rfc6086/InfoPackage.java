package p2psip.std.rfc6086;

import module java.base;
import p2psip.std.rfc3261.Grammar;

/// Something that two programs have to say to each other within a call.
///
/// @param name      by which the two agree on it
/// @param mediaType of what is said
/// @param option    the option tag by which a peer is told of it beforehand, if there is one
/// @spec https://www.rfc-editor.org/rfc/rfc6086#section-10 RFC 6086 §10
public record InfoPackage(String name, String mediaType, Optional<String> option) {
    public InfoPackage {
        if (!Grammar.isToken(name)) throw new IllegalArgumentException("no token: " + name);
    }
}
