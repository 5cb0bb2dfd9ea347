package p2psip.app.sipd;

import module java.base;
import p2psip.std.Outbox;

/// What happens at a server, as a line each for its operator and as numbers.
///
/// A line is a word and pairs `name=value`, without secrets; what others have written into a value
/// cannot make a second line of it, nor a second value. Who is refused all the time is written down
/// some of the time, and counted always.
public final class Logbook {
    /// How much a line matters.
    public enum Level { WARNING, NOTICE, INFO }

    /// What can happen.
    public enum Kind {
        REGISTERED(Level.INFO), REFRESHED(Level.INFO), UNREGISTERED(Level.INFO),
        REFUSED(Level.NOTICE), BANNED(Level.WARNING), UNBANNED(Level.NOTICE),
        KICKED(Level.NOTICE), CALL_BEGUN(Level.INFO), CALL_FAILED(Level.INFO),
        CALL_ENDED(Level.INFO), RELOADED(Level.NOTICE), DRAINING(Level.NOTICE);

        final Level level;

        Kind(Level level) { this.level = level; }

        /// `call-begun`
        @Override public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// For people.
    public record Line(Level level, String text) {}

    /// How often each has happened, and how often each status was given to who was refused.
    public record Counters(SortedMap<Kind, Long> happened, SortedMap<Integer, Long> refused) {
        public Counters {
            happened = Collections.unmodifiableSortedMap(new TreeMap<>(happened));
            refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
        }
    }

    /// Lines about refusals: so many at once and a second for one source, and for all of them.
    private static final int ONE_AT_ONCE = 5, ALL_AT_ONCE = 100;
    private static final double ONE_PER_SECOND = 0.2, ALL_PER_SECOND = 10;

    /// Characters of the longest value.
    private static final int LONGEST = 200;

    private final SortedMap<Kind, Long> happened = new TreeMap<>();
    private final SortedMap<Integer, Long> refused = new TreeMap<>();
    private final Budget<InetAddress> ofOne = new Budget<>(ONE_AT_ONCE, ONE_PER_SECOND);
    private final Budget<Kind> ofAll = new Budget<>(ALL_AT_ONCE, ALL_PER_SECOND);
    private final Outbox<Line> lines = new Outbox<>();

    Logbook() { for (var kind : Kind.values()) happened.put(kind, 0L); }

    /// Something has happened.
    ///
    /// @param pairs a name, its value, a name ...
    void note(Kind kind, Object... pairs) {
        happened.merge(kind, 1L, Long::sum);
        var text = new StringBuilder(kind.toString());
        for (int i = 0; i < pairs.length; i += 2)
            text.append(' ').append(pairs[i]).append('=').append(value("" + pairs[i + 1]));
        lines.add(new Line(kind.level, text.toString()));
    }

    /// Something has happened that is worth no line, or has one already.
    void count(Kind kind) { happened.merge(kind, 1L, Long::sum); }

    /// A request was refused with a status.
    void refused(int status, InetAddress source, Instant now, Object... pairs) {
        refused.merge(status, 1L, Long::sum);
        if (ofOne.take(source, now) && ofAll.take(Kind.REFUSED, now))
            note(Kind.REFUSED, pairs);
        else count(Kind.REFUSED);
    }

    private static String value(String text) {
        var value = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return value.replaceAll("[^!-~]", "?");
    }

    /// What to write down since the last call.
    List<Line> lines() { return lines.take(); }

    Counters counters() { return new Counters(happened, refused); }
}
