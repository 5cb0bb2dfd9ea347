package p2psip.app.trace;

import module java.base;
import p2psip.std.rfc3261.*;

/// What methods, statuses and header fields say, in one sentence each, and where that is written;
/// what differs from message to message is read by the codec.
final class HeaderMeaning {
    private static final String SIP = "rfc3261#";

    /// What is said of it, and where.
    private record Said(String meaning, String source) {}

    private static final Map<String, Said> METHODS = Map.ofEntries(
            said("REGISTER", "I am to be found here.", SIP + "10.1¶4"),
            said("INVITE", "Shall we talk?", SIP + "13.1¶1"),
            said("ACK", "I have your final answer to my INVITE.", SIP + "17.1.1.3-1"),
            said("CANCEL", "Never mind what I asked.", SIP + "9¶2"),
            said("BYE", "The call is over.", SIP + "15¶1"),
            said("OPTIONS", "What can you do?", SIP + "11¶1"),
            said("MESSAGE", "Read this.", "rfc3428#4¶1"),
            said("REFER", "Turn to somebody else.", "rfc3515#2¶1"),
            said("UPDATE", "Let us change the session, while it is set up.", "rfc3311#5.1¶1"),
            said("SUBSCRIBE", "Tell me whenever it changes.", "rfc6665#4.1.2.1¶2"),
            said("NOTIFY", "So it stands now.", "rfc6665#4.1.2.1¶2"),
            said("PUBLISH", "Tell others how I am.", "rfc3903#4¶1"));

    private static final Map<Integer, Said> STATUSES = Map.ofEntries(
            said(100, "Got it, I am looking: do not send it again.", SIP + "21.1.1¶1"),
            said(180, "The phone rings.", SIP + "21.1.2¶1"),
            said(182, "You have to wait.", SIP + "21.1.4¶1"),
            said(183, "Listen to how it goes on.", SIP + "21.1.5¶1"),
            said(200, "Done.", SIP + "21.2.1¶1"),
            said(400, "I do not understand how it is written.", SIP + "21.4.1¶1"),
            said(401, "Prove who you are, to the one who answers.", SIP + "21.4.2¶1"),
            said(403, "I will not do this.", SIP + "21.4.4¶1"),
            said(404, "There is nobody of that name.", SIP + "21.4.5¶1"),
            said(407, "Prove who you are, to the proxy on the way.", SIP + "21.4.8¶1"),
            said(408, "Nobody answered in time.", SIP + "21.4.9¶1"),
            said(480, "Not to be reached now.", SIP + "21.4.18¶1"),
            said(481, "I know of no such call.", SIP + "21.4.19¶1"),
            said(483, "It went too many hops.", SIP + "21.4.21¶1"),
            said(486, "Busy.", SIP + "21.4.24¶1"),
            said(487, "It was taken back.", SIP + "21.4.25¶1"),
            said(503, "I cannot serve now.", SIP + "21.5.4¶1"),
            said(600, "Busy, wherever you try.", SIP + "21.6.1¶1"),
            said(603, "Whoever is here does not want to.", SIP + "21.6.2¶1"));

    /// The sections of header fields whose first paragraph says what they are for.
    private static final Map<String, String> HEADERS = Map.ofEntries(
            in("Accept", "20.1"), in("Alert-Info", "20.4"), in("Allow", "20.5"),
            in("Authentication-Info", "20.6"), in("Authorization", "20.7"), in("Call-ID", "20.8"),
            in("Call-Info", "20.9"), in("Contact", "20.10"), in("Content-Disposition", "20.11"),
            in("Content-Encoding", "20.12"), in("Content-Length", "20.14"),
            in("Content-Type", "20.15"), in("CSeq", "20.16"), in("Date", "20.17"),
            in("Error-Info", "20.18"), in("Expires", "20.19"), in("From", "20.20"),
            in("In-Reply-To", "20.21"), in("Max-Forwards", "20.22"), in("Min-Expires", "20.23"),
            in("Organization", "20.25"), in("Priority", "20.26"), in("Proxy-Authenticate", "20.27"),
            in("Proxy-Authorization", "20.28"), in("Proxy-Require", "20.29"),
            in("Record-Route", "20.30"), in("Reply-To", "20.31"), in("Require", "20.32"),
            in("Retry-After", "20.33"), in("Route", "20.34"), in("Server", "20.35"),
            in("Subject", "20.36"), in("Supported", "20.37"), in("Timestamp", "20.38"),
            in("To", "20.39"), in("Unsupported", "20.40"), in("User-Agent", "20.41"),
            in("Via", "20.42"), in("Warning", "20.43"), in("WWW-Authenticate", "20.44"),
            Map.entry("Max-Breadth", "rfc5393#5.3.1¶1"),
            Map.entry("Session-Expires", "rfc4028#4¶1"), Map.entry("Min-SE", "rfc4028#5¶1"),
            Map.entry("RSeq", "rfc3262#7.1¶1"), Map.entry("RAck", "rfc3262#7.2¶1"),
            Map.entry("Refer-To", "rfc3515#2.1¶1"), Map.entry("Path", "rfc3327#4¶1"),
            Map.entry("Referred-By", "rfc3892#3¶1"), Map.entry("Refer-Sub", "rfc4488#4¶1"),
            Map.entry("Target-Dialog", "rfc4538#7¶1"),
            Map.entry("Replaces", "rfc3891#6.1¶1"), Map.entry("Event", "rfc6665#8.2.1¶2"),
            Map.entry("Allow-Events", "rfc6665#8.2.2¶1"),
            Map.entry("Subscription-State", "rfc6665#8.2.3¶1"),
            Map.entry("SIP-ETag", "rfc3903#11.3.1¶1"),
            Map.entry("SIP-If-Match", "rfc3903#11.3.2¶1"),
            Map.entry("P-Asserted-Identity", "app/node/Callers"));

    private HeaderMeaning() {}

    private static <K> Map.Entry<K, Said> said(K key, String meaning, String source) {
        return Map.entry(key, new Said(meaning, source));
    }

    private static Map.Entry<String, String> in(String name, String section) {
        return Map.entry(name, SIP + section + "¶1");
    }

    static String method(String method) {
        return METHODS.getOrDefault(method, new Said("What is asked.", "")).meaning;
    }

    static String methodSource(String method) {
        return METHODS.getOrDefault(method, new Said("", SIP + "7.1¶3")).source;
    }

    static String status(int status) {
        return STATUSES.getOrDefault(status, new Said("How it went.", "")).meaning;
    }

    /// Of a status that is not known here: what its class says.
    static String statusSource(int status) {
        return STATUSES.getOrDefault(status,
                new Said("", SIP + "7.2¶" + (5 + status / 100))).source;
    }

    static String source(String name) { return HEADERS.getOrDefault(name, SIP + "7.3.1¶1"); }

    /// All sources that may be named.
    static Stream<String> sources() {
        return Stream.of(METHODS.values().stream().map(Said::source),
                STATUSES.values().stream().map(Said::source), HEADERS.values().stream(),
                Stream.of(methodSource(""), source("")),
                IntStream.rangeClosed(1, 6).mapToObj(hundreds -> statusSource(99 + 100 * hundreds)))
                .flatMap(each -> each);
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
            case "Event" -> "What it is that somebody is told of.";
            case "Allow-Events" -> "What others may be told of, if they subscribe to it.";
            case "Subscription-State" -> "Whether he is told more, and for how many seconds, or why"
                    + " no more.";
            case "Refer-To" -> "Whom to call.";
            case "Referred-By" -> "Who wants that, by his own word.";
            case "Refer-Sub" -> "Whether it is told how that gets on.";
            case "Target-Dialog" -> "The call that it is about, as its recipient names it.";
            case "Replaces" -> "The call whose place this one takes, as its recipient names it.";
            case "SIP-ETag" -> "The name of what was published, until the next answer.";
            case "SIP-If-Match" -> "The name of what this PUBLISH is about.";
            case "Content-Type" -> SdpParts.isBodyOf(message)
                    ? "What the body is: a session description." : "What the body is.";
            case "Content-Length" -> message.body().isEmpty() ? "No body."
                    : value + " bytes of body.";
            case "Expires" -> "For how long, in seconds.";
            case "Allow" -> "The methods that may be used with this end.";
            case "Supported" -> "The extensions that may be used with this end.";
            case "Require", "Proxy-Require" -> "The extensions without which it will not do.";
            case "Date" -> "The registrar's time, for phones that have no clock.";
            case "P-Asserted-Identity" -> "Who calls, as this phone's node has found out.";
            case "User-Agent", "Server" -> "Which program speaks.";
            case "WWW-Authenticate", "Proxy-Authenticate" -> "The challenge: hash your password"
                    + " with this nonce, which is good once and not for long.";
            case "Authorization", "Proxy-Authorization" -> "The response: a hash of user, password,"
                    + " realm, nonce, a counter, the method and the URI. The password stays home.";
            default -> HEADERS.containsKey(header.name()) ? "What its section says."
                    : "A header field of an extension.";
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
