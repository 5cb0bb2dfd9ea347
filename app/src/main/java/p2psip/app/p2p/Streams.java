package p2psip.app.p2p;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc9000.*;
import p2psip.std.rfc9000.ReceiveStream.Taken;
import p2psip.std.rfc9002.Recovery;

/// The streams of one Link: bytes in order, in both directions, as fast as the path and the other
/// end take them. They outlive paths and sessions: what is not acknowledged goes by the next one.
///
/// ```
///  Open, Write --> DuplexStream --+                        +--> Say(Carry)
///                  DuplexStream --+-- packets, in turn --> |    as Recovery lets
///  Read -------->  DuplexStream <-+-- words <-- Carry <----+
/// ```
final class Streams implements Machine<Streams.Input, Streams.Output> {

    sealed interface Input {
        /// What the program asks, of this Link.
        record Asked(Links.Command.OfStreams command) implements Input {}
        record Heard(Frame.OfStreams frame) implements Input {}

        /// A relay has handed on enough.
        record Slower() implements Input {}

        /// The Link has ended.
        record End() implements Input {}
    }

    sealed interface Output {
        record Say(Frame.OfStreams frame) implements Output {}
        record Told(Links.Event event) implements Output {}

        /// The other end is not heard: look for it.
        record Seek() implements Output {}
        record Remark(String text) implements Output {}
    }

    /// Streams of a Link at a time that one end may have opened.
    static final int MAX = 32;

    /// Bytes of all streams of a Link, in one direction, that may have come and not been read.
    static final long WINDOW = 1 << 20;

    /// Bytes a second by a relay: it hands on no more than [Relaying#RATE] for one who sends, and a
    /// conversation needs the rest.
    static final int RELAYED = Relaying.RATE * 3 / 4;

    /// How long nothing is heard of the other end until it is given up.
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Probes without an answer until the other end is looked for.
    private static final int SOUGHT = 2;

    /// Numbers of the other end's that are remembered apart.
    private static final int MAX_GAPS = 256;

    /// Epochs of the other end that are over and remembered.
    private static final int FORMER = 4;

    private enum Timer { TURN, PACE, SILENT }

    private final Bytes peer;
    private final Slots slots;
    private final Predicate<Integer> services;
    private final RandomGenerator random;
    private final SequencedMap<Word.Name, DuplexStream> streams = new LinkedHashMap<>();
    private final Outbox<Links.Event> told = new Outbox<>();
    private final Outbox<Output> out = new Outbox<>();
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Deque<Integer> former = new ArrayDeque<>();
    private final Sending sending = new Sending(streams);
    private Acknowledgements come = new Acknowledgements();
    private Ranges opened = new Ranges();
    private Allowance allowance = new Allowance(WINDOW);
    private Optional<Path> path = Optional.empty();
    private Recovery<Sending.Sent> recovery;
    private PathSize sizes;
    private int mine, theirs, lastNumber;
    private long packet;
    private boolean probes, full;

    /// @param services which of them this node has
    Streams(Bytes peer, Slots slots, Predicate<Integer> services, RandomGenerator random) {
        this.peer = peer;
        this.slots = slots;
        this.services = services;
        this.random = random;
        this.mine = epoch();
        begin();
    }

    private int epoch() { return random.nextInt(1, Integer.MAX_VALUE); }

    /// Nothing is known of the path.
    private void begin() {
        recovery = new Recovery<>(Packet.MAX_INNER, Acknowledgements.MAX_DELAY);
        if (path.filter(Path.Via.class::isInstance).isPresent()) recovery.limit(RELAYED);
        //= rfc9000#14.2-6 of each path a maximum datagram size of its own
        sizes = new PathSize(path.filter(Path.Direct.class::isInstance).isPresent()
                ? Packet.SIZES : List.of(Packet.MAX_INNER));
        full = false;
    }

    /// Whether there are any.
    boolean isActive() { return !streams.isEmpty(); }

    @Override public Instant deadline() {
        return Timers.earliest(timers.deadline(), come.deadline(), recovery.deadline(),
                sizes.deadline());
    }

    @Override public List<Output> wake(Instant now) {
        if (!recovery.deadline().isAfter(now)) recovered(recovery.wake(now), now);
        if (!sizes.deadline().isAfter(now)) sized(sizes.wake(now));
        for (var timer : timers.fired(now)) switch (timer) {
            case TURN, PACE -> { }
            case SILENT -> end(Links.How.UNREACHABLE);
        }
        return settled(now);
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Asked(var command) -> asked(command);
            case Input.Heard(var frame) -> {
                heard(frame, now);
                return out.take();
            }
            case Input.Slower _ -> recovery.handle(new Recovery.Input.Congested<>(), now);
            case Input.End _ -> end(Links.How.UNREACHABLE);
        }
        return settled(now);
    }

    /// Many datagrams may have come at once: what is to be done about all of them is done when this
    /// is woken, at the same moment, once.
    private void heard(Frame.OfStreams frame, Instant now) {
        timers.set(Timer.TURN, now);
        switch (frame) {
            case Frame.Carry carry -> carried(carry, now);
            case Frame.Have have -> {
                if (knows(have)) {
                    heard(now);
                    recovered(recovery.handle(new Recovery.Input.Acknowledged<>(have.ranges(),
                            Duration.of(Integer.toUnsignedLong(have.delay()), ChronoUnit.MICROS)),
                            now), now);
                }
            }
            case Frame.Anew anew -> knows(anew);
        }
    }

    private List<Output> settled(Instant now) {
        long read = 0;
        for (var stream : List.copyOf(streams.values())) read += settled(stream);
        consumed(read);
        pump(now);
        if (!come.deadline().isAfter(now) && path.isPresent()) acknowledge(now);
        told.take().forEach(event -> out.add(new Output.Told(event)));
        return out.take();
    }

    /// What a stream has for the program, and whether it is over.
    private long settled(DuplexStream stream) {
        var reset = stream.receiving.resetting();
        if (reset.isPresent()) reset(stream, Links.How.of((int) reset.getAsLong()));
        long read = stream.isGone() ? stream.receiving.abandon()
                : stream.isKnown() ? stream.hand() : 0;
        if (!stream.isGone()) stream.receiving.raise().ifPresent(limit ->
                sending.say(new Word.Allow(stream.name, limit)));
        if (stream.isOver()) {
            gone(stream, Links.How.FINISHED);
            streams.remove(stream.name);
            sending.over(stream.name);
        }
        return read;
    }

    private void gone(DuplexStream stream, Links.How how) {
        if (stream.isGone()) return;
        slots.free();
        stream.gone(how);
    }

    private void consumed(long bytes) {
        allowance.consume(bytes);
        allowance.raise().ifPresent(limit -> sending.say(new Word.AllowAll(limit)));
    }

    // What the program asks

    private void asked(Links.Command.OfStreams command) {
        switch (command) {
            case Links.Command.Open(long id, _, int service) -> open(id, service);
            case Links.Command.Write(long id, var bytes) -> named(id).ifPresent(stream -> {
                if (!stream.write(bytes)) reset(stream, Links.How.RESET);
            });
            case Links.Command.Read(long id, int bytes) ->
                    named(id).ifPresent(stream -> stream.want(bytes));
            case Links.Command.Close(long id) ->
                    named(id).ifPresent(stream -> stream.sending.finish());
            case Links.Command.Reset(long id, var how) ->
                    named(id).ifPresent(stream -> reset(stream, how));
        }
    }

    private Optional<DuplexStream> named(long id) {
        return streams.values().stream().filter(stream -> stream.id() == id).findFirst();
    }

    private void open(long id, int service) {
        if (count(true) >= MAX || !slots.take()) {
            told.add(new Links.Event.Ended(id, Links.How.TOO_MANY));
            return;
        }
        var stream = new DuplexStream(new Word.Name(true, ++lastNumber), id, told);
        put(stream);
        stream.known(service);
        sending.say(new Word.Open(stream.name, service));
    }

    private void put(DuplexStream stream) {
        streams.put(stream.name, stream);
        sending.begun(stream.name);
    }

    private long count(boolean ours) {
        return streams.keySet().stream().filter(name -> name.ours() == ours).count();
    }

    /// Neither sends nor hears any more of it; remembered until the other end knows, for what it
    /// has sent until then counts.
    private void reset(DuplexStream stream, Links.How why) {
        stream.sending.reset(why.ordinal());
        sending.reset(stream);
        if (stream.receiving.stoppable())
            sending.say(new Word.Stop(stream.name, why.ordinal()));
        gone(stream, why);
    }

    private void end(Links.How how) {
        streams.values().forEach(stream -> gone(stream, how));
        streams.clear();
        sending.clear();
        begin();
        timers.clear();
    }

    // What the other end says

    private void heard(Instant now) {
        if (timers.isSet(Timer.SILENT)) timers.set(Timer.SILENT, now.plus(PATIENCE));
    }

    /// Whether something is said to this node as it is by the other as it is. One that was started
    /// anew knows nothing of what was before.
    private boolean knows(Frame.OfStreams frame) {
        if (frame.to() != 0 && frame.to() != mine) {
            if (!(frame instanceof Frame.Anew))
                out.add(new Output.Say(new Frame.Anew(mine, frame.from())));
            return false;
        }
        if (former.contains(frame.from()) || frame.from() == 0) return false;
        if (theirs != 0 && theirs != frame.from()) anew();
        theirs = frame.from();
        return true;
    }

    /// Streams of which the other has shown to know are over; what was not yet heard is said again.
    private void anew() {
        out.add(new Output.Remark("the other end was started anew"));
        former.addLast(theirs);
        if (former.size() > FORMER) former.removeFirst();
        begin();
        come = new Acknowledgements();
        opened = new Ranges();
        allowance = new Allowance(WINDOW);
        streams.values().removeIf(stream -> {
            boolean over = !stream.name.ours() || stream.isHeard() || stream.isGone();
            if (over) gone(stream, Links.How.RESET);
            return over;
        });
        sending.anew();
    }

    /// What nobody may do: everything of this Link ends, and begins anew.
    private void violated(Violation why) {
        out.add(new Output.Remark("streams ended: " + why));
        end(Links.How.RESET);
        former.addLast(theirs);
        if (former.size() > FORMER) former.removeFirst();
        out.add(new Output.Say(new Frame.Anew(mine = epoch(), theirs)));
        theirs = 0;
        come = new Acknowledgements();
        opened = new Ranges();
        allowance = new Allowance(WINDOW);
    }

    private void carried(Frame.Carry carry, Instant now) {
        if (!knows(carry)) return;
        heard(now);
        if (come.has(carry.number())) return;
        boolean all = true;
        for (var word : carry.words()) {
            all &= done(word);
            if (theirs == 0) return;
        }
        //= rfc9000#13.1-1 acknowledged when all of it was processed
        if (all) come.heard(
                carry.number(), Frame.CARRY + Word.length(carry.words()), now);
    }

    /// Does what a word asks; false if it cannot be done now and must come again.
    private boolean done(Word word) {
        return switch (word) {
            case Word.Ask _, Word.Pad _ -> true;
            case Word.AllowAll(long limit) -> sending.allowed(limit);
            case Word.Open(var name, int service) -> stream(name).map(stream -> {
                if (!stream.isKnown() && !stream.isGone()) offered(stream, service);
                return true;
            }).orElse(true);
            case Word.Taken(var name) -> with(name, DuplexStream::taken);
            case Word.Allow(var name, long limit) ->
                    with(name, stream -> stream.sending.allowed(limit));
            case Word.Stop(var name, int why) -> with(name, stream -> {
                stream.sending.stopped(why);
                if (stream.sending.resetting().isPresent()) reset(stream, Links.How.of(why));
            });
            case Word.Reset(var name, int why, long size) -> stream(name).map(stream ->
                    taken(stream.receiving.reset(why, size))).orElse(true);
            case Word.Data(var name, long offset, var bytes, boolean end) -> stream(name)
                    .map(stream -> taken(stream.receiving.receive(offset, bytes, end)))
                    .orElse(true);
        };
    }

    private boolean with(Word.Name said, Consumer<DuplexStream> what) {
        Optional.ofNullable(streams.get(said.turned())).ifPresent(what);
        return true;
    }

    private boolean taken(Taken taken) {
        switch (taken) {
            //= rfc9000#19.9-1,2 maximum data: all streams together count, also those that are over
            case Taken.In(long fresh) when !allowance.take(fresh) ->
                    violated(Violation.FLOW_CONTROL_ERROR);
            case Taken.Refused(var why) -> violated(why);
            case Taken.In _, Taken.Crowded _ -> { }
        }
        return !(taken instanceof Taken.Crowded);
    }

    /// The stream that is meant: a new one, if it is one of the other's that was never heard of.
    private Optional<DuplexStream> stream(Word.Name said) {
        var name = said.turned();
        var known = Optional.ofNullable(streams.get(name));
        if (known.isPresent() || name.ours() || opened.has(name.number())) return known;
        opened.add(name.number(), name.number());
        //= rfc9000#4.6-3 stream limit: more than anybody may open
        if (opened.size() > MAX_GAPS || count(false) >= 2 * MAX) {
            violated(Violation.STREAM_LIMIT_ERROR);
            return Optional.empty();
        }
        var stream = new DuplexStream(name, slots.name(), told);
        put(stream);
        if (!slots.take()) refuse(stream, Links.How.TOO_MANY);
        return Optional.of(stream);
    }

    private void refuse(DuplexStream stream, Links.How why) {
        stream.gone(why);
        reset(stream, why);
    }

    private void offered(DuplexStream stream, int service) {
        if (!services.test(service)) {
            reset(stream, Links.How.NO_SERVICE);
            return;
        }
        sending.say(new Word.Taken(stream.name));
        told.add(new Links.Event.Came(stream.id(), peer, service));
        stream.known(service);
    }

    // What goes out

    /// Datagrams go by this path from now on, or there is a new session. Another path may bear more
    /// or less: nothing is known of it.
    List<Output> by(Path by, Instant now) {
        boolean other = path.filter(by::equals).isEmpty();
        path = Optional.of(by);
        if (other) {
            //= rfc9000#9.4-1,2 what was sent by the old path says nothing of the new one
            recovery.inFlight().forEach(sent -> sending.lost(sent.loads()));
            begin();
        } else if (recovery.unanswered() > 0) probes = true;
        return settled(now);
    }

    private void recovered(List<Recovery.Output<Sending.Sent>> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Recovery.Output.Delivered<Sending.Sent>(var sent) -> {
                sending.delivered(sent.loads());
                sized(sizes.handle(new PathSize.Input.Delivered(
                        sent.number(), sent.size()), now));
            }
            case Recovery.Output.Lost<Sending.Sent>(var sent) -> {
                sending.lost(sent.loads());
                sized(sizes.handle(new PathSize.Input.Lost(sent.number(), sent.size()), now));
            }
            case Recovery.Output.Probe<Sending.Sent> _ -> {
                probes = true;
                if (recovery.unanswered() >= SOUGHT) out.add(new Output.Seek());
            }
        }
    }

    private void sized(List<PathSize.Output> outputs) {
        for (var output : outputs) if (output instanceof PathSize.Output.Changed(int size))
            out.add(new Output.Remark("streams go in datagrams of up to " + size + " bytes"));
    }

    private void acknowledge(Instant now) {
        var answer = come.answer(now);
        //= rfc9002#7.7-5 never paced
        out.add(new Output.Say(new Frame.Have(mine, theirs, (int) Math.min(Integer.MAX_VALUE,
                answer.delay().toNanos() / 1_000), answer.ranges())));
    }

    private void pump(Instant now) {
        timers.stop(Timer.PACE);
        if (path.isEmpty()) return;
        while (probes || sending.wants()) {
            var trial = trial();
            //= rfc9000#14.2-3 PMTU probe or not larger than what is known to fit
            int size = trial.orElse(
                    probes ? Packet.MAX_INNER : recovery.datagram(sizes.size()));
            if (!probes && !recovery.fits(size)) break;
            //= rfc9002#7.7-2 pacing: each packet waits for its pace
            //= rfc9002#7.5-1 but no probe
            var at = probes ? now : recovery.paced(size, now);
            if (at.isAfter(now)) {
                timers.set(Timer.PACE, at);
                break;
            }
            if (trial.isPresent()) probe(size, now);
            else send(size, now);
        }
        recovery.idle(!sending.wants());
        if (recovery.bytes() == 0) timers.stop(Timer.SILENT);
        else if (!timers.isSet(Timer.SILENT)) timers.set(Timer.SILENT, now.plus(PATIENCE));
    }

    /// Whether it is time to try a larger size: for who has more to say than goes into one, and
    /// where a probe is a small part of the window.
    private OptionalInt trial() {
        if (probes || !full) return OptionalInt.empty();
        var size = sizes.probe();
        return size.isPresent() && recovery.isSmall(size.getAsInt()) ? size : OptionalInt.empty();
    }

    /// A carry of nothing, as large as the path may be.
    private void probe(int size, Instant now) {
        full = false;
        sized(sizes.handle(new PathSize.Input.Probed(packet), now));
        say(new Sending.Packed(List.of(new Word.Pad(Frame.words(size))), List.of(), false),
                true, now);
    }

    private void send(int size, Instant now) {
        var load = sending.load(Frame.words(size), probes,
                probes ? recovery.inFlight() : List.of());
        probes = false;
        full = load.full();
        say(load, false, now);
    }

    private void say(Sending.Packed load, boolean probe, Instant now) {
        var frame = new Frame.Carry(mine, theirs, packet++, load.words());
        int size = Packet.DATA_HEADER + Seal.TAG + Frame.CARRY + Word.length(load.words());
        recovered(recovery.handle(new Recovery.Input.Sent<>(frame.number(), size, probe,
                new Sending.Sent(frame.number(), size, load.loads())), now), now);
        out.add(new Output.Say(frame));
    }
}
