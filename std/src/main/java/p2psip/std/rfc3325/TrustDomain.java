package p2psip.std.rfc3325;

import module java.base;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3323.Privacy;

/// A proxy of a domain whose servers believe each other who a caller is. At its border that is
/// found out, and taken away again from what leaves.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3325#section-5 RFC 3325 §5
public final class TrustDomain implements ProxyExtension {
    public static final String ASSERTED = "P-Asserted-Identity", PREFERRED = "P-Preferred-Identity";

    private static final Set<String> SIP = Set.of("sip", "sips");

    /// Who belongs to it, and who somebody is who does not.
    public interface Members {
        /// Whether who is there is one of its servers, and nobody can pretend to be.
        boolean trusts(InetSocketAddress remote);

        /// Who has sent a request, as was proven: the identity that is asserted first; none if
        /// nothing was.
        ///
        /// @param cameBy by which it has come here
        List<Address> identities(Request request, Flow cameBy);
    }

    private final Members members;

    public TrustDomain(Members members) { this.members = members; }

    /// What is told of the originator, or of who answers, before it is known where it goes.
    private Request identified(Request copy, Passage passage) {
        //= rfc3325#6-2 P-Preferred-Identity is removed from what is forwarded
        var plain = copy.without(PREFERRED);
        if (members.trusts(passage.cameBy().remote())) return plain;
        //= rfc3325#5-3,4 from an untrusted element, each identity, sip or tel, is replaced
        //= rfc3325#5-1 by one that results from authentication of the originator
        var known = members.identities(copy, passage.cameBy());
        return known.isEmpty() ? plain.without(ASSERTED)
                : plain.with(ASSERTED, said(known, copy));
    }

    /// Of several the one that he prefers, and a telephone number beside it.
    private static String said(List<Address> known, Request copy) {
        var hints = copy.list(PREFERRED).stream().flatMap(value -> read(value).stream()).toList();
        //= rfc3325#6-1 a hint which of multiple valid identities is to be asserted
        var first = known.stream().filter(each -> hints.stream()
                        .anyMatch(hint -> each.uri().matches(hint.uri()))).findFirst()
                .orElse(known.getFirst());
        boolean sip = isSip(first);
        //= rfc3325#9.1-2,3 one value, or two: a sip or sips URI and a tel URI
        //= rfc3325#5-2 no more than one SIP URI, nor than one tel URL
        var other = known.stream().filter(each -> isSip(each) != sip).findFirst();
        return Stream.concat(Stream.of(first), other.stream())
                .map(TrustDomain::nameAddr).collect(Collectors.joining(", "));
    }

    //= rfc3325#9.1-1 each value is exactly one name-addr
    private static String nameAddr(Address who) {
        return new Address(who.displayName(), who.uri(), Params.NONE).toString();
    }

    private static boolean isSip(Address who) {
        return SIP.contains(who.uri().toString().split(":", 2)[0].toLowerCase(Locale.ROOT));
    }

    private static Optional<Address> read(String value) {
        try {
            return Optional.of(Address.parse(value));
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }

    @Override public Request leaving(Request copy, Passage passage) {
        var known = identified(copy, passage);
        //= rfc3325#5-5 the Privacy field is examined where the next element is not trusted
        if (members.trusts(passage.target().address())) return known;
        //= rfc3325#4-1 what is to be private is removed before it goes to who is not trusted
        //= rfc3325#7-1,7 all values of it, if the token id is there
        //= rfc3325#7-2 and none of them where the value is none
        boolean secret = Privacy.of(known).asks(Privacy.ID);
        //= rfc3325#7-3,5 nor where there is no Privacy field: then they are included
        return secret ? Privacy.performed(known.without(ASSERTED), Privacy.ID) : known;
    }

    @Override public Response returning(Response response, Passage passage) {
        var plain = response.without(PREFERRED);
        var known = members.trusts(passage.target().address()) ? plain : plain.without(ASSERTED);
        if (members.trusts(passage.cameBy().remote())) return known;
        return Privacy.of(known).asks(Privacy.ID)
                ? Privacy.performed(known.without(ASSERTED), Privacy.ID) : known;
    }
}
