package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.trace.Trace;
import p2psip.std.*;
import p2psip.std.rfc3261.ua.Content;
import p2psip.std.rfc4566.Attribute;
import p2psip.std.rfc4566.SessionDescription;
import p2psip.std.rfc8445.*;
import p2psip.std.rfc8445.SdpReading.Use;
import p2psip.std.rfc8489.Message;
import p2psip.std.rfc8840.Fragment;

/// The way that the sound of a call takes: found by ICE, if both ends know it; else from here to
/// what the peer has described.
///
/// Told what the ports receive it keeps what is not sound (checks, the talk with helpers) and hands
/// on the rest, from whoever has proved to be the peer. It writes what ICE has to say into offers
/// and answers, and reads those of the peer.
final class Ice implements Machine<Ice.Input, Ice.Output> {

    sealed interface Input {
        /// The ports are open: what is known by now of how they are reached can be told, in an
        /// offer of ours or in an answer.
        ///
        /// @param offer that is to be answered
        record Begin(Optional<Peer> offer) implements Input {}

        /// The host tells of the ports, or of a helper's name.
        record Happened(Event event) implements Input {}

        /// What is known by now is told to the peer, in an offer or in an answer.
        record Describe(boolean offers) implements Input {}

        /// What the peer has offered, and is about to be answered; or what it has answered.
        record Described(Peer peer, boolean answer) implements Input {}

        /// What somebody has answered who may not be the one who takes the call.
        record Early(Peer peer) implements Input {}

        /// The call is there for both: what is found later can be told.
        record Established() implements Input {}

        /// The peer has told more of its candidates.
        record Trickled(Bytes fragment) implements Input {}

        /// What has become of what we have told of ours, by [Output.Trickle].
        record Heard(boolean taken) implements Input {}

        /// Begin anew, in the next offer.
        record Restart() implements Input {}

        record Close() implements Input {}
    }

    sealed interface Output {
        record Do(Effect effect) implements Output {}

        record Sound(Arrival arrival) implements Output {}

        /// Where sound goes from now on.
        record Found(Path path) implements Output {}

        /// Each component has its way.
        record Completed() implements Output {}

        /// To be told to the peer within the call, in an INFO.
        record Trickle(Content fragment) implements Output {}

        /// Something was found after the last offer or answer, and without it there is no way yet:
        /// another offer has to say so.
        record Late() implements Output {}

        /// The peer wants nothing any more where it was sent to.
        record Lost(String why) implements Output {}

        /// There is no way at all.
        record NoWay(String why) implements Output {}

        record Note(Trace.What what) implements Output {}
    }

    /// A datagram that is no STUN of ICE's.
    ///
    /// @param rtp    whether it came to the port of sound, not to that of its control
    /// @param at     our address, or that of a relay
    /// @param proved whether the peer has shown to be at that address
    record Arrival(boolean rtp, InetSocketAddress at, InetSocketAddress from, Bytes bytes,
            boolean proved) {}

    /// From where to where something goes.
    record Leg(InetSocketAddress from, InetSocketAddress to) {}

    /// What the peer has said of the stream.
    ///
    /// @param mid   the tag of the stream
    /// @param muxed whether its control may come by the port of the sound itself
    /// @param defaults where it goes without ICE, by component
    record Peer(SdpReading reading, Optional<String> mid, boolean muxed,
            Map<Integer, InetSocketAddress> defaults) {
        boolean trickles() {
            return reading.description().filter(Description::trickles).isPresent();
        }
    }

    static final int STREAM = 1, RTP = 1, RTCP = 2;

    /// The stream that ICE is for; others go without it.
    static final String SOUND = "audio";

    /// How many candidates of the peer are looked at.
    private static final int KNOWN = 256;

    private static final String MUX = "rtcp-mux";

    /// How long the checks of what is known have time before another offer says what was found
    /// late, to a peer that can be told in no other way.
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Helpers helpers;
    private final Settings settings;
    private final RandomGenerator random;
    private final Stock stock;
    private final Gatherer gatherer;
    private final Outbox<Output> out = new Outbox<>();
    private Optional<Agent> agent = Optional.empty();
    private List<InetSocketAddress> ports = List.of();
    private Optional<Description> ours = Optional.empty(), theirs = Optional.empty();
    /// The peer's candidates, as it has told them.
    private final Set<Candidate> known = new LinkedHashSet<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final SortedMap<Integer, Path> selected = new TreeMap<>();
    private Optional<Peer> peer = Optional.empty();
    private final Trickle trickle;
    /// When another offer is to say what was found late.
    private Instant late = Instant.MAX;
    /// Whether ICE is offered or agreed for the stream, or why it is not.
    private Use use;
    private boolean muxed, closed, plainly, lost;
    /// Whether both have spoken ICE ever, and whether the peer has stopped to do so.
    private boolean spoken, interrupted;

    Ice(Stock stock, RandomGenerator random) {
        this.stock = stock;
        helpers = stock.helpers();
        this.random = random;
        gatherer = stock.gatherer();
        trickle = new Trickle(helpers.on() && !helpers.all().isEmpty());
        var plain = trickle.on() ? Settings.DEFAULT : Settings.DEFAULT.withoutTrickle();
        settings = stock.address().isLoopbackAddress() ? plain.withLoopback() : plain;
        use = helpers.on() ? Use.ICE : Use.NONE;
    }

    /// Whether RTCP takes the port of RTP.
    boolean muxed() { return muxed; }

    /// Whether both ends use it.
    boolean agreed() { return use == Use.ICE && theirs.isPresent(); }

    @Override public Instant deadline() {
        var due = agent.filter(_ -> !closed && use == Use.ICE).map(Agent::deadline)
                .orElse(Instant.MAX);
        return Collections.min(List.of(due, gatherer.deadline(), late));
    }

    @Override public List<Output> wake(Instant now) {
        gathered(gatherer.wake(now), now);
        if (use == Use.ICE && !closed) agent.filter(one -> !one.deadline().isAfter(now))
                .ifPresent(one -> said(one.wake(now), now));
        tell(now);
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Begin(var offer) -> begin(offer, now);
            case Input.Happened(Event.Datagram(var id, var at, var from, var bytes)) ->
                    received(id.child() + RTP, at, from, bytes, now);
            case Input.Happened(Event.Resolved event) ->
                    gathered(gatherer.resolved(event, now), now);
            case Input.Happened _ -> { }
            case Input.Describe(boolean offers) -> describe(offers, now);
            case Input.Described(var said, boolean answer) -> described(said, answer, now);
            case Input.Early(var said) -> plainly = said.reading.use() != Use.ICE;
            case Input.Established _ -> trickle.established();
            case Input.Trickled(var fragment) -> trickled(fragment, now);
            case Input.Heard(boolean taken) -> trickle.heard(taken);
            case Input.Restart _ -> agent.filter(_ -> agreed()).ifPresent(one ->
                    said(one.handle(new Agent.Input.Restart(STREAM), now), now));
            case Input.Close _ -> {
                closed = true;
                late = Instant.MAX;
                gathered(gatherer.close(now), now);
            }
        }
        tell(now);
        return out.take();
    }

    private void begin(Optional<Peer> offer, Instant now) {
        offer.ifPresent(said -> trickle.met(said.trickles(), said.mid));
        ports = List.of(stock.ports().rtp(), stock.ports().rtcp());
        if (use == Use.NONE) return;
        //= rfc8445#6.1.1-1 the offerer is the initiating agent, and controlling
        var made = new FullAgent(offer.isEmpty(), settings, helpers.pacer(), random);
        agent = Optional.of(made);
        said(made.handle(new Agent.Input.Stream(STREAM, ports.size()), now), now);
        for (int component = RTP; component <= ports.size(); component++)
            said(made.handle(new Agent.Input.Host(STREAM, component,
                    List.of(ports.get(component - 1))), now), now);
        gathered(stock.begin(now), now);
    }

    /// Says what the last offer or answer did not say.
    private void tell(Instant now) {
        if (closed || completed() || !trickle.news(candidates)) {
            late = Instant.MAX;
            return;
        }
        if (use == Use.ICE && trickle.agreed()) {
            late = Instant.MAX;
            //= rfc8840#4-4 additional candidates go in an INFO within the dialog
            if (trickle.free()) out.add(new Output.Trickle(new Content(Fragment.MEDIA_TYPE,
                    Bytes.utf8(trickle.tell(ours.orElseThrow(), candidates)))));
        } else if (trickle.live() && gatherer.over()) tellLate(now);
    }

    private void tellLate(Instant now) {
        //  without checks there is nothing to wait for
        if (late.equals(Instant.MAX)) late = use == Use.ICE ? now.plus(PATIENCE) : now;
        if (late.isAfter(now)) return;
        late = Instant.MAX;
        trickle.said(candidates);
        out.add(new Output.Late());
    }

    /// Candidates of the peer, or their end, beyond what its descriptions have said.
    //= rfc8840#4.1.2-1 which may come trickled after an offer
    //= rfc8840#4-5 in INFO requests of the same dialog
    private void trickled(Bytes fragment, Instant now) {
        if (use != Use.ICE || theirs.isEmpty() || agent.isEmpty()) return;
        try {
            var section = trickle.mid(true).map(Fragment.parse(fragment).sections()::get);
            if (section.isEmpty()) return;
            section.get().remarks().forEach(remark -> note(remark, "rfc8839#4.2.5"));
            for (var input : Fragment.news(section.get(), STREAM, theirs.get(), known))
                if (!(input instanceof Agent.Input.RemoteCandidate(_, var one))
                        || known.size() < KNOWN && known.add(one))
                    said(agent.get().handle(input, now), now);
        } catch (SyntaxException e) {
            note("candidates passed over: " + e.getMessage(), "rfc8840#9.2");
        }
    }

    private void describe(boolean offers, Instant now) {
        if (!offers || !interrupted) return;
        //= rfc8839#4.4.3.1-7 after an answer without ICE a new offer restarts it
        interrupted = false;
        use = Use.ICE;
        said(agent.orElseThrow().handle(new Agent.Input.Restart(STREAM), now), now);
    }

    /// What the peer says decides whether ICE is used. Once it does not speak it, it is not offered
    /// any more; if it did before, somebody else may have spoken.
    private void described(Peer said, boolean answer, Instant now) {
        peer = Optional.of(said);
        trickle.met(said.trickles(), said.mid);
        boolean offered = muxed || use == Use.ICE && theirs.isEmpty();
        if (interrupted && said.reading.use() == Use.ICE) {
            interrupted = false;
            use = Use.ICE;
        }
        //= rfc8839#4.3.2-7 ICE is not used with an offer that does not know it
        if (use == Use.ICE && said.reading.use() != Use.ICE) {
            use = said.reading.use();
            interrupted = spoken;
            //= rfc8839#4.4.3.1-6 the dialog goes on without ICE, as RFC 3264 has it
            plainly = lost = true;
            theirs = Optional.empty();
            note(switch (use) {
                case NONE, ICE -> "the peer does not speak ICE";
                case MISMATCH_TOLD -> "no ICE: the peer found our address changed";
                case MISMATCH_FOUND -> "no ICE: the peer's address was changed on the way";
            }, "rfc8839#4.3.3");
        }
        // RFC 5761 §5.1.1: one port for both if the one has offered it and the other taken it
        muxed = said.muxed && (answer ? offered : muxed || use == Use.ICE);
        said.reading.remarks().forEach(remark -> note(remark, "rfc8839#4.2.5"));
        if (use == Use.ICE) check(said.reading, now);
        else letIn(said, now);
    }

    private void check(SdpReading reading, Instant now) {
        var one = agent.orElseThrow();
        //= rfc8839#5.1-2 a name such as NAME.local is nobody's address here: passed over
        for (var named : reading.named()) note("candidate passed over: " + named.host(),
                "rfc8839#5.1");
        if (muxed) said(one.handle(new Agent.Input.Stream(STREAM, RTP), now), now);
        if (muxed) candidates.removeIf(candidate -> candidate.component() == RTCP);
        if (theirs.equals(reading.description())) return;
        theirs = reading.description();
        spoken = true;
        known.clear();
        known.addAll(reading.candidates());
        for (var input : reading.inputs(STREAM)) said(one.handle(input, now), now);
    }

    /// Whoever does not know ICE sends to the default destination: where that is lent, its sender
    /// is let in.
    private void letIn(Peer said, Instant now) {
        said.defaults.forEach((component, to) -> fallback(component).ifPresent(base ->
                gathered(gatherer.permit(base, to.getAddress(), now), now)));
    }

    private void note(String text, String citation) {
        out.add(new Output.Note(new Trace.What.Remark(Trace.Subject.MEDIA, text, citation)));
    }

    private void gathered(List<Gatherer.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Gatherer.Output.Do(var effect) -> out.add(new Output.Do(effect));
            //  a second port of which both have agreed by now that it is not used
            case Gatherer.Output.Found(Agent.Input.Relayed(_, int component, var relayed, _, _))
                    when muxed && component == RTCP ->
                    gathered(gatherer.giveBack(relayed, now), now);
            case Gatherer.Output.Found(Agent.Input.Reflexive(_, int component, _, _, _))
                    when muxed && component == RTCP -> { }
            case Gatherer.Output.Found(var candidate) -> agent.ifPresent(one ->
                    said(one.handle(candidate, now), now));
            case Gatherer.Output.Data(var relayed, var from, var data) ->
                    arrived(component(relayed), relayed, from, data, now);
            case Gatherer.Output.Gone(var relayed) -> agent.ifPresent(one ->
                    said(one.handle(new Agent.Input.Gone(relayed), now), now));
            case Gatherer.Output.Done _ -> agent.ifPresent(one ->
                    said(one.handle(new Agent.Input.Gathered(), now), now));
            case Gatherer.Output.Remark(var text) -> note(text, "");
        }
    }

    private int component(InetSocketAddress base) {
        return candidates.stream().filter(one -> one.base().equals(base)).findFirst()
                .map(Candidate::component).orElse(RTP);
    }

    private void received(int component, InetSocketAddress at, InetSocketAddress from, Bytes bytes,
            Instant now) {
        if (use == Use.NONE && agent.isEmpty()) {
            out.add(new Output.Sound(new Arrival(component == RTP, at, from, bytes, false)));
            return;
        }
        boolean lender = gatherer.received(at, from, bytes, now);
        gathered(gatherer.take(), now);
        if (!lender) arrived(component, at, from, bytes, now);
    }

    private void arrived(int component, InetSocketAddress at, InetSocketAddress from, Bytes bytes,
            Instant now) {
        // STUN and sound come to the same port: RFC 7983 tells them apart by the first byte
        if (use == Use.ICE && Message.isStun(bytes)) {
            agent.ifPresent(one ->
                    said(one.handle(new Agent.Input.Received(at, from, bytes), now), now));
            return;
        }
        boolean proved = proved(component, at, from, now);
        if (agreed() && !proved) return;
        boolean rtp = component == RTP && !(muxed && isControl(bytes));
        out.add(new Output.Sound(new Arrival(rtp, at, from, bytes, proved)));
    }

    /// Whether the second byte is the type of a report: RFC 5761 §4.
    private static boolean isControl(Bytes bytes) {
        return bytes.size() > 1 && (bytes.at(1) & 0xff) >= 192 && (bytes.at(1) & 0xff) <= 223;
    }

    /// Whether the peer has shown, by a check that was signed, to be there.
    private boolean proved(int component, InetSocketAddress at, InetSocketAddress from,
            Instant now) {
        if (!agreed()) return false;
        var one = agent.orElseThrow();
        return one.path(STREAM, component, now).filter(path ->
                        path.base().equals(at) && path.to().equals(from)).isPresent()
                || one.records().stream().anyMatch(record -> record.local().base().equals(at)
                        && record.remote().address().equals(from)
                        && record.heard() + record.answers() > 0);
    }

    private void said(List<Agent.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Agent.Output.Described(_, var description) -> {
                ours = Optional.of(description);
                trickle.begin();
                candidates.clear();
                selected.clear();
            }
            case Agent.Output.Local(_, var candidate) -> candidates.add(candidate);
            case Agent.Output.LocalDone _ -> trickle.done();
            case Agent.Output.Send(var base, var to, var datagram) ->
                    gathered(gatherer.send(base, to, datagram, now), now);
            case Agent.Output.Permit(var relayed, var to) ->
                    gathered(gatherer.permit(relayed, to.getAddress(), now), now);
            case Agent.Output.Selected(_, int component, var path) -> {
                selected.put(component, path);
                lost = false;
                if (component == RTP) out.add(new Output.Found(path));
            }
            case Agent.Output.Free(_, var base) -> free(base, now);
            case Agent.Output.ConsentExpired(_, _, var path) -> {
                if (!lost) out.add(new Output.Lost("no word from " + path.remote() + " for 30 s"));
                lost = true;
            }
            case Agent.Output.Failed(_, var why) -> out.add(new Output.NoWay(why));
            case Agent.Output.Entered(_, var state) -> {
                out.add(new Output.Note(new Trace.What.State("ICE", state)));
                if (state == Agent.State.COMPLETED) {
                    gathered(gatherer.conclude(now), now);
                    out.add(new Output.Completed());
                }
            }
            case Agent.Output.Remark(var text) -> note(text, "");
        }
    }

    /// An address that was lent and is not used is given back; the ports stay.
    private void free(InetSocketAddress base, Instant now) {
        if (!gatherer.lends(base)) return;
        gathered(gatherer.giveBack(base, now), now);
        agent.ifPresent(one -> said(one.handle(new Agent.Input.Gone(base), now), now));
        candidates.removeIf(one -> one.base().equals(base));
    }

    /// What becomes of a datagram of ours; nothing while no way is known.
    ///
    /// @param described where the peer takes it, by what it has described
    Optional<Leg> leg(boolean rtp, InetSocketAddress described, Instant now) {
        int component = rtp || muxed ? RTP : RTCP;
        if (use != Use.ICE || theirs.isEmpty() && plainly) return Optional.of(new Leg(
                fallback(component).orElse(ports.get(component - 1)),
                muxed ? peer.map(one -> one.defaults.get(RTP)).orElse(described) : described));
        //= rfc8839#7.1.1-6 nothing is transmitted before there is a valid pair
        return agent.flatMap(one -> one.path(STREAM, component, now))
                .map(path -> new Leg(path.base(), path.to()));
    }

    /// From where is sent to who does not know ICE: where it sends to as well.
    private Optional<InetSocketAddress> fallback(int component) {
        return agent.isEmpty() ? Optional.empty() : candidates.stream()
                .filter(one -> one.component() == component && gatherer.lends(one.base()))
                .map(Candidate::base).findFirst();
    }

    /// Sends on such a leg.
    List<Output> send(Leg leg, Bytes datagram, Instant now) {
        if (agent.isEmpty()) return List.of(new Output.Do(
                new Effect.Datagram(leg.from, leg.to, datagram)));
        gathered(gatherer.send(leg.from, leg.to, datagram, now), now);
        return out.take();
    }

    /// An offer or an answer with what ICE has to say in it.
    SessionDescription describe(SessionDescription plain, boolean offers) {
        if (ours.isEmpty()) return plain;
        //= rfc8840#3.2-1 candidates that were told in an INFO are in the next offer or answer
        //= rfc8840#4.1.1-1 encoded as in any offer
        //= rfc8840#4.1.3-1 or in any answer
        var section = section(offers);
        trickle.said(candidates);
        var described = plain.withMedia(plain.media().stream().map(media -> media.port() == 0
                || !media.type().equals(SOUND) ? media : describe(media, section, offers))
                .toList());
        return use == Use.ICE ? described.withAttributes(SdpSection.session(ours.get()))
                : described;
    }

    private p2psip.std.rfc4566.Media describe(p2psip.std.rfc4566.Media plain, SdpSection section,
            boolean offers) {
        boolean seen = candidates.stream().anyMatch(one -> one.type() != CandidateType.HOST);
        var media = use == Use.ICE || seen ? section.into(plain) : plain;
        var described = switch (use) {
            case ICE -> media;
            //= rfc8839#4.2.5-2 the answer says that the default destination was changed
            case MISMATCH_FOUND -> offers ? SdpSection.none(media) : SdpSection.mismatch(media);
            case NONE, MISMATCH_TOLD -> SdpSection.none(media);
        };
        var tagged = trickle.mid(offers).filter(_ -> use == Use.ICE).map(mid ->
                with(described, new Attribute(Fragment.MID, mid))).orElse(described);
        return muxed || use == Use.ICE && offers && theirs.isEmpty()
                ? with(tagged, Attribute.flag(MUX)) : tagged;
    }

    /// After all other lines: whoever does not know `rtcp-mux` finds the port of RTCP by `rtcp`.
    private static p2psip.std.rfc4566.Media with(
            p2psip.std.rfc4566.Media media, Attribute attribute) {
        var all = new ArrayList<>(media.attributes());
        all.removeIf(one -> one.name().equals(attribute.name()));
        all.add(attribute);
        return new p2psip.std.rfc4566.Media(media.type(), media.port(), media.ports(),
                media.proto(), media.formats(), media.information(), media.connections(),
                media.bandwidths(), media.key(), all);
    }

    private SdpSection section(boolean offers) {
        var description = ours.orElseThrow();
        var wanted = peer.filter(_ -> !offers && use == Use.ICE)
                .map(one -> one.reading.remoteCandidates()).orElse(new TreeMap<>());
        //= rfc8839#4.4.2-5 a candidate of ours for each that the offer says was selected
        if (!wanted.isEmpty() && race(peer.orElseThrow()) == Agent.Race.WON)
            return SdpSection.running(description, wanted.entrySet().stream()
                    .flatMap(one -> local(one.getKey(), one.getValue()).stream()).toList(), false);
        if (!completed()) return SdpSection.running(description, candidates, trickle.ends());
        return SdpSection.completed(description, selected,
                offers && agent.orElseThrow().role() == Role.CONTROLLING);
    }

    private boolean completed() {
        return agent.filter(one -> one.state() == Agent.State.COMPLETED).isPresent()
                && selected.size() == (muxed ? 1 : 2);
    }

    private Optional<Candidate> local(int component, InetSocketAddress address) {
        return Stream.concat(candidates.stream(), selected.values().stream().map(Path::local))
                .filter(one -> one.component() == component && one.address().equals(address))
                .findFirst();
    }

    /// Whether what the peer says that it has selected is known to work here, by now.
    Agent.Race race(Peer said) {
        if (!agreed()) return Agent.Race.WON;
        var all = EnumSet.noneOf(Agent.Race.class);
        said.reading.remoteCandidates().forEach((component, local) ->
                Optional.ofNullable(said.defaults.get(component)).ifPresent(remote ->
                        all.add(agent.orElseThrow().race(STREAM, component, local, remote))));
        return all.contains(Agent.Race.FAILED) ? Agent.Race.FAILED
                : all.contains(Agent.Race.WAIT) ? Agent.Race.WAIT : Agent.Race.WON;
    }

    /// Whether a later description of the peer's may not say what it says.
    boolean forbids(Peer later) {
        return agreed() && later.reading.description().filter(description ->
                theirs.orElseThrow().change(description) == Description.Change.FORBIDDEN)
                .isPresent();
    }

    /// Whether the peer has to be told by another offer what was selected: it goes by the default
    /// destinations, which are others.
    ///
    /// @param local  what we have said last
    boolean owes(Map<Integer, InetSocketAddress> local) {
        //= rfc8839#4.3.4-1 no `ice2` and another pair than the default: a subsequent offer
        return completed() && agent.orElseThrow().role() == Role.CONTROLLING
                && theirs.filter(one -> !one.options().contains(Description.ICE2)).isPresent()
                && selected.entrySet().stream().anyMatch(one ->
                        !one.getValue().local().address().equals(local.get(one.getKey()))
                        || !one.getValue().to().equals(peer.map(Peer::defaults)
                                .map(all -> all.get(one.getKey())).orElse(null)));
    }
}
