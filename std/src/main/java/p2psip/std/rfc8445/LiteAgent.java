package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Message.Kind;

/// A lite agent: all can reach it, so it asks nobody, answers checks, and uses the pairs that the
/// other side nominates.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-2.5 RFC 8445 §2.5
public final class LiteAgent implements Agent {
    private record Place(int component, InetSocketAddress address) {}

    /// A stream, and what is known of it.
    private static final class Stream {
        private final int number;
        private final LocalCandidates locals;
        private final Map<Place, Candidate> remotes = new LinkedHashMap<>();
        private final Map<Integer, Path> selected = new TreeMap<>();
        private Credentials credentials;
        private Optional<Credentials> previous = Optional.empty();
        private Optional<Description> remote = Optional.empty();
        private int components;
        private boolean complete, undecided, gathered;
        private Instant due = Instant.MAX;

        private Stream(int number, int components, LocalCandidates locals,
                Credentials credentials) {
            this.number = number;
            this.components = components;
            this.locals = locals;
            this.credentials = credentials;
        }
    }

    private final boolean initiating;
    private final Settings settings;
    private final RandomGenerator random;
    private final Outbox<Output> out = new Outbox<>();
    private final LocalCandidates.Foundations foundations = new LocalCandidates.Foundations();
    private final NavigableMap<Integer, Stream> streams = new TreeMap<>();
    private Role role;
    private State state = State.RUNNING;

    /// @param initiating whether this side has begun the session
    /// @param random     cryptographic outside of simulations
    public LiteAgent(boolean initiating, Settings settings, RandomGenerator random) {
        this.initiating = initiating;
        this.settings = settings;
        this.random = random;
        this.role = Role.CONTROLLED;
    }

    @Override public State state() { return state; }

    @Override public Role role() { return role; }

    @Override public List<CheckRecord> records() { return List.of(); }

    @Override public boolean awaits(TransactionId id) { return false; }

    @Override public Instant deadline() {
        return streams.values().stream().map(stream -> stream.due)
                .min(Comparator.naturalOrder()).orElse(Instant.MAX);
    }

    @Override public List<Output> wake(Instant now) {
        for (var stream : streams.values()) {
            if (stream.due.isAfter(now)) continue;
            stream.due = now.plus(settings.keepalive());
            //= rfc8445#11-11,12 without authentication, with FINGERPRINT and nothing else
            //= rfc8445#11-14 a STUN keepalive is the default, and all that there is
            //= rfc8445#11-2 a keepalive that every peer understands: a Binding indication
            for (var path : stream.selected.values())
                out.add(new Output.Send(path.base(), path.to(), Fingerprints.append(
                        new Message(Kind.INDICATION, Message.BINDING,
                                TransactionId.random(random), List.of()).encode())));
        }
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Stream(int number, int components) -> stream(number, components, now);
            case Input.Remove(int number) -> streams.remove(number);
            case Input.Host(int number, int component, var addresses) ->
                    on(number, stream -> host(stream, component, addresses));
            case Input.Gathered _ -> streams.values().forEach(stream -> {
                stream.gathered = true;
                out.add(new Output.LocalDone(stream.number, stream.credentials.ufrag()));
            });
            case Input.Gone(var base) -> streams.values()
                    .forEach(stream -> stream.locals.gone(base));
            case Input.Remote(int number, var description) ->
                    on(number, stream -> described(stream, description));
            case Input.RemoteCandidate(int number, var candidate) -> on(number, stream -> {
                if (stream.remotes.size() < Checklist.REMOTE) stream.remotes.put(
                        new Place(candidate.component(), candidate.address()), candidate);
            });
            case Input.RemoteDone(int number) -> on(number, stream -> decide(stream, now));
            case Input.Received(var base, var from, var datagram) ->
                    received(base, from, datagram, now);
            case Input.Restart(int number) -> on(number, this::restart);
            case Input.Reflexive _, Input.Relayed _, Input.Unreachable _ -> { }
        }
        settle();
        return out.take();
    }

    private void on(int number, Consumer<Stream> what) {
        Optional.ofNullable(streams.get(number)).ifPresent(what);
    }

    private void host(Stream stream, int component, List<InetSocketAddress> addresses) {
        //= rfc8839#4.4.1.3-2,3 no additional candidates later, until a restart
        if (stream.gathered) return;
        stream.locals.hosts(component, addresses.stream().filter(one ->
                HostAddresses.fits(one.getAddress(), settings.loopback())).toList())
                .forEach(one -> out.add(new Output.Local(stream.number, one)));
    }

    private void stream(int number, int components, Instant now) {
        if (streams.containsKey(number)) {
            var known = streams.get(number);
            known.components = Math.min(components, known.components);
            known.selected.keySet().removeIf(component -> component > known.components);
            completed(known, now);
        } else if (streams.size() < FullAgent.STREAMS) {
            streams.put(number, new Stream(number, components,
                    new LocalCandidates(foundations, true), Credentials.random(random)));
            describe(streams.get(number));
        }
    }

    //= rfc8839#4.2.1.4-1 it says that it is lite
    //= rfc8839#4.3.1-4 and nothing of pacing, as it checks nothing
    //= rfc8839#4.3.2-4 nor in an answer
    private void describe(Stream stream) {
        out.add(new Output.Described(stream.number, new Description(stream.credentials, true,
                List.of(Description.ICE2), Optional.empty())));
    }

    private void described(Stream stream, Description description) {
        boolean again = stream.remote.isPresent();
        if (again && !stream.remote.get().credentials().equals(description.credentials()))
            restart(stream);
        stream.remote = Optional.of(description);
        if (again) stream.remotes.clear();
        //= rfc8445#6.1.1-3 of two lite ones the initiating controls
        if (!again) role = description.lite() && initiating ? Role.CONTROLLING : Role.CONTROLLED;
    }

    //= rfc8839#4.4.3.2-1,2 no valid pair is left, but data go on to the previous one
    private void restart(Stream stream) {
        stream.previous = Optional.of(stream.credentials);
        stream.credentials = Credentials.random(random);
        stream.complete = false;
        stream.undecided = false;
        stream.gathered = false;
        stream.remotes.clear();
        stream.remote = Optional.empty();
        describe(stream);
        stream.locals.all().forEach(one -> out.add(new Output.Local(stream.number, one)));
    }

    /// With another lite agent nothing is checked: both take the same pair, if there is but one.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc8445#section-8.2 RFC 8445 §8.2
    private void decide(Stream stream, Instant now) {
        if (stream.remote.isEmpty() || !stream.remote.get().lite() || stream.complete) return;
        boolean one = true;
        var chosen = new TreeMap<Integer, Path>();
        for (int component = 1; component <= stream.components; component++) {
            int wanted = component;
            var paths = stream.locals.bases().stream().filter(local -> local.component() == wanted)
                    .flatMap(local -> stream.remotes.values().stream().filter(local::suits)
                            .map(remote -> new Path(local, remote))).toList();
            one &= paths.size() == 1;
            //= rfc8445#8.2-1 of several pairs that which RFC 6724 prefers: IPv6 before IPv4
            paths.stream().max(Comparator.comparingLong(path -> Pair.priority(
                    path.local().priority(), path.remote().priority())))
                    .ifPresent(path -> chosen.put(wanted, path));
        }
        //= rfc8445#8.2-2 of several pairs: complete after the candidates were exchanged once more
        boolean settled = one || stream.undecided;
        stream.undecided = true;
        chosen.forEach((component, path) -> select(stream, component, path));
        if (settled) completed(stream, now);
    }

    private void received(InetSocketAddress base, InetSocketAddress from, Bytes datagram,
            Instant now) {
        if (!Message.isStun(datagram)) return;
        var message = Fingerprints.parse(datagram, IceAttributes.TABLE);
        if (message.isEmpty()) return;
        var judged = Request.judge(message.get(), datagram, this::credentials);
        judged.refusal().ifPresent(answer -> out.add(new Output.Send(base, from, answer)));
        if (judged.request().isEmpty()) return;
        var request = judged.request().get();
        var unknown = message.get().unknownRequired();
        out.add(new Output.Send(base, from, unknown.isEmpty() ? request.success(from)
                : request.error(420, "Unknown Attribute",
                        new Attribute.UnknownAttributes(unknown))));
        if (!unknown.isEmpty() || !request.nominates()) return;
        streams.values().stream()
                .filter(stream -> stream.credentials.ufrag().equals(request.ours())).findFirst()
                .ifPresent(stream -> nominated(stream, request, base, from, now));
    }

    private void nominated(Stream stream, Request request, InetSocketAddress base,
            InetSocketAddress from, Instant now) {
        var local = stream.locals.base(base).filter(one -> one.component() <= stream.components);
        if (local.isEmpty()) return;
        int component = local.get().component();
        var remote = Optional.ofNullable(stream.remotes.get(new Place(component, from)))
                .or(() -> request.priority().stream().mapToObj(priority -> Candidate.remote(
                        CandidateType.PEER_REFLEXIVE, "learned", component, priority, from))
                        .findFirst());
        //= rfc8445#8.2¶2 an accepted nomination makes the pair the selected one
        remote.map(one -> new Path(local.get(), one))
                .filter(path -> !path.equals(stream.selected.get(component)) || !stream.complete)
                .ifPresent(path -> {
                    select(stream, component, path);
                    completed(stream, now);
                });
    }

    private void select(Stream stream, int component, Path path) {
        var before = Optional.ofNullable(stream.selected.put(component, path));
        if (!before.equals(Optional.of(path)))
            out.add(new Output.Selected(stream.number, component, path));
    }

    private void completed(Stream stream, Instant now) {
        if (stream.complete || stream.selected.size() < stream.components) return;
        stream.complete = true;
        stream.previous = Optional.empty();
        //= rfc8445#11-9 Tr is the owner's choice
        stream.due = now.plus(settings.keepalive());
        var used = stream.selected.values().stream().map(Path::base).collect(Collectors.toSet());
        //= rfc8445#8.3.2¶1 what was not selected is given back at once
        for (var local : stream.locals.bases()) if (!used.contains(local.base()))
            out.add(new Output.Free(stream.number, local.base()));
    }

    private Optional<Credentials> credentials(String ufrag) {
        return streams.values().stream().flatMap(stream -> java.util.stream.Stream.concat(
                java.util.stream.Stream.of(stream.credentials), stream.previous.stream()))
                .filter(one -> one.ufrag().equals(ufrag)).findFirst();
    }

    private void settle() {
        var next = !streams.isEmpty() && streams.values().stream().allMatch(one -> one.complete)
                ? State.COMPLETED : State.RUNNING;
        if (next != state) enter(next);
    }

    //= rfc8839#4.4.3.2-3 after a restart the state is Running again
    private void enter(State state) {
        this.state = state;
        out.add(new Output.Entered(0, state));
    }

    @Override public Optional<Path> path(int stream, int component, Instant now) {
        //= rfc8445#12.1.1-1,2 no data packets are sent until each component has a valid pair
        return Optional.ofNullable(streams.get(stream))
                .filter(one -> one.selected.size() >= one.components)
                .map(one -> one.selected.get(component));
    }

    @Override public Race race(int number, int component, InetSocketAddress local,
            InetSocketAddress remote) {
        //= rfc8839#4.4.2.2-1 the loser, whose peer has decided too, is controlled now
        role = Role.CONTROLLED;
        on(number, stream -> stream.locals.base(local).ifPresent(one -> select(stream, component,
                new Path(one, stream.remotes.getOrDefault(new Place(component, remote),
                        Candidate.remote(CandidateType.PEER_REFLEXIVE, "told", component, 1,
                                remote))))));
        return Race.WON;
    }
}
