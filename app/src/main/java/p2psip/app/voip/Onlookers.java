package p2psip.app.voip;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3858.WatcherInfo;
import p2psip.std.rfc3858.WatcherInfo.*;

/// Those who watch somebody, as the server tells of them that tells his presence: first of all,
/// then of each that changes.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3858#section-4 RFC 3858 §4
final class Onlookers {
    /// So many are remembered; a server that tells of more is not believed.
    static final int MAX = 1_000;

    /// What a document is good for.
    enum Verdict { TAKEN, STALE, GAP }

    private final String event;
    private final SequencedMap<String, Watcher> known = new LinkedHashMap<>();
    private long version = -1;

    /// @param event the package that is watched
    Onlookers(String event) { this.event = event; }

    /// @param changed hears of each of whom something else is told than before
    /// @throws SyntaxException if it cannot be read
    Verdict take(Bytes document, Consumer<Watcher> changed) {
        var info = WatcherInfo.parse(document);
        //  one with a lower number, or the same, was told before: it is discarded
        if (version >= 0 && info.version() <= version) return Verdict.STALE;
        boolean gap = !info.full() && info.version() != version + 1;
        // initialized with the version attribute of the first document
        version = info.version();
        var told = info.lists().stream().filter(list -> list.event().equals(event))
                .flatMap(list -> list.watchers().stream()).toList();
        if (info.full()) {
            var here = told.stream().map(Watcher::id).collect(Collectors.toSet());
            List.copyOf(known.values()).stream().filter(gone -> !here.contains(gone.id()))
                    .forEach(gone -> is(gone.ended(), changed));
        }
        told.forEach(watcher -> is(watcher, changed));
        return gap ? Verdict.GAP : Verdict.TAKEN;
    }

    private void is(Watcher watcher, Consumer<Watcher> changed) {
        var before = known.get(watcher.id());
        if (watcher.terminated()) known.remove(watcher.id());
        else if (before != null || known.size() < MAX) known.put(watcher.id(), watcher);
        if (before == null ? !watcher.terminated()
                : before.status() != watcher.status()) changed.accept(watcher);
    }

    /// Whether somebody waits for a word there.
    boolean waits(String uri) {
        return known.values().stream().anyMatch(each -> each.uri().equals(uri)
                && (each.status() == Status.PENDING || each.status() == Status.WAITING));
    }

    /// What is told next is told anew.
    void forget() { version = -1; }
}
