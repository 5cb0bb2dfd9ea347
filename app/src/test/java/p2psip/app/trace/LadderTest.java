package p2psip.app.trace;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.trace.Trace.What;
import p2psip.std.Cited;
import p2psip.std.Section;

class LadderTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final InetSocketAddress ALICE = at("10.0.0.1"), PROXY = at("10.0.0.2"),
            BOB = at("10.0.0.3"), PHONE = at("10.0.0.4");

    @Section("rfc3261#17.1.1.2") private enum State implements Cited { CALLING, COMPLETED }

    private static InetSocketAddress at(String ip) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), 5060);
    }

    private final List<Trace> traces = new ArrayList<>();

    private void message(int millis, String node, boolean sent, InetSocketAddress local,
            InetSocketAddress remote, String summary) {
        note(millis, node, new What.Message(sent, summary.startsWith("RTP") ? "RTP" : "SIP",
                local, remote, summary, summary + "\r\nX: y\r\n"));
    }

    private void note(int millis, String node, What what) {
        traces.add(new Trace(node, NOON.plusMillis(millis), what));
    }

    private void call() {
        note(0, "alice", new What.State("INVITE client z9hG4bK77ef4c.1", State.CALLING));
        message(0, "alice", true, ALICE, PROXY, "INVITE sip:bob@example.com");
        message(1, "proxy", false, PROXY, ALICE, "INVITE sip:bob@example.com");
        message(1, "proxy", true, PROXY, BOB, "INVITE sip:bob@10.0.0.3");
        message(3, "bob", false, BOB, PROXY, "INVITE sip:bob@10.0.0.3");
        message(4, "bob", true, BOB, PROXY, "180 Ringing");
        message(5, "bob", true, BOB, ALICE, "200 OK");
        message(6, "alice", false, ALICE, BOB, "200 OK");
        message(7, "alice", true, ALICE, PHONE, "BYE");
        note(8, "bob", new What.Remark(Trace.Subject.SIP, "refused: CSeq runs backwards",
                "rfc3261#12.2.2-7"));
        for (int i = 10; i < 60; i += 2) {
            message(i, "alice", true, ALICE, BOB, "RTP PCMU");
            message(i, "bob", true, BOB, ALICE, "RTP PCMU");
            message(i + 1, "bob", false, BOB, ALICE, "RTP PCMU");
        }
    }

    @Test void a_ladder_shows_who_what_when_and_why() {
        call();
        var ladder = new Ladder();
        traces.forEach(ladder);
        assertThat(ladder.draw()).isEqualTo("""
                          alice                    proxy                    bob                      10.0.0.4:5060
                   0.000  * INVITE client: CALLING [rfc3261#17.1.1.2]       |                        |
                   0.000  |- INVITE bob@example.~ >|                        |                        |
                   0.001  |                        |- INVITE bob@10.0.0.3 ->|                        |
                   0.004  |                        |x---- 180 Ringing ------|                        |
                   0.005  |<------------------- 200 OK ---------------------|                        |
                   0.007  |---------------------------------- BYE ---------------------------------->|
                   0.008  | refused: CSeq runs backwards [rfc3261#12.2.2-7] *                        |
                   0.010  |----------------- RTP PCMU x25 ----------------->|                        |
                   0.010  |<---------------- RTP PCMU x25 ------------------|                        |
                """);
    }

    /// Neither a command nor what turns the line around: on a terminal as on a page.
    @Test void what_a_peer_sent_shows_only_itself() {
        assertThat(Printer.visible("a\u202eb\u001b[2J\u2028\udc80\tü☎")).isEqualTo(
                "a\\u{202e}b\\x1b[2J\\u{2028}\\x80\tü☎");
    }

    @Test void of_a_message_sent_again_the_last_has_arrived() {
        message(0, "alice", true, ALICE, BOB, "INVITE sip:bob@example.com");
        message(500, "alice", true, ALICE, BOB, "INVITE sip:bob@example.com");
        message(501, "bob", false, BOB, ALICE, "INVITE sip:bob@example.com");
        message(502, "bob", true, BOB, ALICE, "200 OK");
        var ladder = new Ladder();
        traces.forEach(ladder);
        assertThat(ladder.draw()).isEqualTo("""
                          alice                           bob
                   0.000  |- INVITE sip:bob@example.com -x|
                   0.500  |- INVITE sip:bob@example.com ->|
                   0.502  |x---------- 200 OK ------------|
                """);
    }

    /// Bob speaks first to his own proxy, but stands behind it.
    @Test void participants_stand_in_the_order_that_keeps_arrows_short() {
        message(0, "alice", true, ALICE, PROXY, "REGISTER");
        message(1, "bob", true, BOB, PHONE, "REGISTER");
        message(2, "alice", true, ALICE, PROXY, "INVITE");
        message(3, "proxy", true, PROXY, PHONE, "INVITE for 83bb70edbcb3b57e0123");
        message(4, "other", true, PHONE, BOB, "INVITE");
        for (int i = 5; i < 20; i++) message(i, "alice", true, ALICE, BOB, "RTP PCMU");
        var ladder = new Ladder();
        traces.forEach(ladder);
        assertThat(ladder.draw().lines().toList()).first().asString()
                .containsPattern("alice +proxy +other +bob");
        assertThat(ladder.draw()).contains(" INVITE for 83bb70ed ");
    }

    @Test void nothing_is_drawn_as_nothing() {
        assertThat(new Ladder().draw()).isEmpty();
        assertThat(new Ladder().svg("nothing", _ -> "")).isEmpty();
    }

    @Test void as_svg_it_has_the_same_words_and_leads_to_what_is_said_of_them() throws Exception {
        call();
        var ladder = new Ladder();
        traces.forEach(ladder);
        var svg = xml(ladder.svg("a call & more",
                t -> t.what() instanceof What.Message m && m.sent() ? "#" + m.summary() : ""));
        var texts = svg.getElementsByTagName("text");
        var words = IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent()).toList();
        assertThat(words).contains("alice", "proxy", "bob", "10.0.0.4:5060", "180 Ringing", "0.007",
                "INVITE sip:bob@10.0.0.3", "RTP PCMU x25");
        assertThat(String.join(" ", words)).contains("refused: CSeq runs backwards");
        assertThat(svg.getAttribute("aria-label")).isEqualTo("a call & more");
        var links = svg.getElementsByTagName("a");
        assertThat(IntStream.range(0, links.getLength())
                .mapToObj(i -> ((org.w3c.dom.Element) links.item(i)).getAttribute("href")))
                .containsExactly("#INVITE sip:bob@example.com", "#INVITE sip:bob@10.0.0.3",
                        "#180 Ringing", "#200 OK", "#BYE", "#RTP PCMU", "#RTP PCMU");
    }

    /// In the drawing the message that is lost has no tip: it is the only dashed line.
    @Test void a_message_that_never_arrived_ends_on_its_way() throws Exception {
        call();
        var ladder = new Ladder();
        traces.forEach(ladder);
        var paths = xml(ladder.svg("a call", _ -> "")).getElementsByTagName("path");
        assertThat(IntStream.range(0, paths.getLength())
                .mapToObj(i -> (org.w3c.dom.Element) paths.item(i))
                .filter(p -> p.hasAttribute("stroke-dasharray"))
                .map(p -> p.getAttribute("d"))).hasSize(1)
                .allMatch(d -> d.matches("M345 [\\d.]+L241.2 [\\d.]+"), "from bob towards proxy");
    }

    private static org.w3c.dom.Element xml(String svg) throws Exception {
        return javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new org.xml.sax.InputSource(new StringReader(svg))).getDocumentElement();
    }

    @Test void printed_each_entry_says_when_who_what_and_why() {
        message(0, "alice", true, ALICE, PROXY, "INVITE sip:bob@example.com");
        note(1, "alice", new What.State("INVITE client", State.COMPLETED));
        note(2, "alice", new What.Remark(Trace.Subject.SIP, "dropped: no Via", ""));
        var lines = new StringJoiner("\n", "", "\n");
        traces.forEach(new Printer(lines::add, ZoneOffset.UTC, Screen.PAGE));
        assertThat(lines).hasToString("""
                12:00:00.000000 alice     -> 10.0.0.2:5060 SIP INVITE sip:bob@example.com
                                             INVITE sip:bob@example.com
                                             X: y
                12:00:00.001000 alice      * INVITE client: COMPLETED [rfc3261#17.1.1.2]
                12:00:00.002000 alice      ! dropped: no Via
                """);
    }

    @Test void a_peer_cannot_command_the_terminal() {
        message(0, "alice", false, ALICE, PROXY, "MESSAGE \u001b[2J\u0007");
        var lines = new StringJoiner("\n");
        traces.forEach(new Printer(lines::add, ZoneOffset.UTC, Screen.PAGE));
        var ladder = new Ladder();
        traces.forEach(ladder);
        assertThat(lines + ladder.draw()).contains("\\x1b[2J\\x07").doesNotContain("\u001b");
    }
}
