package p2psip.std.rfc3857;

import module java.base;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.ua.Content;
import p2psip.std.rfc3858.WatcherInfo;
import p2psip.std.rfc3858.WatcherInfo.*;
import p2psip.std.rfc6665.*;

/// Who watches, as a package of its own: told of, who watches can be asked, approved and blocked.
///
/// It gathers what [Notifier.Event.Watching] tells of one package into a [State], which the program
/// publishes.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3857#section-4 RFC 3857 §4
public final class WatcherEvents {
    /// As many are remembered of those that have ended without a word of permission.
    static final int MAX_WAITING = 100;

    /// Those who watch one thing.
    public record State(String resource, String event, List<Watcher> watchers)
            implements Document {
        public State { watchers = List.copyOf(watchers); }

        @Override public Optional<Content> whole(long version) {
            return Optional.of(said(version, true, Table.whole(watchers)));
        }

        //= rfc3857#4.7.2-4 those who have changed, and no others
        @Override public Optional<Content> news(Document told, long version) {
            return told instanceof State before
                    ? Optional.of(said(version, false, Table.news(before.watchers, watchers)))
                    : Optional.empty();
        }

        private Content said(long version, boolean full, List<Watcher> said) {
            return new Content(WatcherInfo.TYPE, new WatcherInfo(version, full,
                    List.of(new WatcherList(resource, event, said))).encode());
        }
    }

    private final String resource;
    private final String event;
    private final SequencedMap<Long, Watcher> watchers = new LinkedHashMap<>();

    /// @param resource what is watched
    /// @param event    the package
    public WatcherEvents(String resource, String event) {
        this.resource = resource;
        this.event = event;
    }

    /// The package of those who watch a package.
    public static EventPackage of(String event) {
        //= rfc3857#4.3-2 a SUBSCRIBE without a body asks for all of it
        return new EventPackage(name(event),
                //= rfc3857#4.4-1 an hour, and each SUBSCRIBE names its duration in Expires
                Duration.ofHours(1),
                //= rfc3857#4.5-1,3,5 the one type, which each Accept lists
                List.of(WatcherInfo.TYPE),
                //= rfc3857#4.10-1 every five seconds at most
                Duration.ofSeconds(5),
                //= rfc3857#4.9-1 each that a SUBSCRIBE has reached knows a part
                EventPackage.Forking.ALL, Document.NONE, Document.NONE);
    }

    public static String name(String event) { return event + ".winfo"; }

    /// Takes what a notifier tells; whether the state is another one now.
    public boolean take(Notifier.Event.Watching told) {
        //= rfc3856#6.11.1-2 of presence too there is watcherinfo, as of every package
        if (!told.event().equals(event)) return false;
        //= rfc3857#4.7-1,2 each transition of a watched subscription may be told
        //= rfc3857#4.7.2-1 as a notification by who publishes the state
        var before = watchers.get(told.usage());
        if (told.state().terminated()) return ended(told, before);
        var status = told.access() == Access.PENDING ? Status.PENDING : Status.ACTIVE;
        forget(told.watcher());
        watchers.put(told.usage(), watcher(told, status,
                before == null ? Cause.SUBSCRIBE : Cause.APPROVED));
        return true;
    }

    /// One that has to wait and ends by itself is remembered, so that somebody can still be asked.
    private boolean ended(Notifier.Event.Watching told, Watcher before) {
        if (told.access() == Access.PENDING
                && told.state().reason().equals(Optional.of(Reason.TIMEOUT))) {
            forget(told.watcher());
            watchers.put(told.usage(), watcher(told, Status.WAITING, Cause.TIMEOUT));
            var waiting = watchers.entrySet().stream().filter(entry ->
                    entry.getValue().status() == Status.WAITING).map(Map.Entry::getKey).toList();
            //= rfc3857#4.7.1-1 so many are waiting, and at the limit the oldest is given up
            if (waiting.size() > MAX_WAITING) watchers.remove(waiting.getFirst());
            return true;
        }
        watchers.remove(told.usage());
        //= rfc3857#4.7.2-6 a transient state, of who has only fetched, is not told
        return before != null;
    }

    /// One who comes again does not wait any more.
    private void forget(Address watcher) {
        watchers.values().removeIf(each -> each.status() == Status.WAITING
                && each.uri().equals(watcher.uri().toString()));
    }

    private static Watcher watcher(Notifier.Event.Watching told, Status status, Cause cause) {
        //= rfc3858#3-10,11 a token that no other subscription has
        //= rfc3858#3-8 the identity of who watches, and not where he is
        return new Watcher("w" + Math.abs(told.usage()), told.watcher().uri().toString(), status,
                cause, told.watcher().displayName());
    }

    public State state() { return new State(resource, event, List.copyOf(watchers.values())); }
}
