package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.voip.Helpers.Helper;
import p2psip.std.*;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc8445.*;

/// Asks the helpers of a phone by which addresses a call can be reached, from its own ports; what
/// they have lent goes on through here.
///
/// What each has to say is told when it comes. After [Helpers#BOUND] no more is said to come.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-5.1.1.2 RFC 8445 §5.1.1.2
final class Gatherer {
    /// Allocation Quota Reached and Insufficient Capacity.
    private static final Set<Integer> FULL = Set.of(486, 508);

    /// The first child of the ids by which names are looked up.
    static final int NAMES = 1 << 16;

    sealed interface Output {
        record Do(Effect effect) implements Output {}

        /// An address, for the agent.
        record Found(Agent.Input candidate) implements Output {}

        /// What came through a relay.
        record Data(InetSocketAddress relayed, InetSocketAddress from, Bytes data)
                implements Output {}

        record Gone(InetSocketAddress relayed) implements Output {}

        /// No more is looked for.
        record Done() implements Output {}

        record Remark(String text) implements Output {}
    }

    private final long call;
    private final Helpers helpers;
    private final RandomGenerator random;
    private final Relays relays;
    private final Machines<Integer, Gathering> gatherings =
            new Machines<>(IceOptions.SERVERS);
    private final Map<Relays.Place, Integer> borrowed = new LinkedHashMap<>();
    /// For which components each helper has answered yet, unless it is of no help.
    private final Map<Integer, Set<Integer>> answers = new TreeMap<>();
    private final Outbox<Output> out = new Outbox<>();
    private List<InetSocketAddress> ports = List.of();
    private Instant end = Instant.MAX;
    private boolean over, closed;

    /// @param call the number of the sockets
    Gatherer(long call, Helpers helpers, RandomGenerator random) {
        this.call = call;
        this.helpers = helpers;
        this.random = random;
        this.relays = new Relays(random);
    }

    /// @param ports of RTP, then of RTCP: the components 1 and 2
    List<Output> begin(List<InetSocketAddress> ports, Instant now) {
        this.ports = ports;
        end = now.plus(Helpers.BOUND);
        for (int i = 0; i < helpers.all().size(); i++) {
            int number = i;
            answers.put(number, new TreeSet<>());
            var host = helpers.all().get(number).host();
            HostName.literal(host).ifPresentOrElse(
                    address -> ask(number, List.of(address), now),
                    () -> out.add(new Output.Do(new Effect.Resolve(
                            new Id(Id.Part.MEDIA, NAMES + number, call), host))));
        }
        settle(now);
        return out.take();
    }

    boolean begun() { return !ports.isEmpty(); }

    /// Sees whether all is known by now.
    private void settle(Instant now) {
        boolean all = answers.values().stream().allMatch(this::whole);
        if (over || !all && end.isAfter(now)) return;
        over = true;
        end = Instant.MAX;
        out.add(new Output.Done());
    }

    /// Whether no more is looked for.
    boolean over() { return over; }

    /// Whether each helper has helped.
    boolean whole() {
        return answers.size() == helpers.all().size()
                && answers.values().stream().allMatch(this::whole);
    }

    private boolean whole(Set<Integer> components) { return components.size() == ports.size(); }

    /// A path was found: what the servers have seen need not be kept alive any more.
    List<Output> conclude(Instant now) {
        for (var number : gatherings.keys()) gatherings.tell(number, one -> one.handle(
                new Gathering.Input.Concluded(), now), (key, _, said) -> said(key, said, now));
        return out.take();
    }

    Instant deadline() {
        if (closed) return relays.deadline();
        return Collections.min(List.of(end, relays.deadline(), gatherings.deadline()));
    }

    List<Output> wake(Instant now) {
        if (!closed) gatherings.wake(now, one -> one.wake(now),
                (key, _, said) -> said(key, said, now));
        relayed(relays.wake(now), now);
        if (!closed) settle(now);
        return out.take();
    }

    /// The name of a helper has addresses, or has none.
    List<Output> resolved(Event.Resolved event, Instant now) {
        ask(event.id().child() - NAMES, event.addresses(), now);
        settle(now);
        return out.take();
    }

    private void ask(int number, List<InetAddress> addresses, Instant now) {
        var helper = helpers.all().get(number);
        var local = ports.getFirst().getAddress();
        var server = addresses.stream().filter(one ->
                        one instanceof Inet6Address == local instanceof Inet6Address).findFirst()
                .map(one -> new InetSocketAddress(one, helper.port()));
        if (server.isEmpty()) {
            answers.remove(number);
            remark(helper, "it has no address that can be asked from here");
            return;
        }
        if (helper.turn().isPresent()) for (var port : ports) {
            var place = new Relays.Place(port, server.get());
            borrowed.put(place, number);
            relayed(relays.borrow(place, helper.turn().get(), now), now);
        } else ask(number, server.get(), now);
    }

    private void ask(int number, InetSocketAddress server, Instant now) {
        var questions = IntStream.rangeClosed(1, ports.size()).mapToObj(component ->
                new Gathering.Question(Ice.STREAM, component, ports.get(component - 1),
                        server)).toList();
        if (gatherings.add(number, new Gathering(questions, Settings.DEFAULT, Helpers.BOUND,
                helpers.pacer(), random)))
            gatherings.tell(number, one -> one.wake(now), (key, _, said) -> said(key, said, now));
    }

    private void remark(Helper helper, String why) {
        out.add(new Output.Remark((helper.turn().isPresent() ? "turn:" : "stun:") + helper.host()
                + ":" + helper.port() + " does not help: " + why));
    }

    private void answered(int number, int component) {
        Optional.ofNullable(answers.get(number)).ifPresent(all -> all.add(component));
    }

    private void said(int number, List<Gathering.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Gathering.Output.Send(var base, var to, var datagram) ->
                    out.add(new Output.Do(new Effect.Datagram(base, to, datagram)));
            case Gathering.Output.Found(var candidate) -> {
                answered(number, candidate.component());
                out.add(new Output.Found(candidate));
            }
            case Gathering.Output.Failed(_, var why) -> {
                answers.remove(number);
                remark(helpers.all().get(number), why);
            }
            case Gathering.Output.Done _ -> { }
        }
    }

    private void relayed(List<Relays.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Relays.Output.Do(var effect) -> out.add(new Output.Do(effect));
            case Relays.Output.Lent(var place, var relayed, var mapped) -> {
                int component = ports.indexOf(place.local()) + 1;
                answered(borrowed.get(place), component);
                out.add(new Output.Found(new Agent.Input.Reflexive(Ice.STREAM, component, mapped,
                        place.local(), place.server())));
                out.add(new Output.Found(new Agent.Input.Relayed(Ice.STREAM, component, relayed,
                        mapped, place.server())));
            }
            case Relays.Output.NotLent(var place, int code, var why) -> {
                int number = borrowed.get(place);
                //= rfc8445#5.1.1.2-8 without resources to lend it is asked by a Binding request
                if (FULL.contains(code)) ask(number, place.server(), now);
                else if (answers.remove(number) != null) remark(helpers.all().get(number),
                        code == 0 ? why : code + " " + why);
            }
            case Relays.Output.Data(var relayed, var from, var data) ->
                    out.add(new Output.Data(relayed, from, data));
            case Relays.Output.Gone(var relayed, _) -> out.add(new Output.Gone(relayed));
        }
    }

    /// A datagram at one of the ports; answers whether it was from a server that lends addresses.
    boolean received(InetSocketAddress local, InetSocketAddress from, Bytes datagram,
            Instant now) {
        for (var number : gatherings.keys()) gatherings.tell(number, one -> one.handle(
                new Gathering.Input.Received(local, from, datagram), now),
                (key, _, said) -> said(key, said, now));
        boolean lender = relays.isFrom(local, from);
        if (lender) relayed(relays.received(local, from, datagram, now), now);
        if (!closed) settle(now);
        return lender;
    }

    List<Output> take() { return out.take(); }

    boolean lends(InetSocketAddress base) { return relays.lends(base); }

    /// From one of the ports, or from what was lent.
    List<Output> send(InetSocketAddress base, InetSocketAddress to, Bytes datagram, Instant now) {
        if (!relays.lends(base))
            return List.of(new Output.Do(new Effect.Datagram(base, to, datagram)));
        relayed(relays.send(base, to, datagram, now), now);
        return out.take();
    }

    List<Output> permit(InetSocketAddress relayed, InetAddress peer, Instant now) {
        relayed(relays.permit(relayed, peer, now), now);
        return out.take();
    }

    List<Output> giveBack(InetSocketAddress relayed, Instant now) {
        relayed(relays.giveBack(relayed, now), now);
        return out.take();
    }

    List<Output> close(Instant now) {
        closed = true;
        relayed(relays.close(now), now);
        return out.take();
    }
}
