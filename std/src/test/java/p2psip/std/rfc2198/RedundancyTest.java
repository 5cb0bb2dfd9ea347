package p2psip.std.rfc2198;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2198.Redundancy.Media;
import p2psip.std.rfc2198.RedundantPayload.Block;

class RedundancyTest {

    /// The payload of the packet drawn in RFC 2833 §3.8: the digits 9, 1 and 1. Seed R1: the
    /// ancestor packed 16 and 8 bits where 14 and 10 are meant, and swapped the two blocks.
    //= rfc2198#3¶6 the F bit is on all headers but the last
    @Test void three_digits_in_one_packet() {
        var payload = new RedundantPayload(List.of(
                new Block(97, 11200, Bytes.hex("09870640")),
                new Block(97, 4800, Bytes.hex("018a07d0"))),
                new Block(97, 0, Bytes.hex("01140190")));
        var wire = Bytes.hex("e1af0004" + "e14b0004" + "61" + "09870640" + "018a07d0" + "01140190");
        assertThat(payload.encode()).isEqualTo(wire);
        assertThat(RedundantPayload.parse(wire.buffer())).isEqualTo(payload);
    }

    @Property(tries = 200) void what_is_encoded_is_parsed(
            @ForAll @Size(max = 4) List<@IntRange(max = Block.MAX_OFFSET) Integer> offsets,
            @ForAll @IntRange(max = Block.MAX_LENGTH) int length) {
        var payload = new RedundantPayload(offsets.stream().map(offset ->
                new Block(offset % 128, offset, Bytes.wrap(new byte[length]))).toList(),
                new Block(5, 0, Bytes.wrap(new byte[length])));
        var wire = payload.encode();
        assertThat(RedundantPayload.parse(wire.buffer())).isEqualTo(payload);
        for (int end = 0; end < Math.min(wire.size() - length, 50); end++) {
            var cut = wire.slice(0, end);
            assertThatThrownBy(() -> RedundantPayload.parse(cut.buffer()))
                    .isInstanceOf(SyntaxException.class);
        }
    }

    @Property(tries = 200) void nonsense_is_parsed_or_refused(@ForAll @Size(max = 30) byte[] wire) {
        try {
            assertThat(RedundantPayload.parse(ByteBuffer.wrap(wire)).encode())
                    .isEqualTo(Bytes.copyOf(wire));
        } catch (SyntaxException expected) {
            assertThat(expected).hasMessageContaining("cut short");
        }
    }

    /// Runs of as many losses as there are levels do no harm; nothing is heard twice.
    @Property(tries = 100) void losses_are_made_good(
            @ForAll long seed, @ForAll @IntRange(max = 4) int levels) {
        var random = new SplittableRandom(seed);
        //= rfc2198#3-1,2,3 redundant is a copy of the primary: same sampling, no more bandwidth
        var sender = new Redundancy(levels);
        var receiver = new Redundancy(levels);
        var heard = new ArrayList<Long>();
        int run = 0;
        for (long n = 0; n < 200; n++) {
            long timestamp = 0xffff_ff00L + n * 160 & 0xffff_ffffL;
            var payload = sender.protect(new Media(0, timestamp, Bytes.utf8("" + n))).encode();
            boolean lost = n > 0 && n < 199 - levels && run < levels && random.nextBoolean();
            run = lost ? run + 1 : 0;
            for (int copies = lost ? 0 : 1 + random.nextInt(2); copies > 0; copies--)
                receiver.recover(timestamp, RedundantPayload.parse(payload.buffer()))
                        .forEach(m -> heard.add(Long.parseLong(m.data().utf8())));
        }
        assertThat(heard).isEqualTo(LongStream.range(0, 200).boxed().toList());
    }

    //= rfc2198#3¶12 14 bits of offset, 10 of length
    @Test void what_does_not_fit_is_not_repeated() {
        var sender = new Redundancy(2);
        sender.protect(new Media(0, 0, Bytes.wrap(new byte[1024])));
        assertThat(sender.protect(new Media(0, 160, Bytes.EMPTY)).redundant()).isEmpty();
        assertThat(sender.protect(new Media(0, 16_543, Bytes.EMPTY)).redundant()).hasSize(1);
        assertThat(sender.protect(new Media(0, 40_000, Bytes.EMPTY)).redundant()).isEmpty();
        assertThatThrownBy(() -> new Redundancy(9)).isInstanceOf(IllegalArgumentException.class);
    }
}
