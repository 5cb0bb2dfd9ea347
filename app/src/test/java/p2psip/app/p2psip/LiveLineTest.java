package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.Address;

/// What a terminal is sent, and that a file is sent nothing but lines.
class LiveLineTest {
    private static final Address BOB = Address.parse("sip:bob@example.com");

    /// A terminal of a few lines that knows what the line asks of it, and no more.
    private static final class Screen {
        private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
        private int row, column, savedRow, savedColumn;

        Screen print(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\n') {
                    if (++row == lines.size()) lines.add(new StringBuilder());
                    column = 0;
                } else if (c == '\r') column = 0;
                else if (c != '\u001b') {
                    var line = lines.get(row);
                    while (line.length() <= column) line.append(' ');
                    line.setCharAt(column++, c);
                } else switch (text.charAt(++i)) {
                    case '7' -> {
                        savedRow = row;
                        savedColumn = column;
                    }
                    case '8' -> {
                        row = savedRow;
                        column = savedColumn;
                    }
                    default -> {
                        if (text.charAt(++i) == 'A') row--;
                        else lines.get(row).setLength(column);
                    }
                }
            }
            return this;
        }

        List<String> lines() { return lines.stream().map(StringBuilder::toString).toList(); }
    }

    private final LiveLine live = new LiveLine(true);
    private final Screen screen = new Screen();

    private static Quality quality(double loss) {
        return new Quality(3, Duration.ZERO, -30, Optional.empty(), new Quality.View(
                loss, Duration.ofMillis(2), OptionalDouble.of(88), false), Optional.empty());
    }

    private static final String GOOD = "loss 0.0%  late 3  jitter 2.0 ms  R 88"
            + "  [||||||||||          ]";

    @Test void it_changes_above_what_is_typed_and_lines_go_before_it() {
        screen.print(live.say("talking")).print(live.show(quality(0.5))).print("hang");
        screen.print(live.show(quality(0)));
        assertThat(screen.lines()).containsExactly("talking", GOOD, "hang");
        screen.print("up");
        assertThat(screen.lines()).last().isEqualTo("hangup");
        screen.print("\n");
        live.typed();
        screen.print(live.say("[1] over")).print(live.show(quality(0)))
                .print(live.say("more"));
        assertThat(screen.lines())
                .containsExactly("talking", GOOD, "hangup", "[1] over", "more", GOOD, "");
    }

    @Test void it_goes_when_the_call_is_over() {
        live.hears(new News.Established(4, BOB));
        screen.print(live.show(quality(0))).print(live.end());
        assertThat(screen.lines()).containsExactly(GOOD, "");
        live.hears(new News.Ended(4, 200, "OK", new Statistics(0, 0, 0, Duration.ZERO)));
        screen.print(live.end()).print(live.say("over"));
        assertThat(screen.lines()).containsExactly("over", "");
    }

    @Test void it_asks_of_the_call_that_is_talked_in_and_takes_no_other_answer() {
        assertThat(live.measured()).isEmpty();
        live.hears(new News.Established(4, BOB));
        assertThat(live.hears(measured())).isFalse();
        assertThat(live.measured()).hasValue(4);
        assertThat(live.hears(measured())).isTrue();
        assertThat(live.hears(measured())).isFalse();
    }

    private static News measured() {
        return new News.Measured(4, Optional.empty(), new Statistics(0, 0, 0, Duration.ZERO));
    }

    @Test void what_is_no_terminal_is_never_measured_for() {
        var file = new LiveLine(false);
        file.hears(new News.Established(4, BOB));
        assertThat(file.measured()).isEmpty();
        assertThat(file.say("talking") + file.end()).isEqualTo("talking\n");
    }

    @Test void loud_fills_the_bar_and_silence_leaves_it_empty() {
        assertThat(level(0)).endsWith("[||||||||||||||||||||]");
        assertThat(level(-57)).endsWith("[|                   ]");
        assertThat(level(Quality.SILENT)).endsWith("[                    ]");
    }

    private static String level(double level) {
        return LiveLine.text(new Quality(0, Duration.ZERO, level, Optional.empty(),
                quality(0).here(), Optional.empty()));
    }
}
