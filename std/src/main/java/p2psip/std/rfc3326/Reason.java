package p2psip.std.rfc3326;

import module java.base;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;

/// A value of a Reason field: why a request was sent.
///
/// @param protocol whose causes they are: `SIP`, `Q.850`, or another
/// @param cause    a status code of SIP, a cause value of Q.850
/// @param text     for people; empty if there is none
/// @spec https://www.rfc-editor.org/rfc/rfc3326#section-2 RFC 3326 §2
public record Reason(String protocol, OptionalInt cause, String text) {
    public static final String NAME = "Reason", SIP = "SIP", Q850 = "Q.850";

    /// What the phones are told that ring on when one of them was answered.
    public static final Reason ELSEWHERE = sip(200, "Call completed elsewhere");

    /// More values than this nobody has a use for.
    private static final int LIMIT = 8;

    /// A status code, for which a request is sent as if it was a response.
    public static Reason sip(int status, String text) {
        return new Reason(SIP, OptionalInt.of(status), text);
    }

    /// The same with the usual words.
    public static Reason sip(int status) { return sip(status, Status.reason(status)); }

    /// All that a message says, one for each protocol; what cannot be read counts as if it was
    /// not there, for nothing hangs on it.
    public static List<Reason> of(Message message) {
        var all = new LinkedHashMap<String, Reason>();
        //= rfc3326#2-4 no two of one protocol: the first counts
        message.list(NAME).stream().limit(LIMIT).flatMap(value -> read(value).stream())
                .forEach(each -> all.putIfAbsent(each.protocol.toUpperCase(Locale.ROOT), each));
        return List.copyOf(all.values());
    }

    /// The words for people in what a message says: the cause by its name, if it has no text.
    public static Optional<String> words(Message message) {
        return of(message).stream().flatMap(each -> each.words().stream()).findFirst();
    }

    private Optional<String> words() {
        if (!text.isEmpty()) return Optional.of(text);
        return cause.isEmpty() ? Optional.empty() : Optional.of(protocol.equalsIgnoreCase(SIP)
                ? Status.reason(cause.getAsInt()) : protocol + " " + cause.getAsInt());
    }

    /// One that may be none.
    public static Optional<Reason> read(String value) {
        try {
            return Optional.of(parse(value));
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }

    /// @throws p2psip.std.rfc2396.SyntaxException if it is none
    public static Reason parse(String value) {
        int semicolon = value.indexOf(';');
        var protocol = (semicolon < 0 ? value : value.substring(0, semicolon)).strip();
        if (!Grammar.isToken(protocol))
            throw new p2psip.std.rfc2396.SyntaxException("no protocol: " + value);
        var params = Params.parse(semicolon < 0 ? "" : value.substring(semicolon));
        return new Reason(protocol, params.get("cause").filter(c -> c.matches("[0-9]{1,9}"))
                .map(c -> OptionalInt.of(Integer.parseInt(c))).orElse(OptionalInt.empty()),
                params.get("text").orElse("").replaceAll("\\p{Cntrl}", " "));
    }

    /// A request in which it stands, and no other.
    public Message.Request in(Message.Request request) { return request.with(NAME, toString()); }

    @Override public String toString() {
        return protocol + cause.stream().mapToObj(c -> ";cause=" + c).collect(Collectors.joining())
                + (text.isEmpty() ? "" : ";text=" + Params.quoted(text));
    }
}
