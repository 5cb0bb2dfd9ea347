package p2psip.app.voip;

import p2psip.app.host.Effect;
import p2psip.std.rfc3261.ua.*;

/// What a call has to say: to the user agent, or to the host.
sealed interface CallOutput {
    record Ask(Call.Command command) implements CallOutput {}

    /// Tell the peer, within the call, of candidates.
    record Inform(Content fragment) implements CallOutput {}

    /// The peer is heard, by others than us too.
    record Heard(Sound sound) implements CallOutput {}

    record Do(Effect effect) implements CallOutput {}
}
