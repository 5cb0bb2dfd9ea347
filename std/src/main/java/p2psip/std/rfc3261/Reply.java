package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Message.*;

/// Responses, made from the requests they answer.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8.2.6 RFC 3261 §8.2.6
public final class Reply {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private Reply() {}

    /// A response with the fields that every response has, the usual reason, and no body.
    ///
    /// @param tag for the To field, if it has none yet: the same in all responses to a request
    public static Response to(Request request, int status, String tag) {
        return to(request, status, Status.reason(status), tag);
    }

    public static Response to(Request request, int status, String reason, String tag) {
        var headers = new ArrayList<Header>(10);
        for (var h : request.headers()) switch (h.name()) {
            //= rfc3261#8.2.6.2-1,4 every Via in its order, From equals that of the request
            //= rfc3261#8.2.6.2-2,3 and its Call-ID, and its CSeq
            case "Via", "From", "Call-ID", "CSeq" -> headers.add(h);
            //= rfc3261#8.2.6.2-6 a To field without a tag gets ours
            case "To" -> headers.add(tagged(h, tag));
            default -> { }
        }
        //= rfc3261#7.2¶2 whatever of the request the reason quotes, no CR or LF is in it
        return new Response(status, CONTROL.matcher(reason).replaceAll("?"), headers, Bytes.EMPTY);
    }

    /// The 100 that stops the client's retransmissions: hop by hop, without a tag of ours.
    ///
    /// @param delay since the request came
    public static Response trying(Request request, Duration delay) {
        //= rfc3261#16.7-30 no tag goes into its To field
        var trying = to(request, 100, "");
        //= rfc3261#8.2.6.1-3,4 the Timestamp of the request comes back, with the delay
        return request.first("Timestamp").map(t -> trying.with("Timestamp", delay.isZero() ? t
                //= rfc3261#8.2.6.1-5 the time from the request to its response, in seconds
                : "%s %d.%03d".formatted(t, delay.toSeconds(), delay.toMillisPart())))
                .orElse(trying);
    }

    private static Header tagged(Header to, String tag) {
        //= rfc3261#8.2.6.2-5 a To field with a tag stays as it was in the request
        boolean stays = tag.isEmpty() || to.value().contains(";")
                //  as does one that is unreadable, for which the request is refused
                && Address.read(to.value()).filter(address -> address.tag().isEmpty())
                        .isEmpty();
        return stays ? to : new Header("To", to.value() + ";tag=" + tag);
    }
}
