package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.rfc3261.ua.Usage;

/// Says how things are now, to all who watch.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-4.2.2 RFC 6665 §4.2.2
record Publication(Watchers watchers) implements Usage {

    @Override public String name() { return "publication"; }

    @Override public boolean terminated() { return true; }

    @Override public List<Output> handle(Input input, Instant now) {
        if (!(input instanceof Input.Asked(Publish(_, var event, var document)))
                || document.equals(watchers.document(event))) return List.of();
        watchers.publish(event, document);
        return watchers.of(event).stream().<Output>map(watcher ->
                new Output.Pass(new Notifier.Command.Look(watcher))).toList();
    }
}
