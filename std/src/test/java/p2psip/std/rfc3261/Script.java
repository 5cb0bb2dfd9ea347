package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;

/// Plays a transaction on a virtual clock, as a text of `time arrow message`.
///
/// Lines with `<-` (from the wire), `TU>` (the TU says) and `!!` (transport error) are what
/// happens; `->` (to the wire), `TU` (the TU is told) and `==` (state entered) are what the
/// transaction makes of it. The whole transcript is compared, up to an hour after the last line.
final class Script {

    /// The transaction under test, told in words and answering in words.
    interface Player {
        List<String> begin(Instant now);
        List<String> told(String what, Instant now);
        List<String> wake(Instant now);
        Instant deadline();
        boolean terminated();
    }

    private Script() {}

    static void play(Player player, String script) {
        var seen = new StringBuilder();
        note(player.begin(Instant.EPOCH), Instant.EPOCH, seen);
        for (var line : script.lines().toList()) {
            var words = line.strip().split(" ", 2);
            if (!words[1].startsWith("<-") && !words[1].startsWith("TU>")
                    && !words[1].startsWith("!!")) continue;
            var at = Instant.ofEpochMilli(Long.parseLong(words[0]));
            run(player, at, seen);
            seen.append(line).append('\n');
            note(player.told(words[1], at), at, seen);
        }
        run(player, Instant.ofEpochSecond(3600), seen);
        assertThat(seen.toString()).isEqualTo(script);
        assertThat(player.deadline()).isEqualTo(Instant.MAX);
        assertThat(player.terminated()).isTrue();
    }

    private static void run(Player player, Instant until, StringBuilder seen) {
        while (player.deadline().isBefore(until)) {
            var at = player.deadline();
            note(player.wake(at), at, seen);
        }
    }

    private static void note(List<String> what, Instant at, StringBuilder seen) {
        for (var line : what) seen.append("%6d %s%n".formatted(at.toEpochMilli(), line));
    }
}
