package p2psip.std.rfc4566;

/// What was received is no session description: a SIP request that carried it is owed a 400, or
/// a 488 if it was an offer.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    SyntaxException(String why) { super(why); }
}
