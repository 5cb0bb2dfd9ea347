package p2psip.std.rfc3323;

import module java.base;
import p2psip.std.rfc3261.Flow;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc3261.server.ProxyExtension;

/// A proxy that knows what it can keep private, and says so to whom that matters.
///
/// @param possible what it, or another of its extensions, does
/// @spec https://www.rfc-editor.org/rfc/rfc3323#section-5 RFC 3323 §5
public record PrivacyService(Set<String> possible) implements ProxyExtension {

    //= rfc3323#5-4 none and critical are there for every service
    @Override public List<String> options() { return List.of(Privacy.OPTION); }

    @Override public Optional<Refusal> refuses(Request request, Flow flow) {
        //= rfc3323#5-1 what is asked for is evaluated
        var privacy = Privacy.of(request);
        var beyond = privacy.beyond(possible);
        //= rfc3323#5-5 what is critical and cannot be done: 500
        //= rfc3323#5-6 with a reason phrase that tells what was not supported
        return privacy.critical() && !beyond.isEmpty() ? Optional.of(Refusal.of(500,
                "Privacy Failure: " + String.join(" ", beyond).replaceAll("[^ -~]", "?")))
                : Optional.empty();
    }
}
