package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message.*;

/// What is to be done with what a peer sent: take it, answer it with the status the RFC owes, or
/// drop it.
///
/// Only what processing needs is looked at; whoever wants to know whether all of a message is well
/// formed asks [p2psip.std.rfc4475].
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.3 RFC 3261 §16.3
public final class Validator {

    /// Fields that are no list.
    private static final List<String> SINGLE = List.of("From", "To", "Call-ID", "CSeq",
            "Max-Forwards", "Content-Length", "Content-Type", "Expires", "Date", "Event");

    /// The answer.
    public sealed interface Verdict {
        record Fine(Message message) implements Verdict {}

        /// @param request to be answered with this status and reason
        record Refuse(Request request, int status, String reason) implements Verdict {}

        record Drop(String why) implements Verdict {}
    }

    private Validator() {}

    /// Reads a datagram, or a message cut out of a stream.
    public static Verdict read(Bytes bytes) {
        try {
            return check(Message.parse(bytes));
        } catch (SyntaxException e) {
            return e.request().map(r -> refuse(r, e.status(), e.getMessage()))
                    .orElseGet(() -> new Verdict.Drop(e.getMessage()));
        }
    }

    /// Looks at the fields that every element needs.
    public static Verdict check(Message message) {
        //= rfc3261#8.2.2-2 a malformed field is ignored unless it is needed
        //= rfc3261#20-4 what is optional is ignored, well-formed or not
        return check(message, _ -> { });
    }

    /// Looks at them, and at what somebody else asks of a message.
    ///
    /// @param more throws what is wrong
    public static Verdict check(Message message, Consumer<Message> more) {
        try {
            essentials(message);
            more.accept(message);
        } catch (p2psip.std.SyntaxException e) {
            return switch (message) {
                //= rfc3261#21.4.1-1 the reason phrase of a 400 identifies the syntax problem
                case Request r -> refuse(r, 400, e.getMessage());
                //= rfc3261#18.3-2 a bad response is discarded
                case Response _ -> new Verdict.Drop(e.getMessage());
            };
        }
        if (message instanceof Request r && !r.uri().startsWith("sip:")
                && !List.of("sip", "sips", "tel").contains(Uri.parse(r.uri()).scheme()))
            return refuse(r, 416, "Unsupported URI Scheme");
        return new Verdict.Fine(message);
    }

    /// An ACK is never answered, and what has no Via has no way back.
    private static Verdict refuse(Request request, int status, String reason) {
        return request.is("ACK") || !request.has("Via") ? new Verdict.Drop(reason)
                : new Verdict.Refuse(request, status, reason);
    }

    private static void essentials(Message message) {
        //= rfc3261#16.3-4 without them no server transaction could handle the request
        //= rfc3261#20-5,6 must be present in a request, and in a response
        var via = message.topVia();
        message.from();
        message.to();
        var callId = message.callId();
        var cseq = message.cseq();
        once(message);
        require(!callId.isEmpty() && callId.chars().allMatch(c -> c > ' ' && c != 127),
                "Call-ID", callId);
        contentLength(message);
        //= rfc3261#7.3.2-1 request header fields that appear in a response are ignored
        if (!(message instanceof Request request)) return;
        if (!cseq.method().equals(request.method()))
            throw new SyntaxException("CSeq method differs from " + request.method());
        if (!Grammar.isToken(request.method())) throw new SyntaxException("bad method");
        if (Uri.parse(request.uri()) instanceof SipUri uri && !uri.headers().isEmpty())
            throw new SyntaxException("header fields in the Request-URI");
        request.first("Max-Forwards").ifPresent(
                v -> require(Grammar.isNumber(v, 255), "Max-Forwards", v));
        if (via.branch().equals(Via.MAGIC))
            throw new SyntaxException("branch without an identifier");
        //= rfc3261#20-8 where Contact is not applicable to a request it is ignored
        if (!request.is("BYE") && !request.is("CANCEL"))
            for (var contact : request.list("Contact"))
                if (!contact.equals("*")) Address.parse(contact);
                else if (!request.is("REGISTER"))
                    throw new SyntaxException("Contact: * outside REGISTER");
    }

    /// A header that is no list stands once.
    private static void once(Message message) {
        int seen = 0;   // a bit for each: no message needs a set
        for (var h : message.headers()) {
            int at = SINGLE.indexOf(h.name());
            //= rfc3261#8.2.2-1 a field that is not understood is ignored, however often it stands
            if (at < 0) continue;
            //= rfc3261#7.3.1-2 several rows of a name only where the value is comma-separated
            if ((seen & 1 << at) != 0) throw new SyntaxException("more than one " + h.name());
            seen |= 1 << at;
        }
    }

    private static void contentLength(Message message) {
        message.first("Content-Length").ifPresent(v -> {
            require(Grammar.isNumber(v, Integer.MAX_VALUE), "Content-Length", v);
            //= rfc3261#18.3-3 a request that ends before its body does is answered with 400
            if (Integer.parseInt(v) > message.body().size())
                throw new SyntaxException("body is shorter than Content-Length");
        });
    }

    /// @throws SyntaxException if a field is not fine
    public static void require(boolean fine, String name, String value) {
        if (!fine) throw new SyntaxException("bad " + name + ": " + value);
    }
}
