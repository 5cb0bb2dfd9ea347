package p2psip.std.rfc4028;

import module java.base;
import p2psip.std.rfc2396.Params;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;

/// How long a session lasts that nobody refreshes, and who is to refresh it.
///
/// @param refresher of the request and its response; empty as long as that is open
/// @spec https://www.rfc-editor.org/rfc/rfc4028#section-4 RFC 4028 §4
public record SessionExpires(Duration interval, Optional<Refresher> refresher) {
    public static final String NAME = "Session-Expires", LEAST = "Min-SE", OPTION = "timer";

    /// The least that anybody may ask for.
    public static final Duration SHORTEST = Duration.ofSeconds(90);

    /// Who has sent the request, or the response.
    public enum Refresher {
        UAC, UAS;

        @Override public String toString() { return name().toLowerCase(Locale.ROOT); }
    }

    /// What a message says of it; empty if that is nothing, or nonsense.
    static Optional<SessionExpires> of(Message message) {
        return message.first(NAME).flatMap(SessionExpires::parse);
    }

    /// Reads what follows the colon of `Session-Expires`: `1800;refresher=uac`.
    static Optional<SessionExpires> parse(String value) {
        var number = value.split(";", 2)[0];
        //= rfc4028#4-2 any duration is taken that the field can say
        return Grammar.seconds(number.strip()).flatMap(interval -> SyntaxException
                .forgiving(Params::parse).apply(value.substring(number.length()))
                .map(params -> new SessionExpires(interval,
                        params.get("refresher").flatMap(name -> Arrays.stream(Refresher.values())
                                .filter(r -> r.name().equalsIgnoreCase(name)).findFirst()))));
    }

    /// The least that a message asks for; zero if it does not say.
    static Duration least(Message message) {
        return message.first(LEAST).map(value -> value.split(";", 2)[0].strip())
                .flatMap(Grammar::seconds).orElse(Duration.ZERO);
    }

    /// The same where it is repeated.
    static Duration leastAllowed(Message message) {
        var said = least(message);
        return said.isZero() ? said : atLeastShortest(said);
    }

    /// Whether a request asks for less than somebody allows.
    static boolean wantsLess(Request request, Duration minimum) {
        return of(request).filter(it -> it.interval.compareTo(minimum) < 0).isPresent();
    }

    /// Whether who sends a request knows of timers.
    static boolean supports(Request request) { return request.lists("Supported", OPTION); }

    static Duration atLeastShortest(Duration said) { return max(said, SHORTEST); }

    static Duration max(Duration a, Duration b) { return a.compareTo(b) < 0 ? b : a; }

    @Override public String toString() {
        return interval.toSeconds() + refresher.map(who -> ";refresher=" + who).orElse("");
    }
}
