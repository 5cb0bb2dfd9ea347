package p2psip.std.rfc2617;

import module java.base;

/// By which name a user is known where, and what proves it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-22.1 RFC 3261 §22.1
public interface Accounts {

    record Login(String user, Secret secret) {}

    /// What to say in a realm, if anything is known for it.
    Optional<Login> in(String realm);

    /// One for all realms: then no two of them may be told the same password.
    static Accounts everywhere(String user, Secret secret) {
        var login = Optional.of(new Login(user, secret));
        return _ -> login;
    }

    /// One for each realm that is named, another for all that are not.
    static Accounts of(Map<String, Login> realms, Optional<Login> elsewhere) {
        var known = Map.copyOf(realms);
        return realm -> Optional.ofNullable(known.get(realm)).or(() -> elsewhere);
    }
}
