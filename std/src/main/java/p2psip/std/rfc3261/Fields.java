package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc2396.SipUri;

/// The grammar of header fields that are not needed to process a message, field by field.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-20 RFC 3261 §20
final class Fields {
    private static final Pattern DATE = Pattern.compile(
            "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} "
            + "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4} "
            + "[0-9]{2}:[0-9]{2}:[0-9]{2} GMT");
    private static final long MAX_DELTA = (1L << 32) - 1;

    private Fields() {}

    static void check(Message message) {
        for (var via : message.list("Via")) via(Via.parse(via), message);
        for (var name : List.of("From", "To")) plainUri(Address.parse(message.need(name)), name);
        for (var name : List.of("Route", "Record-Route", "Reply-To", "Path", "Service-Route"))
            for (var value : message.list(name)) Address.parse(value);
        for (var name : List.of("Allow", "Require", "Proxy-Require", "Supported", "Unsupported"))
            for (var value : message.list(name)) require(Grammar.isToken(value), name, value);
        for (var header : message.headers()) field(header.name(), header.value());
        for (var contact : message.list("Contact"))
            if (!contact.equals("*")) contact(Address.parse(contact));
    }

    private static void field(String name, String value) {
        switch (name) {
            //= rfc3261#20.17¶1 the only time zone of a date is GMT
            case "Date" -> require(DATE.matcher(value).matches(), name, value);
            case "Expires", "Min-Expires" ->
                    require(Grammar.isNumber(value, MAX_DELTA), name, value);
            case "Content-Type" -> require(Grammar.isMediaType(value), name, value);
            case "MIME-Version" -> require(value.matches("[0-9]+\\.[0-9]+"), name, value);
            case "Authorization", "Proxy-Authorization", "WWW-Authenticate", "Proxy-Authenticate" ->
                    require(value.matches("[^ ,=\"]+ +[^ =]+ *=.*"), name, value);
            default -> { }
        }
    }

    /// Via names where a response goes, and to everybody is nowhere.
    private static void via(Via via, Message message) {
        require(Grammar.isToken(via.transport()), "Via", via.transport());
        if (message instanceof Message.Response && via.host().equals("255.255.255.255"))
            throw new SyntaxException("Via leads to the broadcast address");
    }

    private static void plainUri(Address address, String name) {
        if (address.uri() instanceof SipUri uri && !uri.headers().isEmpty())
            throw new SyntaxException("header fields in the URI of " + name);
    }

    private static void contact(Address contact) {
        contact.params().get("q").ifPresent(q ->
                require(q.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?"), "q", q));
        contact.params().get("expires").ifPresent(e ->
                require(Grammar.isNumber(e, MAX_DELTA), "expires", e));
    }

    private static void require(boolean fine, String name, String value) {
        if (!fine) throw new SyntaxException("bad " + name + ": " + value);
    }
}
