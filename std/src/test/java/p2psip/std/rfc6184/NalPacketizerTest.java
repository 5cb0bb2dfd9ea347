package p2psip.std.rfc6184;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.constraints.*;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;

/// Units in packets and out of them, and what loss leaves.
class NalPacketizerTest {
    private final NalAssembler assembler = new NalAssembler();
    private int sequence = 65_530;

    /// A unit of a size, whose header says that others refer to it.
    private static Bytes unit(int type, int size, int fill) {
        var bytes = new byte[size];
        Arrays.fill(bytes, (byte) fill);
        bytes[0] = (byte) (0x60 | type);
        return Bytes.wrap(bytes);
    }

    private RtpPacket packet(Bytes payload, boolean marker, long timestamp) {
        return RtpPacket.of(marker, 97, new SequenceNumber(sequence++ & 0xffff), timestamp, 1,
                payload);
    }

    /// A picture's packets, without some of them.
    private List<NalAssembler.Picture> carry(List<Bytes> units, long timestamp, Integer... lost) {
        var payloads = new NalPacketizer(100).payloads(units);
        var out = new ArrayList<NalAssembler.Picture>();
        for (int i = 0; i < payloads.size(); i++) {
            var packet = packet(payloads.get(i), i == payloads.size() - 1, timestamp);
            if (!List.of(lost).contains(i)) out.addAll(assembler.received(packet));
        }
        return out;
    }

    //= rfc6184#5.6-1 a unit that fits is a packet, and nothing but it is in there
    //= rfc6184#5.8-8,9,10 the NRI field of the unit, the reserved bit 0, Start and End bit apart
    @Test void a_unit_that_fits_is_a_payload_and_a_larger_one_is_cut() {
        var small = unit(7, 100, 1);
        assertThat(new NalPacketizer(100).payloads(List.of(small))).containsExactly(small);
        var parts = new NalPacketizer(100).payloads(List.of(unit(5, 101, 1)));
        assertThat(parts).hasSize(2);
        assertThat(parts.get(0).slice(0, 2)).isEqualTo(Bytes.hex("7c85"));
        assertThat(parts.get(1).slice(0, 2)).isEqualTo(Bytes.hex("7c45"));
        assertThat(parts.get(0).size()).isEqualTo(100);
        assertThat(parts.get(1).size()).isEqualTo(4);
        assertThat(new NalPacketizer(100).payloads(List.of(unit(1, 300, 0))).get(1).at(1))
                .isEqualTo((byte) 0x01);
    }

    //= rfc6184#5.8-1,2,3 each octet is in one fragment, in order, and comes together in it
    //= rfc6184#5.6-2 units come out in the order of decoding
    @Property(tries = 100) void what_goes_in_comes_out(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 700) Integer> sizes) {
        var units = new ArrayList<Bytes>();
        for (int i = 0; i < sizes.size(); i++) units.add(unit(1 + i, sizes.get(i), i));
        //= rfc6184#5.5-5 the transmission order is that of decoding
        //= rfc6184#6.3-5 in the order of transmission
        assertThat(carry(units, 3000))
                .containsExactly(new NalAssembler.Picture(3000, units, true));
    }

    //= rfc6184#5.8-4,5 fragments are of units: not of packets of several, and not nested
    //= rfc6184#6.3-4 no STAP-B, MTAP or FU-B is used
    @Property(tries = 100) void nothing_but_units_and_their_fragments_is_sent(
            @ForAll @IntRange(min = 1, max = 23) int type,
            @ForAll @IntRange(min = 1, max = 2000) int size) {
        var payloads = new NalPacketizer(100).payloads(List.of(unit(type, size, 0)));
        if (size <= 100) assertThat(payloads).extracting(NalUnits::type).containsExactly(type);
        else assertThat(payloads).allSatisfy(p -> {
            assertThat(NalUnits.type(p)).isEqualTo(28);
            assertThat(p.at(1) & 0x1f).isEqualTo(type);
        });
    }

    //= rfc6184#6.2-2 the mode of single units is supported
    //= rfc6184#6.3-2 and this mode is supported, too
    @Test void units_one_by_one_are_a_picture() {
        var units = List.of(unit(7, 9, 1), unit(8, 4, 2), unit(5, 90, 3));
        assertThat(assembler.received(packet(units.get(0), false, 5))).isEmpty();
        assertThat(assembler.received(packet(units.get(1), false, 5))).isEmpty();
        assertThat(assembler.received(packet(units.get(2), true, 5)))
                .containsExactly(new NalAssembler.Picture(5, units, true));
    }

    //= rfc6184#5.8-12 the fragments behind one that is lost are discarded
    @Test void of_a_unit_that_is_not_whole_nothing_is_told() {
        var first = unit(7, 50, 1);
        var large = unit(5, 400, 2);
        for (int lost = 1; lost < 5; lost++) {
            var told = new ArrayList<>(carry(List.of(first, large), 1000 * lost, lost));
            told.addAll(assembler.received(packet(unit(1, 10, 1), true, 1000 * lost + 500)));
            assertThat(told).first().isEqualTo(
                    new NalAssembler.Picture(1000 * lost, List.of(first), false));
            assertThat(told).last().satisfies(p -> assertThat(p.units()).hasSize(1));
        }
    }

    @Test void a_picture_whose_marker_was_lost_ends_with_the_next() {
        var told = carry(List.of(unit(7, 50, 1), unit(5, 50, 2)), 100, 1);
        assertThat(told).isEmpty();
        assertThat(assembler.received(packet(unit(1, 9, 0), false, 200)))
                .containsExactly(new NalAssembler.Picture(100, List.of(unit(7, 50, 1)), true));
        assertThat(assembler.end()).singleElement()
                .satisfies(p -> assertThat(p.whole()).isFalse());
    }

    @Test void several_units_in_a_packet_are_read() {
        var packet = Bytes.hex("78" + "0002" + "6742" + "0001" + "68");
        assertThat(assembler.received(packet(packet, true, 0))).containsExactly(
                new NalAssembler.Picture(0, List.of(Bytes.hex("6742"), Bytes.hex("68")), true));
        assertThat(assembler.received(packet(Bytes.hex("78ffff67"), true, 1))).isEmpty();
    }

    @Property(tries = 500) void nonsense_is_passed_over(
            @ForAll @Size(max = 30) List<@Size(max = 20) byte[]> payloads) {
        for (var payload : payloads) assembler.received(
                packet(Bytes.copyOf(payload), payload.length % 3 == 0, payload.length));
        assertThat(assembler.end()).allSatisfy(p -> assertThat(p.units()).isNotEmpty());
    }

    @Test void a_picture_begins_with_what_goes_before_its_first_slice() {
        var sps = Bytes.hex("6742e01f");
        var pps = Bytes.hex("68ce");
        var first = Bytes.hex("6588");
        var second = Bytes.hex("6548");   // not the first macroblock
        var next = Bytes.hex("4188");
        assertThat(NalUnits.pictures(List.of(sps, pps, first, second, next, sps, first)))
                .containsExactly(List.of(sps, pps, first, second), List.of(next),
                        List.of(sps, first));
        assertThat(NalUnits.profileLevel(List.of(pps, sps))).contains("42E01F");
        assertThat(NalUnits.profileLevel(List.of(pps))).isEmpty();
    }
}
