package p2psip.std.rfc3515;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3891.Replaces;
import p2psip.std.rfc3911.Joins;

/// Whom a REFER asks to call, and what the INVITE is to say beside the usual.
///
/// @param address as it came: a display name may promise what the URI does not hold
/// @param uri     to be called
/// @param fields  of the INVITE: Replaces or Join, and that it is required, or nothing
/// @spec https://www.rfc-editor.org/rfc/rfc3515#section-2.1 RFC 3515 §2.1
public record ReferTo(Address address, String uri, List<Header> fields) {
    public static final String NAME = "Refer-To";

    /// What another may write into our INVITE: whose place the call takes, or into which call it
    /// comes, and that it must.
    private static boolean taken(Header field) {
        return field.is(Replaces.NAME) || field.is(Joins.NAME)
                || field.is("Require") && List.of(Replaces.OPTION, Joins.OPTION)
                        .contains(field.value());
    }

    public ReferTo { fields = List.copyOf(fields); }

    /// Empty if it asks for something else than a call by SIP.
    ///
    /// @throws SyntaxException if it is no address
    static Optional<ReferTo> parse(String value) {
        var address = Address.parse(value);
        //= rfc3515#2.4.2-7 other URIs than those of SIP are not accepted
        if (!(address.uri() instanceof SipUri uri)
                //= rfc3515#2.4.2-6 with care: accepted is nothing but a REFER to a call
                || uri.params().get("method").filter(m -> !m.equals("INVITE")).isPresent())
            return Optional.empty();
        var fields = uri.headers().list().stream().map(wish -> new Header(
                        Escapes.decode(wish.name()), Escapes.decode(wish.value())))
                .filter(ReferTo::taken).toList();
        if (fields.stream().anyMatch(f -> f.value().chars().anyMatch(Character::isISOControl)))
            throw new SyntaxException("control character in " + value);
        return Optional.of(new ReferTo(address, uri.withoutHeaders()
                .withParams(uri.params().without("method")).toString(), fields));
    }
}
