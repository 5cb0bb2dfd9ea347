package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message.Request;

/// The CANCEL for an INVITE that was sent, whether by a user agent or by a proxy.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-9.1 RFC 3261 §9.1
public final class Cancel {
    private Cancel() {}

    /// @param sent as it was sent, but for its Via
    public static Request of(Request sent) {
        //= rfc3261#9.1-2,5 the same Call-ID, To and From, and the same Route
        //= rfc3261#9.1-4 the same number, but the method CANCEL
        return beside(sent, "CANCEL");
    }

    /// What goes after an INVITE, to the same server: its CANCEL, or the ACK for its refusal.
    static Request beside(Request sent, String method) {
        var headers = new ArrayList<Header>(8);
        for (var h : sent.headers()) switch (h.name()) {
            case "From", "To", "Call-ID", "Route" -> headers.add(h);
            case "Max-Forwards" -> headers.add(Header.MAX_FORWARDS);
            case "CSeq" -> headers.add(new Header("CSeq", sent.cseq().number() + " " + method));
            //= rfc3261#9.1-6 no Require or Proxy-Require
            //= rfc3261#8.2.2.3-3 for they may not stand in a CANCEL
            //= rfc3261#20-7 what is not applicable to a CANCEL is not present, a Contact for one
            default -> { }
        }
        return new Request(method, sent.uri(), headers, Bytes.EMPTY);
    }

    /// The transaction of the CANCEL, of which that of the INVITE knows nothing.
    public static TransactionId of(TransactionId invite) {
        //= rfc3261#9.1-3 a single Via, with the branch of the INVITE being cancelled
        //= rfc3261#16.6-60 the same branch value in both requests
        //= rfc5393#4.2.1-7 the same branch parameter
        return new TransactionId(invite.branch(), invite.sentBy(), "CANCEL");
    }

    /// The transaction of the INVITE that a CANCEL belongs to.
    public static TransactionId cancelled(TransactionId cancel) {
        return new TransactionId(cancel.branch(), cancel.sentBy(), "INVITE");
    }
}
