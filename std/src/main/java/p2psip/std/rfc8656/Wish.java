package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Attribute;
import p2psip.std.rfc8656.TurnAttribute.*;

/// What a client wants to be lent. Only what may stand together can be said.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8656#section-7.1 RFC 8656 §7.1
public sealed interface Wish {

    /// One address.
    ///
    /// @param even whether its port is to be even, as that of RTP once was
    record One(Family family, boolean even) implements Wish {}

    /// An IPv4 and an IPv6 address; it may become one of them.
    record Both() implements Wish {}

    /// An even port, with the next one kept for whoever shows the token in the answer.
    record Pair(Family family) implements Wish {}

    /// The address that was kept.
    record Kept(Bytes token) implements Wish {}

    Wish IPV4 = new One(Family.IPV4, false), IPV6 = new One(Family.IPV6, false);

    /// The families that are understood in an answer.
    default Set<Family> families() {
        return switch (this) {
            case One(var family, _) -> EnumSet.of(family);
            case Pair(var family) -> EnumSet.of(family);
            case Both _, Kept _ -> EnumSet.allOf(Family.class);
        };
    }

    /// The attributes that ask for it.
    default List<Attribute> attributes() {
        var all = new ArrayList<Attribute>();
        //= rfc8656#7.1-4 the transport to the peers is UDP
        all.add(RequestedTransport.UDP);
        switch (this) {
            //= rfc8656#7.1-5,8 one family or the two of them, never both questions
            case One(var family, boolean even) -> {
                family(family).ifPresent(all::add);
                if (even) all.add(new EvenPort(false));
            }
            //= rfc8656#7.1-7 the additional family is IPv6
            //= rfc8656#18.11-1 the attribute is present in the Allocate request
            case Both _ -> all.add(new AdditionalAddressFamily(Family.IPV6.number()));
            //= rfc8656#7.1-10 a port is kept only beside one family
            case Pair(var family) -> {
                family(family).ifPresent(all::add);
                all.add(new EvenPort(true));
            }
            //= rfc8656#7.1-6,9,14 a token comes without family and without evenness
            //= rfc8656#7.1-13 and asks for the port that was kept
            case Kept(var token) -> all.add(new ReservationToken(token));
        }
        return all;
    }

    /// IPv4 goes without saying.
    private static Optional<Attribute> family(Family family) {
        return family == Family.IPV4 ? Optional.empty()
                : Optional.of(new RequestedAddressFamily(family.number()));
    }
}
