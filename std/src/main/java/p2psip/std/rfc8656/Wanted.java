package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Message;
import p2psip.std.rfc8656.TurnAttribute.*;

/// What an Allocate request asks for.
///
/// @param families of the relayed addresses, one or two
/// @param even     whether the port is to be even
/// @param reserve  whether the next port is to be kept
/// @param token    of a port that was kept
/// @param lifetime what the client proposes
/// @spec https://www.rfc-editor.org/rfc/rfc8656#section-7.2 RFC 8656 §7.2
record Wanted(List<Family> families, boolean even, boolean reserve, Optional<Bytes> token,
        Optional<Duration> lifetime) {
    static final Duration DEFAULT = Duration.ofSeconds(600);

    static Wanted of(Message request) {
        var families = new ArrayList<Family>();
        if (request.has(AdditionalAddressFamily.class)) families.addAll(List.of(Family.values()));
        //= rfc8656#7.2-6 who asks for no family gets an IPv4 address
        else families.add(request.first(RequestedAddressFamily.class)
                .flatMap(asked -> Family.of(asked.family())).orElse(Family.IPV4));
        var even = request.first(EvenPort.class);
        return new Wanted(families, even.isPresent(), even.filter(EvenPort::reserve).isPresent(),
                request.first(ReservationToken.class).map(ReservationToken::token),
                request.first(Lifetime.class).map(Lifetime::duration));
    }

    /// Why it cannot be done whatever is free; nothing if it may be.
    static Optional<Refusal> refusal(Message m, Predicate<Family> served) {
        var transport = m.first(RequestedTransport.class);
        var asked = m.first(RequestedAddressFamily.class);
        var additional = m.first(AdditionalAddressFamily.class);
        //= rfc8656#7.2¶4 without a transport it is a bad request
        if (transport.isEmpty()) return Optional.of(Refusal.BAD_REQUEST);
        //= rfc8656#7.2¶4 another one than UDP is not supported
        if (!transport.get().equals(RequestedTransport.UDP))
            return Optional.of(Refusal.UNSUPPORTED_TRANSPORT_PROTOCOL);
        //= rfc8656#7.2¶6 a token says all of the address: neither even nor of a family
        if (m.has(ReservationToken.class)
                && (m.has(EvenPort.class) || asked.isPresent() || additional.isPresent()))
            return Optional.of(Refusal.BAD_REQUEST);
        //= rfc8656#7.2¶7 one family or both, not both questions
        if (asked.isPresent() && additional.isPresent()) return Optional.of(Refusal.BAD_REQUEST);
        //= rfc8656#7.2-4 a family that is not served is answered by 440
        //= rfc8656#7.2-5 and so is none at all where IPv4 is not served
        if (additional.isEmpty() && !m.has(ReservationToken.class)
                && asked.map(family -> Family.of(family.family())).orElse(Optional.of(Family.IPV4))
                        .filter(served).isEmpty())
            return Optional.of(Refusal.ADDRESS_FAMILY_NOT_SUPPORTED);
        //= rfc8656#7.2¶9 no port is kept beside an address of each family
        //= rfc8656#7.2¶10 and the additional family is IPv6
        if (additional.isPresent() && (m.first(EvenPort.class).filter(EvenPort::reserve)
                .isPresent() || additional.get().family() != Family.IPV6.number()))
            return Optional.of(Refusal.BAD_REQUEST);
        return Optional.empty();
    }

    /// How long an allocation lives for which somebody proposes a time.
    static Duration lifetime(Optional<Duration> proposed, Duration longest) {
        //= rfc8656#7.2¶21 the shorter of what is proposed and allowed, if longer than the default
        var shorter = proposed.filter(one -> one.compareTo(longest) < 0).or(() ->
                proposed.map(_ -> longest)).orElse(DEFAULT);
        return shorter.compareTo(DEFAULT) > 0 ? shorter : DEFAULT;
    }
}
