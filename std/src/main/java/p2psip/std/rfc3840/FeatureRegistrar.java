package p2psip.std.rfc3840;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.RegistrarExtension;

/// Keeps with each contact what its phone can do, for those who look for one that can.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3840#section-6 RFC 3840 §6
public final class FeatureRegistrar implements RegistrarExtension {
    /// The note of a binding, and of the destination that comes of it.
    public static final String FEATURES = "Features";

    public static final String OPTION = "pref";

    //= rfc3840#6-3 who wants to be sure requires it
    @Override public List<String> options() { return List.of(OPTION); }

    @Override public List<Header> notes(Request register, Address contact) {
        //= rfc3840#6-5 as long as each refresh says it
        //= rfc3840#6-6 in the 200 the contact has it as well, as it has all its parameters
        var features = new Params(contact.params().list().stream()
                .filter(param -> FeatureSet.isFeature(param.name())).toList());
        return features.isEmpty() ? List.of()
                : List.of(new Header(FEATURES, features.toString()));
    }
}
