package p2psip.std.rfc4103;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2198.RedundantPayload;
import p2psip.std.rfc4103.TextLine.Key;
import p2psip.std.rfc4103.TextLine.Packet;
import p2psip.std.rfc4103.TextSender.Input;
import p2psip.std.rfc4103.TextSender.Output;

/// What typing becomes on the wire.
class TextSenderTest {
    private static final TextFormat RED = TextLine.RED;

    /// A line for each packet: time, marker, blocks with the age of those that are repeated.
    private static List<String> lines(List<Packet> packets) {
        return packets.stream().map(p -> p.at() + (p.rtp().marker() ? " M" : "") + " "
                + (p.rtp().payloadType() == 98 ? p.rtp().payload().utf8()
                : blocks(RedundantPayload.parse(p.rtp().payload().buffer())))
                .replace(T140.BYTE_ORDER_MARK, "^").replace(T140.NEW_LINE, "/")).toList();
    }

    private static String blocks(RedundantPayload payload) {
        return payload.redundant().stream().map(b -> b.offset() + ":" + b.data().utf8() + "|")
                .collect(Collectors.joining()) + payload.primary().data().utf8();
    }

    private static List<String> typed(TextFormat format, Key... keys) {
        return lines(TextLine.sent(format, List.of(keys)));
    }

    private static final Key[] KEYS = {
        new Key(0, "H"), new Key(100, "e"), new Key(250, "l"), new Key(4000, "x")};

    private static final String[] PACKETS = {
        "0 M ^H",
        "300 300:^H|el",
        "600 600:^H|300:el|",
        "900 600:el|300:|",
        "4000 M 3400:|3100:|x",
        "4300 3400:|300:x|",
        "4600 600:x|300:|"};

    //= rfc4103#5.1-2,3,4 soon after an idle period, then buffered for 300 ms until the next one
    //= rfc4103#5.2-1,3 an empty block at the beginning of an idle period, M after it
    @Test void typing_and_a_pause() {
        assertThat(typed(RED, KEYS)).containsExactly(PACKETS);
    }

    //= rfc4103#4.2-1,2 redundant blocks have the same data as before, the most recent is last
    //= rfc4103#4.2-3 all of them up to the preceding block
    //= rfc4103#5.2-2 empty blocks are repeated as others
    @Test void what_is_sent_is_sent_again_in_its_order() {
        var told = new ArrayList<Bytes>();
        for (var packet : TextLine.sent(RED, List.of(KEYS))) {
            var payload = RedundantPayload.parse(packet.rtp().payload().buffer());
            assertThat(payload.redundant().stream().map(RedundantPayload.Block::data))
                    .containsExactlyElementsOf(told.subList(Math.max(0, told.size() - 2),
                            told.size()));
            told.add(payload.primary().data());
        }
        assertThat(told).hasSize(PACKETS.length).contains(Bytes.EMPTY);
    }

    //= rfc4103#4.1-1 nothing is included of which the timestamp offset is higher than 16383
    @Test void what_is_too_old_is_not_repeated() {
        assertThat(typed(RED, new Key(0, "a"), new Key(600 + 16_383, "b")))
                .contains("16983 M 16383:|b");
        assertThat(typed(RED, new Key(0, "a"), new Key(600 + 16_384, "b"))).contains("16984 M b");
    }

    //= rfc4103#3.5-1 a clock frequency of 1000 Hz
    //= rfc4103#3.5-2 sequential packets have not the same timestamp
    @Test void timestamps_are_milliseconds_and_grow() {
        var keys = IntStream.range(0, 40).mapToObj(i -> new Key(i * 70L, "k")).toList();
        var sent = TextLine.sent(RED, keys);
        assertThat(sent).allMatch(p -> p.rtp().timestamp() == p.at());
        assertThat(sent.stream().map(p -> p.rtp().timestamp()).distinct()).hasSize(sent.size());
        assertThatThrownBy(() -> new TextSender(RED, Duration.ofNanos(999_999)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    //= rfc4103#3.5-3,4,5 the marker bit: one in the first packet, and after idle; zero in all other
    @Test void the_marker_is_for_the_first_after_a_pause_only() {
        var sent = TextLine.sent(RED, List.of(new Key(0, "a"), new Key(850, "b"),
                new Key(1000, "c"), new Key(9000, "d")));
        assertThat(sent.stream().filter(p -> p.rtp().marker()).map(Packet::at))
                .containsExactly(0L, 9000L);
        assertThat(sent.stream().map(Packet::at)).contains(900L, 1200L);
    }

    //= rfc4103#5.1-1 at most 500 ms of buffering
    //= rfc4103#5.1-5 a buffering time in which the text flow is perceived as real-time
    @Test void the_buffering_time_may_be_chosen() {
        assertThat(lines(TextLine.sent(new TextSender(RED, Duration.ofMillis(500)),
                List.of(new Key(0, "a"), new Key(1, "b")), 0)))
                .contains("0 M ^a", "500 500:^a|b", "1000 1000:^a|500:b|");
        assertThatThrownBy(() -> new TextSender(RED, Duration.ofMillis(501)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    //= rfc4103#4-4 text without additional protection
    @Test void without_redundancy_one_empty_block_goes_out() {
        assertThat(typed(TextFormat.plain(98), new Key(0, "a"), new Key(10, "b")))
                .containsExactly("0 M ^a", "300 b", "600 ");
    }

    //= rfc4103#6-1 at or below the rate that is specified
    //= rfc4103#9-1 large amounts of text go no faster than a human types
    @Test void what_is_pasted_goes_out_at_the_rate_of_the_peer() {
        for (int cps : new int[] {1, 4, 30}) {
            var text = "0123456789".repeat(80);
            var sent = TextLine.sent(RED.withCps(cps), List.of(new Key(0, text)));
            assertThat(TextLine.heard(RED, sent)).isEqualTo(text);
            for (var from : sent)
                assertThat(sent.stream()
                        .filter(p -> p.at() >= from.at() && p.at() < from.at() + 10_000)
                        .mapToInt(p -> characters(p)).sum()).isLessThanOrEqualTo(10 * cps);
            // nor much slower
            assertThat(sent.getLast().at()).isLessThan(801_000L / cps + 1000);
        }
    }

    @Test void ten_seconds_are_ten_seconds() {
        var sent = TextLine.sent(RED.withCps(1), List.of(new Key(0, "123456789"),
                new Key(9_900, "x")));
        assertThat(sent.stream().filter(p -> characters(p) > 0).map(Packet::at))
                .containsExactly(0L, 10_000L);
    }

    @Test void what_is_due_goes_out_before_what_comes() {
        var sender = new TextSender(RED);
        sender.handle(new Input.Type("a"), Instant.EPOCH);
        assertThat(sender.handle(new Input.Type("b"), Instant.ofEpochMilli(400))).hasSize(1);
        assertThat(sender.deadline()).isEqualTo(Instant.ofEpochMilli(700));
    }

    private static int characters(Packet packet) {
        var text = RedundantPayload.parse(packet.rtp().payload().buffer()).primary().data().utf8();
        return text.codePointCount(0, text.length());
    }

    @Test void who_wants_nothing_gets_nothing() {
        var sender = new TextSender(RED.withCps(0));
        var text = "a".repeat(TextSender.MAX_WAITING);
        assertThat(sender.handle(new Input.Type(text), Instant.EPOCH)).isEmpty();
        assertThat(sender.deadline()).isEqualTo(Instant.MAX);
        assertThat(sender.handle(new Input.Type("b"), Instant.EPOCH))
                .containsExactly(new Output.Refused("b"));
    }

    @Test void too_much_text_is_refused_at_a_whole_character() {
        var sender = new TextSender(RED.withCps(0));
        var text = "a".repeat(TextSender.MAX_WAITING - 1) + "😀b";
        assertThat(sender.handle(new Input.Type(text), Instant.EPOCH))
                .containsExactly(new Output.Refused("😀b"));
    }

    @Test void a_giant_paste_is_cut() {
        var refused = new TextSender(RED).handle(new Input.Type("x".repeat(10_000_000)),
                Instant.EPOCH);
        assertThat(refused).element(0).isInstanceOfSatisfying(Output.Refused.class, r ->
                assertThat(r.text()).hasSize(10_000_000 - TextSender.MAX_WAITING));
        assertThat(refused).hasSize(2);
    }

    //= rfc4103#3.3-2 a composite sequence within one block, a line end is one in T.140
    @Test void no_block_ends_within_a_character() {
        var family = "👨‍👩‍👧‍👦";
        var text = "é".repeat(100) + family.repeat(200) + "\u009b1m\u001ba";
        var sent = TextLine.sent(RED.withCps(3000), List.of(new Key(0, text)));
        var blocks = sent.stream().map(p -> RedundantPayload.parse(p.rtp().payload().buffer())
                .primary().data()).filter(b -> !b.isEmpty()).toList();
        assertThat(blocks).hasSizeGreaterThan(4)
                .allMatch(b -> b.size() <= TextSender.MAX_BLOCK)
                .allMatch(b -> b.utf8().chars().noneMatch(c -> c >= 0xdc80 && c < 0xdd00))
                .allMatch(b -> !b.utf8().startsWith("\u0301") && !b.utf8().startsWith("\u200d"));
        assertThat(blocks.getFirst().size()).isGreaterThan(TextSender.MAX_BLOCK - 30);
        assertThat(blocks.stream().map(Bytes::utf8).collect(Collectors.joining()))
                .isEqualTo(T140.BYTE_ORDER_MARK + text);
    }

    //= rfc4103#3.3-1 each block has an integral number of characters
    @Test void a_sequence_that_fits_no_block_is_parted_between_characters() {
        for (int cps : new int[] {2, 300}) {
            var text = "e" + "\u0301".repeat(700) + "\u009b" + "1".repeat(30) + "m";
            var sent = TextLine.sent(RED.withCps(cps), List.of(new Key(0, text)));
            assertThat(sent).allMatch(p -> characters(p) <= 10 * cps);
            assertThat(TextLine.heard(RED, sent)).isEqualTo(text);
        }
    }

    @Test void a_pasted_page_of_any_script_is_repeated_as_a_whole() {
        var text = "語".repeat(3000);
        var sent = TextLine.sent(RED.withCps(3000), List.of(new Key(0, text)));
        assertThat(sent.stream().map(p -> RedundantPayload.parse(p.rtp().payload().buffer())))
                .allMatch(p -> p.primary().data().size() <= TextSender.MAX_BLOCK);
        assertThat(sent).hasSize(11);
        assertThat(TextLine.heard(RED, List.of(sent.get(2), sent.get(5), sent.get(8))))
                .isEqualTo(text);
    }

    @Test void halves_and_line_ends_are_made_whole() {
        assertThat(typed(RED, new Key(0, "a\r"), new Key(1, "\nb\nc"), new Key(2, "\ud83d"),
                new Key(3, "\ude00\r\r\n"), new Key(4, "\ud83d"), new Key(5, "x\ude00")))
                .startsWith("0 M ^a/", "300 300:^a/|b/c😀//\ufffdx\ufffd");
        assertThat(typed(RED, new Key(0, "\ud83d"), new Key(1, ""))).isEmpty();
    }

    //= rfc4103#9-2 the sender monitors packet loss and reduces its rate
    //= rfc4103#9-3,4 redundancy stays; 500 ms, fewer characters, 5 seconds, in order of priority
    //= rfc4103#5.3-7 the general redundancy level stays
    @Test void reports_of_loss_slow_it_down_step_by_step() {
        assertThat(gaps(RED, 0)).containsOnly(300L);
        assertThat(gaps(RED, 1)).containsOnly(500L);
        assertThat(gaps(RED, 2)).containsOnly(500L);
        assertThat(gaps(RED, 3)).containsOnly(5000L);
        assertThat(gaps(RED, 4)).containsOnly(5000L);
        assertThat(gaps(new TextFormat(98, OptionalInt.of(100), 8, 30), 3)).containsOnly(2047L);
        assertThat(within(1)).isEqualTo(300);
        assertThat(within(2)).isEqualTo(100);
        assertThat(within(3)).isEqualTo(100);
        var sender = lossy(RED, 3);
        sender.handle(new Input.Report(TextSender.LOSSY / 2), Instant.EPOCH);   // neither
        sender.handle(new Input.Report(0.09), Instant.EPOCH);
        assertThat(within(sender)).isEqualTo(100);
        var better = lossy(RED, 1);
        better.handle(new Input.Report(0), Instant.EPOCH);
        assertThat(gaps(better)).containsOnly(300L);
    }

    private static TextSender lossy(TextFormat format, int reports) {
        var sender = new TextSender(format);
        for (int i = 0; i < reports; i++)
            sender.handle(new Input.Report(TextSender.LOSSY), Instant.EPOCH);
        return sender;
    }

    private static List<Long> gaps(TextFormat format, int reports) {
        var gaps = gaps(lossy(format, reports));
        assertThat(gaps).hasSize(format.generations());
        return gaps;
    }

    private static List<Long> gaps(TextSender sender) {
        var at = TextLine.sent(sender, List.of(new Key(0, "a")), 0).stream().map(Packet::at)
                .toList();
        return IntStream.range(1, at.size()).mapToObj(i -> at.get(i) - at.get(i - 1)).toList();
    }

    private static int within(int reports) { return within(lossy(RED, reports)); }

    private static int within(TextSender sender) {
        return TextLine.sent(sender, List.of(new Key(0, "a".repeat(1000))), 0).stream()
                .filter(p -> p.at() < 10_000).mapToInt(TextSenderTest::characters).sum();
    }

    /// The example of the door.
    @Test void from_keys_to_a_page() {
        var sender = new TextSender(TextFormat.of(98, 100));
        var now = Instant.EPOCH;
        var first = (Output.Send) sender.handle(new Input.Type("Hi\n"), now).getFirst();
        assertThat(first.marker()).isTrue();
        assertThat(sender.handle(new Input.Type("yuo\b\bou"), now)).isEmpty();
        assertThat(sender.deadline()).isEqualTo(now.plusMillis(300));

        var sent = TextLine.sent(new TextSender(TextFormat.of(98, 100)),
                List.of(new Key(0, "Hi\n"), new Key(0, "yuo\b\bou")), 0);
        var page = new TextPage();
        page.add(TextLine.heard(TextFormat.of(98, 100), sent.subList(1, 3)));
        assertThat(page.lines()).containsExactly("Hi", "you");
    }
}
