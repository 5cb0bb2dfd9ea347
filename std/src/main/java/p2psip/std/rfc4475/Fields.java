package p2psip.std.rfc4475;

import static p2psip.std.rfc3261.Validator.require;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.SyntaxException;

/// The grammar of header fields that are not needed to process a message, field by field.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-20 RFC 3261 §20
public final class Fields {
    private static final Pattern DATE = Pattern.compile(
            "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} "
            + "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4} "
            + "[0-9]{2}:[0-9]{2}:[0-9]{2} GMT");
    private static final long MAX_DELTA = (1L << 32) - 1;

    /// Fields without a meaning in a message of the other kind.
    private static final List<String> REQUEST_ONLY = List.of("Authorization"),
            RESPONSE_ONLY = List.of("WWW-Authenticate", "Min-Expires");

    /// Fields that are no list, besides those that the [Validator] looks for.
    private static final List<String> SINGLE = List.of("MIME-Version", "Min-Expires",
            "Organization", "Priority", "Reply-To", "Retry-After", "Server", "Subject",
            "Timestamp", "User-Agent", "Content-Disposition");

    private Fields() {}

    /// Looks at every field that is understood.
    public static Validator.Verdict verdict(Message message) {
        return Validator.check(message, Fields::check);
    }

    private static void check(Message message) {
        for (var via : message.list("Via")) via(Via.parse(via), message);
        for (var name : List.of("From", "To")) plainUri(address(message.need(name)), name);
        for (var name : List.of("Route", "Record-Route", "Reply-To", "Path", "Service-Route"))
            for (var value : message.list(name)) address(value);
        if (message instanceof Message.Request request) uri(Uri.parse(request.uri()));
        for (var name : List.of("Allow", "Require", "Proxy-Require", "Supported", "Unsupported"))
            for (var value : message.list(name)) require(Grammar.isToken(value), name, value);
        for (var header : message.headers())
            //= rfc3261#20-9 what is not applicable to a response, or to a request, is ignored
            if (!(message instanceof Message.Response ? REQUEST_ONLY : RESPONSE_ONLY)
                    .contains(header.name())) field(header.name(), header.value());
        for (var name : SINGLE)
            //= rfc3261#7.3.1-2 nor are there several rows of a field that nobody needs
            require(message.all(name).size() <= 1, name, "more than one");
        for (var contact : message.list("Contact"))
            if (!contact.equals("*")) contact(address(contact));
        require(message.body().isEmpty() || message.has("Content-Type"), "Content-Type", "none");
    }

    private static Address address(String text) {
        var address = Address.parse(text);
        once(address.params());
        uri(address.uri());
        return address;
    }

    private static void once(Params params) {
        //= rfc3261#7.3.1-6 no parameter name appears more than once
        params.repeated().ifPresent(name -> require(false, "parameter, twice", name));
    }

    private static void uri(Uri uri) {
        if (!(uri instanceof SipUri sip)) return;
        //= rfc3261#19.1.1-7 nor does one of a URI
        once(sip.params());
        boolean udp = sip.params().get("transport").filter("udp"::equalsIgnoreCase).isPresent();
        //= rfc3261#19.1.1-8 the transport of a SIPS URI is a reliable one
        require(!(sip.secure() && udp), "transport", "udp");
        boolean multicast = sip.params().get("maddr").flatMap(HostName::literal)
                .filter(InetAddress::isMulticastAddress).isPresent();
        //= rfc3261#19.1.1-9 ttl goes only with a multicast maddr, and UDP
        require(!sip.params().has("ttl") || multicast && (udp || !sip.params().has("transport")),
                "ttl", "without multicast");
    }

    private static void field(String name, String value) {
        switch (name) {
            //= rfc3261#20.17¶1 the only time zone of a date is GMT
            case "Date" -> require(DATE.matcher(value).matches(), name, value);
            case "Expires", "Min-Expires" ->
                    require(Grammar.isNumber(value, MAX_DELTA), name, value);
            case "Content-Type" -> require(isMediaType(value), name, value);
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
        //= rfc3261#20-10 parameters that are not understood are ignored
        contact.params().get("q").ifPresent(q ->
                require(q.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?"), "q", q));
        contact.params().get("expires").ifPresent(e ->
                require(Grammar.isNumber(e, MAX_DELTA), "expires", e));
    }

    /// `type/subtype` with or without parameters.
    private static boolean isMediaType(String text) {
        int semicolon = text.indexOf(';'), slash = text.indexOf('/');
        var range = semicolon < 0 ? text : text.substring(0, semicolon);
        return slash > 0 && slash < range.length()
                && Grammar.isToken(range.substring(0, slash).strip())
                && Grammar.isToken(range.substring(slash + 1).strip());
    }
}
