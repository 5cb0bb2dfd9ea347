package p2psip.std.rfc8445;

import module java.base;

/// How an address was found, and how much such addresses are liked: no detour before a mapping,
/// and a relay last.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-5.1.2.2 RFC 8445 §5.1.2.2
public enum CandidateType {
    //= rfc8445#5.1.2.2-1 type preferences: host 126, peer reflexive 110, then 100, and relayed 0
    HOST("host", 126), PEER_REFLEXIVE("prflx", 110), SERVER_REFLEXIVE("srflx", 100),
    RELAYED("relay", 0);

    private static final int WHOLE = 65536, COMPONENTS = 256;

    private final String token;
    private final int preference;

    CandidateType(String token, int preference) {
        this.token = token;
        this.preference = preference;
    }

    /// As it stands in SDP.
    public String token() { return token; }

    /// The type of a token; others are extensions, which nobody here knows.
    public static Optional<CandidateType> of(String token) {
        return Arrays.stream(values()).filter(type -> type.token.equals(token)).findFirst();
    }

    /// The priority of a candidate of this type.
    ///
    /// @param local     from 0 to 65535, the greater the better
    /// @param component from 1 to 256
    /// @spec https://www.rfc-editor.org/rfc/rfc8445#section-5.1.2.1 RFC 8445 §5.1.2.1
    public long priority(int local, int component) {
        //= rfc8445#5.1.2.1-3,7 local preference 0 to 65535, component ID 1 to 256
        if (local < 0 || local >= WHOLE || component < 1 || component > COMPONENTS)
            throw new IllegalArgumentException("preference " + local + ", component " + component);
        //= rfc8445#5.1.2-1,2 the formula makes a positive integer of 31 bits of the three
        //= rfc8421#5-1 the formula of RFC 8445
        //= rfc8445#5.1.2.1-1,2 the type preference is its type's alone, 0 to 126
        return ((long) preference << 24) + ((long) local << 8) + COMPONENTS - component;
    }
}
