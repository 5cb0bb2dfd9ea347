package p2psip.app.voip;

import module java.base;
import p2psip.std.Outbox;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.Flow;
import p2psip.std.rfc3261.ua.Content;
import p2psip.std.rfc3856.PresenceEvents;
import p2psip.std.rfc3857.WatcherEvents;
import p2psip.std.rfc3863.Presence;
import p2psip.std.rfc6665.*;

/// Whom the owner of a phone watches, and who watches him: the phone tells its presence itself, and
/// its owner decides who may see it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3856#section-6 RFC 3856 §6
final class Presences {
    /// What comes of what it is told.
    sealed interface Output {
        record Ask(Core.Command command) implements Output {}
        record Tell(News news) implements Output {}
    }

    /// So many can be watched at once.
    static final int MAX_WATCHED = 1_000;

    /// Stands for everybody of whom nothing else is said.
    private static final String ANYBODY = "*";

    private final String entity;
    private final SequencedMap<String, Access> rules = new LinkedHashMap<>();
    private final SequencedMap<Long, Address> watchers = new LinkedHashMap<>();
    private final SequencedMap<Long, String> watched = new LinkedHashMap<>();
    private final Map<Long, Presence> last = new HashMap<>();
    /// Who watches us by way of a server, and the subscription to that.
    private final Onlookers onlookers = new Onlookers(PresenceEvents.NAME);
    private OptionalLong asking = OptionalLong.empty();
    private final Outbox<Output> out = new Outbox<>();
    /// The usages of our own that say how we are: far from the numbers that the program gives.
    private long publications = 1L << 62;

    Presences(String entity) { this.entity = entity; }

    /// What the user agent needs for it.
    ///
    /// @param more    event packages of others
    /// @param trusted flows over which nobody can speak for somebody else
    Subscriptions extension(
            List<EventPackage> more, Predicate<Flow> trusted, RandomGenerator random) {
        var all = new ArrayList<>(List.of(PresenceEvents.of(entity).watchedBy(this::access),
                //  who watches the owner is told to nobody else, for nobody can prove to be he
                WatcherEvents.of(PresenceEvents.NAME)));
        all.addAll(more);
        return new Subscriptions(all,
                new Authentication(trusted, Optional.empty(), random));
    }

    private Access access(Address watcher) {
        var rule = rules.get(name(watcher.uri()));
        return rule != null ? rule : rules.getOrDefault(ANYBODY, Access.PENDING);
    }

    /// `bob@example.com`.
    private static String name(Uri uri) {
        return uri instanceof SipUri sip ? sip.user() + "@" + sip.host() : uri.toString();
    }

    List<Output> watch(long id, String uri) {
        if (watched.size() >= MAX_WATCHED) {
            tell(new News.Unseen(id, uri, "503", Optional.empty()));
            return out.take();
        }
        watched.put(id, uri);
        ask(new Subscriber.Command.Subscribe(id, uri, PresenceEvents.NAME));
        return out.take();
    }

    /// Asks for those who watch us by way of a server, if there is one that knows.
    List<Output> watchers(long id) {
        if (asking.isPresent()) return List.of();
        asking = OptionalLong.of(id);
        ask(new Subscriber.Command.Subscribe(
                id, entity, WatcherEvents.name(PresenceEvents.NAME)));
        return out.take();
    }

    List<Output> unwatch(long id) {
        ask(new Subscriber.Command.Unsubscribe(id));
        return out.take();
    }

    /// From now on, and for who watches already.
    List<Output> decide(String uri, Access access) {
        //= rfc3261#26.5-1 on a per-user basis: who is told whether we can be reached
        rules.put(uri.equals(ANYBODY) ? ANYBODY : name(Uri.parse(uri)), access);
        watchers.forEach((usage, who) ->
                ask(new Notifier.Command.Decide(usage, access(who))));
        if (onlookers.waits(uri)) tell(new News.Warned(uri + " waits at the server that tells your"
                + " presence, and lets in whom its own rules allow"));
        return out.take();
    }

    List<Output> show(boolean open, String note) {
        ask(new Publish(publications++, PresenceEvents.NAME, new PresenceEvents.State(
                new Presence(entity, List.of(new Presence.Tuple("phone",
                        Optional.of(open ? Presence.Basic.OPEN : Presence.Basic.CLOSED),
                        Optional.of(new Presence.Contact(entity, OptionalInt.empty())),
                        List.of(), Optional.empty())),
                        note.isEmpty() ? List.of() : List.of(new Presence.Note("", note))))));
        return out.take();
    }

    /// Says that nobody is there any more, and listens no longer.
    List<Output> leave() {
        out.addAll(show(false, ""));
        watchers.keySet().forEach(usage -> ask(new Notifier.Command.End(
                usage, Reason.PROBATION, Optional.of(Duration.ofMinutes(1)))));
        watched.keySet().forEach(id -> ask(new Subscriber.Command.Unsubscribe(id)));
        asking.ifPresent(id -> ask(new Subscriber.Command.Unsubscribe(id)));
        return out.take();
    }

    List<Output> told(Subscriber.Event event) {
        if (asking.equals(OptionalLong.of(event.usage()))) {
            watchersTold(event);
            return out.take();
        }
        var uri = watched.getOrDefault(event.usage(), "");
        switch (event) {
            case Subscriber.Event.Notified(long id, _, _, var body) ->
                    body.ifPresent(content -> shown(id, uri, content));
            case Subscriber.Event.Waiting(long id, var why, var pause) ->
                    tell(new News.Unseen(id, uri, why, Optional.of(pause)));
            case Subscriber.Event.Ended(long id, var why) -> {
                watched.remove(id);
                last.remove(id);
                tell(new News.Unseen(id, uri, why, Optional.empty()));
            }
        }
        return out.take();
    }

    private void watchersTold(Subscriber.Event event) {
        switch (event) {
            case Subscriber.Event.Notified(long id, _, _, var body) ->
                    body.ifPresent(content -> onlooking(id, content));
            case Subscriber.Event.Waiting _ -> onlookers.forget();
            //  there is none: who watches us asks this phone
            case Subscriber.Event.Ended _ -> asking = OptionalLong.empty();
        }
    }

    private void onlooking(long id, Content content) {
        try {
            var verdict = onlookers.take(content.bytes(), watcher -> tell(new News.Watcher(
                    Address.of(Uri.parse(watcher.uri())), switch (watcher.status()) {
                        //  who waits can still be asked about
                        case PENDING, WAITING -> News.Seen.NOTHING_YET;
                        case ACTIVE -> News.Seen.ALL;
                        case TERMINATED -> News.Seen.NO_MORE;
                    })));
            // a refresh triggers a notification of the full state
            if (verdict == Onlookers.Verdict.GAP) ask(new Subscriber.Command.Refresh(id));
        } catch (SyntaxException e) {
            tell(new News.Warned("who watches you cannot be read"));
        }
    }

    private void shown(long id, String uri, Content content) {
        try {
            var presence = Presence.parse(content.bytes());
            var before = Optional.ofNullable(last.get(id));
            if (before.filter(presence::equals).isPresent()
                    || before.filter(presence::olderThan).isPresent()) return;
            last.put(id, presence);
            tell(new News.Presence(id, uri, presence.open(), presence.notes().stream()
                    .map(Presence.Note::text).toList()));
        } catch (SyntaxException e) {
            tell(new News.Warned("what " + uri + " says of itself cannot be read"));
        }
    }

    List<Output> told(Notifier.Event event) {
        var watching = (Notifier.Event.Watching) event;
        boolean over = watching.state().terminated();
        if (over) watchers.remove(watching.usage());
        else watchers.put(watching.usage(), watching.watcher());
        tell(new News.Watcher(watching.watcher(), over ? News.Seen.NO_MORE
                : switch (watching.access()) {
                    case ALLOWED -> News.Seen.ALL;
                    case PENDING -> News.Seen.NOTHING_YET;
                    case BLOCKED, REFUSED -> News.Seen.NOBODY;
                }));
        return out.take();
    }

    private void ask(Core.Command command) { out.add(new Output.Ask(command)); }

    private void tell(News news) { out.add(new Output.Tell(news)); }
}
