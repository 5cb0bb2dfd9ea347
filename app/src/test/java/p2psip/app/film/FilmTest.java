package p2psip.app.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.constraints.*;
import org.junit.jupiter.api.Test;
import p2psip.app.film.Film.*;
import p2psip.std.Bytes;

/// Films as files.
class FilmTest {
    private static final Bytes KEY = Bytes.hex("5038029d012a4001f000");

    private static Film vp8(long... times) {
        return new Film(Coding.VP8, Arrays.stream(times)
                .mapToObj(at -> new Picture(at, List.of(KEY))).toList());
    }

    @Test void an_ivf_says_size_and_times() {
        var file = FilmFile.encode(vp8(500, 3500, 7000));
        assertThat(Bytes.wrap(file).slice(0, 32)).isEqualTo(Bytes.hex("444b4946" + "0000" + "2000"
                + "56503830" + "4001" + "f000" + "905f0100" + "01000000" + "03000000"
                + "00000000"));
        assertThat(FilmFile.parse(file)).isEqualTo(vp8(0, 3000, 6500));
    }

    @Test void a_clock_of_thirty_a_second_is_brought_to_ninety_thousand() {
        var file = ByteBuffer.wrap(FilmFile.encode(vp8(0, 1, 2))).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(16, 30);
        assertThat(FilmFile.parse(file.array())).isEqualTo(vp8(0, 3000, 6000));
    }

    @Test void an_ivf_that_is_cut_short_has_what_is_whole() {
        var file = FilmFile.encode(vp8(0, 3000));
        for (int end = 32 + 12 + KEY.size() + 1; end < file.length; end++)
            assertThat(FilmFile.parse(Arrays.copyOf(file, end))).isEqualTo(vp8(0));
    }

    @Test void units_are_found_behind_start_codes_of_both_lengths() {
        var film = FilmFile.parse(HexFormat.of().parseHex("00000001" + "6742e01f"
                + "00000001" + "68ce"
                + "000001" + "6588ff" + "00000001" + "4188"));
        assertThat(film).isEqualTo(new Film(Coding.H264, List.of(
                new Picture(0, List.of(Bytes.hex("6742e01f"), Bytes.hex("68ce"),
                        Bytes.hex("6588ff"))),
                new Picture(3600, List.of(Bytes.hex("4188"))))));
        assertThat(FilmFile.parse(FilmFile.encode(film))).isEqualTo(film);
    }

    @Property(tries = 300) void what_is_no_film_is_said_to_be_none(@ForAll byte[] file) {
        Assume.that(file.length < 4 || file[0] != 0 && file[0] != 'D');
        assertThatThrownBy(() -> FilmFile.parse(file)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neither");
    }

    /// A pipe in which there is so much, and no more yet.
    private static InputStream pipe(byte[] there) {
        return new SequenceInputStream(new ByteArrayInputStream(there), new InputStream() {
            @Override public int read() throws IOException { throw new IOException("not yet"); }
        });
    }

    @Test void of_what_comes_a_picture_is_there_as_soon_as_it_is_whole() throws IOException {
        var units = FilmFile.open(pipe(HexFormat.of().parseHex(
                "000000016588ff" + "00000001" + "4188" + "000001")));
        assertThat(units.next()).contains(new Picture(0, List.of(Bytes.hex("6588ff"))));
        assertThatThrownBy(units::next).isInstanceOf(IOException.class);
        var frames = FilmFile.open(pipe(FilmFile.encode(vp8(0, 3000))));
        assertThat(frames.next()).contains(vp8(0).pictures().getFirst());
        assertThat(frames.next()).contains(vp8(3000).pictures().getFirst());
        assertThatThrownBy(frames::next).isInstanceOf(IOException.class);
    }

    @Test void what_never_ends_is_no_picture() throws IOException {
        var endless = FilmFile.open(new SequenceInputStream(
                new ByteArrayInputStream(HexFormat.of().parseHex("0000000165")),
                new InputStream() {
                    @Override public int read() { return 0x55; }
                }));
        assertThatThrownBy(endless::next).hasMessage("a picture is larger than 8 MiB");
        var frame = FilmFile.encode(vp8(0));
        frame[35] = 0x7f;
        assertThatThrownBy(() -> FilmFile.parse(frame))
                .hasMessage("a picture is larger than 8 MiB");
    }

    @Test void an_ivf_of_something_else_is_named() {
        var file = FilmFile.encode(vp8(0));
        file[11] = '9';
        assertThatThrownBy(() -> FilmFile.parse(file)).hasMessage("this IVF has no VP8, but VP89");
    }
}
