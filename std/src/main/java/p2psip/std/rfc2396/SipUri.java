package p2psip.std.rfc2396;

import module java.base;

/// A SIP or SIPS URI: `sip:user:password@host:port;uri-parameters?headers`.
///
/// @param scheme  `sip` or `sips`
/// @param user    with its escapes, as written; empty if there is none
/// @param password likewise
/// @param host    a name, an IPv4 address, or an IPv6 address in brackets
/// @param port    if one is written
/// @param params  `;transport=tcp;lr`
/// @param headers `?subject=x`
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-19.1.1 RFC 3261 §19.1.1
public record SipUri(String scheme, String user, String password, String host,
        OptionalInt port, Params params, Params headers) implements Uri {

    public static SipUri of(String user, String host, OptionalInt port) {
        //= rfc3261#19.1.1-4 with no password in clear text, which is not recommended
        return new SipUri("sip", user, "", host, port, Params.NONE, Params.NONE);
    }

    public static SipUri of(String user, InetSocketAddress address) {
        return of(user, HostName.text(address.getAddress()),
                OptionalInt.of(address.getPort()));
    }

    /// Reads a `SIP-URI` or `SIPS-URI`: perhaps `userinfo`, then `hostport`, `uri-parameters` and
    /// `headers`; any other scheme is a [SyntaxException].
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3261#section-25.1 RFC 3261 §25.1
    public static SipUri parse(String text) {
        if (Uri.parse(text) instanceof SipUri uri) return uri;
        throw new SyntaxException("not a SIP URI: " + text);
    }

    static SipUri parse(String scheme, String rest) {
        int at = rest.indexOf('@');
        //= rfc3261#19.1.1-1 userinfo may be absent
        var userinfo = at < 0 ? "" : rest.substring(0, at);
        int colon = userinfo.indexOf(':');
        var user = colon < 0 ? userinfo : userinfo.substring(0, colon);
        var password = colon < 0 ? "" : userinfo.substring(colon + 1);
        //= rfc3261#19.1.1-2 with an @ sign there is a user, also where there is a password
        if (at >= 0 && user.isEmpty()) throw new SyntaxException("'@' without a user: " + rest);
        Escapes.check(rest);
        //= rfc3261#19.1.2¶6 a user has no unescaped @: who took the other one saw another host
        if (rest.lastIndexOf('@') != at || userinfo.contains("["))
            throw new SyntaxException("'@' or '[' that needs an escape: " + rest);
        var host = HostName.at(rest, at + 1);
        int question = rest.indexOf('?', host.end());
        int end = question < 0 ? rest.length() : question;
        return new SipUri(scheme, user, password, host.name(), host.port(),
                Params.parse(rest.substring(host.end(), end)),
                Params.parseHeaders(rest.substring(end)));
    }

    /// What the port is when none is written.
    public int portOrDefault() { return port.orElse(secure() ? 5061 : 5060); }

    public SipUri withScheme(String scheme) {
        return new SipUri(scheme, user, password, host, port, params, headers);
    }

    public SipUri withParams(Params params) {
        return new SipUri(scheme, user, password, host, port, params, headers);
    }

    /// One that asks for this header field, too.
    public SipUri withHeader(String name, String value) {
        return new SipUri(scheme, user, password, host, port, params,
                headers.with(name, Escapes.encodeHeader(value)));
    }

    public SipUri withoutHeaders() {
        return new SipUri(scheme, user, password, host, port, params, Params.NONE);
    }

    @Override public boolean matches(Uri other) {
        return other instanceof SipUri uri && SipUriEquality.same(this, uri);
    }

    @Override public String toString() {
        var text = new StringBuilder(64).append(scheme).append(':');
        if (!user.isEmpty()) {
            text.append(user);
            if (!password.isEmpty()) text.append(':').append(password);
            text.append('@');
        }
        text.append(host);
        port.ifPresent(number -> text.append(':').append(number));
        return text.append(params).append(headers.text('?', '&')).toString();
    }
}
