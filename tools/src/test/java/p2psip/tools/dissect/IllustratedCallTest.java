package p2psip.tools.dissect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.p2p.OverlayCodec;
import p2psip.std.Bytes;
import p2psip.tools.rfc.Sources;

/// The chapter "The illustrated call" says what happened: its bytes are those of the run, each is
/// explained once, and its headings are the ladder.
class IllustratedCallTest {
    private static final Recording RECORDING = Recording.ofCall(1);
    private static final Story STORY = Story.of(RECORDING);

    private static final Path CHAPTER = Sources.repository().orElseThrow()
            .resolve("docs/src/illustrated-call.adoc");

    @Test void the_call_goes_well() {
        assertThat(RECORDING.outcome()).matches("rtp=(\\d+)/\\1 lost=0");
    }

    @Test void every_bit_of_every_datagram_belongs_to_one_field() {
        assertThat(STORY.shots().size()).isGreaterThan(400);
        for (var shot : STORY.shots()) {
            assertWhole(Dissection.of(shot.bytes(), STORY.formats()), shot.bytes());
            if (!shot.frame().isEmpty())
                assertWhole(Dissection.ofFrame(shot.frame()), shot.frame());
        }
    }

    private static void assertWhole(Dissection dissection, Bytes bytes) {
        var bits = new int[8 * bytes.size()];
        for (var field : dissection.fields()) {
            for (int bit = field.from(); bit < field.to(); bit++) bits[bit]++;
            assertThat(field.meaning()).matches("(?s).*\\w.*[.?]")
                    .isNotEqualTo("A header field of an extension.");
            assertThat(field.source()).matches("rfc\\d+#[\\d.]+|app/\\S+");
        }
        assertThat(bits).containsOnly(1);
    }

    @Test void fields_of_the_overlay_are_what_its_own_codec_reads() {
        var seen = new TreeSet<String>();
        for (var shot : STORY.shots()) {
            if (!shot.protocol().equals("overlay")) continue;
            var outside = Dissection.of(shot.bytes(), STORY.formats());
            var codec = OverlayCodec.datagram(shot.bytes());
            assertThat(codec).startsWith(outside.field("type").orElseThrow().meaning()
                    .replace(".", "["));
            if (shot.frame().isEmpty()) continue;
            assertThat(codec).contains("sequence=" + value(outside, "sequence"));
            var inside = Dissection.ofFrame(shot.frame());
            var frame = OverlayCodec.frame(shot.frame());
            if (inside.field("number").isPresent())
                assertThat(frame).contains("number=" + value(inside, "number"));
            if (!shot.kind().startsWith("ring")) continue;
            assertThat(frame).contains("] " + shot.kind().substring("ring ".length()));
            seen.add(shot.kind());
            switch (shot.kind()) {
                case "ring Route Put", "ring Route Get", "ring Route Find" -> assertThat(frame)
                        .endsWith(" to " + value(inside, "point") + " for " + value(inside, "id", 1)
                                + ", hops left " + value(inside, "hops left"));
                case "ring Stored" -> assertThat(frame)
                        .endsWith(", copies " + value(inside, "copies"));
                case "ring Peers" -> assertThat(frame).endsWith(" " + value(inside, "count"));
                default -> { }
            }
        }
        assertThat(seen).contains("ring Route Put", "ring Route Get", "ring Taken", "ring Stored",
                "ring Values", "ring Copy", "ring Peers", "ring AskLeaves", "ring Compare");
    }

    private static String value(Dissection dissection, String name) {
        return value(dissection, name, 0);
    }

    private static String value(Dissection dissection, String name, int skipped) {
        return dissection.fields().stream().filter(f -> f.name().equals(name)).skip(skipped)
                .findFirst().orElseThrow().value();
    }

    @Test void a_knife_refuses_what_the_codec_has_not_read() {
        var knife = new Knife(Bytes.hex("8000"));
        assertThatThrownBy(() -> knife.number(2, "V", 1, "", "")).isInstanceOf(
                IllegalStateException.class).hasMessageContaining("V is 1");
        knife.number(2, "V", 2, "", "");
        assertThatThrownBy(knife::fields).hasMessageContaining("not explained");
        assertThatThrownBy(() -> new Dissection("RTP", Bytes.hex("8000"),
                List.of(new Field(0, 8, "a", "", "", ""), new Field(7, 16, "b", "", "", ""))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test void one_seed_is_one_chapter() {
        var again = Story.of(Recording.ofCall(1));
        assertThat(IllustrateVerb.parts(again, "")).isEqualTo(IllustrateVerb.parts(STORY, ""));
    }

    @Test void the_headings_of_the_chapter_are_the_ladder() throws IOException {
        var headings = new ArrayList<String>();
        var included = new ArrayList<String>();
        for (var line : Files.readAllLines(CHAPTER)) {
            if (line.startsWith("=== "))
                headings.add(line.substring(4).replaceAll(", (again|goodbye)$", ""));
            if (line.matches("include::\\{call}/.*\\.html\\[]"))
                included.add(line.replaceAll(".*/|\\.html.*", ""));
        }
        assertThat(headings).isEqualTo(STORY.told().stream().map(Story.Told::title).toList());
        assertThat(included).isEqualTo(Stream.concat(STORY.told().stream().map(Story.Told::id),
                Stream.of("everything")).toList());
    }

    @Test void within_a_part_messages_are_in_the_order_in_which_they_left() {
        var parts = STORY.told().stream().collect(Collectors.groupingBy(Story.Told::part));
        parts.values().forEach(told -> assertThat(told)
                .extracting(t -> STORY.shots().indexOf(t.shot())).isSorted());
    }

    @Test void a_proxy_adds_its_via_and_record_route_and_takes_a_hop() {
        var between = told("invite-between");
        assertThat(Hops.html(between.like().orElseThrow(), between.shot()).lines())
                .anyMatch(l -> l.contains("\"in\">+ Via: ") && l.contains("§16.6"))
                .anyMatch(l -> l.contains("\"in\">+ Record-Route: "))
                .anyMatch(l -> l.contains("\"out\">- Max-Forwards: 70"))
                .anyMatch(l -> l.contains("\"in\">+ Max-Forwards: 69"))
                .anyMatch(l -> l.contains("\"as\">  Call-ID: "));
    }

    @Test void the_header_of_an_rtp_packet_is_drawn_with_its_values() {
        var sound = told("sound").shot();
        var dissection = Dissection.of(sound.bytes(), STORY.formats());
        assertThat(dissection.fields()).extracting(Field::name).containsExactly("V", "P", "X", "CC",
                "M", "PT", "sequence number", "timestamp", "SSRC", "payload");
        assertThat(dissection.fields()).extracting(Field::place).startsWith("0, bits 0–1",
                "0, bit 2", "0, bit 3", "0, bits 4–7", "1, bit 0", "1, bits 1–7", "2–3", "4–7");
        var drawn = BitDiagram.svg(dissection);
        for (var field : dissection.fields().subList(0, 9))
            assertThat(drawn).contains(">" + field.value() + "</text>");
    }

    @Test void a_hex_dump_has_each_byte_once() {
        var invite = told("invite").shot();
        var dump = MessagePage.hex(Dissection.of(invite.bytes(), STORY.formats()))
                .replaceAll("</?(pre|i|b)[^>]*>", "");
        var read = dump.lines().filter(line -> !line.isEmpty())
                .map(line -> line.substring(6, 6 + 48).replace(" ", ""))
                .collect(Collectors.joining());
        assertThat(read).isEqualTo(invite.bytes().hex());
    }

    private static Story.Told told(String id) {
        return STORY.told().stream().filter(t -> t.id().equals(id)).findFirst().orElseThrow();
    }
}
