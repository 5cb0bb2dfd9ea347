package p2psip.std.rfc3858;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc6665.*;
import p2psip.std.xml.*;

/// Who watches something: a document about subscriptions.
///
/// @param version counts the documents of one subscription
/// @param full    whether it names all, or those that have changed
/// @spec https://www.rfc-editor.org/rfc/rfc3858#section-3 RFC 3858 §3
public record WatcherInfo(long version, boolean full, List<WatcherList> lists) {
    public static final String TYPE = "application/watcherinfo+xml";
    public static final String NAMESPACE = "urn:ietf:params:xml:ns:watcherinfo";

    /// How a subscription is.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3857#section-4.7.1 RFC 3857 §4.7.1
    public enum Status { PENDING, ACTIVE, WAITING, TERMINATED }

    /// What has made it so.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3857#section-4.7.1 RFC 3857 §4.7.1
    public enum Cause {
        SUBSCRIBE, APPROVED, DEACTIVATED, PROBATION, REJECTED, TIMEOUT, GIVEUP, NORESOURCE
    }

    /// Those who watch one thing.
    ///
    /// @param event the package
    public record WatcherList(String resource, String event, List<Watcher> watchers) {
        public WatcherList { watchers = List.copyOf(watchers); }
    }

    /// Somebody who watches.
    ///
    /// @param expiration seconds that are left
    /// @param subscribed seconds that it has lasted
    public record Watcher(String id, String uri, Status status, Cause cause, String displayName,
            Optional<Long> expiration, Optional<Long> subscribed) implements Row<Watcher> {

        public Watcher(String id, String uri, Status status, Cause cause, String displayName) {
            this(id, uri, status, cause, displayName, Optional.empty(), Optional.empty());
        }

        @Override public boolean terminated() { return status == Status.TERMINATED; }

        @Override public Watcher ended() {
            return new Watcher(id, uri, Status.TERMINATED, Cause.TIMEOUT, displayName);
        }
    }

    public WatcherInfo { lists = List.copyOf(lists); }

    /// @throws p2psip.std.SyntaxException if it is none
    public static WatcherInfo parse(Bytes document) {
        var root = Attributes.root(Element.parse(document), NAMESPACE, "watcherinfo");
        //= rfc3858#3-4,5 two attributes: its version of 32 bits, and whether it is full
        //= rfc3858#3-3,6 and what is of another namespace is ignored
        return new WatcherInfo(Attributes.number(root, "version"), Attributes.full(root),
                root.children("watcher-list").stream().map(WatcherInfo::list).toList());
    }

    private static WatcherList list(Element list) {
        //= rfc3858#3-7 what is watched, and in which package, must be there
        return new WatcherList(Attributes.need(list, "resource"), Attributes.need(list, "package"),
                list.children("watcher").stream().map(WatcherInfo::watcher).toList());
    }

    private static Watcher watcher(Element watcher) {
        //= rfc3858#3-9 three attributes have to be there: id, status and event
        return new Watcher(Attributes.need(watcher, "id"), watcher.text().strip(),
                Attributes.word(Status.class, Attributes.need(watcher, "status")),
                Attributes.word(Cause.class, Attributes.need(watcher, "event")),
                watcher.attribute("display-name").orElse(""),
                Attributes.count(watcher, "expiration"),
                Attributes.count(watcher, "duration-subscribed"));
    }

    public Bytes encode() {
        //= rfc3858#3-1,2 well-formed, XML 1.0 and UTF-8
        return new Element(NAMESPACE, "watcherinfo").with("version", Long.toString(version))
                .with("state", full ? "full" : "partial")
                .with(lists.stream().map(WatcherInfo::element).toArray(Node[]::new)).encode();
    }

    private static Element element(WatcherList list) {
        return new Element(NAMESPACE, "watcher-list").with("resource", list.resource)
                .with("package", list.event)
                .with(list.watchers.stream().map(WatcherInfo::element).toArray(Node[]::new));
    }

    private static Element element(Watcher watcher) {
        var element = new Element(NAMESPACE, "watcher").withText(watcher.uri)
                .with("id", watcher.id).with("status", Attributes.word(watcher.status))
                .with("event", Attributes.word(watcher.cause));
        if (!watcher.displayName.isEmpty())
            element = element.with("display-name", watcher.displayName);
        if (watcher.expiration.isPresent())
            element = element.with("expiration", watcher.expiration.get().toString());
        return watcher.subscribed.isEmpty() ? element
                : element.with("duration-subscribed", watcher.subscribed.get().toString());
    }
}
