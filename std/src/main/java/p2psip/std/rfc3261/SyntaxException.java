package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.rfc3261.Message.Request;

/// What a peer sent is not SIP: caught once, where bytes come in.
///
/// If enough could be read to answer it, the exception carries the request and the status that its
/// sender is owed.
public final class SyntaxException extends p2psip.std.SyntaxException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Optional<Request> request;

    public SyntaxException(String why) { this(why, 400, Optional.empty()); }

    SyntaxException(String why, int status, Optional<Request> request) {
        super(why);
        this.status = status;
        this.request = request;
    }

    /// 400, or 505 for another version of the protocol.
    public int status() { return status; }

    /// What could be read of a request; empty if nothing can be answered.
    public Optional<Request> request() { return request; }
}
