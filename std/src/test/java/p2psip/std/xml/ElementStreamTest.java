package p2psip.std.xml;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.xml.ElementStream.Part;

/// A root that stays open, and what comes in it.
class ElementStreamTest {
    private static final Limits SMALL = new Limits(100, 3, 4, 40, false);

    private final ElementStream stream = new ElementStream(SMALL);

    private List<String> feed(String text) { return told(stream.feed(Bytes.utf8(text))); }

    private static List<String> told(List<Part> parts) {
        return parts.stream().map(part -> switch (part) {
            case Part.Opened(var root) -> "opened " + root;
            case Part.Child(var element, var bytes) -> bytes + " " + element;
            case Part.Closed() -> "closed";
            case Part.Broken(var why) -> why;
        }).toList();
    }

    @Test void octet_by_octet_each_stanza_is_told_when_it_is_whole() {
        var xmpp = new ElementStream(Limits.WIRE);
        var bytes = Bytes.utf8(Examples.STREAM);
        var log = new ArrayList<String>();
        for (int i = 0; i < bytes.size(); i++) {
            var told = told(xmpp.feed(bytes.slice(i, i + 1)));
            if (!told.isEmpty()) assertThat(bytes.at(i)).isEqualTo((byte) '>');
            log.addAll(told);
        }
        assertThat(xmpp.end()).isEmpty();
        var streams = " xmlns:stream=\"http://etherx.jabber.org/streams\"";
        assertThat(log).containsExactly(
                "opened <stream:stream" + streams
                        + " from=\"ada@example.com\" to=\"example.com\" version=\"1.0\"/>",
                "83 <stream:features" + streams
                        + "><bind xmlns=\"urn:ietf:params:xml:ns:xmpp-bind\"/></stream:features>",
                "142 <iq xmlns=\"jabber:client\" type=\"result\" id=\"r1\">"
                        + "<query xmlns=\"jabber:iq:roster\">"
                        + "<item jid=\"bob@example.com\" name=\"Bob\"/>"
                        + "<item jid=\"carol@example.com\"/></query></iq>",
                "86 <message xmlns=\"jabber:client\" to=\"ada@example.com\" type=\"chat\">"
                        + "<body>Tea &amp; cake?\n At 5</body></message>",
                "11 <presence xmlns=\"jabber:client\"/>",
                "closed");
        assertThat(told(new ElementStream(Limits.WIRE).feed(bytes))).isEqualTo(log);
    }

    @Test void the_root_is_told_at_once_and_once() {
        assertThat(feed("<r a='1'")).isEmpty();
        assertThat(feed(">")).containsExactly("opened <r a=\"1\"/>");
        assertThat(feed("<r a='1'/></r>")).containsExactly("10 <r a=\"1\"/>", "closed");
        assertThat(feed(" ")).isEmpty();
        assertThat(stream.end()).isEmpty();
    }

    @Test void a_root_may_be_empty() {
        assertThat(feed("<r/>")).containsExactly("opened <r/>", "closed");
        assertThat(feed("<r/>")).containsExactly("line 1, column 5: a second root");
    }

    /// One in half a minute, for days.
    @Test void white_space_between_children_costs_nothing_however_long() {
        feed("<r>");
        for (int i = 0; i < 10_000; i++) assertThat(feed(i % 2 == 0 ? " " : "\n")).isEmpty();
        assertThat(feed("<a/>")).containsExactly("4 <a/>");
    }

    @Test void other_text_between_children_is_refused() {
        feed("<r>\n");
        assertThat(feed("<a/>x<b/>"))
                .containsExactly("4 <a/>", "line 2, column 5: text where none may be");
        assertThat(feed("<c/>")).isEmpty();
        assertThat(stream.end()).isEmpty();
    }

    @Test void references_and_cdata_between_children_are_refused_too() {
        assertThat(feed("<r>&#32;")).endsWith("line 1, column 4: text where none may be");
        assertThat(told(new ElementStream(SMALL).feed(Bytes.utf8("<r><![CDATA[ ]]>"))))
                .endsWith("line 1, column 12: <! that begins nothing");
    }

    @Test void each_child_is_limited_alone_and_together_they_are_not() {
        var full = "<a>" + "x".repeat(93) + "</a>";
        feed("<r>");
        for (int i = 0; i < 100; i++)
            assertThat(feed(full + "  ")).containsExactly("100 " + full);
        assertThat(feed("<a>" + "x".repeat(94) + "</a>"))
                .containsExactly("line 1, column 10304: more than 100 octets");
    }

    @Test void so_is_the_tag_of_the_root() {
        assertThat(feed("<r a='" + "x".repeat(92) + "'>")).hasSize(1);
        assertThat(told(new ElementStream(SMALL).feed(Bytes.utf8("<r a='" + "x".repeat(93)
                + "'>")))).containsExactly("line 1, column 101: more than 100 octets");
        assertThat(told(new ElementStream(SMALL).feed(Bytes.utf8(" ".repeat(101)))))
                .containsExactly("line 1, column 101: more than 100 octets");
    }

    @Test void a_child_that_is_cut_short_is_not_told() {
        assertThat(feed("<r><a><b/>text")).containsExactly("opened <r/>");
        assertThat(told(stream.end())).containsExactly("line 1, column 15: it ends too early");
    }

    @Test void a_root_that_does_not_end_is_cut_short() {
        feed("<r><a/>");
        assertThat(told(stream.end())).containsExactly("line 1, column 8: it ends too early");
    }

    @Test void what_came_before_the_refused_is_told() {
        assertThat(feed("<r><a/><b></c>")).containsExactly("opened <r/>", "4 <a/>",
                "line 1, column 11: end of what did not begin: c");
    }

    @Test void white_space_within_a_child_is_its_own() {
        assertThat(feed("<r><a> <b/> </a>")).contains("13 <a> <b/> </a>");
    }
}
