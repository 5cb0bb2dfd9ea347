package p2psip.std.rfc4566;

import module java.base;

/// A `t=` line with its `r=` lines: when the session is active.
///
/// @param start in seconds since 1900, 0 for a permanent session
/// @param stop in seconds since 1900, 0 for a session without end
/// @spec https://www.rfc-editor.org/rfc/rfc4566#section-5.9 RFC 4566 §5.9
public record Time(long start, long stop, List<Repeat> repeats) {
    /// A call: it ends when it ends.
    public static final Time PERMANENT = new Time(0, 0, List.of());

    /// Seconds from 1900, where NTP begins, to 1970.
    public static final long UNIX_EPOCH = 2_208_988_800L;

    public Time {
        if (start < 0 || stop < 0) throw new SyntaxException("a time before 1900");
        repeats = List.copyOf(repeats);
    }

    public static Time between(Instant start, Instant stop) {
        //= rfc4566#5.9¶2 seconds since 1900: the constant leads to Unix time
        //= rfc4566#5.9-2 seconds are counted from 1900 and do not wrap
        return new Time(start.getEpochSecond() + UNIX_EPOCH, stop.getEpochSecond() + UNIX_EPOCH,
                List.of());
    }

    static Time parse(String value, List<Repeat> repeats) {
        var f = Fields.split(value, 2);
        return new Time(Fields.number(f.get(0)), Fields.number(f.get(1)), repeats);
    }

    /// The value of the `t=` line.
    @Override public String toString() { return start + " " + stop; }

    /// An `r=` line.
    ///
    /// @param offsets from the start time, one or more
    /// @spec https://www.rfc-editor.org/rfc/rfc4566#section-5.10 RFC 4566 §5.10
    public record Repeat(Duration interval, Duration active, List<Duration> offsets) {
        public Repeat {
            offsets = List.copyOf(offsets);
            if (interval.compareTo(Duration.ZERO) <= 0 || active.isNegative() || offsets.isEmpty())
                throw new SyntaxException("a session repeats after some time, for some time");
            if (offsets.stream().anyMatch(Duration::isNegative))
                throw new SyntaxException("a session cannot repeat before its start");
        }

        static Repeat parse(String value) {
            var times = Fields.split(value).stream().map(Fields::time).toList();
            if (times.size() < 3) throw new SyntaxException("three times expected: " + value);
            return new Repeat(times.get(0), times.get(1), times.subList(2, times.size()));
        }

        @Override public String toString() {
            return Stream.concat(Stream.of(interval, active), offsets.stream()).map(Fields::time)
                    .collect(Collectors.joining(" "));
        }
    }

    /// One pair of a `z=` line: from then on the time base is shifted by so much.
    ///
    /// @param at in seconds since 1900
    /// @spec https://www.rfc-editor.org/rfc/rfc4566#section-5.11 RFC 4566 §5.11
    public record Adjustment(long at, Duration offset) {

        static List<Adjustment> parse(String value) {
            var f = Fields.split(value);
            if (f.size() % 2 != 0) throw new SyntaxException("times and offsets by twos: " + value);
            return IntStream.range(0, f.size() / 2).mapToObj(i -> new Adjustment(
                    Fields.number(f.get(2 * i)), Fields.time(f.get(2 * i + 1)))).toList();
        }

        @Override public String toString() { return at + " " + Fields.time(offset); }
    }
}
