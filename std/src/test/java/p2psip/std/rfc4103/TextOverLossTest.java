package p2psip.std.rfc4103;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc4103.TextLine.Key;
import p2psip.std.rfc4103.TextLine.Packet;

/// Text from one end to the other, over networks of every kind.
class TextOverLossTest {
    private static final TextFormat RED = TextLine.RED;

    /// Letters that say their place, and some that take two UTF-16 units; pauses of every length.
    private static List<Key> typing(SplittableRandom random, int keys) {
        var typed = new ArrayList<Key>();
        long at = 0;
        for (int i = 0; i < keys; i++) {
            at += switch (random.nextInt(20)) {
                case 0 -> random.nextInt(40_000);
                case 1 -> 15_000 + random.nextInt(2000);
                case 2, 3, 4 -> random.nextInt(2000);
                default -> random.nextInt(200);
            };
            typed.add(new Key(at, Character.toString(0x4e00 + i) + (i % 5 == 0 ? "😀" : "")));
        }
        return typed;
    }

    private static String text(List<Key> keys) {
        return keys.stream().map(Key::text).collect(Collectors.joining());
    }

    //= rfc4103#4-1 the default is redundancy, and it makes good what is lost
    //= rfc4103#4-2 with two redundant generations: two packets in a row
    @Property(tries = 300) void two_losses_in_a_row_do_no_harm(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var keys = typing(random, 120);
        var arrived = new ArrayList<Packet>();
        int run = 0;
        var sent = TextLine.sent(RED, keys);
        for (int i = 0; i < sent.size(); i++) {
            // the last packets repeat each other: who loses those, loses more than two
            boolean lost = run < 2 && i < sent.size() - 2 && random.nextInt(3) > 0;
            run = lost ? run + 1 : 0;
            for (int n = lost ? 0 : 1 + random.nextInt(2); n > 0; n--) arrived.add(sent.get(i));
        }
        assertThat(TextLine.heard(RED, arrived)).isEqualTo(text(keys));
    }

    @Property(tries = 100) void as_many_losses_as_generations_do_no_harm(@ForAll long seed,
            @ForAll @IntRange(max = 8) int generations) {
        var random = new SplittableRandom(seed);
        var format = new TextFormat(98, OptionalInt.of(100), generations, 30);
        var keys = typing(random, 60);
        var arrived = new ArrayList<Packet>();
        int run = 0;
        var sent = TextLine.sent(format, keys);
        for (int i = 0; i < sent.size(); i++) {
            boolean lost = run < generations && i < sent.size() - generations
                    && random.nextInt(3) > 0;
            run = lost ? run + 1 : 0;
            if (!lost) arrived.add(sent.get(i));
        }
        assertThat(TextLine.heard(format, arrived)).isEqualTo(text(keys));
    }

    /// At most so late that nobody gives up; losses of two in a row besides.
    @Property(tries = 200) void neither_does_another_order(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var keys = typing(random, 80);
        var arrived = new ArrayList<Packet>();
        int run = 0;
        var sent = TextLine.sent(RED, keys);
        for (int i = 0; i < sent.size(); i++) {
            boolean lost = run < 2 && i < sent.size() - 2 && random.nextInt(4) == 0;
            run = lost ? run + 1 : 0;
            if (!lost) arrived.add(new Packet(sent.get(i).at() + random.nextInt(999),
                    sent.get(i).rtp()));
        }
        arrived.sort(Comparator.comparing(Packet::at));
        assertThat(TextLine.heard(RED, arrived)).isEqualTo(text(keys));
    }

    //= rfc4103#5.3-3 missing data is marked, whatever is missing
    @Property(tries = 300) void at_any_loss_text_is_in_order_and_each_gap_is_marked(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int tenths,
            @ForAll boolean plain) {
        var random = new SplittableRandom(seed);
        var format = plain ? TextFormat.plain(98) : RED;
        var keys = typing(random, 120);
        var sent = TextLine.sent(format, keys);
        var arrived = new ArrayList<Packet>();
        for (var packet : sent) {
            // all get the first, and the last ones, which say what was before
            if (packet != sent.getFirst() && packet != sent.getLast()
                    && random.nextInt(10) < tenths) continue;
            for (int n = 1 + random.nextInt(2); n > 0; n--) arrived.add(
                    new Packet(packet.at() + (packet == sent.getFirst() ? 0 : random.nextInt(3000)),
                            packet.rtp()));
        }
        arrived.sort(Comparator.comparing(Packet::at));
        assertMarked(TextLine.heard(format, arrived), text(keys));
    }

    /// Each run of text is of the original, later than the run before, and behind a marker unless
    /// it goes on from it.
    private static void assertMarked(String heard, String original) {
        int at = 0;
        boolean marked = false;
        for (int c : heard.codePoints().toArray()) {
            if (c == 0xfffd) {
                marked = true;
                continue;
            }
            var character = Character.toString(c);
            int place = original.indexOf(character, at);
            assertThat(place).as("not doubled, not out of order: %s", character)
                    .isGreaterThanOrEqualTo(at);
            if (!marked) assertThat(place).as("a gap before %s", character).isEqualTo(at);
            at = place + character.length();
            marked = false;
        }
        if (!marked) assertThat(at).isEqualTo(original.length());
    }

    /// The pieces of a split may be typed at any time; all of a text is heard, and the same.
    @Property(tries = 200) void any_split_of_typing_gives_the_same_text(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var text = "Grüße\r\n👨‍👩‍👧‍👦 é\n\b\u0007日本\r\r\n\ud83d lone \ude00😀\r";
        var keys = new ArrayList<Key>();
        long at = 0;
        for (int from = 0; from < text.length();) {
            int to = Math.min(text.length(), from + random.nextInt(4));
            keys.add(new Key(at += random.nextInt(900), text.substring(from, to)));
            from = to;
        }
        assertThat(TextLine.heard(RED, TextLine.sent(RED, keys))).isEqualTo(
                "Grüße\u2028👨‍👩‍👧‍👦 é\u2028\b\u0007日本\u2028\u2028\ufffd lone \ufffd😀\u2028");
    }

    /// One seed is one run: what it hears is pinned.
    @Test void one_seed_is_one_run() {
        var random = new SplittableRandom(4103);
        var sent = TextLine.sent(RED, typing(random, 30));
        var arrived = sent.stream().filter(_ -> random.nextInt(10) < 3).toList();
        var heard = TextLine.heard(RED, arrived);
        assertThat(heard).isEqualTo(TextLine.heard(RED, arrived)).contains(T140.MISSING);
        assertThat(heard.hashCode() + " " + sent.size()).isEqualTo("-97382652 32");
    }
}
