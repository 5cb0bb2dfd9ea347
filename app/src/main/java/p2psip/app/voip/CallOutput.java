package p2psip.app.voip;

import p2psip.app.host.Effect;
import p2psip.std.rfc3261.ua.Call;

/// What a call has to say: to the user agent, or to the host.
sealed interface CallOutput {
    record Ask(Call.Command command) implements CallOutput {}

    record Do(Effect effect) implements CallOutput {}
}
