package p2psip.app.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import p2psip.app.trace.Trace.What;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;

/// A page of whatever conversation: two hosts or twenty, whole or not, from friend or foe.
class ViewerTest {
    /// All elements that a page of ours has.
    private static final Set<String> ELEMENTS = Set.of("html", "head", "meta", "title", "style",
            "body", "main", "h1", "h2", "p", "script", "div", "nav", "a", "b", "span", "time",
            "button", "label", "input", "details", "summary", "kbd", "table", "thead", "tbody",
            "tr", "th", "td", "code", "pre", "i", "em", "svg", "g", "rect", "text", "ol", "li",
            "q", "ins", "del");

    private final Talk talk = new Talk();

    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().map(m -> m.group(1)).toList();
    }

    /// What stands between the tags of the page, script and style aside, has no tag.
    private static void harmless(String page) {
        var body = page.substring(page.indexOf("<body>"), page.indexOf("<script>"));
        assertThat(all(page, "(<script)")).hasSize(1);
        assertThat(ELEMENTS).containsAll(all(body, "</?([^\\s>/]*)"));
        assertThat(all(body, "<\\w+[^>]*\\s(on\\w+|style|src|srcdoc)=")).isEmpty();
        assertThat(all(body, "href=\"([^#\"][^\"]*)\"")).allMatch(
                address -> address.startsWith("https://www.rfc-editor.org/rfc/rfc"));
        assertThat(body.codePoints()).noneMatch(c -> Character.isISOControl(c) && c != '\n'
                && c != '\t' || c >= 0xd800 && c <= 0xdfff || c >= 0x202a && c <= 0x202e);
    }

    @Test void what_a_peer_sent_is_text_wherever_it_stands() {
        var evil = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>\u202e\u001b[2J";
        talk.say(1, 2, Talk.request("INVITE", 1, 2, "Subject: " + evil + "\nX-Evil: </code>\n"));
        talk.say(1, 2, Talk.request("<script>", 1, 2, ""));
        talk.say(2, 1, "SIP/2.0 200 <script>alert(1)</script>\nCSeq: 1 <b>\n\n");
        talk.say(2, 1, "<script>alert(1)</script> SIP/2.0 \n<img src=x>\n");
        talk.say(2, 1, Talk.request("INVITE", 1, 2, "Content-Type: application/sdp\n")
                .replace("Length: 0", "Length: 99") + "s=<script>\na=rtpmap:1 <i>/8000\n");
        talk.say(1, 2, Bytes.utf8("<script>\ud800"));
        talk.note(1, new What.Remark(Trace.Subject.SIP, evil, ""));
        talk.note(1, new What.Remark(Trace.Subject.SIP, "cited", "<script>"));
        talk.traces.add(new Trace(evil, Talk.NOON, new What.Remark(Trace.Subject.SIP, "name", "")));
        var page = new Viewer(talk.conversation(), Sentences.LINKS).page(evil, List.of(evil));
        harmless(page);
        assertThat(page).contains("&lt;script&gt;alert(1)", "\\u{202e}\\x1b[2J",
                "Subject: &quot;&#39;&gt;&lt;img");
    }

    @Property(tries = 200) void whatever_is_sent_the_page_has_its_own_elements_only(
            @ForAll @StringLength(max = 60) @Chars({'<', '>', '"', '\'', '&', ';', ' ', '\r', '\n',
                '/', 'a', ':', '\0', '\u007f', '\u202e'}) String text) {
        var talk = new Talk();
        talk.say(1, 2, Bytes.utf8(text + " SIP/2.0\r\n" + text));
        talk.say(1, 2, Talk.request("INVITE", 1, 2, "Subject: " + text.replace("\n", "") + "\n"));
        harmless(talk.page());
    }

    /// A capture may say any time, also one that no clock will ever show.
    @Test void a_packet_of_another_age_has_its_page() {
        talk.say(1, 2, Talk.request("INVITE", 1, 2, ""));
        var last = talk.traces.getLast();
        var late = Instant.ofEpochSecond(30_000_000_000L);
        talk.traces.add(new Trace(last.node(), late, last.what()));
        assertThat(talk.page()).contains("<time datetime=\"PT0.000S\">0.0000</time>",
                "\"PT" + (late.getEpochSecond() - Talk.NOON.getEpochSecond()) + ".000S\">");
    }

    @Test void the_page_allows_its_own_style_and_script_and_nothing_else() throws Exception {
        talk.say(1, 2, Talk.request("INVITE", 1, 2, ""));
        var page = talk.page();
        for (var name : List.of("style", "script")) {
            var text = page.substring(page.indexOf("<" + name + ">") + name.length() + 2,
                    page.indexOf("</" + name + ">"));
            var hash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(UTF_8)));
            assertThat(page).contains(name + "-src 'sha256-" + hash + "'");
        }
        assertThat(page).contains("default-src 'none'; ", "base-uri 'none'; form-action 'none'");
    }

    @Test void a_call_that_nobody_answers_is_a_ladder_of_lost_arrows() {
        talk.say(1, 2, 5060, Bytes.utf8(Talk.request("INVITE", 1, 2, "").replace("\n", "\r\n")),
                false);
        talk.say(2, 1, Talk.request("OPTIONS", 2, 1, ""));   // so host 2 hears and host 1 does
        talk.say(1, 2, Talk.request("BYE", 1, 2, ""));
        var page = talk.page();
        assertThat(all(page, "<a class=\"sip [^\"]* lost\" href=\"(#m\\d+)\""))
                .containsExactly("#m1");
        assertThat(page).containsOnlyOnce("it never arrived");
    }

    @Test void of_who_notes_nothing_that_comes_in_nobody_knows_what_is_lost() {
        talk.say(1, 2, 5060, Bytes.utf8(Talk.request("INVITE", 1, 2, "").replace("\n", "\r\n")),
                false);
        talk.say(2, 1, 5060, Bytes.utf8(Talk.request("BYE", 2, 1, "").replace("\n", "\r\n")),
                false);
        assertThat(talk.page()).doesNotContain("it never arrived");
    }

    @Test void a_message_that_is_passed_on_is_compared_with_what_came() {
        talk.say(1, 2, Talk.request("INVITE", 1, 2, ""));
        talk.say(2, 3, Talk.request("INVITE", 1, 2, "Via: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKx\n")
                .replace("Max-Forwards: 70", "Max-Forwards: 69"));
        talk.say(1, 2, Talk.request("INVITE", 1, 2, ""));   // once more as it was
        var shots = talk.conversation().shots();
        assertThat(Viewer.changes(shots.get(0))).isEmpty();
        assertThat(Viewer.changes(shots.get(1)).orElseThrow().lines()
                .filter(l -> !l.startsWith(" ")))
                .containsExactlyInAnyOrder("- Max-Forwards: 70", "+ Max-Forwards: 69",
                        "+ Via: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKx");
        assertThat(Viewer.changes(shots.get(2))).isEmpty();
    }

    @Test void sound_alone_is_an_arrow_and_a_table() {
        for (int i = 0; i < 400; i++) talk.say(1, 2, 4000, RtpPacket.of(i == 0, 0,
                new SequenceNumber(i), 160 * i, 7, Bytes.hex("ff".repeat(160))).encode(), true);
        var page = talk.page();
        assertThat(page).contains("RTP PCMU x400", "399 more like it",
                "The last 199 are not listed.",
                "<th>sequence number</th><th>timestamp</th>");
        assertThat(page).hasSizeLessThan(200_000);
    }

    @Test void thirty_hosts_have_twenty_four_columns() {
        for (int host = 2; host <= 30; host++)
            talk.say(1, host, Talk.request("OPTIONS", 1, host, ""));
        talk.say(28, 30, Talk.request("INVITE", 28, 30, ""));
        var page = talk.page();
        assertThat(all(page, "<b>(host \\d+|\\d+ others)</b>")).hasSize(24)
                .endsWith("host 23", "7 others");
        assertThat(all(page, " s(\\d+) e\\d+ ")).allMatch(begin -> Integer.parseInt(begin) < 24);
        assertThat(all(page, " s\\d+ e(\\d+) ")).hasSize(30)
                .allMatch(end -> Integer.parseInt(end) <= 24);
        assertThat(Viewer.css()).contains(".n24{", ".s23>", ".e24>");
    }

    @Test void a_page_shows_a_thousand_rows_and_says_how_many_there_are_more() {
        for (int i = 0; i < 5_000; i++)
            talk.say(1 + i % 2, 2 - i % 2, Talk.request("OPTIONS", 1, 2, "X: " + i + "\n"));
        var page = talk.page();
        assertThat(all(page, "<details class=\"said sip\" id=\"(m\\d+)\"")).hasSize(1_000)
                .doesNotHaveDuplicates().last().isEqualTo("m1000");
        assertThat(page).contains("... and 4000 more. This page shows 1000;");
    }

    @Test void more_than_are_looked_at_are_counted() {
        for (int i = 0; i < Conversation.LIMIT / 2 + 10; i++) talk.say(1, 2, 5060,
                Bytes.utf8("\r\n\r\n"), true);
        assertThat(talk.conversation().more()).isEqualTo(10);
        assertThat(talk.page()).contains("... and 10 more.");
    }

    @Test void each_field_of_each_message_has_an_address() {
        talk.say(1, 2, Talk.request("INVITE", 1, 2, ""));
        talk.say(2, 1, Bytes.hex("00ff"));
        var page = talk.page();
        var ids = all(page, " id=\"([^\"]+)\"");
        assertThat(ids).doesNotHaveDuplicates().containsAll(all(page, "href=\"#([^\"]+)\""));
        var steps = talk.conversation().steps();
        for (var step : steps) for (int f = 1; f <= step.shot().outside().fields().size(); f++)
            assertThat(ids).contains("m" + step.number() + "-f" + f);
        assertThat(page).contains("What is wrong: of no protocol that is known here");
    }

    @Test void a_stream_is_cut_into_its_messages_as_they_were_written() {
        var two = Bytes.utf8(Talk.request("INVITE", 1, 2, "x-odd :  y\n").replace("\n", "\r\n")
                + "\r\n\r\n" + Talk.request("BYE", 1, 2, "").replace("\n", "\r\n"));
        for (var part : List.of(two.slice(0, 100), two.slice(100, two.size())))
            talk.note(1, new What.Wire(What.Wire.Kind.DATA, true, Talk.at(1, 5060),
                    Talk.at(2, 5060), part));
        assertThat(talk.conversation().steps()).extracting(Conversation.Step::text).containsExactly(
                "INVITE sip:bob@192.0.2.2", "keep-alive", "BYE sip:bob@192.0.2.2");
        assertThat(talk.page()).contains("x-odd :  y");
    }

    @Test void where_nobody_noted_bytes_messages_stand_as_they_were_understood() {
        talk.note(1, new What.Message(true, "SIP", Talk.at(1, 5060), Talk.at(2, 5060), "INVITE",
                Talk.request("INVITE", 1, 2, "").replace("\n", "\r\n")));
        assertThat(talk.conversation().steps()).extracting(Conversation.Step::text)
                .containsExactly("INVITE sip:bob@192.0.2.2");
    }

    @Test void nothing_is_a_page_too() {
        harmless(talk.page());
        assertThat(talk.conversation().drawn(Screen.PAGE)).isEmpty();
    }
}
