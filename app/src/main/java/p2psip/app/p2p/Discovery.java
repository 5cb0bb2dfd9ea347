package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.*;

/// Finds super-nodes, by asking the multicast group and by a list of places; and lets this one be
/// found, once it is a super-node itself.
///
/// A question to the group is answered to the group, after a random wait and only by those who have
/// not heard enough answers of others meanwhile. Super-nodes also say from time to time that they
/// are there, so that rings that could not hear each other at first become one.
final class Discovery implements Machine<Discovery.Input, Discovery.Output> {

    sealed interface Input {

        /// Look for super-nodes, or stop: there is one.
        record Seek(boolean seek) implements Input {}

        /// Whether this node is a super-node from now on.
        record Serve(boolean serve) implements Input {}

        /// A datagram to the group.
        record Heard(InetSocketAddress remote, Packet packet) implements Input {}

        record Resolved(long id, List<InetAddress> addresses) implements Input {}

        /// The node was invited: super-nodes are at these places from now on, and nowhere else. Of
        /// the group nobody is asked or believed any more.
        record Invited(List<Place> places) implements Input {}
    }

    sealed interface Output {

        /// Say this to the group.
        record Say(Packet packet) implements Output {}

        record Resolve(long id, String name) implements Output {}

        /// Perhaps a super-node is here: from the list.
        ///
        /// @param id who is to be there
        record Try(InetSocketAddress address, Optional<NodeId> id) implements Output {}

        /// A place of the list has no address.
        record Nowhere(Place place) implements Output {}

        /// Perhaps this is a super-node: it, or somebody, says so.
        record Found(Peer peer) implements Output {}
    }

    /// The wait between the first two questions; it doubles with each.
    static final Duration FIRST = Duration.ofMillis(500);

    /// The longest wait between two questions while there is nobody; who is content asks only the
    /// list, as rarely as [#CONTENT].
    static final Duration LONGEST = Duration.ofSeconds(30), CONTENT = Duration.ofSeconds(60);

    /// An answer to the group waits at most this long for those of others.
    static final Duration ANSWER = Duration.ofMillis(300);

    /// So many answers of others are enough.
    static final int ENOUGH = 2;

    /// How often a super-node says that it is there, if it hears no others.
    static final Duration ANNOUNCE = Duration.ofSeconds(20);

    /// The longest wait between two announcements, however many others are heard.
    static final Duration SELDOM = Duration.ofMinutes(5);

    private enum State { IDLE, SEEKING, CONTENT }

    private enum Timer { ASK, ANSWER, ANNOUNCE }

    private final Peer self;
    private final RandomGenerator random;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private State state = State.IDLE;
    private Duration wait = FIRST;
    private List<Place> places;
    private boolean serving, invited;
    private int answers, announcements;

    Discovery(Peer self, List<Place> places, RandomGenerator random) {
        this.self = self;
        this.places = List.copyOf(places);
        this.random = random;
    }

    @Override public Instant deadline() { return timers.deadline(); }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Seek(var seek) -> enter(seek ? State.SEEKING : State.CONTENT, now);
            case Input.Serve(var serve) -> {
                serving = serve;
                if (serve) timers.set(Timer.ANNOUNCE, now);
                else timers.stop(Timer.ANNOUNCE);
            }
            case Input.Invited(var others) -> {
                places = List.copyOf(others);
                invited = true;
                enter(State.SEEKING, now);
            }
            case Input.Heard(var remote, var packet) -> {
                return heard(remote, packet, now);
            }
            case Input.Resolved(var id, var addresses) -> {
                if (id < 0 || id >= places.size()) return List.of();
                var place = places.get((int) id);
                return addresses.isEmpty() ? List.of(new Output.Nowhere(place))
                        : addresses.stream().<Output>map(ip -> new Output.Try(
                                new InetSocketAddress(ip, place.port()), place.id())).toList();
            }
        }
        return wake(now);
    }

    /// What it answers to others, and says of itself, goes on in any state.
    private void enter(State next, Instant now) {
        state = next;
        wait = FIRST;
        switch (next) {
            case IDLE -> timers.stop(Timer.ASK);
            case SEEKING -> timers.set(Timer.ASK, now);
            case CONTENT -> timers.set(Timer.ASK, now.plus(about(CONTENT)));
        }
    }

    @Override public List<Output> wake(Instant now) {
        var out = new ArrayList<Output>();
        for (var timer : timers.fired(now))
            switch (timer) {
                case ASK -> {
                    boolean seeking = state == State.SEEKING;
                    if (seeking && !invited)
                        out.add(new Output.Say(new Packet.Discover(self, serving)));
                    for (int i = 0; i < places.size(); i++) out.add(ask(i));
                    timers.set(Timer.ASK, now.plus(about(seeking ? wait : CONTENT)));
                    var twice = wait.multipliedBy(2);
                    wait = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
                }
                case ANSWER -> {
                    if (serving && answers < ENOUGH)
                        out.add(new Output.Say(new Packet.Found(self)));
                }
                case ANNOUNCE -> {
                    out.add(new Output.Say(new Packet.Found(self)));
                    var next = about(ANNOUNCE.multipliedBy(1 + announcements));
                    timers.set(Timer.ANNOUNCE,
                            now.plus(next.compareTo(SELDOM) < 0 ? next : SELDOM));
                    announcements = 0;
                }
            }
        return out;
    }

    private Output ask(int place) {
        var there = places.get(place);
        return there.literal().<Output>map(ip ->
                        new Output.Try(new InetSocketAddress(ip, there.port()), there.id()))
                .orElseGet(() -> new Output.Resolve(place, there.host()));
    }

    private List<Output> heard(InetSocketAddress remote, Packet packet, Instant now) {
        return switch (packet) {
            case Packet.Discover(var asker, _) -> {
                if (serving && !asker.id().equals(self.id()) && !timers.isSet(Timer.ANSWER)) {
                    answers = 0;
                    timers.set(Timer.ANSWER,
                            now.plusNanos((long) (random.nextDouble() * ANSWER.toNanos())));
                }
                yield List.of();
            }
            case Packet.Found(var node) when !invited && !node.id().equals(self.id()) -> {
                answers++;
                announcements++;
                yield List.of(new Output.Found(new Peer(node.id(),
                        Sessions.reach(node.address(), remote))));
            }
            case Packet.Found _, Packet.Data _, Packet.Hello _, Packet.Cookie _, Packet.Init _,
                    Packet.Accept _, Packet.Unknown _ -> List.of();
        };
    }

    /// From half to one and a half of it.
    private Duration about(Duration span) {
        return Duration.ofNanos((long) (span.toNanos() * (0.5 + random.nextDouble())));
    }
}
