package p2psip.std.rfc3611;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3611.ExtendedReport.*;
import p2psip.std.rfc3611.VoipMetrics.*;

/// The bits of extended reports.
class ExtendedReportTest {
    private static List<Boolean> trace(String bits) {
        return bits.replace(" ", "").chars().mapToObj(c -> c == '1').toList();
    }

    private static final Buffer BUFFER = Buffer.adaptive(Concealment.STANDARD, 5, 40, 80, 200);
    private static final VoipMetrics METRICS = new VoipMetrics(0xcafebabeL, 12, 13, 84, 10, 120,
            520, 150, 60, -18, -60, 45, 16, 80, 127, 35, 34, BUFFER);
    private static final String METRICS_HEX = "0cd0540a".replace("d0", "0d") + "00780208"
            + "0096003c" + "eec42d10" + "507f2322" + "f5000028" + "005000c8";

    private static final Map<Block, String> BLOCKS = Map.of(
            new Losses(0xcafebabeL, 2, 13_821, 13_866, trace("1111 1011 110")),
            "01020003" + "cafebabe" + "35fd362a" + "fde00000",
            new Duplicates(7, 0, 65_534, 2, trace("1101")),
            "02000003" + "00000007" + "fffe0002" + "e8000000",
            new ReceiptTimes(7, 0, 65_535, 1, List.of(5L, 0xffff_ffffL)),
            "03000004" + "00000007" + "ffff0001" + "00000005" + "ffffffff",
            new ReferenceTime(new NtpTimestamp(0x0102030405060708L)),
            "04000002" + "0102030405060708",
            new Delays(List.of(new Delays.Delay(1, 2, 3), new Delays.Delay(4, 5, 6))),
            "05000006" + "000000010000000200000003" + "000000040000000500000006",
            new Summary(7, 1, 9, OptionalLong.of(2), OptionalLong.empty(),
                    Optional.of(new Summary.Jitter(1, 4, 2, 1)),
                    Optional.of(new Summary.Hops(true, 50, 60, 55, 2))),
            "06b00009" + "00000007" + "00010009" + "00000002" + "00000000" + "00000001"
                    + "00000004" + "00000002" + "00000001" + "323c3702",
            METRICS, "07000008" + "cafebabe" + METRICS_HEX,
            new OtherBlock(77, 3, Bytes.hex("01020304")), "4d030001" + "01020304");

    private static Optional<ExtendedReport> read(String hex) {
        return ExtendedReport.parse(
                CompoundPacket.parseReducedSize(Bytes.hex(hex).buffer()).getFirst());
    }

    private static String wire(String... blocks) {
        var body = "deadbeef" + String.join("", blocks);
        return "80cf%04x".formatted(body.length() / 8) + body;
    }

    //= rfc3611#2-1 the reserved bits are zero
    //= rfc3611#4.5-1 those bits of the DLRR block are zero too
    //= rfc3611#4.7-1 the block of metrics has values for all fields
    @Test void blocks_bit_by_bit() {
        //= rfc3611#4.6-1 fields of what is unreported are present, and zero
        //= rfc3611#4.6-4 and bits that are reserved beside the flags are zero
        BLOCKS.forEach((block, hex) -> {
            var report = new ExtendedReport(0xdeadbeefL, List.of(block));
            assertThat(CompoundPacket.encode(List.of(report.packet())).hex())
                    .isEqualTo(wire(hex));
            assertThat(read(wire(hex))).contains(report);
        });
    }

    @Test void several_are_stacked() {
        var blocks = List.copyOf(BLOCKS.keySet());
        var report = new ExtendedReport(1, blocks);
        assertThat(ExtendedReport.parse(report.packet())).contains(report);
        assertThat(new ExtendedReport(1, List.of()).packet().size()).isEqualTo(8);
    }

    //= rfc3611#4.1-13 bits in the header of a block are ignored as well
    //= rfc3611#4.2-1 those of duplicates are ignored
    @Test void what_is_reserved_is_ignored() {
        //= rfc3611#4.3-3 ignored are those bits of receipt times
        //= rfc3611#4.4-1 the reserved bits of a reference time are ignored
        //= rfc3611#4.7-3 and the bits that are ignored in metrics
        assertThat(ExtendedReport.parse(new RtcpPacket.Unknown(207, 31,
                Bytes.hex("deadbeef" + "0102000300000007fffe0002e8000000".replace("0102", "02f0")
                )))).contains(new ExtendedReport(0xdeadbeefL, List.of(
                        new Duplicates(7, 0, 65_534, 2, trace("1101")))));
        for (var e : BLOCKS.entrySet()) {
            int bits = switch (e.getKey()) {
                case Losses _, Duplicates _, ReceiptTimes _ -> 0xf0;
                case ReferenceTime _, Delays _, VoipMetrics _ -> 0xff;
                case Summary _ -> 0x07;
                case OtherBlock _ -> 0;
            };
            int flags = Integer.parseInt(e.getValue().substring(2, 4), 16) | bits;
            assertThat(read(wire(e.getValue().substring(0, 2) + "%02x".formatted(flags)
                    + e.getValue().substring(4))).orElseThrow().blocks())
                    .containsExactly(e.getKey());
        }
    }

    /// The traces of section 4.1, of 45 packets and thinned.
    //= rfc3611#4.1-10 bits beyond the last sequence number are zero
    //= rfc3611#4.1-11,12 and a null chunk only at the end, if their number is odd
    @Test void traces_of_the_rfc() {
        var losses = trace("1111 1111 1111 1111 1111 1010 1111 1111 1111 1111 1111 1");
        assertThat(hex(SequenceRuns.chunks(losses))).isEqualTo("4015 afff 4009 0000");
        assertThat(hex(SequenceRuns.chunks(
                trace("1111 1111 1111 1111 1111 1010 1111 1111 1111 1111 1110 1"))))
                .isEqualTo("4015 afff ff40 0000");
        assertThat(hex(SequenceRuns.chunks(trace("1111 1011 110")))).isEqualTo("fde0 0000");
        assertThat(hex(SequenceRuns.chunks(Collections.nCopies(16_384 + 20, true))))
                .isEqualTo("7fff 4015");
        for (var other : List.of("fffffebfffff0000", "4015afff40090000"))
            assertThat(SequenceRuns.events(Bytes.hex(other).buffer(), 45)).isEqualTo(losses);
    }

    private static String hex(List<Integer> chunks) {
        return chunks.stream().map("%04x"::formatted).collect(Collectors.joining(" "));
    }

    @Property(tries = 100) void traces_come_back(
            @ForAll @Size(max = 300) List<Boolean> events,
            @ForAll @IntRange(max = 65_535) int begin) {
        var out = ByteBuffer.allocate(2000);
        var chunks = SequenceRuns.chunks(events);
        chunks.forEach(chunk -> out.putShort(chunk.shortValue()));
        assertThat(chunks.size() % 2).isZero();
        //= rfc3611#4.1.1-1 no run of length zero: no null chunk but the last
        assertThat(chunks.subList(0, Math.max(0, chunks.size() - 1))).doesNotContain(0, 0x4000);
        assertThat(SequenceRuns.events(out.flip(), events.size())).isEqualTo(events);
        assertThat(SequenceRuns.count(0, begin, begin + events.size() & 0xffff))
                .isEqualTo(events.size());
    }

    //= rfc3611#4.1-7 no range of 65,534 packets
    //= rfc3611#3-1 nor contents that are no multiple of 32 bits
    @Test void what_cannot_be_reported() {
        for (int packets : List.of(65_534, 65_535))
            assertThatThrownBy(() -> new Losses(1, 0, 0, packets,
                    Collections.nCopies(packets, true)))
                    .isInstanceOf(IllegalArgumentException.class);
        new Losses(1, 0, 0, 65_533, Collections.nCopies(65_533, true));
        assertThatThrownBy(() -> new Losses(1, 0, 5, 9, trace("111")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OtherBlock(9, 0, Bytes.hex("01")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest @ValueSource(strings = {
            "06300009" + "00000007" + "00010009" + "00000002" + "00000000" + "00000001"
                    + "00000004" + "00000002" + "00000001" + "323c3702",   // losses, unreported
            "06900009" + "00000007" + "00010009" + "00000002" + "00000001" + "00000000"
                    + "00000000" + "00000000" + "00000000" + "323c3702",   // duplicates
            "06900009" + "00000007" + "00010009" + "00000002" + "00000000" + "00000000"
                    + "00000000" + "00000000" + "00000001" + "323c3702",   // jitter
            "06a00009" + "00000007" + "00010009" + "00000002" + "00000000" + "00000001"
                    + "00000004" + "00000002" + "00000001" + "00000001",   // hops
            "06b80009" + "00000007" + "00010009" + "00000002" + "00000000" + "00000001"
                    + "00000004" + "00000002" + "00000001" + "323c3702"})  // of what
    //= rfc3611#4.6-2 with a value in a field that is unreported the block is ignored
    //= rfc3611#4.6-3 and with the value 3, which is undefined
    void a_summary_that_contradicts_itself(String block) {
        assertThat(read(wire(block)).orElseThrow().blocks()).isEmpty();
    }

    //= rfc3611#4-1 unknown blocks do no harm to others
    @Test void a_block_that_cannot_be_read_is_left_out() {
        assertThat(read(wire("01000002" + "00000007" + "00000009", "04000002" + "0000000000000001",
                "07000000", "ff000000")).orElseThrow().blocks()).containsExactly(
                new ReferenceTime(new NtpTimestamp(1)), new OtherBlock(255, 0, Bytes.EMPTY));
        assertThat(read(wire("01000009" + "00000007"))).isEmpty();
        assertThat(read(wire("ff000000".repeat(65)))).isEmpty();
        assertThat(ExtendedReport.parse(new RtcpPacket.Unknown(206, 0, Bytes.hex("00000001"))))
                .isEmpty();
    }

    //= rfc3611#4.7.5-2,3 R factors over 100 are neither sent nor believed, but 127
    //= rfc3611#4.7.5-4,5 nor values of scores below 10 and over 50
    @Test void quality_has_its_range() {
        for (int r : List.of(101, 126, 128, -1)) {
            assertThatThrownBy(() -> metrics(r, 127, 30, 30))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> metrics(50, r, 30, 30))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int mos : List.of(9, 51, 126, 128)) {
            assertThatThrownBy(() -> metrics(50, 127, mos, 30))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> metrics(50, 127, 30, mos))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        var strange = "07000008" + "cafebabe" + METRICS_HEX.replace("507f2322", "65ff0933");
        assertThat(read(wire(strange)).orElseThrow().blocks()).singleElement()
                .isEqualTo(metrics(127, 127, 127, 127));
        //= rfc3611#4.7.6-1 Gmin is not zero
        assertThat(read(wire("07000008" + "cafebabe" + METRICS_HEX.replace("2d10", "2d00")))
                .orElseThrow().blocks()).isEmpty();
    }

    private static VoipMetrics metrics(int r, int external, int lq, int cq) {
        return new VoipMetrics(0xcafebabeL, 12, 13, 84, 10, 120, 520, 150, 60, -18, -60, 45, 16,
                r, external, lq, cq, BUFFER);
    }

    //= rfc3611#4.7.7-4 what exceeds 65535 milliseconds is 65535
    //= rfc3611#4.7.7-5 of a fixed jitter buffer the absolute maximum is the maximum
    @Test void buffers_have_sizes() {
        var fixed = Buffer.fixed(Concealment.DISABLED, 40, 70_000);
        assertThat(fixed.maximum()).isEqualTo(0xffff);
        assertThat(Buffer.fixed(Concealment.DISABLED, 70_000, 9).nominal()).isEqualTo(0xffff);
        assertThat(fixed.absolute()).isEqualTo(0xffff);
        //= rfc3611#4.7.7-2,3 both are provided for a fixed jitter buffer and an adaptive one
        assertThat(List.of(fixed.nominal(), BUFFER.nominal(), BUFFER.maximum()))
                .containsExactly(40, 40, 80);
        //= rfc3611#4.7.6-2 all sizes, where a mode is specified
        assertThat(BUFFER.absolute()).isEqualTo(200);
    }

    @Property(tries = 400) void nonsense_is_a_report_or_none(
            @ForAll @Size(max = 80) byte[] bytes, @ForAll boolean likely) {
        var body = Arrays.copyOf(bytes, bytes.length & ~3);
        if (likely && body.length > 8) {
            body[4] = (byte) (1 + (body[4] & 7));
            body[6] = 0;
            body[7] = (byte) (body.length / 4 - 2);
        }
        ExtendedReport.parse(new RtcpPacket.Unknown(207, 0, Bytes.wrap(body))).ifPresent(report ->
                assertThat(ExtendedReport.parse(report.packet())).contains(report));
    }
}
