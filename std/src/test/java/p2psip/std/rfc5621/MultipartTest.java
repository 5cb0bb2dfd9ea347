package p2psip.std.rfc5621;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.Request;

class MultipartTest {
    private static Request request(String type, String body) {
        return new Request("INVITE", "sip:bob@biloxi.com", List.of(
                new Header("Content-Type", type)), Bytes.utf8(body.replace("\n", "\r\n")));
    }

    private static Request mixed(String body) {
        return request("multipart/mixed;boundary=\"b 1\"", body);
    }

    /// The texts of the parts that are understood; null if that is not enough.
    private static List<String> read(Request request) {
        return Multipart.read(request, part -> part.plain() && List.of("text/plain",
                        "application/sdp").contains(part.mediaType()))
                .map(parts -> parts.stream().map(part -> part.bytes().utf8()).toList())
                .orElse(null);
    }

    private static final String TWO = """
            This is for those who know no MIME.
            --b 1
            Content-Type: application/sdp

            v=0

            --b 1  \s
            content-type: TEXT/PLAIN;charset=utf-8
            Content-Disposition:
              render

            Grüezi
            --b 1--
            And this, too.
            """;

    //= rfc5621#4.2-1 the parts of a multipart body are parsed
    //= rfc5621#4.2-2 of multipart/mixed
    @Test void a_body_of_two_parts_is_two_bodies() {
        var parts = Multipart.read(mixed(TWO), _ -> true).orElseThrow();
        assertThat(parts).extracting(BodyPart::mediaType)
                .containsExactly("application/sdp", "text/plain");
        assertThat(parts).extracting(BodyPart::disposition).containsExactly("session", "render");
        assertThat(parts).extracting(part -> part.bytes().utf8())
                .containsExactly("v=0\r\n", "Grüezi");
    }

    @Test void a_plain_body_is_one() {
        assertThat(read(request("text/plain", "x"))).containsExactly("x");
        assertThat(read(request("text/html", "x"))).isNull();
        assertThat(read(request("text/html", ""))).isEmpty();
    }

    private static String part(String type, String disposition, String body) {
        return "--b 1\nContent-Type: " + type + (disposition.isEmpty() ? ""
                : "\nContent-Disposition: " + disposition) + "\n\n" + body + "\n";
    }

    @Test void what_is_optional_is_passed_over() {
        assertThat(read(mixed(part("image/png", "icon;handling=optional", "x")
                + part("text/plain", "", "y") + "--b 1--"))).containsExactly("y");
        for (var handling : List.of("", "icon", "icon;handling=required", "icon;handling=x"))
            assertThat(read(mixed(part("image/png", handling, "x")
                    + part("text/plain", "", "y") + "--b 1--"))).isNull();
    }

    private static String nested(String kind, String disposition, String parts) {
        return "--b 1\nContent-Type: multipart/" + kind + ";boundary=in"
                + (disposition.isEmpty() ? "" : "\nContent-Disposition: " + disposition)
                + "\n\n" + parts.replace("--b 1", "--in") + "--in--\n";
    }

    //= rfc5621#4.2-1 nested body parts, too
    @Test void parts_may_have_parts() {
        assertThat(read(mixed(nested("x", "", part("text/plain", "", "1")
                + part("text/plain", "", "2")) + part("text/plain", "", "3") + "--b 1--")))
                .containsExactly("1", "2", "3");
        assertThat(read(mixed(nested("mixed", "render;handling=optional",
                part("image/png", "", "1")) + part("text/plain", "", "3") + "--b 1--")))
                .containsExactly("3");
        assertThat(read(mixed(nested("mixed", "", part("image/png", "", "1")) + "--b 1--")))
                .isNull();
    }

    //= rfc5621#4.2-2 and multipart/alternative
    //= rfc5621#8.3-2 the handling of its parts is ignored
    @Test void of_several_versions_the_last_that_is_understood_is_taken() {
        var versions = part("text/plain", "", "poor") + part("text/plain", "", "better")
                + part("image/png", "render;handling=required", "rich") + "--b 1--";
        assertThat(read(request("multipart/alternative;boundary=\"b 1\"", versions)))
                .containsExactly("better");
        var none = part("image/png", "render;handling=optional", "rich");
        assertThat(read(request("multipart/alternative;boundary=\"b 1\"", none + "--b 1--")))
                .isNull();
        //= rfc5621#8.3-1 but the body is processed by its own handling parameter
        assertThat(read(mixed(nested("alternative", "render;handling=optional", none)
                + part("text/plain", "", "3") + "--b 1--"))).containsExactly("3");
    }

    //= rfc5621#9.4-1 by-reference, and nothing refers to it: not processed
    @Test void what_is_there_for_a_reference_is_not_read_by_itself() {
        assertThat(read(mixed(part("text/plain", "by-reference;handling=optional", "x")
                + part("text/plain", "", "y") + "--b 1--"))).containsExactly("y");
        assertThat(read(mixed(part("text/plain", "by-reference", "x") + "--b 1--"))).isNull();
    }

    @Test void what_is_cut_off_or_endless_is_not_understood() {
        assertThat(read(mixed("no boundary at all"))).isNull();
        assertThat(read(mixed(part("text/plain", "", "y")))).isNull();
        assertThat(read(mixed("--b 1--"))).isNull();
        assertThat(read(request("multipart/mixed", TWO))).isNull();
        assertThat(read(request("multipart/mixed;boundary=" + "b".repeat(71), "--"
                + "b".repeat(71) + "\n\n1\n--" + "b".repeat(71) + "--"))).isNull();
        assertThat(read(mixed(part("text/plain", "", "y").repeat(Multipart.PARTS) + "--b 1--")))
                .hasSize(Multipart.PARTS);
        assertThat(read(mixed(part("text/plain", "", "y").repeat(Multipart.PARTS + 1)
                + "--b 1--"))).isNull();
    }

    private static Request deep(int levels) {
        var body = "1";
        var type = "text/plain";
        for (int i = 0; i < levels; i++) {
            body = "--" + i + "\nContent-Type: " + type + "\n\n" + body + "\n--" + i + "--";
            type = "multipart/mixed;boundary=" + i;
        }
        return request(type, body);
    }

    @Test void nor_is_what_is_nested_too_deep() {
        assertThat(read(deep(Multipart.DEPTH))).containsExactly("1");
        assertThat(read(deep(Multipart.DEPTH + 1))).isNull();
    }

    @Test void an_encoding_is_not_undone() {
        assertThat(read(mixed("--b 1\nContent-Type: text/plain\nContent-Transfer-Encoding: Base64"
                + "\n\neA==\n--b 1--"))).isNull();
        assertThat(read(mixed("--b 1\n\nx\n--b 1--"))).containsExactly("x");
    }

    @Property void no_bytes_break_it(@ForAll byte[] noise, @ForAll int at) {
        var bytes = TWO.replace("\n", "\r\n").getBytes();
        for (int i = 0; i < noise.length && i < 8; i++)
            bytes[Math.floorMod(at + i * 7, bytes.length)] = noise[i];
        var request = new Request("INVITE", "sip:b@c", List.of(new Header("Content-Type",
                "multipart/mixed;boundary=\"b 1\"")), Bytes.copyOf(bytes));
        var read = Multipart.read(request, _ -> true);
        assertThat(Multipart.find(request, _ -> true))
                .isEqualTo(read.flatMap(parts -> parts.stream().findFirst()));
    }
}
