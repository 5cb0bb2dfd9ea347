package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;

/// What a SUBSCRIBE is looked at for before anything is made of it.
///
/// @param trusted flows whose other end cannot be forged
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-4.2.1.1 RFC 6665 §4.2.1.1
record Admission(EventPackage events, Watchers watchers, Proof proof, Predicate<Flow> trusted) {
    /// The shortest that is worth its messages; who asks for none asks once.
    static final Duration SHORTEST = Duration.ofSeconds(60);

    /// The longest.
    static final Duration LONGEST = Duration.ofDays(1);

    /// Why it is refused, if it is; else it is counted.
    Optional<Response> refusal(
            Request request, Flow flow, long number, Access access, Self self, Instant now) {
        //= rfc6665#6.3-1 an attack from elsewhere comes to nothing: who asks is not there
        if (!sure(flow) && !proof.of(request, flow, now))
            return Optional.of(proof.asked(request, flow, self, now));
        return brief(request, self).or(() -> accept(request, self))
                //= rfc6665#4.2.1.3-1 who is not authorized is told so by 403
                .or(() -> access == Access.REFUSED ? Optional.of(self.reply(request, 403))
                        : Optional.empty())
                .or(() -> watchers.enter(number, events.name(), names(request, flow))
                        ? Optional.empty() : Optional.of(
                                self.reply(request, 503).with("Retry-After", "60")));
    }

    private boolean sure(Flow flow) {
        return flow.transport().connected() || flow.remote().getAddress().isLoopbackAddress()
                || trusted.test(flow);
    }

    /// Whether who will be notified is who has asked: else he must answer before he is told much.
    boolean elsewhere(Request request, Flow flow) {
        return !sure(flow) && request.list("Contact").stream().map(Address::parse)
                .noneMatch(contact -> contact.uri() instanceof SipUri uri && uri.host().equals(
                        flow.remote().getAddress().getHostAddress()));
    }

    /// One who asks by many names is at one place, and behind one proxy are many.
    private List<String> names(Request request, Flow flow) {
        var name = events.name() + " " + (request.from().uri() instanceof SipUri uri
                ? uri.user() + "@" + uri.host() : request.from().uri().toString());
        return sure(flow) ? List.of(name)
                : List.of(name, flow.remote().getAddress().getHostAddress());
    }

    /// Also for a refresh.
    Optional<Response> brief(Request request, Self self) {
        var asked = asked(request);
        //= rfc6665#4.2.1.1-5,6 423 for a duration greater than zero, less than an hour, too small
        //= rfc6665#4.2.1.4-2 so too in a refresh
        return asked.isZero() || asked.compareTo(SHORTEST) >= 0 ? Optional.empty()
                : Optional.of(self.reply(request, 423)
                        .with("Min-Expires", Long.toString(SHORTEST.toSeconds())));
    }

    /// How long a subscription shall last.
    Duration granted(Request request) {
        //= rfc6665#3.1.1-4 no longer than was asked, and not too long
        //= rfc6665#4.2.1.1-7 as a registrar would do it
        //= rfc6665#4.2.1.4-1 not increased in a refresh either
        return Collections.min(List.of(asked(request), LONGEST));
    }

    private Duration asked(Request request) {
        return request.first("Expires").filter(text -> Grammar.isNumber(text, 0xffffffffL))
                .map(Long::parseLong).map(Duration::ofSeconds)
                //= rfc6665#3.1.1-2 where nothing is said the package says it
                .orElse(events.expires());
    }

    private Optional<Response> accept(Request request, Self self) {
        var type = events.bodies().getFirst();
        var range = type.substring(0, type.indexOf('/') + 1) + "*";
        //= rfc6665#3.2.1-3 the one type that is written must be one that is accepted
        //= rfc6665#4.1.2.1¶5 else 406
        return !request.has("Accept") || request.list("Accept").stream()
                .map(accepted -> new Content(accepted, p2psip.std.Bytes.EMPTY).mediaType())
                .anyMatch(List.of(type, range, "*/*")::contains)
                ? Optional.empty() : Optional.of(self.reply(request, 406));
    }
}
