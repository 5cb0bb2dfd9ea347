package p2psip.std.rfc8445;

/// Who decides: the controlling agent nominates, the controlled one follows.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-6.1.1 RFC 8445 §6.1.1
public enum Role {
    CONTROLLING, CONTROLLED;

    Role other() { return this == CONTROLLING ? CONTROLLED : CONTROLLING; }
}
