package p2psip.std.rfc3261;

import module java.base;

/// One header field: a name and a value that stays text.
///
/// @param name  in its one spelling if the name is known (`Call-ID` for `i` and `CALL-ID`), else as
///              received
/// @param value without the blanks around it, lines unfolded
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-7.3 RFC 3261 §7.3
public record Header(String name, String value) {

    /// Spellings by lower-case name and by compact form (3261 §7.3.3 and later RFCs).
    private static final Map<String, String> SPELLING = new HashMap<>();

    /// The shortest form of each.
    private static final Map<String, String> COMPACT = new HashMap<>();

    static {
        for (var known : """
                Accept Accept-Contact/a Accept-Encoding Accept-Language Alert-Info Allow
                Allow-Events/u Authentication-Info Authorization Call-ID/i Call-Info Contact/m
                Content-Disposition Content-Encoding/e Content-Language Content-Length/l
                Content-Type/c CSeq Date Error-Info Event/o Expires Flow-Timer From/f In-Reply-To
                Info-Package Max-Breadth Max-Forwards MIME-Version Min-Expires Min-SE Organization
                Path Priority Proxy-Authenticate Proxy-Authorization Proxy-Require RAck Reason
                Record-Route Recv-Info Refer-Sub Refer-To/r Referred-By/b Reject-Contact/j Replaces
                Reply-To Request-Disposition/d Require Retry-After Route RSeq Server Service-Route
                Session-Expires/x SIP-ETag SIP-If-Match Subject/s Subscription-State Supported/k
                Target-Dialog Timestamp To/t Unsupported User-Agent Via/v Warning WWW-Authenticate
                """.strip().split("\\s+")) {
            var forms = known.split("/");
            for (var form : forms) {
                SPELLING.put(form, forms[0]);
                SPELLING.put(form.toLowerCase(Locale.ROOT), forms[0]);
            }
            COMPACT.put(forms[0], forms[forms.length - 1]);
        }
    }

    /// The Max-Forwards of a request that begins its way.
    public static final Header MAX_FORWARDS = new Header("Max-Forwards", "70");

    public Header {
        name = canonical(name);
        value = value.strip();
    }

    /// The one spelling of a known name; an unknown name as it is.
    public static String canonical(String name) {
        //= rfc3261#7.3.3-2,3 both forms of a name are the same field
        var known = SPELLING.get(name);
        return known != null ? known : SPELLING.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    }

    /// Whether this is the field of that name, given in its one spelling.
    public boolean is(String canonical) {
        return name == canonical || name.equalsIgnoreCase(canonical);
    }

    /// Where the first field of that name stands, or the end of the list if there is none.
    public static int first(List<Header> headers, String canonical) {
        int at = 0;
        while (at < headers.size() && !headers.get(at).is(canonical)) at++;
        return at;
    }

    /// The name in one letter, if there is one for it.
    String compactName() { return COMPACT.getOrDefault(name, name); }

    @Override public String toString() { return name + ": " + value; }
}
