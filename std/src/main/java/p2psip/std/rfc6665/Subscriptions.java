package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;

/// Event notification: a user agent that has this can subscribe to what its packages are about, and
/// be subscribed to.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-4 RFC 6665 §4
public final class Subscriptions implements Extension {
    private static final String LONGEST = "INVITE";

    private final SequencedMap<String, EventPackage> packages = new LinkedHashMap<>();
    private final Watchers watchers = new Watchers();
    private final Authentication authentication;

    /// For one who believes everybody that he is who he says.
    public Subscriptions(List<EventPackage> packages, RandomGenerator random) {
        this(packages, new Authentication(random));
    }

    public Subscriptions(List<EventPackage> packages, Authentication authentication) {
        packages.forEach(each -> this.packages.put(each.name(), each));
        this.authentication = authentication;
    }

    //= rfc6665#4.1.2.1¶1 they make dialogs
    @Override public List<String> methods() {
        return List.of(EventType.SUBSCRIBE, EventType.NOTIFY);
    }

    @Override public List<String> dialogMethods() { return methods(); }

    @Override public List<String> bodies() {
        return packages.values().stream().flatMap(each -> each.bodies().stream()).distinct()
                .toList();
    }

    //= rfc6665#4.4.4-2 in what begins dialogs but INVITE, in all responses, and those to OPTIONS
    //= rfc6665#8.2.2-1 Allow-Events may stand in any request
    @Override public List<Header> introduction() {
        //= rfc6665#4.4.4-1 all packages that can be watched here, and no others
        var names = packages.values().stream().filter(each -> each.rule().isPresent())
                .map(EventPackage::name).collect(Collectors.joining(", "));
        return names.isEmpty() ? List.of() : List.of(new Header("Allow-Events", names));
    }

    /// An INVITE that goes through several proxies is as long as a datagram may be.
    @Override public List<Header> introduction(String method) {
        return method.equals(LONGEST) ? List.of() : introduction();
    }

    @Override public Usage begin(
            Request request, Optional<Dialog> dialog, long number, Self self) {
        var events = EventType.of(request).map(type -> packages.get(type.name()));
        //= rfc6665#4.2.1.1-2,3 a package that is not known, or cannot be watched: 489
        //= rfc6665#4.2.3-2 none at all, as PINT has it: 489
        if (events.isEmpty() || request.is(EventType.SUBSCRIBE) && events.get().rule().isEmpty())
            return refusal(request, 489, self);
        //= rfc6665#4.1.3-1 of nothing that was subscribed to, or is any more: 481
        //= rfc6665#4.2.1-1 nothing but a SUBSCRIBE makes a subscription
        if (request.is(EventType.NOTIFY) || dialog.isEmpty()) return refusal(request, 481, self);
        if (request.to().tag().isEmpty()) return new Notifier(number, self, new Admission(
                events.get(), watchers, authentication), dialog.get());
        return self.call(dialog.get()).isEmpty() ? refusal(request, 481, self)
                //= rfc6665#4.5.2-4,5 in the dialog of a call: 403, with the reason
                : new Refusal(Reply.to(request, 403, "Dialog Sharing Not Supported", ""));
    }

    private Usage refusal(Request request, int status, Self self) {
        return new Refusal(self.reply(request, status).change(headers -> {
            if (status == 489) headers.addAll(introduction());
        }));
    }

    @Override public Optional<Usage> begin(Usage.Command command, Self self) {
        return switch (command) {
            case Subscriber.Command.Subscribe(long number, _, var event, _) ->
                    Optional.of(new Subscriber(number, self, named(event)));
            case Subscriber.Command.Fetch(long number, _, var event) ->
                    Optional.of(new Subscriber(number, self, named(event)));
            case Publish(_, var event, _) -> {
                named(event);
                yield Optional.of(new Publication(watchers));
            }
            default -> Optional.empty();
        };
    }

    private EventPackage named(String event) {
        var found = packages.get(event);
        if (found == null) throw new IllegalArgumentException("no such package: " + event);
        return found;
    }
}
