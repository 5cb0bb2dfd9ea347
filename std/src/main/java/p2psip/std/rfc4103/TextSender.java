package p2psip.std.rfc4103;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc2198.Redundancy;
import p2psip.std.rfc2198.RedundantPayload;

/// Sends what is typed: at once after a pause, then gathered for 300 ms, each block again in the
/// packets that follow, until all has gone out as often as it shall; then nothing.
///
/// ```text
///   0 ms  "H"                 marker: the first after an idle period
/// 300 ms  "el"    "H"
/// 600 ms  ""      "el" "H"    nothing new: only what is repeated
/// 900 ms  ""      ""   "el"   the last one; from here on it is idle
/// ```
///
/// The caller gives each packet the next sequence number, of a stream that has nothing but this.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4103#section-5.1 RFC 4103 §5.1
/// @spec https://www.rfc-editor.org/rfc/rfc4103#section-5.2 RFC 4103 §5.2
public final class TextSender implements Machine<TextSender.Input, TextSender.Output> {
    //= rfc4103#5.1-2 a buffering time of 300 ms, if no other is known to be better
    public static final Duration INTERVAL = Duration.ofMillis(300);

    //= rfc4103#5.1-1 buffered for 500 ms at most
    public static final Duration MAX_INTERVAL = Duration.ofMillis(500);

    /// What a lossy network makes of it.
    public static final Duration SLOWEST = Duration.ofSeconds(5);

    /// How many characters in a second, at most, are sent into a lossy network.
    public static final int FEW = 10;

    /// Where this much is lost, TCP would send no more than text does; below half of it is well.
    public static final double LOSSY = 0.2;

    /// How much text may wait to be sent, in UTF-16 units.
    public static final int MAX_WAITING = 4096;

    /// The largest block, in bytes: one that fits the header of its repetition.
    public static final int MAX_BLOCK = RedundantPayload.Block.MAX_LENGTH;

    //= rfc4103#6¶3 the rate is a mean value over any ten seconds
    private static final Duration WINDOW = Duration.ofSeconds(10);

    public sealed interface Input {
        /// Text as it comes from a keyboard or the clipboard: any part of it, even half a
        /// character; LF, CR and CR LF end lines.
        record Type(String text) implements Input {}

        /// A report of the peer's has come (RTCP): which part of the packets it did not get, from
        /// 0 to 1.
        record Report(double lost) implements Input {}
    }

    public sealed interface Output {
        /// @param timestamp in milliseconds, 32 bits
        record Send(boolean marker, int payloadType, long timestamp, Bytes payload)
                implements Output {}

        /// The end of what was typed, which is not sent: too much waits already.
        record Refused(String text) implements Output {}
    }

    /// How careful the sender is with the network, in the order of §9.
    private enum Pace { USUAL, SLOWER, FEWER, SLOWEST }

    private record Sent(Instant at, int characters) {}

    private final TextFormat format;
    private final Duration interval;
    private final Redundancy redundancy;
    private final Outbox<Output> out = new Outbox<>();
    private final Typing typing = new Typing();
    private final StringBuilder waiting = new StringBuilder();
    /// What went out in the last ten seconds.
    private final Deque<Sent> sent = new ArrayDeque<>();
    private Pace pace = Pace.USUAL;
    private boolean opened;
    private boolean idle = true;
    /// How many packets go out yet if nothing more is typed.
    private int repeats;
    private Instant due = Instant.MAX;

    /// @param format as the peer has said that it receives text
    public TextSender(TextFormat format) { this(format, INTERVAL); }

    /// @param interval between packets, at most [#MAX_INTERVAL]
    public TextSender(TextFormat format, Duration interval) {
        //= rfc4103#5.1-5 users perceive a real-time flow: no longer buffering time is selected
        if (interval.toMillis() < 1 || interval.compareTo(MAX_INTERVAL) > 0)
            throw new IllegalArgumentException("buffering for " + interval);
        this.format = format;
        this.interval = interval;
        //= rfc4103#5.3-7 the general redundancy level does not change
        redundancy = new Redundancy(format.generations());
    }

    @Override public Instant deadline() { return due; }

    @Override public List<Output> wake(Instant now) {
        if (!due.isAfter(now)) speak(now);
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        if (!due.isAfter(now)) speak(now);
        switch (input) {
            case Input.Type(var text) -> type(text, now);
            case Input.Report(double lost) -> pace = pace(lost);
        }
        return out.take();
    }

    private void type(String text, Instant now) {
        int fits = Math.clamp(MAX_WAITING - waiting.length(), 0, text.length());
        if (fits > 0 && fits < text.length() && Character.isHighSurrogate(text.charAt(fits - 1)))
            fits--;
        if (fits < text.length()) out.add(new Output.Refused(text.substring(fits)));
        var typed = typing.take(text.substring(0, fits));
        if (!opened && !typed.isEmpty()) {
            opened = true;
            waiting.append(T140.BYTE_ORDER_MARK);
        }
        waiting.append(typed);
        //= rfc4103#5.1-3 new text after an idle period goes out as soon as possible
        if (idle && !waiting.isEmpty()) speak(now);
    }

    /// Sends what is to be sent at a time for it.
    private void speak(Instant now) {
        var block = take(now);
        if (block.isEmpty() && repeats == 0) {
            idle = true;
            due = waiting.isEmpty() || sent.isEmpty() ? Instant.MAX
                    : sent.getFirst().at.plus(WINDOW);
            return;
        }
        //= rfc4103#5.2-1 an empty block goes out at the beginning of an idle period, at least one
        //= rfc4103#5.2¶3 and more until the last text has gone out with all its generations
        repeats = block.isEmpty() ? repeats - 1 : Math.max(1, format.generations());
        //= rfc4103#3.5-1 a clock of milliseconds
        //= rfc4103#3.5-2 packets are one or more apart: no two have the same timestamp
        long timestamp = now.toEpochMilli() & 0xffff_ffffL;
        //= rfc4103#3.5-3,4,5 the marker bit is one after an idle period, otherwise zero
        //= rfc4103#5.2-3 M is for the first packet with new text after it
        out.add(new Output.Send(idle, format.red().orElse(format.payloadType()), timestamp,
                payload(timestamp, Bytes.utf8(block))));
        idle = false;
        //= rfc4103#5.1-4 then it is buffered in intervals until the next idle period
        due = now.plus(interval());
    }

    private Bytes payload(long timestamp, Bytes block) {
        if (format.red().isEmpty()) return block;
        //= rfc4103#4.1-1 what is more than 16383 ms old is not included
        //= rfc4103#4.2-1,2,3 blocks as they were sent, in age order, all up to the preceding
        //= rfc4103#5.2-2 empty blocks are included like others
        return redundancy.protect(
                new Redundancy.Media(format.payloadType(), timestamp, block)).encode();
    }

    /// The next block: as much of what waits as fits, and may go out now.
    private String take(Instant now) {
        while (!sent.isEmpty() && !sent.getFirst().at.plus(WINDOW).isAfter(now)) sent.poll();
        int most = cps() * (int) WINDOW.toSeconds();
        //= rfc4103#6-1 at the rate that the peer has asked for, or below it
        //= rfc4103#9-1 so what comes from a machine, in large amounts, is no faster than a human
        int room = most - sent.stream().mapToInt(Sent::characters).sum();
        var block = new Portion(room);
        for (var element : (Iterable<String>) T140.elements(waiting.toString())::iterator) {
            //= rfc4103#3.3-2 a composite character sequence stays in one block
            if (block.add(element)) continue;
            if (Portion.size(element) > MAX_BLOCK || Portion.count(element) > most)
                //= rfc4103#3.3-1 one that fits none is parted between characters, never in one
                element.codePoints().mapToObj(Character::toString).allMatch(block::add);
            break;
        }
        waiting.delete(0, block.text.length());
        if (block.characters > 0) sent.add(new Sent(now, block.characters));
        return block.text.toString();
    }

    /// A block that fills.
    private static final class Portion {
        private final StringBuilder text = new StringBuilder();
        private final int room;
        private int characters;
        private int bytes;

        Portion(int room) { this.room = room; }

        static int count(String element) { return element.codePointCount(0, element.length()); }

        static int size(String element) { return Bytes.utf8(element).size(); }

        /// False if it does not fit.
        boolean add(String element) {
            if (characters + count(element) > room || bytes + size(element) > MAX_BLOCK)
                return false;
            text.append(element);
            characters += count(element);
            bytes += size(element);
            return true;
        }
    }

    /// A step more careful if much is lost, a step back if little is.
    //= rfc4103#9-2 the loss of packets is watched, and the rate reduced
    private Pace pace(double lost) {
        int step = lost >= LOSSY ? 1 : lost < LOSSY / 2 ? -1 : 0;
        return Pace.values()[Math.clamp(pace.ordinal() + step, 0, Pace.values().length - 1)];
    }

    //= rfc4103#9-3,4 the priority: 500 ms, then a lower maximum rate, then up to five seconds
    private Duration interval() {
        return switch (pace) {
            case USUAL -> interval;
            case SLOWER, FEWER -> MAX_INTERVAL;
            case SLOWEST -> slowest();
        };
    }

    /// As slow as leaves every generation young enough to be included.
    private Duration slowest() {
        int span = RedundantPayload.Block.MAX_OFFSET / Math.max(1, format.generations());
        return Duration.ofMillis(Math.min(SLOWEST.toMillis(), span));
    }

    private int cps() {
        return switch (pace) {
            case USUAL, SLOWER -> format.cps();
            case FEWER, SLOWEST -> Math.min(FEW, format.cps());
        };
    }
}
