package p2psip.std.rfc7741;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.constraints.*;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;

/// Frames in packets and out of them, and what loss leaves.
class Vp8PacketizerTest {
    private final Vp8Assembler assembler = new Vp8Assembler();
    private int sequence = 65_533;

    private RtpPacket packet(Bytes payload, boolean marker, long timestamp) {
        return RtpPacket.of(marker, 96, new SequenceNumber(sequence++ & 0xffff), timestamp, 1,
                payload);
    }

    private List<Vp8Assembler.Frame> carry(Bytes frame, long timestamp, Integer... lost) {
        var payloads = new Vp8Packetizer(100).payloads(frame);
        var out = new ArrayList<Vp8Assembler.Frame>();
        for (int i = 0; i < payloads.size(); i++) {
            var packet = packet(payloads.get(i), i == payloads.size() - 1, timestamp);
            if (!List.of(lost).contains(i)) out.addAll(assembler.received(packet));
        }
        return out;
    }

    private static Bytes frame(int size) {
        var bytes = new byte[size];
        for (int i = 0; i < size; i++) bytes[i] = (byte) i;
        return Bytes.wrap(bytes);
    }

    //= rfc7741#4.2-5,6 the S bit is set to 1 in the first packet
    //= rfc7741#4.2-7,9 and in no other: all have the PID 0 of the first partition
    //= rfc7741#4.4-2,4 partitions are not considered, data stay in decoding order
    @Test void a_frame_is_cut_where_a_packet_is_full() {
        var payloads = new Vp8Packetizer(100).payloads(frame(199));
        assertThat(payloads).extracting(Bytes::size).containsExactly(100, 100, 2);
        assertThat(payloads).extracting(p -> p.at(0) & 0x1f).containsExactly(0x10, 0, 0);
        assertThat(payloads.get(1).at(1)).isEqualTo((byte) 99);
    }

    //= rfc7741#4.2-2 the X bit is zero
    //= rfc7741#4.2-11,13 so there is no octet of extended control bits, nor a PictureID
    //= rfc7741#4.2-19,23 nor an octet of TID and KEYIDX: neither T nor K is set
    @Test void a_descriptor_is_an_octet_without_extensions() {
        for (var payload : new Vp8Packetizer(100).payloads(frame(500)))
            assertThat(payload.at(0) & 0x87).isZero();
    }

    //= rfc7741#4.2-3,4 reserved bits are set to 0, and N: the reference status is unknown
    @Test void no_frame_is_said_to_be_of_no_use_to_others() {
        for (var payload : new Vp8Packetizer(100).payloads(frame(500)))
            assertThat(payload.at(0) & 0x68).isZero();
    }

    //= rfc7741#4.4-6 a packet has data of one frame
    @Property(tries = 100) void what_goes_in_comes_out(
            @ForAll @IntRange(min = 1, max = 999) int n) {
        assertThat(carry(frame(n), 3000))
                .containsExactly(new Vp8Assembler.Frame(3000, Optional.of(frame(n))));
    }

    @Test void a_frame_that_is_not_whole_is_told_without_its_data() {
        for (int lost = 0; lost < 4; lost++) {
            var told = new ArrayList<>(carry(frame(350), 100 * lost, lost));
            told.addAll(carry(frame(10), 100 * lost + 50));
            assertThat(told).containsExactly(
                    new Vp8Assembler.Frame(100 * lost, Optional.empty()),
                    new Vp8Assembler.Frame(100 * lost + 50, Optional.of(frame(10))));
        }
    }

    //= rfc7741#4.2-12,26,28 a PictureID of seven bits or fifteen, as each packet says
    @Test void a_picture_id_of_either_length_is_passed_over() {
        passedOver("90" + "80" + "7f", "90" + "80" + "ffff", "90" + "80" + "00");
    }

    //= rfc7741#4.2-10,24 the octet behind the first says what follows; reserved bits are ignored
    //= rfc7741#4.2-16,20 and an octet of TID and KEYIDX where T or K is set
    @Test void extensions_are_passed_over() {
        passedOver("10", "90" + "00", "90" + "40" + "05", "90" + "20" + "40", "90" + "10" + "1f",
                "90" + "f0" + "8001" + "05" + "5f", "d8" + "0f");
    }

    private void passedOver(String... heads) {
        for (var head : heads)
            assertThat(assembler.received(packet(Bytes.hex(head + "aabb"), true,
                    sequence))).singleElement().extracting(Vp8Assembler.Frame::data)
                    .isEqualTo(Optional.of(Bytes.hex("aabb")));
    }

    @Test void what_is_cut_short_is_no_frame() {
        for (var head : List.of("", "90", "9080", "908080", "90f08001"))
            assertThat(assembler.received(packet(Bytes.hex(head), true, sequence)))
                    .singleElement().extracting(Vp8Assembler.Frame::data)
                    .isEqualTo(Optional.empty());
    }

    @Property(tries = 500) void nonsense_is_passed_over(
            @ForAll @Size(max = 30) List<@Size(max = 20) byte[]> payloads) {
        int told = 0;
        for (var payload : payloads) told += assembler.received(packet(
                Bytes.copyOf(payload), payload.length % 3 == 0, payload.length)).size();
        assertThat(told + assembler.end().size()).isLessThanOrEqualTo(payloads.size());
    }

    @Test void a_frame_that_needs_no_other_says_how_large_it_is() {
        assertThat(Vp8Assembler.dimensions(Bytes.hex("5038029d012a4001f000")))
                .contains(new Vp8Assembler.Dimensions(320, 240));
        assertThat(Vp8Assembler.dimensions(Bytes.hex("5138029d012a4001f000"))).isEmpty();
        assertThat(Vp8Assembler.dimensions(Bytes.hex("50"))).isEmpty();
    }
}
