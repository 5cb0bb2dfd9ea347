package p2psip.std.rfc5626;

import module java.base;
import p2psip.std.rfc2396.Address;

/// What a user agent needs that registers flows: its name, and whom it registers through.
///
/// @param proxies the outbound proxies, in the same order each time it starts: the first has
///                reg-id 1; none: it registers straight, as one flow
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-4.2.1 RFC 5626 §4.2.1
public record Outbound(Instance instance, List<Address> proxies) {
    //= rfc5626#4.2.1-1 sets of up to four are supported
    public static final int LIMIT = 4;

    public static final String OPTION = "outbound", REG_ID = "reg-id", OB = "ob";

    /// @throws IllegalArgumentException if there are more proxies than [#LIMIT]
    public Outbound {
        proxies = List.copyOf(proxies);
        if (proxies.size() > LIMIT)
            throw new IllegalArgumentException("more than " + LIMIT + " outbound proxies");
    }
}
