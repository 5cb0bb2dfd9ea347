package p2psip.app.node;

import module java.base;
import p2psip.app.sipd.Users;

/// Whom a node lets register.
public sealed interface Door {
    /// Everybody of this machine and its network.
    record Open() implements Door {}

    /// This machine, and from elsewhere whoever knows the node's password, under any name.
    record Word(String password) implements Door {
        @Override public String toString() { return "Word[]"; }
    }

    /// Those on a list, each by a password of his own, wherever they are.
    record Listed(Users users) implements Door {}

    /// Who can be asked for a password.
    default Optional<Users> asked() {
        return switch (this) {
            case Open _ -> Optional.empty();
            case Word(var password) -> Optional.of(Users.sharing(password));
            case Listed(var users) -> Optional.of(users);
        };
    }
}
