package p2psip.app.p2psip;

import module java.base;
import p2psip.app.voip.*;

/// The line of a terminal that changes while somebody talks: how the call sounds, and how loud it
/// is. It stands right above the one where something is typed, and what is said comes before it.
///
/// Nothing here prints: each method answers what the terminal is to be sent.
final class LiveLine {
    /// How often it changes.
    static final Duration PERIOD = Duration.ofSeconds(1);

    /// What moves a cursor (ECMA-48), as far as every terminal knows it.
    private static final String UP = "\u001b[A\r", CLEAR = "\u001b[K", SAVE = "\u001b7",
            BACK = "\u001b8";

    /// How long the bar is, and how much louder each of its marks is, in dB.
    private static final int MARKS = 20, STEP = 3;

    /// How much of the line is shown that the peer types.
    private static final int TYPED = 20;

    private final boolean able;
    private String shown = "", typing = "";
    private Optional<Quality> quality = Optional.empty();
    private OptionalLong call = OptionalLong.empty();
    private int asked;

    /// @param able whether there is a terminal whose lines may change
    LiveLine(boolean able) { this.able = able; }

    /// The call that is talked in, if it is to be measured now.
    OptionalLong measured() {
        if (!able) return OptionalLong.empty();
        if (call.isPresent()) asked++;
        return call;
    }

    /// Follows the calls; answers whether this news is an answer to [#measured], and nobody else's.
    boolean hears(News news) {
        switch (news) {
            case News.Established(long number, _) -> call = OptionalLong.of(number);
            case News.Ended ended when call.equals(OptionalLong.of(ended.call())) -> {
                call = OptionalLong.empty();
                asked = 0;
            }
            case News.Measured _ when asked > 0 -> {
                asked--;
                return true;
            }
            default -> { }
        }
        return false;
    }

    /// A line that stays.
    String say(String line) {
        return shown.isEmpty() ? line + "\n" : UP + CLEAR + line + "\n" + shown + CLEAR + "\n";
    }

    /// What changes: how the call sounds now.
    String show(Quality quality) {
        this.quality = Optional.of(quality);
        var next = text(quality) + (typing.isEmpty() ? "" : "  " + typing.substring(
                Math.max(0, typing.length() - TYPED)));
        boolean first = shown.isEmpty();
        shown = next;
        return first ? next + "\n" : SAVE + UP + next + CLEAR + BACK;
    }

    /// What the peer types changes, and with it what is shown.
    String typing(String line) {
        typing = line;
        return shown.isEmpty() || quality.isEmpty() ? "" : show(quality.get());
    }

    /// Nobody talks any more.
    String end() {
        boolean was = !shown.isEmpty() && call.isEmpty();
        if (was) shown = "";
        return was ? UP + CLEAR : "";
    }

    /// Somebody has typed a line, which is the one above now.
    void typed() { shown = ""; }

    static String text(Quality quality) {
        var here = quality.here();
        int marks = (int) Math.clamp(MARKS + quality.level() / STEP, 0, MARKS);
        return "loss %.1f%%  late %d  jitter %.1f ms  R %s  [%s%s]".formatted(
                100 * here.loss(), quality.late(), here.jitter().toNanos() / 1e6,
                here.r().isEmpty() ? "-" : Math.round(here.r().getAsDouble()),
                "|".repeat(marks), " ".repeat(MARKS - marks));
    }
}
