package p2psip.std.rfc3892;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message;

/// The value of a Referred-By field.
///
/// @param value as it came, for it is handed on so
/// @spec https://www.rfc-editor.org/rfc/rfc3892#section-3 RFC 3892 §3
public record ReferredBy(String value) {
    public static final String NAME = "Referred-By";

    /// @throws SyntaxException if it names nobody
    public ReferredBy { Address.parse(value); }

    /// What a referrer says of himself.
    public static ReferredBy of(Address referrer) {
        //= rfc3892#3-2 always in angle brackets, whatever characters the URI has
        return new ReferredBy(Address.of(referrer.uri()).toString());
    }

    /// What a message says; empty if it says nothing.
    ///
    /// @throws SyntaxException if it has several, or one that names nobody
    public static Optional<ReferredBy> of(Message message) {
        var values = message.all(NAME);
        //= rfc3892#2.1-2 no more than one value
        if (values.size() > 1) throw new SyntaxException("several " + NAME);
        return values.stream().findFirst().map(ReferredBy::new);
    }

    /// Who it is, by his own word.
    public Address referrer() { return Address.parse(value); }

    /// Whether two addresses are of the same user, by whatever scheme, and whatever port or
    /// parameters his URI has.
    public static boolean same(Address one, Address other) {
        //  sip and sips are one, as in a token (rfc3892 §4)
        return one.uri() instanceof SipUri a && other.uri() instanceof SipUri b
                && !a.user().isEmpty()
                && Escapes.canonical(a.user()).equals(Escapes.canonical(b.user()))
                && a.host().equalsIgnoreCase(b.host());
    }
}
