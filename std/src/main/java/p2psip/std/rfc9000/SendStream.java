package p2psip.std.rfc9000;

import module java.base;
import p2psip.std.*;

/// The sending part of a stream: keeps what was written until it is acknowledged, and says what is
/// to be sent next. What carries it, and when, is decided elsewhere.
///
/// ```
///  READY --> SEND --> DATA_SENT --> DATA_RECVD
///    |         |          |
///    +---------+----------+--> RESET_SENT --> RESET_RECVD
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc9000#section-3.1 RFC 9000 §3.1
public final class SendStream {

    /// How far it is.
    public enum State implements Cited {
        @Section("3.1") READY, @Section("3.1") SEND, @Section("3.1") DATA_SENT,
        @Section("3.1") RESET_SENT, @Section("3.1") DATA_RECVD, @Section("3.1") RESET_RECVD
    }

    /// A part of the stream, to be sent.
    ///
    /// @param fresh how many of the bytes are sent for the first time
    /// @param end   whether the stream ends behind them
    public record Piece(long offset, Bytes bytes, int fresh, boolean end) {

        /// What is to be remembered of it until it is acknowledged, or lost.
        public Part part() { return new Part(offset, bytes.size(), end); }
    }

    /// Which part of a stream something was.
    public record Part(long offset, int size, boolean end) {}

    private final Buffer buffer;
    private final Credit credit;
    /// Above the first byte that is kept: what was acknowledged, and what was lost.
    private final Ranges acknowledged = new Ranges(), lost = new Ranges();
    private State state = State.READY;
    private long sent;
    private boolean ends, endLost;
    private OptionalLong why = OptionalLong.empty();

    /// @param credit how many bytes the peer takes before it says more
    /// @param most   bytes kept
    public SendStream(long credit, int most) {
        this.credit = new Credit(credit);
        this.buffer = new Buffer(most);
    }

    public State state() { return state; }

    /// Bytes that may be written now.
    public int room() { return isOpen() ? buffer.room() : 0; }

    private boolean isOpen() { return !ends && (state == State.READY || state == State.SEND); }

    /// Bytes that are kept.
    public int kept() { return buffer.size(); }

    /// Bytes sent for the first time: the final size, once that is sent.
    public long sent() { return sent; }

    /// @throws IllegalArgumentException if there is no [#room]
    public void write(Bytes bytes) {
        if (bytes.size() > room())
            throw new IllegalArgumentException(bytes.size() + " bytes of " + room());
        buffer.add(bytes);
    }

    /// Nothing more will be written.
    public void finish() { ends = true; }

    /// Gives up: nothing more is sent but that.
    public void reset(long code) {
        switch (state) {
            case READY, SEND, DATA_SENT -> {
                enter(State.RESET_SENT);
                //= rfc9000#13.3-1 RESET_STREAM: what is said of it remains the same
                why = OptionalLong.of(code);
                buffer.clear();
            }
            case RESET_SENT, DATA_RECVD, RESET_RECVD -> { }
        }
    }

    /// The peer wants no more of it.
    public void stopped(long code) {
        //= rfc9000#3.5-2,5 answered by a reset, for the peer's own reason
        if (state != State.DATA_SENT || !lost.isEmpty() || endLost) reset(code);
        //= rfc9000#3.5-3,4 all was sent: only if some of it proves to be lost
        else why = OptionalLong.of(code);
    }

    /// Why it was reset, if it was and the peer does not know yet.
    public OptionalLong resetting() {
        return state == State.RESET_SENT ? why : OptionalLong.empty();
    }

    /// The peer knows that it was reset.
    public void resetDelivered() {
        if (state == State.RESET_SENT) enter(State.RESET_RECVD);
    }

    /// The peer takes so many bytes in all.
    public void allowed(long limit) { credit.raise(limit); }

    /// Whether something could be sent.
    ///
    /// @param all how many bytes the peer takes of all streams together
    public boolean wants(long all) {
        return switch (state) {
            case READY, SEND -> !lost.isEmpty() || unsent() > 0 && Math.min(credit.left(), all) > 0
                    || ends && unsent() == 0;
            case DATA_SENT -> !lost.isEmpty() || endLost;
            case RESET_SENT, DATA_RECVD, RESET_RECVD -> false;
        };
    }

    private long unsent() { return buffer.end() - sent; }

    /// What to send next, if anything may be.
    ///
    /// @param most bytes
    /// @param all  how many bytes the peer takes of all streams together
    public Optional<Piece> next(int most, long all) {
        if (!wants(all)) return Optional.empty();
        //= rfc9000#13.3-4 what was lost comes before what is new
        if (!lost.isEmpty()) return Optional.of(again(most));
        if (endLost) {
            endLost = false;
            return Optional.of(new Piece(sent, Bytes.EMPTY, 0, true));
        }
        //= rfc9000#2.2-4 within what the peer takes, of this stream and of all
        //= rfc9000#19.10-3 maximum data: and of this one as it has said last
        int size = (int) Math.min(Math.min(most, unsent()), Math.min(credit.left(), all));
        var bytes = buffer.slice(sent, size);
        credit.use(size);
        long offset = sent;
        sent += size;
        //= rfc9000#4.5-2 final size: nothing is sent behind the end
        boolean end = ends && unsent() == 0;
        enter(end ? State.DATA_SENT : State.SEND);
        return Optional.of(new Piece(offset, bytes, size, end));
    }

    private Piece again(int most) {
        var range = lost.first().orElseThrow();
        int size = (int) Math.min(most, range.size());
        lost.remove(range.first(), range.first() + size - 1);
        boolean end = endLost && range.first() + size == sent;
        if (end) endLost = false;
        //= rfc9000#2.2-3 data at an offset: the same bytes as before
        return new Piece(range.first(), buffer.slice(range.first(), size), 0, end);
    }

    /// The peer has this part; answers how many bytes need be kept no longer.
    public int delivered(Part part) {
        if (state != State.SEND && state != State.DATA_SENT) return 0;
        if (part.size > 0) {
            long last = part.offset + part.size - 1;
            lost.remove(part.offset, last);
            acknowledged.add(part.offset, last);
        }
        if (part.end) endKnown = true;
        int before = buffer.size();
        acknowledged.first().filter(range -> range.first() <= buffer.begin())
                .ifPresent(range -> {
                    buffer.drop(range.last() + 1);
                    acknowledged.remove(0, range.last());
                });
        if (state == State.DATA_SENT && endKnown && buffer.size() == 0) enter(State.DATA_RECVD);
        return before - buffer.size();
    }

    private boolean endKnown;

    /// This part did not get there.
    public void lost(Part part) {
        if (state != State.SEND && state != State.DATA_SENT) return;
        if (why.isPresent()) {
            //= rfc9000#3.5-4 outstanding data: the peer wants it no more: not sent again
            reset(why.getAsLong());
            return;
        }
        long from = Math.max(part.offset, buffer.begin()), to = part.offset + part.size - 1;
        if (from <= to) {
            lost.add(from, to);
            //= rfc9000#13.3-6 what the peer has by another packet is not sent again
            for (var known : acknowledged.newest(Integer.MAX_VALUE))
                if (known.last() >= from && known.first() <= to)
                    lost.remove(known.first(), known.last());
        }
        if (part.end && !endKnown) endLost = true;
    }

    /// Whether nothing will be sent any more.
    public boolean isOver() { return state == State.DATA_RECVD || state == State.RESET_RECVD; }

    private void enter(State next) { state = next; }
}
