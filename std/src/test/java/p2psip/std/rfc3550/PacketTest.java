package p2psip.std.rfc3550;

import static net.jqwik.api.Arbitraries.integers;
import static net.jqwik.api.Arbitraries.longs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.RtcpPacket.SourceDescription.*;
import p2psip.std.rfc3550.RtpPacket.Extension;

/// The bits of RTP and RTCP.
class PacketTest {

    //= rfc3550#5.1-3 with the X bit exactly one header extension follows
    //= rfc3550#5.3.1-3 behind the CSRC list
    @Test void a_data_packet_bit_by_bit() {
        var wire = Bytes.hex("b2e5fffe80000001deadbeef" + "00000001ffffffff"
                + "abcd0001" + "01020304" + "cafe" + "000003");
        var packet = RtpPacket.parse(wire.buffer());
        assertThat(packet).isEqualTo(new RtpPacket(true, 0x65, new SequenceNumber(0xfffe),
                0x80000001L, 0xdeadbeefL, List.of(1L, 0xffffffffL),
                new Extension(0xabcd, Bytes.hex("01020304")), Bytes.hex("cafe"), 3));
        //= rfc3551#2-2 the payload is found behind a header extension
        assertThat(packet.payload()).isEqualTo(Bytes.hex("cafe"));
        assertThat(packet.encode()).isEqualTo(wire);
        assertThat(packet.size()).isEqualTo(wire.size());
        //= rfc3550#5.1-1 without the P bit the last octet is payload like any other
        assertThat(RtpPacket.parse(Bytes.hex("8000" + "0001" + "00000002" + "00000003" + "cafe01")
                .buffer()).payload()).isEqualTo(Bytes.hex("cafe01"));
    }

    //= rfc3550#A.1-7 what an extension fills to the end is not longer than the packet
    @Test void an_extension_with_nothing_behind_it() {
        var packet = RtpPacket.parse(Bytes.hex("9000" + "0001" + "00000002" + "00000003"
                + "abcd0001" + "01020304").buffer());
        assertThat(packet.extension()).isEqualTo(new Extension(0xabcd, Bytes.hex("01020304")));
        assertThat(packet.payload()).isEqualTo(Bytes.EMPTY);
        //= rfc3550#5.1-3 nor is one without a word in it no extension
        assertThat(new RtpPacket(false, 0, new SequenceNumber(1), 2, 3, List.of(),
                new Extension(7, Bytes.EMPTY), Bytes.hex("ff"), 0).encode().hex()).isEqualTo(
                "9000" + "0001" + "00000002" + "00000003" + "00070000" + "ff");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "8000", "000000010000000200000003", "400000010000000200000003",
            "810000010000000200000003",                       // a contributor is missing
            "900000010000000200000003", "90000001000000020000000300000001",
            "c00000010000000200000003", "a00000010000000200000003",
            "a0000001000000020000000300",                     // padding of nothing
            "a0000001000000020000000302"})                    // and of more than there is
    //= rfc3550#A.1-3 only version 2
    //= rfc3550#A.1-5 no padding longer than the packet
    //= rfc3550#A.1-7,8 no extension longer than the packet, and no list of contributors
    void headers_that_are_not_valid(String hex) {
        assertThatThrownBy(() -> RtpPacket.parse(Bytes.hex(hex).buffer()))
                .isInstanceOf(SyntaxException.class);
    }

    static Arbitrary<Long> word() { return longs().between(0, 0xffff_ffffL); }

    private static Arbitrary<Bytes> bytes(int max, int step) {
        return integers().between(0, max / step).map(n -> Bytes.wrap(new byte[n * step]));
    }

    @Provide Arbitrary<RtpPacket> packets() {
        var extension = Arbitraries.oneOf(Arbitraries.just(Extension.NONE),
                Combinators.combine(integers().between(0, 0xffff), bytes(12, 4))
                        .as(Extension::new));
        return Combinators.combine(Arbitraries.of(true, false), integers().between(0, 127),
                integers().between(0, 0xffff).map(SequenceNumber::new), word(), word(),
                word().list().ofMaxSize(15), extension,
                Combinators.combine(bytes(40, 1), integers().between(0, 255))
                        .as(Map::entry)).as((m, pt, seq, ts, ssrc, csrcs, ext, rest) ->
                new RtpPacket(m, pt, seq, ts, ssrc, csrcs, ext, rest.getKey(), rest.getValue()));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void what_is_encoded_is_parsed(@ForAll("packets") RtpPacket packet) {
        assertThat(RtpPacket.parse(packet.encode().buffer())).isEqualTo(packet);
    }

    @Property(tries = 30) void cut_short_anywhere_it_is_parsed_or_refused(
            @ForAll("packets") RtpPacket packet) {
        var wire = packet.encode();
        for (int end = 0; end < wire.size(); end++) {
            var cut = wire.slice(0, end);
            attempt(() -> RtpPacket.parse(cut.buffer()));
        }
    }

    @Property(tries = 400) void nonsense_is_parsed_or_refused(
            @ForAll @Size(max = 60) byte[] wire, @ForAll boolean likely) {
        if (likely && wire.length > 3) {
            wire[0] = (byte) (0x80 | wire[0] & 0x3f);
            wire[1] = (byte) (200 + (wire[1] & 7));
            wire[2] = 0;
            wire[3] = (byte) (wire.length / 4 - 1);
        }
        attempt(() -> RtpPacket.parse(ByteBuffer.wrap(wire)));
        attempt(() -> CompoundPacket.parse(ByteBuffer.wrap(wire)));
    }

    private static void attempt(Runnable parse) {
        try {
            parse.run();
        } catch (SyntaxException expected) {
            assertThat(expected).hasMessageMatching(".+");
        }
    }

    private static final String RR = "80c90001deadbeef";

    //= rfc3550#6.5-1 a null octet ends the items
    //= rfc3550#6.5-2 and null octets fill up the chunk, or there is a whole word of them
    @Test void the_items_of_a_chunk_end_with_nulls() {
        for (var chunk : Map.of("010161" + "00", "a", "01026162" + "00000000", "ab",
                "0103616263" + "000000", "abc", "010461626364" + "0000", "abcd").entrySet()) {
            var description = new RtcpPacket.SourceDescription(List.of(
                    new Chunk(7, List.of(Item.of(1, chunk.getValue()))),
                    new Chunk(8, List.of())));
            var wire = RR + "82ca%04x".formatted(chunk.getKey().length() / 8 + 3) + "00000007"
                    + chunk.getKey() + "00000008" + "00000000";
            var compound = CompoundPacket.parse(Bytes.hex(wire).buffer());
            assertThat(compound.packets().getLast()).isEqualTo(description);
            assertThat(compound.encode().hex()).isEqualTo(wire);
        }
    }

    @Test void control_packets_bit_by_bit() {
        var compound = new CompoundPacket(
                new RtcpPacket.SenderReport(0xdeadbeefL, new NtpTimestamp(0x0102030405060708L), 9,
                        10, 11, List.of(new ReportBlock(12, 128, -2, 0x1ffffL, 13, 14, 15)),
                        Bytes.EMPTY),
                RtcpPacket.SourceDescription.cname(0xdeadbeefL, "a@b"),
                new RtcpPacket.App(3, 0xdeadbeefL, "name", Bytes.hex("01020304")),
                new RtcpPacket.Bye(List.of(0xdeadbeefL), "bye"));
        assertThat(compound.encode().hex()).isEqualTo(
                "81c8000c" + "deadbeef" + "0102030405060708" + "00000009" + "0000000a" + "0000000b"
                + "0000000c" + "80fffffe" + "0001ffff" + "0000000d" + "0000000e" + "0000000f"
                + "81ca0003" + "deadbeef" + "0103614062" + "000000"
                + "83cc0003" + "deadbeef" + "6e616d65" + "01020304"
                + "81cb0002" + "deadbeef" + "03627965");
        assertThat(CompoundPacket.parse(compound.encode().buffer())).isEqualTo(compound);
    }

    //= rfc3550#6.6-4,5 the reason is a length and a text, and null octets behind it
    //= rfc3550#6.1-1 so the packet ends on a 32-bit boundary
    @Test void a_reason_is_filled_up_to_a_whole_word() {
        var compound = new CompoundPacket(new RtcpPacket.ReceiverReport(1, List.of(), Bytes.EMPTY),
                new RtcpPacket.Bye(List.of(2L), "no"));
        assertThat(compound.encode().hex()).isEqualTo(
                "80c90001" + "00000001" + "81cb0002" + "00000002" + "026e6f00");
    }

    @Test void what_cannot_be_sent_cannot_be_made() {
        //= rfc3550#6.1-9 the first packet is always a report
        for (var first : List.of(RtcpPacket.SourceDescription.cname(5, "a"),
                new RtcpPacket.Bye(List.of(5L), ""),
                new RtcpPacket.App(0, 5, "name", Bytes.EMPTY)))
            assertThatThrownBy(() -> new CompoundPacket(first,
                    new RtcpPacket.ReceiverReport(5, List.of(), Bytes.EMPTY)))
                    .isInstanceOf(SyntaxException.class);
        assertThatThrownBy(CompoundPacket::new).isInstanceOf(SyntaxException.class);
        //= rfc3550#6.7-5 the data of an APP is long by whole words, a multiple of four octets
        for (int size : List.of(1, 2, 3, 5))
            assertThatThrownBy(() -> new RtcpPacket.App(0, 5, "name", Bytes.wrap(new byte[size])))
                    .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "80c9", "81ca0001deadbeef", "81cb0001deadbeef",     // no report first
            "40c90001deadbeef", "80c90002deadbeef",                 // version, length
            "a0c90002deadbeef00000004" + RR,                        // padding before the end
            "a0c90002deadbeef00000003", "a0c90002deadbeef00000000",
            "a0c90002deadbeef00000010", "81c90001deadbeef",         // padding too long, no block
            RR + "81ca0001deadbeef", RR + "81ca0002deadbeef01ff6162",
            RR + "81cb0002deadbeef04616263", RR + "0000"})
    //= rfc3550#A.2-2,5 version 2 throughout; lengths that add up
    void compound_packets_that_are_not_valid(String hex) {
        //= rfc3550#6.4.1-3 padding on another than the last individual packet
        assertThatThrownBy(() -> CompoundPacket.parse(Bytes.hex(hex).buffer())).as(hex)
                .isInstanceOf(SyntaxException.class);
    }

    //= rfc3550#A.2-3 the first packet is SR or RR
    @Test void what_comes_first_instead_of_a_report_is_named() {
        assertThatThrownBy(() -> CompoundPacket.parse(Bytes.hex("81cb0001deadbeef").buffer()))
                .hasMessage("no report first, but 203");
    }

    //= rfc3550#A.2-6 unknown packet types are ignored
    //= rfc3550#6.4.1-1 and the padding, of so many octets as the last one says
    @Test void unknown_packets_and_padding_are_let_pass() {
        var compound = CompoundPacket.parse(Bytes.hex(
                RR + "85cf0001" + "01020304" + "a1cb0002" + "00000001" + "00000004").buffer());
        assertThat(compound.packets().get(1))
                .isEqualTo(new RtcpPacket.Unknown(207, 5, Bytes.hex("01020304")));
        assertThat(compound.packets().get(2)).isEqualTo(new RtcpPacket.Bye(List.of(1L), ""));
    }

    /// Seed R7: 32 report blocks were sent under a count of 0.
    @Test void no_packet_holds_more_than_its_count_can_say() {
        var block = new ReportBlock(1, 0, 0, 0, 0, 0, 0);
        assertThatThrownBy(() -> new RtcpPacket.ReceiverReport(1, Collections.nCopies(32, block),
                Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RtcpPacket.Bye(Collections.nCopies(32, 1L), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Provide Arbitrary<CompoundPacket> compounds() {
        var lost = integers().between(-0x80_0000, 0x7f_ffff);
        var block = Combinators.combine(word(), integers().between(0, 255), lost, word(), word(),
                word(), word()).as(ReportBlock::new);
        var blocks = block.list().ofMaxSize(3);
        Arbitrary<RtcpPacket> sr = Combinators.combine(word(), longs().map(NtpTimestamp::new),
                word(), word(), word(), blocks, bytes(8, 4)).as(RtcpPacket.SenderReport::new);
        Arbitrary<RtcpPacket> rr = Combinators.combine(word(), blocks, bytes(8, 4))
                .as(RtcpPacket.ReceiverReport::new);
        var item = Combinators.combine(integers().between(1, 255), bytes(255, 1)).as(Item::new);
        Arbitrary<RtcpPacket> sdes = Combinators.combine(word(), item.list().ofMaxSize(3))
                .as(Chunk::new).list().ofMaxSize(3).map(RtcpPacket.SourceDescription::new);
        Arbitrary<RtcpPacket> bye = Combinators.combine(word().list().ofMaxSize(3),
                Arbitraries.strings().alpha().ofMaxLength(9)).as(RtcpPacket.Bye::new);
        Arbitrary<RtcpPacket> app = Combinators.combine(integers().between(0, 31), word(),
                Arbitraries.strings().ascii().ofLength(4), bytes(8, 4)).as(RtcpPacket.App::new);
        return Combinators.combine(Arbitraries.oneOf(sr, rr),
                Arbitraries.oneOf(sr, rr, sdes, bye, app).list().ofMaxSize(4))
                .as((first, more) -> new CompoundPacket(
                        Stream.concat(Stream.of(first), more.stream()).toList()));
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE) void compound_packets_come_back(
            @ForAll("compounds") CompoundPacket compound) {
        var wire = compound.encode();
        assertThat(wire.size() % 4).isZero();
        assertThat(CompoundPacket.parse(wire.buffer())).isEqualTo(compound);
        for (int end = 1; end < Math.min(wire.size(), 200); end++) {
            var cut = wire.slice(0, end);
            attempt(() -> CompoundPacket.parse(cut.buffer()));
        }
    }
}
