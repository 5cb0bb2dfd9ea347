package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;

/// What a SUBSCRIBE is looked at for before anything is made of it.
///
/// @param authentication who is believed, and how
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-4.2.1.1 RFC 6665 §4.2.1.1
record Admission(EventPackage events, Watchers watchers, Authentication authentication) {
    /// The shortest that is worth its messages; who asks for none asks once.
    static final Duration SHORTEST = Duration.ofSeconds(60);

    /// The longest.
    static final Duration LONGEST = Duration.ofDays(1);

    /// Why it is refused, if it is; else it is counted.
    Optional<Response> refusal(
            Request request, Flow flow, long number, Access access, Self self, Instant now) {
        //= rfc3856#6.6.1-1 first who subscribes is authenticated
        //= rfc3842#3.7-1 whatever event he subscribes to
        //= rfc3842#6-1 as all subscriptions are
        return authenticated(request, flow, self, now)
                .or(() -> brief(request, self)).or(() -> accept(request, self))
                //= rfc6665#4.2.1.3-1 who is not authorized is told so by 403
                .or(() -> access == Access.REFUSED ? Optional.of(self.reply(request, 403))
                        : Optional.empty())
                .or(() -> watchers.enter(number, events.name(), names(request, flow))
                        ? Optional.empty() : Optional.of(
                                self.reply(request, 503).with("Retry-After", "60")));
    }

    /// Whether who will be notified is who has asked: else he must answer before he is told much.
    boolean elsewhere(Request request, Flow flow) {
        return !authentication.sure(flow) && request.list("Contact").stream().map(Address::parse)
                .noneMatch(contact -> contact.uri() instanceof SipUri uri && uri.host().equals(
                        flow.remote().getAddress().getHostAddress()));
    }

    /// One who asks by many names is at one place, and behind one proxy are many.
    private List<String> names(Request request, Flow flow) {
        var name = events.name() + " " + (request.from().uri() instanceof SipUri uri
                ? uri.user() + "@" + uri.host() : request.from().uri().toString());
        return authentication.sure(flow) ? List.of(name)
                : List.of(name, flow.remote().getAddress().getHostAddress());
    }

    private Optional<Response> authenticated(
            Request request, Flow flow, Self self, Instant now) {
        //= rfc3857#4.6-1,2 authenticated by Digest, and authorized after that
        //= rfc4235#3.6-1,2 so too of dialogs, digest authentication is the mechanism
        //= rfc3680#4.6-1,2 authentication of those who watch registrations
        return authentication.refusal(request, flow, self, now);
    }

    /// Why a refresh is refused, if it is.
    Optional<Response> refusalOfRefresh(Request request, Flow flow, Self self, Instant now) {
        //= rfc3856#9.2-1 a refresh too is authenticated by Digest
        //= rfc3680#7-1 and authorized by who is authenticated
        return authentication.refusalInDialog(request, flow, self, now)
                .or(() -> brief(request, self));
    }

    private Optional<Response> brief(Request request, Self self) {
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
