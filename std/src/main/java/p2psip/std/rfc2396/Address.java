package p2psip.std.rfc2396;

import module java.base;

/// A name-addr or addr-spec with the parameters of its header field: the value of From, To,
/// Contact, Route, Record-Route, Refer-To ...: `"Bob \"B\" Jones" <sip:bob@biloxi.com>;tag=a48s`.
///
/// @param displayName without quotes and escapes; empty if there is none
/// @param params      of the header field, never of the URI
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-20.10 RFC 3261 §20.10
public record Address(String displayName, Uri uri, Params params) {

    public static Address of(Uri uri) { return new Address("", uri, Params.NONE); }

    /// What [#parse] reads; empty if it is none.
    public static Optional<Address> read(String text) {
        return SyntaxException.forgiving(Address::parse).apply(text);
    }

    /// Reads a `name-addr`, which is perhaps a `display-name` and an `addr-spec` in angle brackets,
    /// or an `addr-spec` alone; and behind it parameters, each a `generic-param`.
    ///
    /// @throws SyntaxException if it is none
    /// @spec https://www.rfc-editor.org/rfc/rfc3261#section-25.1 RFC 3261 §25.1
    public static Address parse(String text) {
        text = text.strip();
        int open = Params.outsideQuotes(text, 0, '<');
        if (open == text.length()) {
            int semicolon = text.indexOf(';');
            int end = semicolon < 0 ? text.length() : semicolon;
            var spec = text.substring(0, end).strip();
            //= rfc3261#20.10-1 an addr-spec with comma, semicolon or question mark needs < and >
            if (spec.contains("?") || spec.contains(","))
                throw new SyntaxException("URI needs angle brackets: " + text);
            //= rfc3261#20.10¶4 without < and > parameters belong to the header
            return new Address("", Uri.parse(spec), Params.parse(text.substring(end)));
        }
        int close = text.indexOf('>', open);
        if (close < 0) throw new SyntaxException("'>' is missing: " + text);
        return new Address(displayName(text.substring(0, open).strip()),
                Uri.parse(text.substring(open + 1, close)),
                Params.parse(text.substring(close + 1)));
    }

    private static String displayName(String text) {
        if (!text.startsWith("\"")) {
            if (text.indexOf('"') >= 0 || text.indexOf(',') >= 0 || text.indexOf(';') >= 0)
                throw new SyntaxException("bad display name: " + text);
            return text;
        }
        if (text.length() < 2 || !text.endsWith("\""))
            throw new SyntaxException("bad display name: " + text);
        return Params.unquoted(text);
    }

    public Optional<String> tag() { return params.get("tag"); }

    /// How much the owner of a Contact prefers this one: 0 to 1, and 1 where nothing is said.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3261#section-20.10 RFC 3261 §20.10
    public double q() {
        try {
            return params.get("q").map(Double::parseDouble)
                    .filter(q -> q >= 0 && q <= 1).orElse(1.0);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    public Address withTag(String tag) { return withParams(params.with("tag", tag)); }

    public Address withUri(Uri uri) { return new Address(displayName, uri, params); }

    public Address withParams(Params params) { return new Address(displayName, uri, params); }

    /// With angle brackets always, so that no parameter can change sides.
    @Override public String toString() {
        //= rfc3261#20-11 a URI with comma, question mark or semicolon is enclosed in < and >
        //= rfc3261#20.20-2 in From too, even if there is no display name
        //= rfc3261#20.31-3 and in Reply-To the name-addr form
        return (displayName.isEmpty() ? "" : Params.quoted(displayName) + " ")
                + "<" + uri + ">" + params;
    }
}
