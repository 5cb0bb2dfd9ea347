package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc8489.TransactionId;

/// Whether the peer still wants what is sent to it: asked every five seconds or so, and taken to
/// have ended when nothing was answered for thirty.
///
/// @spec https://www.rfc-editor.org/rfc/rfc7675#section-5.1 RFC 7675 §5.1
public final class Consent implements Machine<TransactionId, Consent.Output> {

    public enum State implements Cited {
        @Section("rfc7675#5.1") GIVEN, @Section("rfc7675#5.1") EXPIRED
    }

    public sealed interface Output {
        /// To be sent once.
        record Ask(TransactionId id) implements Output {}
        record Expired() implements Output {}
    }

    enum Timer { ASK, EXPIRY }

    /// How long it lasts without an answer.
    static final Duration LIFE = Duration.ofSeconds(30);

    //= rfc7675#5.1-4 by default every 5 seconds
    private static final int PERIOD = 5000;

    private final Path path;
    private final Signature signature;
    private final RandomGenerator random;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Set<TransactionId> asked = new LinkedHashSet<>();
    private State state = State.GIVEN;

    /// Begins with consent, which the answer to a check has given.
    Consent(Path path, Signature signature, RandomGenerator random, Instant now) {
        this.path = path;
        this.signature = signature;
        this.random = random;
        enter(State.GIVEN, now);
    }

    Path path() { return path; }

    Signature signature() { return signature; }

    State state() { return state; }

    /// Whether an answer to this would be one.
    boolean awaits(TransactionId id) { return asked.contains(id); }

    private void enter(State state, Instant now) {
        this.state = state;
        timers.clear();
        switch (state) {
            case GIVEN -> {
                timers.set(Timer.EXPIRY, now.plus(LIFE));
                timers.set(Timer.ASK, later(now));
            }
            case EXPIRED -> { }
        }
    }

    //= rfc7675#5.1-3 each interval is randomized, from 0.8 to 1.2 times the period
    //= rfc7675#5.1-5 so no interval is less than 4 seconds
    private Instant later(Instant now) {
        return now.plusMillis(PERIOD * 4 / 5 + random.nextInt(PERIOD * 2 / 5 + 1));
    }

    /// An answer to one of the questions, proved to be the peer's.
    @Override public List<Output> handle(TransactionId answered, Instant now) {
        if (!asked.contains(answered)) return List.of();
        asked.clear();
        timers.set(Timer.EXPIRY, now.plus(LIFE));
        return List.of();
    }

    @Override public List<Output> wake(Instant now) {
        var out = new ArrayList<Output>();
        for (var timer : timers.fired(now)) switch (timer) {
            case ASK -> {
                //= rfc7675#5.1-6 a new transaction identifier for each
                //= rfc7675#5.1-9 the identifier is from the dice: no application controls it
                var id = TransactionId.random(random);
                //= rfc7675#5.1-7 a response is awaited until consent expires or another comes
                asked.add(id);
                timers.set(Timer.ASK, later(now));
                out.add(new Output.Ask(id));
            }
            //= rfc7675#5.1-2 no valid response for 30 seconds: transmission has to cease
            case EXPIRY -> enter(State.EXPIRED, now);
        }
        return state == State.EXPIRED ? List.of(new Output.Expired()) : out;
    }

    @Override public Instant deadline() { return timers.deadline(); }

    //= rfc7675#5.1-8 what is outstanding is discarded when consent expires
    @Override public boolean terminated() { return state == State.EXPIRED; }
}
