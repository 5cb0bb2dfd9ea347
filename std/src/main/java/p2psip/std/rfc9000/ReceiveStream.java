package p2psip.std.rfc9000;

import module java.base;
import p2psip.std.*;

/// The receiving part of a stream: puts together what comes in any order, as much of it as it has
/// allowed, and hands it out in order as fast as it is read.
///
/// ```
///  RECV --> SIZE_KNOWN --> DATA_RECVD --> DATA_READ
///    |           |             |
///    +-----------+-------------+--> RESET_RECVD --> RESET_READ
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc9000#section-3.2 RFC 9000 §3.2
public final class ReceiveStream {

    /// How far it is.
    public enum State implements Cited {
        @Section("3.2") RECV, @Section("3.2") SIZE_KNOWN, @Section("3.2") DATA_RECVD,
        @Section("3.2") RESET_RECVD, @Section("3.2") DATA_READ, @Section("3.2") RESET_READ
    }

    /// Pieces that are kept behind a gap; one more is not taken, as if it had been lost.
    public static final int MAX_PIECES = 1_024;

    /// What became of something that came.
    public sealed interface Taken {

        /// @param fresh by how much the stream is longer than was known: what counts for all
        record In(long fresh) implements Taken {}

        /// There are too many gaps already; it may come again.
        record Crowded() implements Taken {}

        record Refused(Violation why) implements Taken {}
    }

    private static final Taken NOTHING = new Taken.In(0);

    private final Allowance allowance;
    private final NavigableMap<Long, Bytes> pieces = new TreeMap<>();   // behind a gap, by offset
    private final Deque<Bytes> ready = new ArrayDeque<>();
    private State state = State.RECV;
    private long read, complete, highest;
    private OptionalLong size = OptionalLong.empty(), why = OptionalLong.empty();

    /// @param window bytes that may have come and not been read
    public ReceiveStream(long window) { this.allowance = new Allowance(window); }

    public State state() { return state; }

    /// A part of it has come.
    ///
    /// @param end whether the stream ends behind it
    public Taken receive(long offset, Bytes bytes, boolean end) {
        long to = offset + bytes.size();
        //= rfc9000#4.5-3,4 final size: an end that moves, or something behind it
        if (size.isPresent() && (to > size.getAsLong() || end && to != size.getAsLong())
                || end && to < highest) return new Taken.Refused(Violation.FINAL_SIZE_ERROR);
        if (state != State.RECV && state != State.SIZE_KNOWN) return NOTHING;
        boolean next = offset <= complete;
        if (!next && pieces.size() >= MAX_PIECES) return new Taken.Crowded();
        long fresh = Math.max(0, to - highest);
        //= rfc9000#4.1-2 limits: more than was allowed
        //= rfc9000#19.10-4 by the largest limit that this end has said
        if (!allowance.take(fresh)) return new Taken.Refused(Violation.FLOW_CONTROL_ERROR);
        highest = Math.max(highest, to);
        if (end) {
            size = OptionalLong.of(to);
            enter(State.SIZE_KNOWN);
        }
        //= rfc9000#2.2-1 handed out in order, kept until what is missing has come
        if (next) append(offset, bytes);
        else if (!bytes.isEmpty()) pieces.merge(offset, bytes,
                (a, b) -> a.size() >= b.size() ? a : b);
        if (size.isPresent() && complete == size.getAsLong()) enter(State.DATA_RECVD);
        return new Taken.In(fresh);
    }

    private void append(long offset, Bytes bytes) {
        add(offset, bytes);
        for (var first = pieces.firstEntry(); first != null && first.getKey() <= complete;
                first = pieces.firstEntry()) {
            pieces.pollFirstEntry();
            add(first.getKey(), first.getValue());
        }
    }

    private void add(long offset, Bytes bytes) {
        int known = (int) Math.min(bytes.size(), complete - offset);
        if (known == bytes.size()) return;
        ready.add(known == 0 ? bytes : bytes.slice(known, bytes.size()));
        complete += bytes.size() - known;
    }

    /// The peer has given it up.
    ///
    /// @param last how many bytes of it there were in all
    public Taken reset(long code, long last) {
        if (last < highest || size.isPresent() && size.getAsLong() != last)
            return new Taken.Refused(Violation.FINAL_SIZE_ERROR);
        if (state != State.RECV && state != State.SIZE_KNOWN) return NOTHING;
        long fresh = last - highest;
        if (!allowance.take(fresh)) return new Taken.Refused(Violation.FLOW_CONTROL_ERROR);
        //= rfc9000#4.5-1 final size: all of it counts, also what will never come
        highest = last;
        size = OptionalLong.of(last);
        why = OptionalLong.of(code);
        enter(State.RESET_RECVD);
        pieces.clear();
        //= rfc9000#3.2-2 discard data: what was not read is dropped
        ready.clear();
        return new Taken.In(fresh);
    }

    /// The next bytes, at most so many; none if they have not come.
    public Bytes read(int most) {
        if (ready.isEmpty() || most <= 0 || read >= complete) return Bytes.EMPTY;
        var bytes = gathered((int) Math.min(most, complete - read));
        read += bytes.size();
        allowance.consume(bytes.size());
        if (state == State.DATA_RECVD && read == size.getAsLong()) enter(State.DATA_READ);
        return bytes;
    }

    /// A piece as large as this is handed out as it is: to put several together costs a copy.
    private static final int WHOLE = 8 * 1_024;

    /// So many of those that are ready, in one; or the first alone, if that is large.
    private Bytes gathered(int size) {
        int large = ready.getFirst().size();
        if (large == size || large >= WHOLE && large < size) return ready.poll();
        var all = new byte[size];
        for (int at = 0; at < size; ) {
            var first = ready.poll();
            int part = Math.min(first.size(), size - at);
            first.copy(0, part, all, at);
            at += part;
            if (part < first.size()) ready.addFirst(first.slice(part, first.size()));
        }
        return Bytes.wrap(all);
    }

    /// Whether it has ended and all was read; an empty end is read by asking.
    public boolean finished() {
        if (state == State.DATA_RECVD && read == size.getAsLong()) enter(State.DATA_READ);
        return state == State.DATA_READ;
    }

    /// Why the peer has given it up, once.
    public OptionalLong resetting() {
        if (state != State.RESET_RECVD) return OptionalLong.empty();
        enter(State.RESET_READ);
        return why;
    }

    /// Bytes that have come, or have been allowed for, and that nobody will read any more.
    public long abandon() {
        long unread = highest - read;
        read = highest;
        pieces.clear();
        ready.clear();
        return unread;
    }

    /// Bytes that are kept.
    public long kept() { return highest - read; }

    /// What the peer may send from now on, if it is worth saying.
    public OptionalLong raise() {
        //= rfc9000#13.3-2 not if its end is known
        return state == State.RECV ? allowance.raise() : OptionalLong.empty();
    }

    /// The same, as it was said last: to say it again.
    public OptionalLong limit() {
        return state == State.RECV ? OptionalLong.of(allowance.limit()) : OptionalLong.empty();
    }

    /// Whether to tell the peer that nobody reads it.
    public boolean stoppable() {
        //= rfc9000#3.5-1,7 STOP_SENDING only while more may come, not to who has reset
        return state == State.RECV || state == State.SIZE_KNOWN;
    }

    /// Whether nothing more will come of it.
    public boolean isOver() {
        return state == State.DATA_READ || state == State.RESET_READ;
    }

    private void enter(State next) { state = next; }
}
