package p2psip.std.rfc8445;

import module java.base;

/// What one agent tells the other of a stream beside candidates.
///
/// @param lite    whether it only answers
/// @param options `ice2`, `trickle` ...
/// @param pacing  how often it wants checks to be sent, if not every 50 ms
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-5.3 RFC 8445 §5.3
public record Description(Credentials credentials, boolean lite, List<String> options,
        Optional<Duration> pacing) {

    /// What an agent that obeys RFC 8445 says, and one that trickles.
    public static final String ICE2 = "ice2", TRICKLE = "trickle";

    public Description { options = List.copyOf(options); }

    /// Of a full agent that trickles.
    public static Description of(Credentials credentials) {
        return new Description(credentials, false, List.of(ICE2, TRICKLE), Optional.empty());
    }

    /// What a later description of the same stream means.
    public enum Change { NONE, RESTART, FORBIDDEN }

    public Change change(Description later) {
        //= rfc8839#4.4.1.1.1-4 the same password and ufrag from elsewhere in SDP are no restart
        if (!later.credentials.equals(credentials)) return Change.RESTART;
        //= rfc8839#4.4.2.1-4 modified without a restart, these attributes are to be rejected
        return later.lite == lite && later.options.equals(options) && later.pacing.equals(pacing)
                ? Change.NONE : Change.FORBIDDEN;
    }

    public boolean trickles() { return options.contains(TRICKLE); }
}
