package p2psip.std.rfc8285;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.RtpPacket.Extension;
import p2psip.std.rfc8285.HeaderExtension.*;

class HeaderExtensionTest {
    private static Element element(int id, String hex) { return new Element(id, Bytes.hex(hex)); }

    private static HeaderExtension of(Element... elements) {
        return new HeaderExtension(List.of(elements));
    }

    private static HeaderExtension read(int profile, String hex) {
        return HeaderExtension.of(new Extension(profile, Bytes.hex(hex)));
    }

    /// The example of section 4.2: an element of one byte, of two and of four, and padding.
    //= rfc8285#4.2-1 the bit pattern
    //= rfc8285#4.2-2 a byte of ID and length, less one
    //= rfc8285#4.1.2-6 the one-byte form is what all receivers support
    @Test void the_one_byte_form_bit_by_bit() {
        var extension = of(element(1, "aa"), element(2, "b1b2"), element(3, "c1c2c3c4"));
        var written = new Extension(0xbede, Bytes.hex("10aa" + "21b1b2" + "33c1c2c3c4" + "0000"));
        assertThat(extension.encode()).isEqualTo(written);
        assertThat(HeaderExtension.of(written)).isEqualTo(extension);
        //= rfc8285#4.1.2-12 padding between elements, too
        assertThat(read(0xbede, "10aa" + "0000" + "21b1b2" + "00" + "33c1c2c3c4" + "000000"))
                .isEqualTo(extension);
        assertThat(extension.element(2)).contains(Bytes.hex("b1b2"));
        assertThat(extension.element(4)).isEmpty();
    }

    /// Section 4.3: an element of no byte, one of one, and one of four.
    //= rfc8285#4.3-2 the appbits are zero when sent, and ignored by the receiver
    @Test void the_two_byte_form_bit_by_bit() {
        var extension = of(element(1, ""), element(2, "bb"), element(33, "c1c2c3c4"));
        var written = new Extension(0x1000,
                Bytes.hex("0100" + "0201bb" + "2104c1c2c3c4" + "00"));
        assertThat(extension.encode()).isEqualTo(written);
        for (int appbits : List.of(0, 1, 15))
            assertThat(HeaderExtension.of(new Extension(0x1000 | appbits, written.data())))
                    .isEqualTo(extension);
    }

    @ParameterizedTest @CsvSource({
            "bede, 10aa02bb21b1b200", "bede, 10aa01bbbb000000",
            "bede, 10aaf0bb21b1b200", "bede, 10aaff00",              // 15
            "bede, 10aa7f00", "bede, 10aa3fff",                      // longer than there is
            "1000, 0101aa0205bbbb00", "1000, 0101aa02", "1000, 0101aa000f00ffff"})
    //= rfc8285#4.1.2-5 an ID of 0 with a length terminates it, and what came prior is considered
    //= rfc8285#4.2-4 an ID of 15 too, whatever its length
    void what_came_before_the_end_counts(String profile, String hex) {
        assertThat(read(Integer.parseInt(profile, 16), hex)).isEqualTo(of(element(1, "aa")));
    }

    @Test void what_cannot_be_written() {
        //= rfc8285#4.1.2-3 zero is no identifier
        //= rfc8285#4.1.2-4 so there is no element with an ID of 0
        for (int id : List.of(0, 256, -1))
            assertThatThrownBy(() -> element(id, "aa"))
                    .isInstanceOf(IllegalArgumentException.class);
        //= rfc8285#4.2-3 15 is no identifier either
        assertThatThrownBy(() -> of(element(15, "aa")))
                .isInstanceOf(IllegalArgumentException.class);
        //= rfc8285#4.1.2-8 what does not match the form is not in the packet
        for (var large : List.of(element(16, "aa"), element(1, ""), element(1, "aa".repeat(17))))
            assertThatThrownBy(() -> of(large).encode(Form.ONE_BYTE))
                    .isInstanceOf(IllegalArgumentException.class);
        //= rfc8285#4.1.1-1 no extension without an element
        assertThat(HeaderExtension.NONE.encode()).isEqualTo(Extension.NONE);
        assertThat(HeaderExtension.of(Extension.NONE)).isEqualTo(HeaderExtension.NONE);
        //= rfc8285#4.1-1 header extensions that are not known leave the packet as it is
        assertThat(read(0x1234, "10aa0000")).isEqualTo(HeaderExtension.NONE);
    }

    //= rfc8285#4.1.2-9 the one-byte form where all are small enough for it
    @Test void the_shorter_form_is_taken() {
        assertThat(of(element(14, "aa".repeat(16))).form()).isEqualTo(Form.ONE_BYTE);
        assertThat(of(element(14, "aa".repeat(17))).form()).isEqualTo(Form.TWO_BYTE);
        assertThat(of(element(1, "aa"), element(16, "aa")).form()).isEqualTo(Form.TWO_BYTE);
        assertThat(of(element(1, "")).form()).isEqualTo(Form.TWO_BYTE);
    }

    @Provide Arbitrary<HeaderExtension> extensions() {
        var element = Combinators.combine(
                Arbitraries.integers().between(1, 255).filter(id -> id != 15),
                Arbitraries.integers().between(0, 30).map(n -> Bytes.wrap(new byte[n])))
                .as(Element::new);
        return element.list().ofMinSize(1).ofMaxSize(6).map(HeaderExtension::new);
    }

    @Property(tries = 60) void what_is_written_is_read(
            @ForAll("extensions") HeaderExtension extension) {
        assertThat(HeaderExtension.of(extension.encode())).isEqualTo(extension);
        assertThat(HeaderExtension.of(extension.encode(Form.TWO_BYTE))).isEqualTo(extension);
    }

    @Property(tries = 200) void nonsense_is_read_as_far_as_it_goes(
            @ForAll @Size(max = 40) byte[] bytes, @ForAll boolean one) {
        var data = Bytes.wrap(Arrays.copyOf(bytes, bytes.length & ~3));
        var read = HeaderExtension.of(new Extension(one ? 0xbede : 0x1000, data));
        assertThat(read.elements().stream().mapToInt(e -> e.data().size()).sum())
                .isLessThanOrEqualTo(data.size());
    }
}
