package p2psip.std.rfc4566;

import module java.base;

/// The `o=` line: who made the session, which session, which version of it.
///
/// @param username without blanks; `-` if there is none
/// @param sessionId digits
/// @param version grows whenever the description changes
/// @spec https://www.rfc-editor.org/rfc/rfc4566#section-5.2 RFC 4566 §5.2
public record Origin(String username, String sessionId, BigInteger version,
        String netType, String addrType, String address) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,40}");

    public Origin {
        //= rfc4566#5.2-1,3,4 no spaces in a user name; other values than IN, IP4, IP6 pass
        Fields.words(List.of(username, sessionId, netType, addrType, address));
        if (!NUMBER.matcher(sessionId).matches() || version.signum() < 0)
            throw new SyntaxException("session id or version is no number: " + sessionId);
    }

    /// The origin of a session made at an IP address.
    ///
    /// @throws SyntaxException if a number is negative
    public static Origin of(String username, long sessionId, long version, InetAddress address) {
        var c = Connection.of(address);
        //= rfc3264#5-3 session id and version fit into 64 bits with a sign, and have none
        return new Origin(username, Long.toString(sessionId),
                BigInteger.valueOf(version), c.netType(), c.addrType(), c.address());
    }

    public Origin next() {
        //= rfc4566#5.2¶4 a change of the session raises the version
        var next = version.add(BigInteger.ONE);
        return new Origin(username, sessionId, next, netType, addrType, address);
    }

    static Origin parse(String value) {
        var f = Fields.split(value, 6);
        if (!NUMBER.matcher(f.get(2)).matches())
            throw new SyntaxException("version is no number: " + f.get(2));
        return new Origin(f.get(0), f.get(1), new BigInteger(f.get(2)),
                f.get(3), f.get(4), f.get(5));
    }

    /// The value of the line.
    @Override public String toString() {
        return String.join(" ",
                username, sessionId, version.toString(), netType, addrType, address);
    }
}
