package p2psip.std;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.opentest4j.AssertionFailedError;

/// A ladder as the RFCs draw it, in text: what comes to a machine is played on a virtual clock,
/// and what the machine does about it must be all the other lines, in order.
///
/// | line | means |
/// |---|---|
/// | `500 alice -> bob INVITE` | after 500 ms alice sends bob an INVITE |
/// | `500 TU -> alice hangup` | the program above, the transaction user, asks for something |
/// | `500 alice -> TU Ended` | and is told something |
/// | `500 alice * CALLING` | what becomes of a machine: the state that it enters |
/// | `500 bob ! TIMEOUT` | what goes wrong: bob is not heard of; or he cannot be reached |
///
/// Who speaks stands first, as in the ladders of RFC 3665: the lines of the machine under test are
/// expected, those of all others are played. A response is its status, with the method after it
/// if that is not INVITE; then come the few fields that matter.
public final class Script {

    /// @param mark `->`, `*` or `!`
    /// @param whom who is told; empty after the other marks
    public record Line(long at, String who, String mark, String whom, String what) {
        private static final Pattern FORM =
                Pattern.compile("(\\d+) +(\\S+) +(?:(->) +(\\S+)|([*!]))(?: +(.*))?");

        static Line parse(String line) {
            var m = FORM.matcher(line.strip());
            if (!m.matches()) throw new IllegalArgumentException(line);
            return new Line(Long.parseLong(m.group(1)), m.group(2),
                    m.group(3) == null ? m.group(5) : "->",
                    Objects.requireNonNullElse(m.group(4), ""),
                    Objects.requireNonNullElse(m.group(6), "").replaceAll(" +", " "));
        }

        public Instant time() { return Instant.ofEpochMilli(at); }

        /// The words of what is said.
        public String[] words() { return what.split(" "); }
    }

    /// The machine under test, told in lines and answering in lines that need no time and no name:
    /// `-> bob INVITE`.
    public interface Player {
        List<String> hear(Line line, Instant now);

        List<String> wake(Instant now);

        Instant deadline();
    }

    private final String machine;
    private final Player player;
    private final List<Line> expected;
    private final List<Line> seen = new ArrayList<>();

    private Script(String machine, Player player, List<Line> expected) {
        this.machine = machine;
        this.player = player;
        this.expected = expected;
    }

    /// Plays all lines but those of the machine, and compares the ladders.
    ///
    /// @param machine its name in the ladder
    /// @param rest how long after the last line nothing more may come
    public static void play(String machine, Player player, Duration rest, String ladder) {
        new Script(machine, player, ladder.lines().map(Line::parse).toList()).play(rest);
    }

    /// The whole life of a machine, which ends with the ladder.
    ///
    /// @param input what a line is to the machine
    /// @param text of an output, as a [Player] answers it
    public static <I, O> void play(String name, Machine<I, O> machine, Function<Line, I> input,
            Function<O, String> text, String ladder) {
        play(name, new Player() {
            @Override public List<String> hear(Line line, Instant now) {
                return machine.handle(input.apply(line), now).stream().map(text).toList();
            }

            @Override public List<String> wake(Instant now) {
                return machine.wake(now).stream().map(text).toList();
            }

            @Override public Instant deadline() { return machine.deadline(); }
        }, Duration.ofHours(1), ladder);
        assertThat(machine.deadline()).isEqualTo(Instant.MAX);
        assertThat(machine.terminated()).isTrue();
    }

    private void play(Duration rest) {
        try {
            for (var line : expected) if (!line.who.equals(machine)) hear(line);
            run(expected.getLast().time().plus(rest));
        } catch (RuntimeException e) {   // who answers what was never said, for one
            throw new AssertionFailedError(e + " after\n" + drawn(seen), drawn(expected),
                    drawn(seen), e);
        }
        assertThat(drawn(seen)).isEqualTo(drawn(expected));
    }

    private void hear(Line line) {
        if (!line.whom.equals(line.mark.equals("->") ? machine : "") || line.mark.equals("*"))
            throw new IllegalArgumentException("neither of " + machine + " nor for it: " + line);
        run(line.time());
        seen.add(line);
        note(line.time(), player.hear(line, line.time()));
    }

    private void run(Instant end) {
        while (!player.deadline().isAfter(end)) {
            var now = player.deadline();
            note(now, player.wake(now));
        }
    }

    private void note(Instant now, List<String> lines) {
        for (var line : lines)
            seen.add(Line.parse(now.toEpochMilli() + " " + machine + " " + line));
    }

    /// In the columns of the ladder that is expected, so that two differ where their lines do.
    private String drawn(List<Line> lines) {
        var format = "%%7d %%-%ds %%2s%%s%%s%%n".formatted(width(Line::who));
        var whom = " %%-%ds".formatted(width(Line::whom));
        return lines.stream().map(line -> format.formatted(line.at, line.who, line.mark,
                line.whom.isEmpty() ? "" : whom.formatted(line.whom),
                line.what.isEmpty() ? "" : " " + line.what)).collect(Collectors.joining());
    }

    private int width(Function<Line, String> name) {
        return expected.stream().map(name).mapToInt(String::length).max().orElse(1);
    }
}
