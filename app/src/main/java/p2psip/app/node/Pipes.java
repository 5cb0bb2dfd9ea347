package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.*;
import p2psip.app.p2p.Links;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.server.*;

/// Pipes between programs: who listens at an address is found by its record, as telephones are, and
/// called by a stream of the Link to the node that the record names; who calls is checked as
/// callers are.
final class Pipes implements Machine<Pipes.Input, Pipes.Output> {

    sealed interface Input {
        record Asked(Pipe.Command command) implements Input {}
        record Told(Links.Event.OfStreams event) implements Input {}

        /// Answers [Output.Ask].
        record Looked(long id, Answer answer) implements Input {}

        /// Answers [Output.Serve]: others can find it, as far as they can so soon.
        record Served(long id) implements Input {}

        /// A key that is believed from now on is on disk, or will not be.
        record Pinned(long id) implements Input {}
    }

    sealed interface Output {
        record Tell(Pipe.Event event) implements Output {}
        record Link(Links.Command command) implements Output {}

        /// @param id below zero
        record Ask(long id, Query.Get query) implements Output {}

        record Do(Effect effect) implements Output {}

        /// Whoever looks for this address is to find this node: [Input.Served] follows.
        record Serve(long id, Aor aor) implements Output {}

        /// And not any more.
        record Withdraw(Aor aor) implements Output {}
    }

    /// Listeners, and pipes that are not open yet, of a node at a time.
    static final int LISTENERS = 64, PENDING = 64;

    /// How long a look-up may take, a greeting, its answer, a program to take who calls.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /// How long others are told that an address is served here, and when they are told again.
    static final Duration SERVED = Duration.ofHours(1), AGAIN = Duration.ofMinutes(30);

    /// What stores the pins of those who are called.
    static final Id STORE = new Id(Id.Part.PIPES, 0, 0);

    private record Listener(long id, Aor aor, Set<String> from, Instant again) {}

    private final Bytes self;
    private final Pins pins;
    private final Judge judge;
    private final InstantSource wall;
    private final Function<Aor, Optional<SignedRecord>> records;
    private final SequencedMap<Aor, Listener> listeners = new LinkedHashMap<>();
    /// Listeners who are not told yet that others can find them.
    private final Set<Long> unsaid = new TreeSet<>();
    private final SequencedMap<Long, PipeEnd> ends = new LinkedHashMap<>();
    /// Records that were chosen, until their pin is on disk; who asked for which record.
    private final Map<Long, SignedRecord> storing = new LinkedHashMap<>();
    private final Map<Long, Long> asking = new LinkedHashMap<>();
    private final Outbox<Output> out = new Outbox<>();
    private long lastId;

    /// @param self    this node's key
    /// @param records of addresses that are served here
    Pipes(Bytes self, Pins pins, InstantSource wall,
            Function<Aor, Optional<SignedRecord>> records) {
        this.self = self;
        this.pins = pins;
        this.judge = new Judge(pins, wall);
        this.wall = wall;
        this.records = records;
    }

    int size() { return listeners.size() + ends.size() + storing.size() + asking.size(); }

    @Override public Instant deadline() {
        var first = Instant.MAX;
        for (var end : ends.values()) first = Timers.earliest(first, end.until);
        for (var listener : listeners.values()) first = Timers.earliest(first, listener.again);
        return first;
    }

    @Override public List<Output> wake(Instant now) {
        for (var end : List.copyOf(ends.values()))
            if (!end.until.isAfter(now)) drop(end, "no answer within " + PATIENCE.toSeconds()
                    + " s");
        for (var listener : List.copyOf(listeners.values()))
            if (!listener.again.isAfter(now)) serve(new Listener(
                    listener.id, listener.aor, listener.from, now.plus(AGAIN)));
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Asked(var command) -> asked(command, now);
            case Input.Told(var event) -> told(event, now);
            case Input.Looked(long id, var answer) -> {
                var end = ends.get(asking.remove(id));
                if (end != null) looked(end, answer instanceof Answer.Found(var records) ? records
                        : List.of());
            }
            case Input.Served(long id) -> {
                if (listeners.values().stream().anyMatch(l -> l.id == id && unsaid.remove(id)))
                    tell(new Pipe.Listening(id));
            }
            case Input.Pinned(long id) -> {
                var record = storing.remove(id);
                var end = ends.get(asking.remove(id));
                if (end != null && record != null) call(end, record);
            }
        }
        return out.take();
    }

    /// What others are to find of an address: its telephones, and this node where one listens.
    LocationService.Event beside(LocationService.Event event, Instant now) {
        return listeners.isEmpty() ? event : switch (event) {
            case LocationService.Event.Bind(long id, var aor, var bindings) ->
                    new LocationService.Event.Bind(id, aor, with(aor, bindings, now));
            case LocationService.Event.Ended(var aor, var left) ->
                    new LocationService.Event.Ended(aor, with(aor, left, now));
            case LocationService.Event.Find _, LocationService.Event.Silent _ -> event;
        };
    }

    private List<Binding> with(Aor aor, List<Binding> bindings, Instant now) {
        if (!listeners.containsKey(aor)) return bindings;
        return Stream.concat(bindings.stream(), Stream.of(new Binding(
                Address.parse("<" + aor + ">"), "pipe", 1, now.plus(SERVED),
                Optional.empty(), List.of()))).toList();
    }

    // What programs ask

    private void asked(Pipe.Command command, Instant now) {
        switch (command) {
            case Pipe.Listen listen -> listen(listen, now);
            case Pipe.Connect connect -> connect(connect, now);
            case Pipe.Accept(long id) -> {
                var end = ends.get(id);
                if (end != null && end.state == PipeEnd.State.OFFERED) {
                    link(end.write(PipeEnd.framed(Bytes.EMPTY)));
                    open(end);
                }
            }
            case Pipe.Write(long id, var bytes) -> link(new Links.Command.Write(id, bytes));
            case Pipe.Read(long id, int bytes) -> link(new Links.Command.Read(id, bytes));
            case Pipe.Close(long id) -> link(new Links.Command.Close(id));
            case Pipe.Drop(long id) -> {
                listeners.values().stream().filter(l -> l.id == id).findFirst().ifPresent(l -> {
                    listeners.remove(l.aor);
                    unsaid.remove(id);
                    out.add(new Output.Withdraw(l.aor));
                    if (listeners.isEmpty())
                        link(new Links.Command.Offer(Links.PIPE, false));
                });
                link(new Links.Command.Reset(id, ends.containsKey(id) ? Links.How.REFUSED
                        : Links.How.RESET));
                ends.remove(id);
            }
        }
    }

    private void listen(Pipe.Listen listen, Instant now) {
        var aor = Aor.parse(listen.address());
        var why = aor.isEmpty() ? "no address: give one such as sip:bob@example.com"
                : listeners.containsKey(aor.get()) ? "somebody listens there already; stop that"
                + " program, or give another address"
                : listeners.size() >= LISTENERS ? LISTENERS + " listen already" : "";
        if (!why.isEmpty()) {
            out.add(new Output.Tell(new Pipe.Ended(listen.id(), false,
                    listen.address() + ": " + why)));
            return;
        }
        link(new Links.Command.Offer(Links.PIPE, true));
        unsaid.add(listen.id());
        serve(new Listener(listen.id(), aor.get(), listen.from(), now.plus(AGAIN)));
    }

    private void serve(Listener listener) {
        listeners.put(listener.aor, listener);
        out.add(new Output.Serve(listener.id, listener.aor));
    }

    private void connect(Pipe.Connect connect, Instant now) {
        var aor = Aor.parse(connect.address());
        if (aor.isEmpty() || ends.size() >= PENDING) {
            out.add(new Output.Tell(new Pipe.Ended(connect.id(), false, connect.address() + ": "
                    + (aor.isEmpty() ? "no address: give one such as sip:bob@example.com"
                    : PENDING + " pipes are being opened already"))));
            return;
        }
        var end = new PipeEnd(connect.id(), aor.get().toString(), PipeEnd.State.FINDING,
                now.plus(PATIENCE));
        end.caller = connect.as().orElse("");
        end.record = connect.as().flatMap(Aor::parse).flatMap(records)
                .map(SignedRecord::text).orElse("");
        ends.put(end.id, end);
        ask(end, aor.get());
    }

    private void ask(PipeEnd end, Aor aor) {
        asking.put(--lastId, end.id);
        out.add(new Output.Ask(lastId, new Query.Get(aor.toString())));
    }

    // Who is found

    private void looked(PipeEnd end, List<SignedRecord> found) {
        if (end.state == PipeEnd.State.GREETING) {
            judge(end, found);
            return;
        }
        var living = found.stream().filter(record -> !record.removed()).toList();
        switch (pins.choose(end.address, living, wall.instant())) {
            case Pins.Choice.Nobody _ -> drop(end,
                    "nobody is there; a program has to listen there first");
            case Pins.Choice.Refused(var warning) -> drop(end, "unverified: " + warning);
            case Pins.Choice.Chosen(_, var warning) when warning.isPresent() ->
                    drop(end, "unverified: " + warning.get());
            case Pins.Choice.Chosen(var records, _) -> chosen(end, records.getFirst());
        }
    }

    /// Whom this node will believe is on disk before anybody is called because of it.
    private void chosen(PipeEnd end, SignedRecord record) {
        var changes = pins.changes();
        if (changes.isEmpty()) {
            call(end, record);
            return;
        }
        end.state = PipeEnd.State.STORING;
        storing.put(--lastId, record);
        asking.put(lastId, end.id);
        out.add(new Output.Do(new Effect.Store(STORE.with(lastId), changes)));
    }

    private void call(PipeEnd end, SignedRecord record) {
        if (!(record.value() instanceof Contact contact) || contact.overlay().isEmpty()) {
            drop(end, "its node cannot be reached");
            return;
        }
        if (contact.node().equals(self)) {
            drop(end, "it is served by this node itself: call it from another");
            return;
        }
        end.state = PipeEnd.State.GREETING;
        link(new Links.Command.Know(contact));
        link(new Links.Command.Open(end.id, contact.node(), Links.PIPE));
        var text = new ByteArrayOutputStream();
        for (var part : List.of(end.address, end.caller, end.record))
            PipeEnd.put(text, Bytes.utf8(part));
        link(end.write(PipeEnd.framed(Bytes.wrap(text.toByteArray()))));
        link(new Links.Command.Read(end.id, 2));
    }

    // What Links tell

    private void told(Links.Event.OfStreams event, Instant now) {
        var end = ends.get(event.id());
        switch (event) {
            case Links.Event.Came(long id, var key, _) -> came(id, key, now);
            case Links.Event.Arrived(_, var bytes) when end != null -> greeted(end, bytes);
            case Links.Event.Arrived(long id, var bytes) -> tell(new Pipe.Arrived(id, bytes));
            case Links.Event.Writable(long id, int bytes) -> {
                int left = end == null ? bytes : end.writable(bytes);
                if (end != null) end.waiting += left;
                else tell(new Pipe.Writable(id, left));
            }
            case Links.Event.Finished(long id) when end == null -> tell(new Pipe.Finished(id));
            case Links.Event.Finished _ -> drop(end, "the other end has said nothing");
            case Links.Event.Ended(_, var how) when end != null -> drop(end, why(how));
            case Links.Event.Ended(long id, var how) ->
                    tell(new Pipe.Ended(id, how == Links.How.FINISHED, why(how)));
            case Links.Event.Opened _ -> { }
        }
    }

    private static String why(Links.How how) {
        return switch (how) {
            case FINISHED -> "finished";
            case NO_SERVICE -> "no program listens there";
            case REFUSED -> "refused";
            case RESET -> "the other end has given it up";
            case UNREACHABLE -> "its node cannot be reached";
            case TOO_MANY -> "too many streams";
        };
    }

    private void came(long id, Bytes key, Instant now) {
        if (ends.size() >= PENDING) {
            link(new Links.Command.Reset(id, Links.How.TOO_MANY));
            return;
        }
        var end = new PipeEnd(id, "", PipeEnd.State.GREETING, now.plus(PATIENCE));
        end.node = Optional.of(key);
        ends.put(id, end);
        link(new Links.Command.Read(id, 2));
    }

    private void greeted(PipeEnd end, Bytes bytes) {
        int missing = end.said(bytes);
        boolean caller = end.node.isPresent();
        if (missing > (caller ? PipeEnd.MAX_GREETING : PipeEnd.MAX_ANSWER))
            drop(end, "what the other end says is no pipe");
        else if (missing > 0) link(new Links.Command.Read(end.id, missing));
        else if (caller) greeting(end);
        else if (end.length() == 0) {
            open(end);
            tell(new Pipe.Connected(end.id));
        } else drop(end, visible(end.whole().utf8()));
    }

    private static String visible(String text) { return text.replaceAll("\\p{Cntrl}", " "); }

    private void greeting(PipeEnd end) {
        try {
            var in = end.whole().buffer();
            end.called = PipeEnd.take(in).utf8();
            end.caller = visible(PipeEnd.take(in).utf8());
            end.record = PipeEnd.take(in).utf8();
            var aor = Aor.parse(end.caller);
            if (aor.isEmpty()) judge(end, List.of());
            else ask(end, aor.get());
        } catch (BufferUnderflowException e) {
            drop(end, "what the other end says is no pipe");
        }
    }

    private void judge(PipeEnd end, List<SignedRecord> found) {
        end.state = PipeEnd.State.JUDGED;
        var key = end.node.orElseThrow();
        var aor = Aor.parse(end.caller);
        var verdict = aor.isEmpty() ? Judge.Caller.UNVERIFIED : judge.judge(aor.get(),
                judge.record(end.record, aor.get()), found, r -> Judge.names(r, key));
        var listener = Aor.parse(end.called).map(listeners::get);
        boolean verified = verdict == Judge.Caller.VERIFIED;
        if (listener.isEmpty()) refuse(end, "no program listens there");
        else if (verdict == Judge.Caller.FORGED)
            refuse(end, end.caller + " is not served by the node that calls");
        else if (!listener.get().from.isEmpty()
                && !(verified && listener.get().from.contains(aor.get().toString())))
            refuse(end, "only some may call there"
                    + (verified ? "" : ", and who calls is not verified"));
        else {
            end.state = PipeEnd.State.OFFERED;
            tell(new Pipe.Caller(end.id, listener.get().id, end.caller, verified));
        }
    }

    /// Says why not; the stream ends when the other end has read it.
    private void refuse(PipeEnd end, String why) {
        var text = Bytes.utf8(why);
        link(end.write(PipeEnd.framed(text.slice(0, Math.min(text.size(), PipeEnd.MAX_ANSWER)))));
        link(new Links.Command.Close(end.id));
        end.state = PipeEnd.State.JUDGED;
    }

    private void open(PipeEnd end) {
        end.state = PipeEnd.State.OPEN;
        ends.remove(end.id);
        if (end.waiting > 0) tell(new Pipe.Writable(end.id, end.waiting));
    }

    /// It does not come to be.
    private void drop(PipeEnd end, String why) {
        ends.remove(end.id);
        link(new Links.Command.Reset(end.id, Links.How.RESET));
        boolean known = end.id > 0 || end.state == PipeEnd.State.OFFERED;
        if (known) tell(new Pipe.Ended(end.id, false,
                (end.address.isEmpty() ? end.caller : end.address) + ": " + why));
    }

    private void tell(Pipe.Event event) { out.add(new Output.Tell(event)); }

    private void link(Links.Command command) { out.add(new Output.Link(command)); }
}
