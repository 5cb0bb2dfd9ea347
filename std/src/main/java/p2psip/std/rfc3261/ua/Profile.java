package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2617.DigestClient;
import p2psip.std.rfc5626.Outbound;

/// Who a user agent is.
///
/// @param identity    address of record with display name: what stands in From
/// @param contact     where requests reach it directly
/// @param routes      what every request visits first: the outbound proxy, if there is one
/// @param credentials what it answers those who ask for a password
/// @param product     what stands in User-Agent
/// @param calls       what its calls can do
/// @param outbound    whether, and how, it is reached by the flows that it has opened itself
public record Profile(Address identity, SipUri contact, List<Address> routes,
        Optional<DigestClient> credentials, String product, CallRules calls,
        Optional<Outbound> outbound) {
    public Profile { routes = List.copyOf(routes); }
}
