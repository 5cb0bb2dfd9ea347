package p2psip.std.rfc2833;

import module java.base;
import p2psip.std.*;

/// Plays events one after the other: a packet when one begins, one each interval while it lasts,
/// and three when it has ended.
///
/// The caller puts each payload into an RTP packet with the next sequence number of the *same*
/// stream as the audio, and sends no audio between [Output.Began] and [Output.Ended].
///
/// @spec https://www.rfc-editor.org/rfc/rfc4733#section-2.5.1 RFC 4733 §2.5.1
public final class EventSender implements Machine<EventSender.Input, EventSender.Output> {
    /// How many events may wait; [Input.Play] with more is cut short there.
    public static final int MAX_WAITING = 256;

    /// The longest that an event is played.
    public static final Duration MAX_TONE = Duration.ofMinutes(10);

    /// How loud digits are said to be: -10 dBm0.
    public static final int VOLUME = 10;

    //= rfc4733#2.5.1.4-1 the final packet of an event goes out three times, a segment's as well
    private static final int FINAL_PACKETS = 3;

    public sealed interface Input {
        /// Plays events in a row, each with a pause behind it; after those that wait already.
        ///
        /// @param timestamp of the audio that would be sent now
        record Play(List<Integer> events, Duration tone, Duration pause, long timestamp)
                implements Input {
            public Play {
                events = List.copyOf(events);
                tone = tone.compareTo(MAX_TONE) > 0 ? MAX_TONE : tone;
            }
        }
    }

    public sealed interface Output {
        /// The audio is interrupted from here on.
        record Began(int event) implements Output {}

        /// Send this, with its marker bit and timestamp.
        record Send(TelephoneEvent payload, boolean marker, long timestamp) implements Output {}

        /// The audio may go on.
        record Ended(int event) implements Output {}
    }

    /// An event, and how long it is and pauses, in timestamp units.
    private record Waiting(int event, long tone, long pause) {}

    private final int clockRate;
    private final Duration interval;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Outbox<Output> out = new Outbox<>();
    /// A moment and the audio's timestamp then: the two count on together.
    private Instant origin = Instant.EPOCH;
    private long originTimestamp;

    private Optional<Waiting> current = Optional.empty();
    private Instant due = Instant.MAX;
    private long segment;
    private long told;
    private long left;
    private int finals;
    private long closed;
    private int closings;

    /// @param clockRate of the event's format, in Hz: the same as the audio's
    /// @param interval between packets: the audio's packet time, or 50 ms
    public EventSender(int clockRate, Duration interval) {
        this.clockRate = clockRate;
        this.interval = interval;
    }

    @Override public Instant deadline() { return due; }

    @Override public List<Output> handle(Input input, Instant now) {
        due(now);   // first of all: what time has brought
        var play = (Input.Play) input;
        //= rfc4733#2.5.1.2-1 timestamps go on from those of the audio
        origin = now;
        originTimestamp = play.timestamp;
        for (int event : play.events)
            //= rfc4733#2.3.5-1 no event is sent with a duration of zero
            if (waiting.size() < MAX_WAITING) waiting.add(
                    new Waiting(event, Math.max(1, units(play.tone)), units(play.pause)));
        if (due.equals(Instant.MAX)) begin(now);
        return out.take();
    }

    @Override public List<Output> wake(Instant now) {
        due(now);
        return out.take();
    }

    private void due(Instant now) {
        while (!due.isAfter(now)) {
            if (current.isPresent()) update(due);
            else begin(due);
        }
    }

    /// The next event, if one waits.
    private void begin(Instant now) {
        current = Optional.ofNullable(waiting.poll());
        due = current.isEmpty() ? Instant.MAX : now;
        if (current.isEmpty()) return;
        //= rfc2833#3.1-1 the same timestamp base as the audio
        segment = originTimestamp + units(Duration.between(origin, now)) & 0xffff_ffffL;
        told = 0;
        left = current.get().tone;
        finals = 0;
        closings = 0;
        //= rfc2833#3.2-1 outgoing audio is blocked while an event is active
        out.add(new Output.Began(current.get().event));
        //= rfc4733#2.5.1.2-2 the first packet goes out as soon as there is an event
        //= rfc2833#3.6-1 packets start with the event and go on each packet interval
        report(true);
        due = now.plus(interval);
    }

    private void update(Instant now) {
        if (closings-- > 0) out.add(packet(TelephoneEvent.MAX_DURATION, false, false, closed));
        //= rfc4733#2.5.1.3-3 the first packet of a new segment has no M bit
        report(false);
        //= rfc4733#2.5.1.2-9 reports are sent at constant intervals
        due = now.plus(interval);
        if (finals < FINAL_PACKETS) return;
        out.add(new Output.Ended(current.orElseThrow().event));
        var pause = Duration.ofNanos(current.orElseThrow().pause * 1_000_000_000L / clockRate);
        current = Optional.empty();
        due = now.plus(pause.compareTo(interval) > 0 ? pause : interval);
    }

    /// Tells what has been played by the end of this interval.
    private void report(boolean marker) {
        long step = Math.min(left, units(interval));
        //= rfc4733#2.5.2.2-3 the duration is set to what it is now, in each report
        told += step;
        left -= step;
        //= rfc4733#2.5.1.3-4 this is repeated until the end of the complete event
        if (told > TelephoneEvent.MAX_DURATION) {
            //= rfc4733#2.5.1.3-1 a full segment is told without the end bit
            out.add(packet(TelephoneEvent.MAX_DURATION, false, false, segment));
            closed = segment;
            closings = FINAL_PACKETS - 1;
            //= rfc4733#2.5.1.3-2 the next segment begins at the time where this one ended
            segment = segment + TelephoneEvent.MAX_DURATION & 0xffff_ffffL;
            told -= TelephoneEvent.MAX_DURATION;
        }
        //= rfc4733#2.5.1.4-6 each retransmission has the E bit, for nothing is left then either
        //= rfc2833#3.6-2 the end is retransmitted, three packets in all
        if (left == 0) finals++;
        //= rfc4733#2.5.1.2-3,4,5 timestamp stays, duration grows; M bit first, E bit at last
        out.add(packet(told, left == 0, marker, segment));
    }

    private Output.Send packet(long duration, boolean end, boolean marker, long timestamp) {
        int event = current.orElseThrow().event;
        //= rfc4733#2.3.4-1 only DTMF events have a volume, others zero
        int volume = event <= Dtmf.LAST ? VOLUME : 0;
        //= rfc4733#2.5.1.2-6 intermediate packets have neither M bit nor E bit
        //= rfc4733#2.5.1.3-5 the final packet of the complete event has the E bit
        return new Output.Send(
                new TelephoneEvent(event, end, volume, (int) duration), marker, timestamp);
    }

    private long units(Duration time) { return Ticks.of(time, clockRate); }
}
