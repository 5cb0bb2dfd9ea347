package p2psip.app.host;

/// Why there is no TLS with a peer: one value for each cause that a person can do something about.
public enum TlsFailure {
    /// Nobody who is trusted here has signed its certificate.
    UNTRUSTED,

    /// Its certificate is for other names.
    OTHER_NAME,

    /// Its certificate has ended, by the clock of this computer.
    EXPIRED,

    /// Its certificate has not begun, by the clock of this computer.
    NOT_YET_VALID,

    /// The two did not come to an agreement, or one of them went away before.
    HANDSHAKE;

    /// The cause in one line.
    ///
    /// @param wanted the name that was asked for
    /// @param more   a date, or what TLS says
    String why(String wanted, String more) {
        return switch (this) {
            case UNTRUSTED -> "nobody whom this computer trusts has signed its certificate";
            case OTHER_NAME -> "its certificate is not for " + wanted;
            case EXPIRED -> "its certificate has expired (" + more
                    + "), or the clock here is wrong";
            case NOT_YET_VALID -> "its certificate is not valid yet (" + more
                    + "), or the clock here is wrong";
            case HANDSHAKE -> "no TLS: " + more;
        };
    }
}
