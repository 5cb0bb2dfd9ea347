package p2psip.app.lookup;

import module java.base;
import p2psip.app.crypto.Peer;

/// A lookup that is not asked for records, for the node looks elsewhere: it is there for what else
/// it does, and to say whether others are there.
public final class Aside implements Lookup {
    private static final Answer NOT_ASKED =
            new Answer.Failed(Answer.Why.NOT_READY, "it is not asked for records");

    private final Lookup below;

    public Aside(Lookup below) { this.below = below; }

    @Override public Optional<InetSocketAddress> address() { return below.address(); }

    @Override public List<Peer> relays() { return below.relays(); }

    @Override public SortedMap<String, Integer> sizes() { return below.sizes(); }

    @Override public boolean terminated() { return below.terminated(); }

    @Override public Instant deadline() { return below.deadline(); }

    @Override public List<Output> wake(Instant now) { return said(below.wake(now)); }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Ask(long id, Query.Get _) ->
                    List.of(new Output.Told(id, new Answer.Found(List.of())));
            case Input.Ask(long id, Query.Watch _) -> List.of(new Output.Told(id, UNWATCHED));
            case Input.Ask(long id, Query.Put _) -> List.of(new Output.Told(id, NOT_ASKED));
            case Input.Ask _, Input.Drop _, Input.Start _, Input.Happened _, Input.Leave _ ->
                    said(below.handle(input, now));
        };
    }

    /// That it is ready means nothing to who looks records up.
    private static List<Output> said(List<Output> outputs) {
        return outputs.stream().filter(output -> !(output instanceof Output.Ready)).toList();
    }
}
