package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Message.Kind;

/// A full agent, for whoever does not know that all can reach him: checks, is checked, and agrees
/// with the other side on a pair for each component.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-6.1 RFC 8445 §6.1
public final class FullAgent implements Agent {
    /// How many streams a session has at most; one more is a bug of the owner.
    static final int STREAMS = 32;

    private record Place(int stream, int component) {}

    private final Session session;
    private final Checklists lists;
    private final Checker checker;
    private final Machines<Place, Consent> consents = new Machines<>(2 * 256);

    /// By what checks of a session are answered until the one after its restart has found a path.
    private final Map<Integer, Credentials> previous = new TreeMap<>();
    private State state = State.RUNNING;

    /// @param initiating whether this side has begun the session
    /// @param pacer      that of all agents of the process
    /// @param random     cryptographic outside of simulations
    public FullAgent(boolean initiating, Settings settings, Pacer pacer, RandomGenerator random) {
        //= rfc8445#6.1.1-1 who has initiated ICE is controlling, the other controlled
        session = new Session(initiating ? Role.CONTROLLING : Role.CONTROLLED, settings, random);
        lists = new Checklists(session);
        checker = new Checker(session, lists, pacer);
    }

    @Override public State state() { return state; }

    @Override public Role role() { return session.role(); }

    @Override public List<CheckRecord> records() { return session.records(); }

    @Override public boolean awaits(TransactionId id) {
        return checker.awaits(id) || consent(id).isPresent();
    }

    @Override public Instant deadline() {
        return Stream.concat(lists.all().stream().map(Checklist::deadline),
                Stream.of(checker.deadline(), consents.deadline()))
                .min(Comparator.naturalOrder()).orElseThrow();
    }

    @Override public List<Output> wake(Instant now) {
        for (var list : lists.all())
            if (!list.deadline().isAfter(now)) list.wake(now);
        consents.wake(now, consent -> consent.wake(now), this::consented);
        checker.wake(now);
        return settled(now);
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Stream(int stream, int components) -> stream(stream, components, now);
            case Input.Remove(int stream) -> remove(stream);
            case Input.Host(int stream, int component, var addresses) -> on(stream, list ->
                    found(list, list.locals().hosts(component, fit(addresses)), now));
            case Input.Reflexive(int stream, int component, var mapped, var base, var server) ->
                    on(stream, list -> found(list, list.locals().base(base).stream().flatMap(_ ->
                            list.locals().reflexive(component, mapped, base, server).stream())
                            .toList(), now));
            case Input.Relayed(int stream, int component, var relayed, var mapped, var server) ->
                    on(stream, list -> found(list, list.locals().relayed(component, relayed,
                            mapped, server).stream().toList(), now));
            case Input.Gathered _ -> lists.all().forEach(list -> gathered(list, now));
            //= rfc8445#5.1.1.4-3 candidates whose base has gone away are invalid
            case Input.Gone(var base) -> lists.all()
                    .forEach(list -> list.gone(base, now));
            case Input.Remote(int stream, var description) ->
                    on(stream, list -> described(list, description, now));
            case Input.RemoteCandidate(int stream, var candidate) ->
                    on(stream, list -> list.told(candidate, now));
            case Input.RemoteDone(int stream) -> on(stream, list -> list.remoteDone(now));
            case Input.Received(var base, var from, var datagram) ->
                    received(base, from, datagram, now);
            case Input.Unreachable(var base, var to, var why) ->
                    checker.unreachable(base, to, why, now);
            case Input.Restart(int stream) -> on(stream, list -> restart(list, now));
        }
        checker.begin(now);
        return settled(now);
    }

    private void on(int stream, Consumer<Checklist> what) {
        lists.get(stream).ifPresent(what);
    }

    private List<InetSocketAddress> fit(List<InetSocketAddress> addresses) {
        return addresses.stream().filter(one -> HostAddresses.fits(one.getAddress(),
                session.settings.loopback())).toList();
    }

    private void stream(int stream, int components, Instant now) {
        var known = lists.get(stream);
        known.ifPresent(list -> list.shrink(components, now));
        if (known.isPresent() || lists.size() >= STREAMS) return;
        //= rfc8839#4.4.3.1-4 a new stream has a checklist of its own, with nothing in it
        add(new Checklist(session, stream, components,
                new LocalCandidates(session.foundations, false), false));
    }

    private void add(Checklist list) {
        lists.put(list);
        //= rfc8445#10-1 'ice2' is among the options, which the peer is told
        var options = session.settings.trickle() ? List.of(Description.ICE2, Description.TRICKLE)
                : List.of(Description.ICE2);
        //= rfc8445#14.2-2 with the Ta value that is proposed to the peer
        //= rfc8839#4.4.1.1.1-7 and with the same ice-options and ice-pacing in each description
        //= rfc8839#4.4.2.1-3 of an answer, too
        session.out.add(new Output.Described(list.stream(), new Description(list.credentials(),
                false, options, Optional.of(session.settings.ta()))));
    }

    private void remove(int stream) {
        //= rfc8839#4.4.3.1-2,3 no valid pair is left of it, and no transaction in progress
        lists.remove(stream).ifPresent(Checklist::flush);
        previous.remove(stream);
        silence(stream);
    }

    //= rfc8445#11-7 no keepalive any more
    private void silence(int stream) {
        for (var place : consents.keys()) if (place.stream == stream) consents.remove(place);
    }

    private void found(Checklist list, List<Candidate> found, Instant now) {
        //= rfc8838#13-6,8 after the end of candidates none is told any more
        //= rfc8838#13-10 nor after the nomination of a pair
        if (list.gathered() || !list.selected().isEmpty()) return;
        for (var candidate : found) {
            session.out.add(new Output.Local(list.stream(), candidate));
            //= rfc8838#10-1 paired once it has been trickled
            list.paired(candidate, now);
        }
    }

    private void gathered(Checklist list, Instant now) {
        if (list.gathered()) return;
        //= rfc8838#13-1,2,4 the end of candidates, of the session with this username fragment
        //= rfc8838#13-7 with the description, if all is gathered by then
        session.out.add(new Output.LocalDone(list.stream(), list.credentials().ufrag()));
        list.gathered(now);
    }

    private void described(Checklist list, Description description, Instant now) {
        var before = list.remote().map(Description::credentials);
        //= rfc8839#4.4.3.1-5 completed, it remains completed: nothing has changed
        if (before.equals(Optional.of(description.credentials()))) return;
        var current = list;
        //= rfc8839#4.4.3.1-1 other credentials: the peer restarts, and so does this side
        //= rfc8839#4.4.2.1-1 which changes ice-pwd and ice-ufrag
        if (before.isPresent()) current = restart(list, now);
        //= rfc8445#6.1.1-2,5 towards a lite agent a full one is controlling, also one that was full
        if (description.lite()) lists.become(Role.CONTROLLING);
        //= rfc8445#6.1.1-4 a restart changes no role otherwise
        //= rfc8445#9-4 roles are not redetermined by it
        current.described(description, now);
    }

    /// @spec https://www.rfc-editor.org/rfc/rfc8445#section-9 RFC 8445 §9
    //= rfc8445#9-1,2 a restart of the stream is how destinations are changed
    //= rfc8839#4.4.1.1.1-1 of an existing data stream
    private Checklist restart(Checklist list, Instant now) {
        //= rfc8839#4.4.3.1.1-1 remembered: the previous selected pairs, in their consents
        if (!list.selected().isEmpty()) previous.put(list.stream(), list.credentials());
        list.flush();
        session.recount();
        var fresh = new Checklist(session, list.stream(), list.components(), list.locals(),
                list.gathered());
        //= rfc8839#4.4.3.1.1-2 checklist and valid list are flushed, and begun anew
        add(fresh);
        //= rfc8839#4.4.1.1.1-5 the candidates are those that there were before
        for (var candidate : fresh.locals().all())
            session.out.add(new Output.Local(fresh.stream(), candidate));
        if (fresh.gathered()) session.out.add(
                new Output.LocalDone(fresh.stream(), fresh.credentials().ufrag()));
        return fresh;
    }

    private void received(InetSocketAddress base, InetSocketAddress from, Bytes datagram,
            Instant now) {
        //= rfc8445#7-1 the agent is as compliant to STUN as the package of RFC 8489
        //= rfc8445#7.2.4-1 without the cookie it is none: nobody is taken to be of RFC 3489
        //= rfc8445#7.3-7 so there is no compatibility with RFC 3489
        if (!Message.isStun(datagram)) return;
        var message = Fingerprints.parse(datagram, IceAttributes.TABLE);
        if (message.isEmpty()) return;
        switch (message.get().kind()) {
            //= rfc8445#11-13 beside keepalives, which need no response, connectivity checks come
            case REQUEST -> requested(message.get(), base, from, datagram, now);
            case INDICATION -> { }
            case SUCCESS, ERROR -> {
                if (!checker.answered(message.get(), datagram, base, from, now))
                    consent(message.get(), datagram, base, from, now);
            }
        }
    }

    private void requested(Message message, InetSocketAddress base, InetSocketAddress from,
            Bytes datagram, Instant now) {
        var judged = Request.judge(message, datagram, this::credentials);
        judged.refusal().ifPresent(answer -> send(base, from, answer));
        if (judged.request().isEmpty()) return;
        var request = judged.request().get();
        var owner = lists.all().stream()
                .filter(list -> list.credentials().ufrag().equals(request.ours())).findFirst();
        //= rfc8445#7.3-1 on the base of each candidate requests are received
        var local = owner.flatMap(list -> list.locals().base(base));
        //= rfc8445#8.3.1-1 the selected candidates alone are answered from, in the end
        if (owner.isPresent() && owner.get().closed() && owner.get().selected().values().stream()
                .noneMatch(pair -> pair.path().base().equals(base))) return;
        var unknown = message.unknownRequired();
        if (!unknown.isEmpty()) {
            send(base, from, request.error(420, "Unknown Attribute",
                    new Attribute.UnknownAttributes(unknown)));
            return;
        }
        if (!settlesRoles(request)) {
            send(base, from, request.error(487, "Role Conflict"));
            return;
        }
        //= rfc8445#7.3-5 a response immediately, though nothing may be known of the peer
        //= rfc8445#8.1.2-2 and so it goes on for as long as there are pairs
        send(base, from, request.success(from));
        boolean current = owner.flatMap(Checklist::remote).map(Description::credentials)
                .map(theirs -> theirs.ufrag().equals(request.theirs())).orElse(true);
        if (owner.isPresent() && local.isPresent() && current)
            owner.get().heard(local.get(), from, request.priority(), request.nominates(), now);
    }

    /// Whether the roles of both sides differ, if need be after ours has changed.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc8445#section-7.3.1.1 RFC 8445 §7.3.1.1
    private boolean settlesRoles(Request request) {
        //= rfc8445#7.3.1.1-2,3 procedures for ICE-CONTROLLING or ICE-CONTROLLED in a request
        var theirs = session.role() == Role.CONTROLLING ? request.controlling()
                : request.controlled();
        if (theirs.isEmpty()) return true;
        boolean greater = Long.compareUnsigned(session.tiebreaker(), theirs.get()) >= 0;
        //= rfc8445#7.3.1.1¶4 the greater tiebreaker controls; who has it in vain refuses by a 487
        boolean refuses = greater == (session.role() == Role.CONTROLLING);
        //= rfc8445#6.1.1-6 the peer's redetermination of roles is accepted, whatever the reason
        if (!refuses) lists.become(session.role().other());
        return !refuses;
    }

    //= rfc8445#5.3-7 checks are answered from the moment at which candidates are told
    //= rfc8839#4.2.4-1 that is, when they are provided to the peer
    private Optional<Credentials> credentials(String ufrag) {
        return Stream.concat(lists.all().stream().filter(list -> !list.lost())
                        .map(Checklist::credentials),
                previous.values().stream())
                .filter(one -> one.ufrag().equals(ufrag)).findFirst();
    }

    private void send(InetSocketAddress base, InetSocketAddress to, Bytes datagram) {
        session.out.add(new Output.Send(base, to, datagram));
    }

    private Optional<Place> consent(TransactionId id) {
        return consents.find(consent -> consent.awaits(id));
    }

    private void consent(Message answer, Bytes bytes, InetSocketAddress base,
            InetSocketAddress from, Instant now) {
        consent(answer.id()).ifPresent(place -> consents.get(place).filter(consent ->
                answer.kind() == Kind.SUCCESS && base.equals(consent.path().base())
                        && from.equals(consent.path().to()) && consent.signature().proves(bytes))
                .ifPresent(_ -> consents.tell(place, consent -> consent.handle(answer.id(), now),
                        this::consented)));
    }

    private void consented(Place place, Consent consent, List<Consent.Output> said) {
        for (var output : said) switch (output) {
            //= rfc7675#5.1-10,11 consent checks go on during a restart, over whatever transport
            //= rfc8445#11-1,3,4 STUN keepalives of each data session: the question for consent
            //= rfc8839#6-1 more often than a keepalive is asked for
            case Consent.Output.Ask(var id) -> send(consent.path().base(), consent.path().to(),
                    consent.signature().request(id, session.role(), session.tiebreaker(),
                            LocalCandidates.learnedPriority(consent.path().local()), false));
            case Consent.Output.Expired _ -> {
                expired(place.stream, consent.signature().local());
                session.out.add(new Output.ConsentExpired(place.stream, place.component,
                        consent.path()));
            }
        }
    }

    //= rfc7675#5.1-13 the same credentials are not used again after consent is lost
    private void expired(int stream, Credentials lost) {
        previous.remove(stream, lost);
        lists.get(stream).filter(list -> list.credentials().equals(lost))
                .ifPresent(Checklist::lose);
    }

    /// What follows for the session from what has become of the streams.
    private List<Output> settled(Instant now) {
        for (var list : lists.all()) {
            for (var pair : list.fresh()) {
                var place = new Place(list.stream(), pair.component());
                consents.remove(place);
                consents.add(place, new Consent(pair.path(), new Signature(list.credentials(),
                        list.remote().orElseThrow().credentials()), session.random, now));
            }
            if (list.state() == Checklist.State.COMPLETED) previous.remove(list.stream());
        }
        var states = lists.all().stream().map(Checklist::state)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Checklist.State.class)));
        var next = states.contains(Checklist.State.RUNNING) || states.isEmpty() ? State.RUNNING
                //= rfc8445#8.1.2¶7 each checklist has failed: the session has
                //= rfc8445#8.1.2-4,5 without a stream there is nothing to continue it with
                : states.equals(EnumSet.of(Checklist.State.FAILED)) ? State.FAILED
                : State.COMPLETED;
        if (next != state) enter(next);
        return session.out.take();
    }

    private void enter(State state) {
        this.state = state;
        //= rfc8445#11-8 terminated: nothing is kept alive
        if (state == State.FAILED) lists.streams().forEach(this::silence);
        session.out.add(new Output.Entered(0, state));
    }

    @Override public Race race(int stream, int component, InetSocketAddress local,
            InetSocketAddress remote) {
        return lists.get(stream)
                .map(list -> list.race(component, local, remote)).orElse(Race.FAILED);
    }

    @Override public Optional<Path> path(int stream, int component, Instant now) {
        var list = lists.get(stream);
        if (list.isEmpty()) return Optional.empty();
        var place = new Place(stream, component);
        var consent = consents.get(place).map(Consent::path);
        boolean selected = list.get().selected().containsKey(component);
        //= rfc8445#12.1-4 on no pair of a stream that could not produce a selected one
        if (list.get().state() == Checklist.State.FAILED) return Optional.empty();
        //= rfc8445#12.1-2 on the selected pair only, once there is one
        //= rfc7675#5.1-12 after it has expired data need another consent
        if (selected) return consent;
        //= rfc8445#12.1-1 before that on any valid pair, during a restart as before
        //= rfc7675#5.1-1 where nobody has consented nothing is sent
        return consent.or(() -> list.get().path(component, now));
    }
}
