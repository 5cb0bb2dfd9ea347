package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.rfc2396.*;

/// One Via: which way a request came, and so which way its response goes back.
///
/// @param transport `UDP`, `TCP`, `TLS` ... as written
/// @param host      of sent-by
/// @param port      of sent-by, if one is written
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-20.42 RFC 3261 §20.42
public record Via(String transport, String host, OptionalInt port, Params params) {
    /// What every branch of this RFC begins with.
    public static final String MAGIC = "z9hG4bK";

    /// Blanks are allowed around the colon of sent-by, as nowhere else.
    private static final Pattern COLON = Pattern.compile("\\s+:\\s*|:\\s+");

    /// Reads a `via-parm`: protocol, version and transport between slashes, a blank, `sent-by`, and
    /// `via-params`, each behind a semicolon.
    ///
    /// @throws SyntaxException if it is none
    /// @spec https://www.rfc-editor.org/rfc/rfc3261#section-25.1 RFC 3261 §25.1
    public static Via parse(String value) {
        int slash = value.indexOf('/'), second = value.indexOf('/', slash + 1);
        if (slash < 0 || second < 0) throw new SyntaxException("bad Via: " + value);
        var version = value.substring(slash + 1, second).strip();
        if (!value.substring(0, slash).strip().equalsIgnoreCase("SIP") || !version.equals("2.0"))
            throw new SyntaxException("Via of another protocol: " + value);
        int at = second + 1;
        while (at < value.length() && value.charAt(at) <= ' ') at++;
        int blank = at;
        while (blank < value.length() && value.charAt(blank) > ' ') blank++;
        if (blank == at) throw new SyntaxException("Via without a transport: " + value);
        try {
            int semicolon = value.indexOf(';', blank);
            int end = semicolon < 0 ? value.length() : semicolon;
            var sentBy = COLON.matcher(value.substring(blank, end).strip()).replaceAll(":");
            var host = HostName.at(sentBy, 0);
            if (host.end() < sentBy.length()) throw new SyntaxException("bad Via: " + value);
            return new Via(value.substring(at, blank), host.name(), host.port(),
                    Params.parse(value.substring(end)));
        } catch (p2psip.std.rfc2396.SyntaxException e) {
            throw new SyntaxException("bad Via: " + e.getMessage());
        }
    }

    /// Empty if there is none.
    public String branch() { return params.get("branch").orElse(""); }

    /// host:port as transactions compare it: the host by value, the port only if one is written.
    public String sentBy() {
        var name = HostName.canonical(host);
        return port.isEmpty() ? name : name + ":" + port.getAsInt();
    }

    /// A response one hop on its way back: without its topmost Via.
    public static Message.Response popped(Message.Response response) {
        return response.change(headers -> top(headers, ""));
    }

    /// Puts another value in the place of the topmost, or, if it is empty, nothing.
    static void top(List<Header> headers, String value) {
        int at = Header.first(headers, "Via");
        var rest = CommaList.rest(headers.get(at).value());
        if (value.isEmpty() && rest.isEmpty()) headers.remove(at);
        else headers.set(at, new Header("Via",
                value.isEmpty() || rest.isEmpty() ? value + rest : value + ", " + rest));
    }

    public Via with(String param, String value) {
        return new Via(transport, host, port, params.with(param, value));
    }

    @Override public String toString() {
        return "SIP/2.0/" + transport + " " + host
                + (port.isEmpty() ? "" : ":" + port.getAsInt()) + params;
    }
}
