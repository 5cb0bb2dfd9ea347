package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Tokens;
import p2psip.std.rfc3261.Message.Request;

/// What tells one transaction from every other, on either side.
///
/// @param branch of the top Via
/// @param sentBy of the top Via as [Via#sentBy] writes it; empty on the client's side, where the
///               branch is our own
/// @param method of the request that began it (`INVITE` also for its ACK)
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17.2.3 RFC 3261 §17.2.3
public record TransactionId(String branch, String sentBy, String method) {

    /// A client transaction: a fresh branch for a method.
    public static TransactionId client(String method, RandomGenerator random) {
        //= rfc3261#8.1.1.7-4,5 a unique branch, which begins with the magic cookie
        //= rfc3261#20.42-1 the branch starts with the magic cookie
        return new TransactionId(Via.MAGIC + Tokens.token(random), "", method);
    }

    /// The server transaction that a request belongs to, an ACK to that of its INVITE.
    ///
    /// @param top the topmost Via as it came
    static TransactionId server(Request request, Via top) {
        //= rfc3261#17.2.3¶5 the method matches, but an ACK is for an INVITE
        var method = request.is("ACK") ? "INVITE" : request.method();
        var branch = top.branch();
        //= rfc3261#17.2.3¶3 the branch alone is unique for each client with the magic cookie
        //= rfc3261#17.2.3¶4 the client is told by its sent-by
        return new TransactionId(branch.startsWith(Via.MAGIC) ? branch : oldBranch(request, top),
                top.sentBy(), method);
    }

    /// What stands for the branch with clients of RFC 2543. The To tag, which an ACK has from the
    /// response, is looked at by the transaction.
    private static String oldBranch(Request request, Via top) {
        //= rfc3261#17.2.3¶9 Request-URI, From tag, Call-ID, CSeq and top Via match
        return String.join(" ", request.uri(), request.from().tag().orElse(""), request.callId(),
                Long.toString(request.cseq().number()), top.toString());
    }

    /// The client transaction that a response belongs to.
    static TransactionId client(Via top, CSeq cseq) {
        //= rfc3261#17.1.3¶2 the branch is that of the request's top Via
        //= rfc3261#17.1.3¶3 the method too: a CANCEL shares the branch
        return new TransactionId(top.branch(), "", cseq.method());
    }

    /// None: what is sent so is not awaited, as an ACK is not.
    static TransactionId none(String branch) { return new TransactionId(branch, "", "ACK"); }

    /// The server transaction of a response, as far as its way back is concerned.
    ///
    /// @param top its topmost Via
    static TransactionId answered(Message response, Via top) {
        return new TransactionId(top.branch(), top.sentBy(), response.cseq().method());
    }

    /// Whether the client follows RFC 3261: its branch begins with the magic cookie.
    boolean magic() { return branch.startsWith(Via.MAGIC); }

    @Override public String toString() {
        return method + " " + (sentBy.isEmpty() ? "client " : "server ") + branch;
    }
}
