package p2psip.std.rfc5393;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.std.Tokens;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;

/// Tells a request that has come back unchanged from one that passes by again on its way.
///
/// Every branch this proxy makes ends in a hash over all that decides where a request goes; a
/// request with a Via of ours and the same hash is in a loop.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5393#section-4.2 RFC 5393 §4.2
public final class LoopDetection {
    private static final char PART = '.';

    private LoopDetection() {}

    /// The second part of the branches of all copies of a request.
    public static String secondPart(Request received) {
        var hash = new CRC32C();
        //= rfc5393#4.2.1-4,5 all that decides where it is forwarded: Request-URI, routes
        add(hash, received.uri());
        for (var h : received.headers()) switch (h.name()) {
            //= rfc3261#16.6-57,58 Route, Proxy-Require and all else that decides
            //= rfc5393#4.2.4-1 and what differs between transactions
            case "Route", "Proxy-Require", "Proxy-Authorization", "Call-ID", "From", "To" ->
                    add(hash, h.value());
            default -> { }
        }
        //= rfc5393#4.2.1-6 the number of CSeq but not its method
        //= rfc3261#16.6-59 for the method must not change the branch
        add(hash, Long.toString(received.cseq().number()));
        //= rfc5393#4.2.1-2 two parts, separable at the dot
        //= rfc3261#16.6-55 of which this is the one for the detection of loops
        return PART + HexFormat.of().toHexDigits((int) hash.getValue());
    }

    private static void add(CRC32C hash, String text) {
        hash.update(text.getBytes(UTF_8));
        hash.update('\n');
    }

    /// A branch for one attempt: unlike any other, and with the hash.
    public static TransactionId branch(
            Request received, String secondPart, RandomGenerator random) {
        //= rfc3261#16.6-53 each attempt has a branch of its own
        //= rfc5393#4.2.1-3 the first part is unique, and begins with the magic cookie
        //= rfc3261#16.6-56 the first part satisfies what every branch must
        return new TransactionId(Via.MAGIC + Tokens.token(random) + secondPart, "",
                received.method());
    }

    /// Whether this proxy has forwarded this very request before.
    ///
    /// @param here whether host and port are where this proxy listens
    public static boolean looped(
            Request received, String secondPart, BiPredicate<String, Integer> here) {
        //= rfc3261#16.3-12 a forwarding loop shows in the Via values
        return received.list("Via").stream().filter(value -> value.contains(secondPart))
                //  whatever others write into their Via is no business of ours
                .map(SyntaxException.forgiving(Via::parse)).flatMap(Optional::stream)
                //= rfc5393#4.2.2-2,3 each Via with our sent-by: our second part there is a loop
                //= rfc3261#16.3-13 what was calculated is compared with the branch received
                .anyMatch(via -> via.branch().endsWith(secondPart) && here.test(via.host(),
                        via.port().orElseGet(() -> Transport.named(via.transport())
                                .map(Transport::defaultPort).orElse(5060))));
    }
}
