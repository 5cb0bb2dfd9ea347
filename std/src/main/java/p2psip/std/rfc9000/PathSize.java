package p2psip.std.rfc9000;

import module java.base;
import p2psip.std.*;

/// How large a datagram one path carries, found by trying (DPLPMTUD): a probe that is larger than
/// what is known to pass, one at a time; what is acknowledged passes.
///
/// It begins with what every path carries, and tries the next size of a few that occur. One that
/// was lost [#TRIES] times is too large: losses happen, and one alone says nothing of the size.
/// Where packets pass, but larger ones are lost in a row that were thought to, the path has become
/// narrower (a black hole): it goes back to the base.
///
/// ```
///          one is confirmed                        lost three times, or none is larger
///              +--+     +--------------------------------------------------+
///              |  v     |                                                  v
///  begin --> SEARCHING -+-- black hole --> BASE      black hole --- SEARCH_COMPLETE
///                 ^                         ^ |                        |    |
///                 |                         +-|------------------------+    |
///                 +------------- 60 s --------+                             |
///                 +------------- 600 s -------------------------------------+
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc9000#section-14.3 RFC 9000 §14.3
public final class PathSize implements Machine<PathSize.Input, PathSize.Output> {

    /// Packets have numbers that grow; sizes are those of whole datagrams.
    public sealed interface Input {

        /// A probe goes out, of the size that [#probe] says.
        record Probed(long number) implements Input {}

        /// The peer has this packet, a probe or any other.
        record Delivered(long number, int size) implements Input {}

        /// This packet did not get there, though one that was sent later did.
        record Lost(long number, int size) implements Input {}
    }

    public sealed interface Output {
        record Entered(State state) implements Output {}

        /// No larger datagram is sent from now on, but probes.
        record Changed(int size) implements Output {}
    }

    @Section("14.3") public enum State implements Cited { BASE, SEARCHING, SEARCH_COMPLETE }

    /// How often a size is tried before it is held to be too large.
    public static final int TRIES = 3;

    /// How many larger packets in a row are a black hole.
    public static final int HOLE = 3;

    /// After how long a black hole is looked at again, and a path that carries no more.
    public static final Duration AGAIN = Duration.ofSeconds(60), RAISE = Duration.ofSeconds(600);

    private enum Timer { SEARCH }

    private static final int NONE = -1;

    /// A packet larger than the base.
    private record Large(long number, int size) {
        /// Whether that it got there shows that the loss of another says nothing of its size.
        boolean excuses(Large other) { return number > other.number && size >= other.size; }
    }

    private final List<Integer> sizes;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Outbox<Output> out = new Outbox<>();
    private final List<Large> holes = new ArrayList<>();
    private Large newest;
    private State state;
    private int known, tries;
    private long probe = NONE;

    /// @param sizes what every path carries, and what is tried then, each larger than the last
    public PathSize(List<Integer> sizes) {
        this.sizes = List.copyOf(sizes);
        this.state = larger().isPresent() ? State.SEARCHING : State.SEARCH_COMPLETE;
        this.newest = new Large(NONE, base());
    }

    public State state() { return state; }

    /// The largest that is known to pass.
    //= rfc9000#14.3-1 at first the base, the smallest allowed
    public int size() { return sizes.get(known); }

    /// What every path is believed to carry.
    private int base() { return sizes.getFirst(); }

    /// The size of the probe that may be sent now; none while one is on its way.
    public OptionalInt probe() {
        return state == State.SEARCHING && probe == NONE ? larger() : OptionalInt.empty();
    }

    private OptionalInt larger() {
        return known + 1 < sizes.size() ? OptionalInt.of(sizes.get(known + 1))
                : OptionalInt.empty();
    }

    @Override public Instant deadline() { return timers.deadline(); }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Probed(long number) -> probe = number;
            case Input.Delivered(long number, int size) -> delivered(new Large(number, size), now);
            case Input.Lost(long number, int size) -> {
                if (number == probe) missed(now);
                else lost(new Large(number, size), now);
            }
        }
        return out.take();
    }

    @Override public List<Output> wake(Instant now) {
        if (!timers.fired(now).isEmpty()) enter(State.SEARCHING, now);
        return out.take();
    }

    /// It looks no more for something larger, or begins to. What a probe that was on its way then
    /// becomes says nothing.
    private void enter(State next, Instant now) {
        state = next;
        tries = 0;
        probe = NONE;
        timers.clear();
        switch (next) {
            case BASE -> timers.set(Timer.SEARCH, now.plus(AGAIN));
            case SEARCH_COMPLETE -> {
                if (larger().isPresent()) timers.set(Timer.SEARCH, now.plus(RAISE));
            }
            case SEARCHING -> { }
        }
        out.add(new Output.Entered(next));
    }

    private void know(int index) {
        known = index;
        out.add(new Output.Changed(size()));
    }

    private void delivered(Large packet, Instant now) {
        if (packet.size > base() && packet.number > newest.number) newest = packet;
        holes.removeIf(packet::excuses);
        if (packet.number != probe) return;
        //= rfc9000#14.2-1 whether the path supports it is determined by this
        know(known + 1);
        tries = 0;
        probe = NONE;
        if (larger().isEmpty()) enter(State.SEARCH_COMPLETE, now);
    }

    private void missed(Instant now) {
        probe = NONE;
        if (++tries == TRIES) enter(State.SEARCH_COMPLETE, now);
    }

    private void lost(Large packet, Instant now) {
        if (packet.size <= base() || packet.size > size() || newest.excuses(packet)) return;
        holes.add(packet);
        if (holes.size() < HOLE) return;
        holes.clear();
        know(0);
        enter(State.BASE, now);
    }
}
