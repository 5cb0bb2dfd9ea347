package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Dht.*;
import p2psip.app.dht.Message.*;
import p2psip.app.lookup.*;
import p2psip.std.*;

/// An ordinary node: not on the ring, it has one of its super-nodes do everything for it. It trusts
/// none of them with more than silence, since it checks every record itself.
public final class Client implements Machine<Input, Output> {
    /// Requests under way at once; one more fails.
    static final int LIMIT = RingNode.ERRANDS_PER_CLIENT;

    /// How often a request is made, each time of the next super-node, and how long each may take.
    static final int ATTEMPTS = 4;
    static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final class Request {
        final long id;
        final Errand errand;
        final Parts parts = new Parts();
        int attempts;
        Instant due;

        Request(long id, Errand errand) {
            this.id = id;
            this.errand = errand;
        }
    }

    private final RandomGenerator random;
    private final Checker checker;
    private final Outbox<Output> out = new Outbox<>();
    private final Map<Long, Request> requests = new LinkedHashMap<>();
    private List<Peer> superNodes = List.of();
    private int turn;

    /// @param random chance, from the edge
    /// @param wall   the time of day, by which records expire
    public Client(RandomGenerator random, InstantSource wall) {
        this.random = random;
        this.checker = new Checker(SignedRecord::verify, wall, out);
    }

    /// [Input.Join] tells the super-nodes, the preferred one first.
    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Join(var known) -> {
                superNodes = known;
                turn = 0;
                List.copyOf(requests.values()).forEach(request -> attempt(request, now));
            }
            case Input.Received(var from, var payload) -> received(from, payload);
            case Input.Unreachable(var peer) -> unreachable(peer, now);
            case Input.Restore _ -> { }   // it holds nothing for others
            case Input.Ask(long id, Query.Put(var record)) ->
                    ask(id, new Body.Put(record.text()), now);
            case Input.Ask(long id, Query.Get(var key)) when !Storage.proper(key) ->
                    out.add(new Output.Told(id, Storage.IMPROPER));
            case Input.Ask(long id, Query.Get(var key)) -> ask(id, new Body.Get(key), now);
            //  one that is not on the ring has to believe whoever asks for it
            case Input.Seek(long id, _) -> out.add(new Output.Sought(id, Optional.empty()));
            case Input.Leave _ -> {
                List.copyOf(requests.values()).forEach(
                        request -> end(request, Refusal.SILENCE.answer()));
                out.add(new Output.Left());
            }
        }
        return out.take();
    }

    @Override public List<Output> wake(Instant now) {
        boolean silent = false;
        for (var request : List.copyOf(requests.values())) {
            if (request.due.isAfter(now)) continue;
            if (!silent) turn++;   // one that is silent to many is left once
            silent = true;
            attempt(request, now);
        }
        return out.take();
    }

    @Override public Instant deadline() {
        return requests.values().stream().map(request -> request.due)
                .min(Comparator.naturalOrder()).orElse(Instant.MAX);
    }

    private void ask(long id, Body body, Instant now) {
        var request = new Request(id, new Errand(random.nextLong(), body));
        if (requests.size() >= LIMIT) {
            end(request, Refusal.BUSY.answer());
            return;
        }
        requests.put(request.errand.id(), request);
        attempt(request, now);
    }

    private void attempt(Request request, Instant now) {
        if (request.attempts++ == ATTEMPTS) {
            end(request, Refusal.SILENCE.answer());
            return;
        }
        request.due = now.plus(PATIENCE);
        if (!superNodes.isEmpty())
            out.add(new Output.Send(current(), request.errand.encode(), true));
    }

    private Peer current() { return superNodes.get(Math.floorMod(turn, superNodes.size())); }

    private void unreachable(Peer peer, Instant now) {
        if (superNodes.isEmpty() || !current().id().equals(peer.id())) return;
        turn++;
        List.copyOf(requests.values()).forEach(request -> attempt(request, now));
    }

    private void received(Peer from, Bytes payload) {
        try {
            var message = Message.parse(payload);
            var request = requests.get(message.id());
            if (request == null
                    || superNodes.stream().noneMatch(peer -> peer.id().equals(from.id()))) return;
            answered(request, from, message);
        } catch (SyntaxException e) {
            out.add(new Output.Remark(
                    "message from " + from.id() + " dropped: " + e.getMessage()));
        }
    }

    private void answered(Request request, Peer from, Message answer) {
        switch (answer) {
            case Values values when request.errand.body() instanceof Body.Get(var key) ->
                    request.parts.add(values).ifPresent(whole -> {
                        var records = whole.records().stream()
                                .flatMap(text -> checker.check(text, key, from).stream()).toList();
                        end(request, new Answer.Found(records));
                    });
            case Stored(_, int copies) when request.errand.body() instanceof Body.Put ->
                    end(request, new Answer.Done(Optional.of(
                            new Answer.Holding(copies, List.of()))));
            case Refused(_, var why) -> end(request, why.answer());
            case Message _ -> { }
        }
    }

    private void end(Request request, Answer answer) {
        requests.remove(request.errand.id());
        out.add(new Output.Told(request.id, answer));
    }
}
