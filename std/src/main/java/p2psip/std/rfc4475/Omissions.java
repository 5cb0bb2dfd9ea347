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
        //= rfc3261#8.1.1-1 a request has six fields; Max-Forwards its last receiver can do without
        owed(message.has("Max-Forwards"), "Max-Forwards", "8.1.1.6");
        //= rfc3261#8.1.1.3-2 who sends it says so by a tag
        owed(message.from().params().has("tag"), "tag in From", "8.1.1.3");
        //= rfc3261#8.1.1.7-5 a branch begins with the cookie
        owed(message.topVia().branch().startsWith(Via.MAGIC), "branch with the cookie", "8.1.1.7");
        //= rfc3261#8.1.1.8-1 what makes a dialog says where its sender is
        if (request.is("INVITE")) owed(message.has("Contact"), "Contact", "8.1.1.8");
    }

    private void response(int status) {
        //= rfc3261#8.2.6.2-6 but for a 100 there is a tag in To
        owed(status == 100 || message.to().params().has("tag"), "tag in To", "8.2.6.2");
        boolean established = status / 100 == 2 && message.cseq().method().equals("INVITE");
        //= rfc3261#12.1.1-2 what makes a dialog has a Contact
        owed(!established || message.has("Contact"), "Contact", "12.1.1");
        switch (status) {
            case 401 -> field("WWW-Authenticate", "21.4.2");
            //= rfc3261#8.2.1-3 which methods are allowed where this one is not
            case 405 -> field("Allow", "8.2.1");
            case 407 -> field("Proxy-Authenticate", "21.4.8");
            //= rfc3261#8.2.2.3-2 which extensions are not understood
            case 420 -> field("Unsupported", "8.2.2.3");
            //= rfc3261#10.3-26 which interval is long enough
            case 423 -> field("Min-Expires", "10.3");
            default -> { }
        }
    }

    private void field(String name, String section) { owed(message.has(name), name, section); }

    private void owed(boolean there, String what, String section) {
        if (!there) found.add(what + " (§" + section + ")");
    }
}
