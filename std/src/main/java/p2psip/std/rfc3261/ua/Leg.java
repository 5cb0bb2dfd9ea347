package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Machine;
import p2psip.std.rfc3261.Core;

/// What a UA core keeps for one Call-ID and local tag: a call with all its dialogs, a registration,
/// a lone request. Each message of the peer leads to one of them.
sealed interface Leg extends Machine<Core.Input, Core.Output>
        permits Call, Registration, LoneRequest {

    /// What all messages of a leg have in common: forked dialogs differ in the remote tag only.
    record Key(String callId, String localTag) {
        static Key of(Self local) { return new Key(local.tag(), local.tag()); }
    }
}
