package p2psip.std.rfc4103;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc2198.Redundancy;
import p2psip.std.rfc2198.RedundantPayload;
import p2psip.std.rfc3550.RtpPacket;
import p2psip.std.rfc3550.SequenceNumber;

/// Tells the text of one source: each block once and in order, whatever was lost, repeated or
/// overtaken on the way, and [T140#MISSING] for each block that never came.
///
/// ```text
///  told already │ gap │ held: came in, but what is before it did not
/// ──────────────┼─────┼───────────────────────────────────────────────
///            next ──► the gap is filled by a late packet, or by what later ones repeat; or it is
///                     given up a second after the first packet behind it came
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc4103#section-5.3 RFC 4103 §5.3
/// @spec https://www.rfc-editor.org/rfc/rfc4103#section-5.4 RFC 4103 §5.4
public final class TextReceiver implements Machine<TextReceiver.Input, TextReceiver.Output> {
    //= rfc4103#5.4-3 the waiting time for a missing packet is a second
    public static final Duration PATIENCE = Duration.ofSeconds(1);

    /// Numbers further away than this are no gap, but another stream: believed from the second
    /// packet on.
    public static final int MAX_JUMP = 100;

    /// How much text may wait behind a gap, in UTF-16 units; beyond it the gap is given up.
    public static final int MAX_HELD = 1 << 16;

    public sealed interface Input {
        record Received(RtpPacket packet) implements Input {}
    }

    public sealed interface Output {
        /// New text, never empty, of whole characters.
        record Text(String text) implements Output {}
    }

    /// A block with its timestamp, and when it came.
    private record Held(String text, long timestamp, Instant arrived) {}

    private final TextFormat format;
    private final NavigableMap<Long, Held> held = new TreeMap<>();
    private final StringBuilder told = new StringBuilder();
    /// How many generations this source repeats.
    private int level;
    /// Numbers count on past 65535; until the first packet there is none.
    private OptionalLong next = OptionalLong.empty();
    /// Whether something was told, so that what is before it comes too late.
    private boolean begun;
    /// The first block of the first packets, if they had a marker bit.
    private OptionalLong afterSilence = OptionalLong.empty();
    private long lastTimestamp;
    private Optional<SequenceNumber> afterJump = Optional.empty();
    private Optional<Recent> recent = Optional.empty();

    /// The packet before, to see how many generations two in a row have.
    ///
    /// @param oldest timestamp of the first block in it
    private record Recent(SequenceNumber number, int generations, long oldest) {}

    /// @param format as this side has said that it receives text
    public TextReceiver(TextFormat format) {
        this.format = format;
        level = format.generations();
    }

    @Override public Instant deadline() {
        return held.values().stream().map(Held::arrived).min(Comparator.naturalOrder())
                .map(first -> first.plus(PATIENCE)).orElse(Instant.MAX);
    }

    @Override public List<Output> wake(Instant now) {
        while (!deadline().isAfter(now)) giveUp();
        return told();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        while (!deadline().isAfter(now)) giveUp();
        var packet = ((Input.Received) input).packet;
        var blocks = blocks(packet, now);
        if (!blocks.isEmpty()) receive(packet, blocks);
        //= rfc4103#6-2 text at a higher rate is handled: it waits for a gap no longer
        while (held.values().stream().mapToInt(h -> h.text.length()).sum() > MAX_HELD) giveUp();
        return told();
    }

    /// The blocks of a packet, the oldest first; none if it is not of text, or broken.
    private List<Held> blocks(RtpPacket packet, Instant now) {
        if (packet.payloadType() == format.payloadType())
            return List.of(new Held(text(packet.payload()), packet.timestamp(), now));
        if (format.red().stream().noneMatch(red -> red == packet.payloadType())) return List.of();
        try {
            var payload = RedundantPayload.parse(packet.payload().buffer());
            var all = new ArrayList<>(payload.redundant());
            all.add(payload.primary());
            boolean ours = all.stream().allMatch(b -> b.payloadType() == format.payloadType());
            if (!ours || all.size() > Redundancy.MAX_LEVELS + 1) return List.of();
            return all.stream().map(b -> new Held(text(b.data()),
                    packet.timestamp() - b.offset() & 0xffff_ffffL, now)).toList();
        } catch (p2psip.std.rfc2198.SyntaxException e) {
            return List.of();
        }
    }

    /// What is no UTF-8 is text missing.
    private static String text(Bytes data) {
        return data.lend((array, begin, size) -> new String(array, begin, size, UTF_8));
    }

    private void receive(RtpPacket packet, List<Held> blocks) {
        var number = packet.sequenceNumber();
        if (next.isEmpty()) next = OptionalLong.of((1L << 32) + number.value());
        long last = next.getAsLong()
                + number.minus(new SequenceNumber((int) (next.getAsLong() & 0xffff)));
        //= rfc4103#4.2¶3 numbers of redundant blocks count backwards from the packet's
        long first = last - blocks.size() + 1;
        if (Math.abs(last - next.getAsLong()) > MAX_JUMP) {
            if (!afterJump.equals(Optional.of(number))) {
                afterJump = Optional.of(number.next());
                return;
            }
            restart(first);
        }
        afterJump = Optional.empty();
        learn(number, blocks);
        leftOut(first, packet.timestamp(), blocks);
        for (int i = 0; i < blocks.size(); i++) keep(first + i, blocks.get(i));
        if (!begun && held.firstKey() >= first) open(packet.marker(), first, blocks);
        drain();
    }

    /// Whether the first packets are where a session begins: with the mark that stands there, or
    /// with a marker bit and nothing that is repeated. Before others there may be more.
    private void open(boolean marker, long first, List<Held> blocks) {
        boolean start = blocks.stream().anyMatch(b -> b.text.contains(T140.BYTE_ORDER_MARK));
        if (start || marker && blocks.size() == 1) begin(first);
        //= rfc4103#5.3-4 before a marker bit comes silence: no marker of loss, which may be false
        //= rfc4103#3.5-6 without one, loss is detected at the very start too
        else if (marker) afterSilence = OptionalLong.of(first);
    }

    /// A block that was not heard yet.
    //= rfc4103#5.4-1,2 in a buffer, so that missing packets out of order have time to arrive
    private void keep(long number, Held block) {
        if (!begun || number >= next.getAsLong()) held.putIfAbsent(number, block);
    }

    /// Blocks in front of a packet are not in it if they were too old, and only empty ones are ever
    /// so old. What is missing sooner after something that was heard is lost.
    private void leftOut(long first, long timestamp, List<Held> blocks) {
        long before = Optional.ofNullable(held.lowerEntry(first))
                .map(e -> e.getValue().timestamp).orElse(lastTimestamp);
        if (!begun || age(timestamp, before) <= RedundantPayload.Block.MAX_OFFSET) return;
        //= rfc4103#5.3-5 fewer generations than normally: those left out are empty blocks
        for (long n = first + blocks.size() - 1 - level; n < first; n++)
            keep(n, new Held("", before, blocks.getFirst().arrived));
    }

    private static long age(long now, long then) { return now - then & 0xffff_ffffL; }

    //= rfc4103#5.3-6 two successive packets with the same number of generations say the level
    private void learn(SequenceNumber number, List<Held> blocks) {
        int generations = blocks.size() - 1;
        long now = blocks.getLast().timestamp;
        // of fewer only if what the second one has no longer is not just too old
        boolean same = recent.stream().anyMatch(r -> r.number.next().equals(number)
                && r.generations == generations
                && age(now, r.oldest) <= RedundantPayload.Block.MAX_OFFSET);
        if (same || generations > level) level = generations;
        recent = Optional.of(new Recent(number, generations, blocks.getFirst().timestamp));
    }

    /// The stream goes on somewhere else; nobody knows how much is between.
    private void restart(long first) {
        while (!held.isEmpty()) giveUp();
        told.append(T140.MISSING);
        begin(first);
    }

    private void begin(long first) {
        begun = true;
        next = OptionalLong.of(first);
    }

    /// Tells what is in order.
    private void drain() {
        if (!begun) return;
        //= rfc4103#5.4¶2 consecutive blocks from the leading edge of the gap are consumed
        for (long n = next.getAsLong(); held.containsKey(n); n++) {
            var block = held.remove(n);
            told.append(block.text.replace(T140.BYTE_ORDER_MARK, ""));
            lastTimestamp = block.timestamp;
            next = OptionalLong.of(n + 1);
        }
    }

    /// What has not come by now is lost, up to the first block that did.
    private void giveUp() {
        long first = held.firstKey();
        //= rfc4103#5.3-1,2 a gap in the sequence of packets is loss
        //= rfc4103#5.3-3 a marker of missing text for each missing block
        long missing = begun ? first - next.getAsLong()
                : afterSilence.equals(OptionalLong.of(first)) ? 0 : 1;
        told.append(T140.MISSING.repeat((int) missing));
        begin(first);
        drain();
    }

    private List<Output> told() {
        if (told.isEmpty()) return List.of();
        var text = told.toString();
        told.setLength(0);
        return List.of(new Output.Text(text));
    }
}
