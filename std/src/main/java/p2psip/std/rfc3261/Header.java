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

    /// Compact forms by what they stand for.
    private static final Map<String, String> COMPACT = new HashMap<>();

    static {
        for (var known : List.of("Accept", "Accept-Contact", "Accept-Encoding", "Accept-Language",
                "Alert-Info", "Allow", "Allow-Events", "Authentication-Info", "Authorization",
                "Call-ID", "Call-Info", "Contact", "Content-Disposition", "Content-Encoding",
                "Content-Language", "Content-Length", "Content-Type", "CSeq", "Date", "Error-Info",
                "Event", "Expires", "Flow-Timer", "From", "In-Reply-To", "Info-Package",
                "Max-Breadth", "Max-Forwards", "MIME-Version", "Min-Expires", "Min-SE",
                "Organization", "Path", "Priority", "Proxy-Authenticate", "Proxy-Authorization",
                "Proxy-Require", "RAck", "Reason", "Record-Route", "Recv-Info", "Refer-Sub",
                "Refer-To", "Referred-By", "Reject-Contact", "Replaces", "Reply-To",
                "Request-Disposition", "Require", "Retry-After", "Route", "RSeq", "Server",
                "Service-Route", "Session-Expires", "SIP-ETag", "SIP-If-Match", "Subject",
                "Subscription-State", "Supported", "Target-Dialog", "Timestamp", "To",
                "Unsupported", "User-Agent", "Via", "Warning", "WWW-Authenticate")) {
            SPELLING.put(known, known);
            SPELLING.put(known.toLowerCase(Locale.ROOT), known);
        }
        var compact = List.of("a", "Accept-Contact", "b", "Referred-By", "c", "Content-Type",
                "d", "Request-Disposition", "e", "Content-Encoding", "f", "From", "i", "Call-ID",
                "j", "Reject-Contact", "k", "Supported", "l", "Content-Length", "m", "Contact",
                "o", "Event", "r", "Refer-To", "s", "Subject", "t", "To", "u", "Allow-Events",
                "v", "Via", "x", "Session-Expires");
        for (int i = 0; i < compact.size(); i += 2) {
            SPELLING.put(compact.get(i), compact.get(i + 1));
            COMPACT.put(compact.get(i + 1), compact.get(i));
        }
    }

    public Header {
        name = canonical(name);
        value = value.strip();
    }

    /// The one spelling of a known name; an unknown name as it is.
    public static String canonical(String name) {
        //= rfc3261#7.3.3-1,2,3 forms of a name are the same field: substituted, or both
        var known = SPELLING.get(name);
        return known != null ? known
                : SPELLING.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    }

    /// Whether this is the field of that name, given in its one spelling.
    public boolean is(String canonical) {
        return name == canonical || name.equalsIgnoreCase(canonical);
    }

    /// The name in one letter, if there is one for it.
    String compactName() { return COMPACT.getOrDefault(name, name); }

    @Override public String toString() { return name + ": " + value; }
}
