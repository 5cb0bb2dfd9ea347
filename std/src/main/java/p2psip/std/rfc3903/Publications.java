package p2psip.std.rfc3903;

import module java.base;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc6665.*;

/// Publishing one's state, and keeping what others have published of theirs.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3903#section-3 RFC 3903 §3
public final class Publications implements Extension {
    private final SequencedMap<String, EventPackage> packages = new LinkedHashMap<>();
    private final Predicate<Address> rule;
    private final Optional<Authentication> authentication;
    private final Store store = new Store();

    /// For one who only publishes.
    public Publications() { this(List.of(), _ -> false, Optional.empty()); }

    /// @param packages       of which states are kept
    /// @param rule           who may publish here
    /// @param authentication how he shows that he is it; empty if everybody is believed
    public Publications(List<EventPackage> packages, Predicate<Address> rule,
            Optional<Authentication> authentication) {
        packages.forEach(each -> this.packages.put(each.name(), each));
        this.rule = rule;
        this.authentication = authentication;
    }

    //= rfc3903#7-1 who keeps states allows it
    //= rfc3903#4-5 it makes no dialog
    @Override public List<String> methods() {
        return packages.isEmpty() ? List.of() : List.of(Publisher.METHOD);
    }

    @Override public List<String> bodies() {
        return packages.values().stream().flatMap(each -> each.bodies().stream()).distinct()
                .toList();
    }

    @Override public Usage begin(
            Request request, Optional<Dialog> dialog, long number, Self self) {
        //= rfc3903#6-6 who is not found here was refused before, by 404
        //= rfc3903#6-7 a package that is not known, or none: 489
        return EventType.of(request).map(type -> packages.get(type.name()))
                .<Usage>map(events -> new Publication(number, self, events, store,
                        rule, authentication))
                //= rfc3903#7-2 with the packages that are supported
                .orElseGet(() -> new Refusal(self.reply(request, 489).change(headers ->
                        headers.add(new Header("Allow-Events",
                                String.join(", ", packages.keySet()))))));
    }

    @Override public Optional<Usage> begin(Usage.Command command, Self self) {
        return command instanceof Publisher.Command.Publish wish
                ? Optional.of(new Publisher(wish, self)) : Optional.empty();
    }

    private record Refusal(Response response) implements Usage {
        @Override public String name() { return "refusal"; }

        @Override public boolean terminated() { return true; }

        @Override public List<Output> handle(Input input, Instant now) {
            return input instanceof Input.Received(var id, _, _, _)
                    ? List.of(new Output.Respond(id, response)) : List.of();
        }
    }
}
