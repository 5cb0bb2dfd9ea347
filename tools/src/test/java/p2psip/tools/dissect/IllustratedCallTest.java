package p2psip.tools.dissect;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.trace.*;
import p2psip.tools.rfc.*;

/// The page and the chapter "The illustrated call" say what happened: their bytes are those of the
/// run, each is explained once by a sentence that there is, and their headings are the ladder.
class IllustratedCallTest {
    private static final Recording RECORDING = Recording.ofCall(1);
    private static final Story STORY = Story.of(RECORDING);
    private static final String PAGE = new Viewer(STORY.conversation(), Sentences.LINKS)
            .page("The illustrated call", List.of());
    private static final SortedMap<String, String> CHAPTER =
            Chapter.parts(STORY, "", Sentences.LINKS);

    private static final Path ROOT = Sources.repository().orElseThrow();
    private static final Path TEXT = ROOT.resolve("docs/src/illustrated-call.adoc");

    @Test void the_call_goes_well() {
        assertThat(RECORDING.outcome()).matches("rtp=(\\d+)/\\1 lost=0");
    }

    @Test void every_bit_of_every_datagram_belongs_to_one_field() {
        assertThat(STORY.everything().shots().size()).isGreaterThan(400);
        for (var shot : STORY.everything().shots()) {
            whole(shot.outside());
            shot.inside().forEach(IllustratedCallTest::whole);
        }
        var kinds = STORY.everything().shots().stream()
                .map(shot -> shot.summary().split("[ ,]")[0]);
        assertThat(kinds).contains("Hello", "Cookie", "Init", "Accept", "Route", "Taken", "Stored",
                "Values", "Copy", "Peers", "Ping", "Pong", "AskRow", "Compare", "Collect", "Same",
                "Ask", "Tell", "ack", "here", "INVITE", "RTP", "RTCP", "STUN");
    }

    private static void whole(Dissection dissection) {
        assertThat(dissection.trouble()).isEmpty();
        var bits = new int[8 * dissection.bytes().size()];
        for (var field : dissection.fields()) {
            for (int bit = field.from(); bit < field.to(); bit++) bits[bit]++;
            assertThat(field.meaning()).matches("(?s).*\\w.*[.?]")
                    .isNotEqualTo("A header field of an extension.");
        }
        assertThat(bits).containsOnly(1);
    }

    @Test void every_source_of_every_field_is_there() {
        var sources = new TreeSet<>(NamedSources.all());
        for (var shot : STORY.everything().shots())
            Stream.concat(Stream.of(shot.outside()), shot.inside().stream())
                    .flatMap(cut -> cut.fields().stream()).forEach(f -> sources.add(f.source()));
        assertThat(sources).hasSizeGreaterThan(100).allSatisfy(IllustratedCallTest::there);
    }

    /// A sentence or paragraph of an RFC, or a package or file of ours.
    private static void there(String source) {
        if (!source.startsWith("rfc")) {
            var file = ROOT.resolve("app/src/main/java/p2psip").resolve(source);
            assertThat(Files.isDirectory(file) || Files.exists(Path.of(file + ".java"))).isTrue();
            return;
        }
        var place = Citation.place(source).orElseThrow();
        var section = Index.of(place.rfc()).orElseThrow().section(place.section()).orElseThrow();
        switch (place) {
            case Citation.Paragraph p ->
                    assertThat(p.number()).isBetween(1, section.paragraphs().size());
            case Citation.Statements s ->
                    assertThat(s.numbers().getLast()).isBetween(1, section.items().size());
            case Citation.All _ -> throw new AssertionError(source + " is no sentence");
        }
    }

    @Test void one_seed_is_one_chapter() {
        assertThat(Chapter.parts(Story.of(Recording.ofCall(1)), "", Sentences.LINKS))
                .isEqualTo(CHAPTER);
    }

    @Test void the_headings_of_the_chapter_are_the_ladder() throws IOException {
        var headings = new ArrayList<String>();
        var included = new ArrayList<String>();
        for (var line : Files.readAllLines(TEXT)) {
            if (line.startsWith("=== "))
                headings.add(line.substring(4).replaceAll(", (again|goodbye)$", ""));
            if (line.matches("include::\\{call}/.*\\.adoc\\[]"))
                included.add(line.replaceAll(".*/|\\.adoc.*", ""));
        }
        assertThat(headings).isEqualTo(STORY.told().stream().map(Story.Told::title).toList());
        assertThat(included).containsSubsequence(
                STORY.told().stream().map(Story.Told::id).toList())
                .containsExactlyInAnyOrderElementsOf(CHAPTER.keySet().stream()
                        .map(name -> name.replace(".adoc", "")).toList());
    }

    @Test void within_a_part_messages_are_in_the_order_in_which_they_left() {
        var parts = STORY.told().stream().collect(Collectors.groupingBy(Story.Told::part));
        parts.values().forEach(told -> assertThat(told)
                .extracting(t -> t.step().number()).isSorted());
    }

    @Test void page_and_chapter_have_every_message_of_the_ladder_once_and_no_link_is_dead() {
        var messages = STORY.conversation().steps().stream().filter(s -> !s.isNote()).count();
        for (var text : List.of(PAGE, String.join("\n", CHAPTER.values()))) {
            var ids = all(text, " id=\"([^\"]+)\"");
            assertThat(ids).doesNotHaveDuplicates();
            assertThat(ids.stream().filter(id -> id.matches("m\\d+")).count()).isEqualTo(messages);
            assertThat(ids).containsAll(all(text, "href=\"#([^\"]+)\""));
            assertThat(all(text, "<a class=[^>]* href=\"#(m\\d+)\"")).hasSize((int) messages);
        }
        assertThat(PAGE).contains("INVITE sip:bob@example.com", "m=audio", "RTP key 1",
                "Route Put");
    }

    @Test void the_page_asks_for_nothing_and_is_small() {
        assertThat(PAGE.getBytes()).hasSizeLessThan(1_000_000);
        assertThat(all(PAGE, "((?:src|srcset)=|url\\(|@import|<link|<img|<iframe)")).isEmpty();
        assertThat(PAGE).contains("default-src 'none'");
    }

    @Test void between_nodes_a_message_is_shown_as_it_was_before_it_was_sealed() {
        for (var id : List.of("invite-between", "ringing-between", "answer-between", "ack-between",
                "bye-between", "over-between"))
            assertThat(CHAPTER.get(id + ".adoc")).contains("as it crosses the network",
                    ">sealed</td>", ">record</td>".repeat(id.startsWith("invite") ? 1 : 0),
                    "between the two nodes nobody can read it", "class=\"t-hops\"");
        assertThat(CHAPTER.get("invite-between.adoc")).contains("The whole payload", "m=audio");
    }

    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().map(m -> m.group(1)).toList();
    }

    @Test void a_proxy_adds_its_via_and_record_route_and_takes_a_hop() {
        assertThat(CHAPTER.get("invite-between.adoc").lines())
                .anyMatch(l -> l.contains("<ins>+ Via: ") && l.contains("§16.6"))
                .anyMatch(l -> l.contains("<ins>+ Record-Route: "))
                .anyMatch(l -> l.contains("<del>- Max-Forwards: 70"))
                .anyMatch(l -> l.contains("<ins>+ Max-Forwards: 69"))
                .anyMatch(l -> l.startsWith("  Call-ID: "));
        assertThat(CHAPTER.get("register-again.adoc")).contains("since it was sent before",
                "<ins>+ Authorization: ");
        assertThat(CHAPTER.get("bye-phone.adoc")).contains("<del>- Route: ");
        for (var first : List.of("register", "invite", "ringing", "answer", "over"))
            assertThat(CHAPTER.get(first + ".adoc")).doesNotContain("class=\"t-hops\"");
    }
}
