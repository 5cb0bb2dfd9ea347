package p2psip.std.rfc4475;

import module java.base;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// What the sender of a message has left out that its receiver can do without, each with its
/// section. A message that lacks more is not processed: that is the [Validator]'s business.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8.1.1 RFC 3261 §8.1.1
public final class Omissions {
    private final Message message;
    private final List<String> found = new ArrayList<>();

    private Omissions(Message message) { this.message = message; }

    /// Of a message that the validator takes.
    public static List<String> of(Message message) {
        var omissions = new Omissions(message);
        switch (message) {
            case Request request -> omissions.request(request);
            case Response response -> omissions.response(response.status());
        }
        return List.copyOf(omissions.found);
    }

    private void request(Request request) {
        owed(message.has("Max-Forwards"), "Max-Forwards", "8.1.1.6");
        owed(message.from().params().has("tag"), "tag in From", "8.1.1.3");
        owed(message.topVia().branch().startsWith(Via.MAGIC), "branch with the cookie", "8.1.1.7");
        if (request.is("INVITE")) owed(message.has("Contact"), "Contact", "8.1.1.8");
    }

    private void response(int status) {
        owed(status == 100 || message.to().params().has("tag"), "tag in To", "8.2.6.2");
        boolean established = status / 100 == 2 && message.cseq().method().equals("INVITE");
        owed(!established || message.has("Contact"), "Contact", "12.1.1");
        switch (status) {
            case 401 -> field("WWW-Authenticate", "21.4.2");
            case 405 -> field("Allow", "8.2.1");
            case 407 -> field("Proxy-Authenticate", "21.4.8");
            case 420 -> field("Unsupported", "8.2.2.3");
            case 423 -> field("Min-Expires", "10.3");
            default -> { }
        }
    }

    private void field(String name, String section) { owed(message.has(name), name, section); }

    private void owed(boolean there, String what, String section) {
        if (!there) found.add(what + " (§" + section + ")");
    }
}
