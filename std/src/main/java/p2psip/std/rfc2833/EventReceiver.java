package p2psip.std.rfc2833;

import module java.base;
import p2psip.std.Machine;

/// Tells each event once, whatever was lost, repeated or overtaken on the way; one for each source
/// of RTP.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4733#section-2.5.2 RFC 4733 §2.5.2
public final class EventReceiver implements Machine<EventReceiver.Input, EventReceiver.Output> {

    public sealed interface Input {
        /// A packet's payload and timestamp.
        record Received(TelephoneEvent payload, long timestamp) implements Input {}
    }

    public sealed interface Output {
        record Began(int event) implements Output {}

        /// @param length as far as it was told
        record Ended(int event, Duration length) implements Output {}
    }

    private final int clockRate;
    private final Duration patience;
    private boolean active;
    private boolean heard;
    private int event;
    private long timestamp;
    private long past;
    private int duration;
    private Instant due = Instant.MAX;

    /// @param clockRate of the event's format, in Hz
    /// @param interval the longest that its packets may be apart, 50 ms unless one knows better
    public EventReceiver(int clockRate, Duration interval) {
        this.clockRate = clockRate;
        //= rfc4733#2.5.2.2-4 silence of three intervals ends a tone
        //= rfc2833#3.5-3 a tone is not extended by more than three intervals
        this.patience = interval.multipliedBy(3);
    }

    @Override public Instant deadline() { return due; }

    @Override public List<Output> wake(Instant now) {
        return due.isAfter(now) ? List.of() : end();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        var out = new ArrayList<>(wake(now));
        var received = (Input.Received) input;
        var payload = received.payload;
        //= rfc4733#2.3.5-2 a digit of zero duration is ignored: it is not a state
        if (payload.duration() == 0 && payload.event() <= Dtmf.LAST) return out;
        int ahead = (int) (received.timestamp - timestamp);
        if (!heard || ahead > 0) {
            //= rfc4733#2.5.2.3-1 a report that begins where a full one ended goes on with its event
            if (active && payload.event() == event && ahead == TelephoneEvent.MAX_DURATION) {
                past += TelephoneEvent.MAX_DURATION;
            } else {
                out.addAll(end());
                out.add(new Output.Began(payload.event()));
                event = payload.event();
                past = 0;
                active = true;
            }
            heard = true;
            timestamp = received.timestamp;
            duration = 0;
        } else if (ahead < 0 || !active) {
            //= rfc4733#2.5.2.2-5 a tone that has ended is not restarted
            //= rfc4733#2.5.2.2-7,8 its timestamp tells an event that has lapsed: it is ignored
            return out;
        }
        duration = Math.max(duration, payload.duration());
        due = now.plus(patience);
        if (payload.end()) out.addAll(end());
        return out;
    }

    private List<Output> end() {
        if (!active) return List.of();
        active = false;
        due = Instant.MAX;
        //= rfc4733#2.5.2.2-10 its timing is that of timestamps and durations, not of arrivals
        var length = TelephoneEvent.length(past + duration, clockRate);
        return List.of(new Output.Ended(event, length));
    }
}
