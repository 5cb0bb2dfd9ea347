package p2psip.tools.dissect;

import module java.base;
import p2psip.std.rfc3261.*;

/// What methods, statuses and header fields say, in one sentence each; what differs from message to
/// message is read by the codec.
final class HeaderMeaning {
    private HeaderMeaning() {}

    static String method(String method) {
        return switch (method) {
            case "REGISTER" -> "I am to be found here.";
            case "INVITE" -> "Shall we talk?";
            case "ACK" -> "I have your final answer to my INVITE.";
            case "BYE" -> "The call is over.";
            default -> "What is asked.";
        };
    }

    static String status(int status) {
        return switch (status) {
            case 100 -> "Got it, I am looking: do not send it again.";
            case 180 -> "The phone rings.";
            case 200 -> "Done.";
            case 401 -> "Prove who you are, to the one who answers.";
            case 407 -> "Prove who you are, to the proxy on the way.";
            default -> "How it went.";
        };
    }

    static String section(String name) {
        return name.equals("Max-Breadth") ? "rfc5393#5.3.1" : "rfc3261#" + switch (name) {
            case "Allow" -> "20.5";
            case "Authorization" -> "20.7";
            case "Call-ID" -> "20.8";
            case "Max-Breadth" -> "Into so many branches the request may still be forked in all.";
            case "Contact" -> "20.10";
            case "Content-Length" -> "20.14";
            case "Content-Type" -> "20.15";
            case "CSeq" -> "20.16";
            case "Date" -> "20.17";
            case "Expires" -> "20.19";
            case "From" -> "20.20";
            case "Max-Forwards" -> "20.22";
            case "Proxy-Authenticate" -> "20.27";
            case "Proxy-Authorization" -> "20.28";
            case "Record-Route" -> "20.30";
            case "Require" -> "20.32";
            case "Route" -> "20.34";
            case "Server" -> "20.35";
            case "Supported" -> "20.37";
            case "To" -> "20.39";
            case "User-Agent" -> "20.41";
            case "Via" -> "20.42";
            case "WWW-Authenticate" -> "20.44";
            default -> "7.3";
        };
    }

    static String of(Header header, Message message) {
        var value = header.value();
        return switch (header.name()) {
            case "Via" -> via(Via.parse(value));
            case "From" -> "Who asks. The tag is the caller's half of the dialog's name.";
            case "To" -> "Who is asked. " + (message.to().tag().isEmpty()
                    ? "No tag yet: the one who answers adds it."
                    : "The tag is the other half of the dialog's name.");
            case "Call-ID" -> "Random, and the same for all messages of one call"
                    + " (or of one phone's registrations).";
            case "CSeq" -> "Request number " + message.cseq().number() + " of this caller in this"
                    + " call; an answer repeats it.";
            case "Max-Forwards" -> "So many hops more: each proxy takes one.";
            case "Max-Breadth" -> "Into so many branches the request may still be forked in all.";
            case "Contact" -> message.cseq().method().equals("REGISTER")
                    ? "Where the phone is reached, and for how many seconds."
                    : "Where this end is reached directly, for what follows in the dialog.";
            case "Record-Route" -> "This proxy stays on the way of all that follows in the dialog;"
                    + " lr: it routes as this RFC does.";
            case "Route" -> "Go by here first, as Record-Route wanted; lr: the Request-URI stays.";
            case "Content-Type" -> "What the body is: a session description.";
            case "Content-Length" -> message.body().isEmpty() ? "No body."
                    : value + " bytes of body.";
            case "Expires" -> "For how long, in seconds.";
            case "Allow" -> "The methods that may be used with this end.";
            case "Supported" -> "The extensions that may be used with this end.";
            case "Date" -> "The registrar's time, for phones that have no clock.";
            case "User-Agent", "Server" -> "Which program speaks.";
            case "WWW-Authenticate", "Proxy-Authenticate" -> "The challenge: hash your password"
                    + " with this nonce, which is good once and not for long.";
            case "Authorization", "Proxy-Authorization" -> "The response: a hash of user, password,"
                    + " realm, nonce, a counter, the method and the URI. The password stays home.";
            default -> "A header field of an extension.";
        };
    }

    private static String via(Via via) {
        var seen = via.params().get("received").map(from -> " It came from " + from
                + via.params().get("rport").map(port -> ", port " + port).orElse("") + ".")
                .orElse(via.params().get("rport").filter(port -> !port.isEmpty())
                        .map(port -> " It came from port " + port + ".")
                        .orElse(via.params().has("rport")
                                ? " rport: please note the port it came from." : ""));
        return "Answers go back to " + via.sentBy() + " by " + via.transport()
                + "; the branch names the transaction there." + seen;
    }
}
