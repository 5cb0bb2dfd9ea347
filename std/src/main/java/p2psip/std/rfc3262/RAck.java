package p2psip.std.rfc3262;

import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Response;

/// Which response a PRACK acknowledges.
///
/// @param response the number in its RSeq
/// @param cseq     its CSeq
/// @spec https://www.rfc-editor.org/rfc/rfc3262#section-7.2 RFC 3262 §7.2
public record RAck(long response, CSeq cseq) {

    /// What acknowledges a response that has an RSeq.
    static RAck of(Response response) {
        //= rfc3262#7.2¶1 the number of RSeq, then number and method of CSeq
        return new RAck(Long.parseLong(response.need("RSeq")), response.cseq());
    }

    /// Reads what follows the colon of `RAck`: `776656 1 INVITE`.
    ///
    /// @throws SyntaxException if it is none
    /// @spec https://www.rfc-editor.org/rfc/rfc3262#section-10 RFC 3262 §10
    public static RAck parse(String value) {
        var both = value.strip().split("\\s+", 2);
        if (both.length < 2 || !isNumber(both[0])) throw new SyntaxException("bad RAck: " + value);
        return new RAck(Long.parseLong(both[0]), CSeq.parse(both[1]));
    }

    static boolean isNumber(String text) {
        return Grammar.isNumber(text, Reliability.LAST) && !text.chars().allMatch(c -> c == '0');
    }

    @Override public String toString() { return response + " " + cseq; }
}
