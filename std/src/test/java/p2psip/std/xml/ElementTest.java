package p2psip.std.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

/// A document as a tree: read, changed, printed.
class ElementTest {
    private static final String PIDF = "urn:ietf:params:xml:ns:pidf";
    private static final String DM = "urn:ietf:params:xml:ns:pidf:data-model";
    private static final Element PRESENCE = Element.parse(Examples.PRESENCE);

    @Test void the_example_of_the_package() {
        var presence = Element.parse("""
                <presence xmlns="urn:ietf:params:xml:ns:pidf" entity="pres:ada@example.com">
                  <tuple id="desk"><status><basic>open</basic></status></tuple>
                </presence>""");
        var desk = presence.child("tuple").orElseThrow();
        var basic = desk.child("status").flatMap(status -> status.child("basic")).orElseThrow();
        assertThat(presence.attribute("entity")).hasValue("pres:ada@example.com");
        assertThat(basic.text()).isEqualTo("open");
        assertThat(desk.with("id", "hall").with(basic.withText("closed & shut")).toString())
                .isEqualTo("<tuple xmlns=\"urn:ietf:params:xml:ns:pidf\" id=\"hall\"><status>"
                        + "<basic>open</basic></status><basic>closed &amp; shut</basic></tuple>");
    }

    @Test void a_presence_document_is_read_by_names() {
        assertThat(PRESENCE.is(PIDF, "presence")).isTrue();
        assertThat(PRESENCE.is("", "presence")).isFalse();
        assertThat(PRESENCE.elements()).extracting(Element::local)
                .containsExactly("tuple", "tuple", "person");
        assertThat(PRESENCE.children("tuple")).extracting(each -> each.attribute("id").get())
                .containsExactly("desk", "hall");
        var desk = PRESENCE.child("tuple").orElseThrow();
        assertThat(desk.child("contact").flatMap(c -> c.attribute("priority"))).hasValue("0.8");
        var note = desk.child("note").orElseThrow();
        assertThat(note.text()).isEqualTo("Im B\u00fcro & bei Tee");
        assertThat(note.attribute(Name.XML, "lang")).hasValue("de");
        assertThat(note.attribute("lang")).isEmpty();
        assertThat(PRESENCE.child("person")).isEmpty();
        assertThat(PRESENCE.child(DM, "person").flatMap(p -> p.child("note")).map(Element::text))
                .hasValue("<in a meeting>");
        assertThat(PRESENCE.children(DM, "person")).hasSize(1);
    }

    @Test void watchers_are_read() {
        var list = Element.parse(Examples.WATCHERS).child("watcher-list").orElseThrow();
        assertThat(list.children("watcher")).extracting(Element::text)
                .containsExactly("sip:bob@example.com", "sip:carol@example.com");
        assertThat(list.children("watcher").getLast().attribute("display-name"))
                .hasValue("\"Carol\"");
    }

    @Test void a_call_of_xml_rpc_is_read() {
        var call = Element.parse(Examples.CALL);
        assertThat(call.child("methodName").map(Element::text)).hasValue("put");
        assertThat(call.child("params").orElseThrow().children("param"))
                .extracting(param -> param.child("value").orElseThrow())
                .extracting(value -> value.elements().stream().findFirst().orElse(value))
                .extracting(value -> value.local() + " " + value.text())
                .containsExactly("base64 AAECAw==", "int 60", "value a < b");
    }

    @Test void a_file_of_this_machine_may_be_larger_and_have_comments() {
        var file = "<a><!-- keys -->" + "x".repeat(1_000_000) + "</a>";
        assertThat(Element.parse(Bytes.utf8(file), Limits.LOCAL).text()).hasSize(1_000_000);
        assertThatThrownBy(() -> Element.parse(file)).isInstanceOf(SyntaxException.class)
                .hasMessage("line 1, column 7: no comment is read");
        assertThatThrownBy(() -> Element.parse(file.replace("<!-- keys -->", "")))
                .hasMessage("line 1, column 65537: more than 65536 octets");
    }

    @Test void of_cdata_each_octet_stays_but_the_ends_of_lines() {
        var pem = "-----BEGIN X-----\n AA&lt;+/==  \n\t]]>-----END X-----\n\n";
        var file = "<a><![CDATA[" + pem.replace("]]>", "]]]]><![CDATA[>") + "]]></a>";
        assertThat(Element.parse(file).text()).isEqualTo(pem);
        assertThat(Element.parse(file.replace("\n", "\r\n")).text()).isEqualTo(pem);
    }

    // printing

    @Test void a_namespace_is_declared_where_it_is_needed_and_not_again() {
        assertThat(new Element("u", "a").with(new Element("u", "b"), new Element("v", "c")
                .with(new Element("v", "d")), new Element("", "e").with(new Element("", "f"))))
                .hasToString("<a xmlns=\"u\"><b/><c xmlns=\"v\"><d/></c>"
                        + "<e xmlns=\"\"><f/></e></a>");
        assertThat(new Element("", "a").with(new Element("", "b"))).hasToString("<a><b/></a>");
        assertThat(new Element("u", "a").withPrefix("p").with(new Element("", "b"),
                new Element("u", "c").withPrefix("p"))).hasToString(
                "<p:a xmlns:p=\"u\"><b/><p:c/></p:a>");
    }

    @Test void prefixes_are_those_that_were_written() {
        var written = "<p:a xmlns:p=\"u\" p:b=\"1\" c=\"2\"><d xmlns=\"v\"/></p:a>";
        assertThat(Element.parse(written)).hasToString(written);
        assertThat(Element.parse(written)).isEqualTo(
                Element.parse("<a xmlns='u' xmlns:q='u' q:b='1' c='2'><r:d xmlns:r='v'/></a>"))
                .hasSameHashCodeAs(Element.parse(
                        "<a xmlns='u' xmlns:q='u' q:b='1' c='2'><r:d xmlns:r='v'/></a>"));
        assertThat(Element.parse("<a b='1' c='2'/>")).isNotEqualTo(
                Element.parse("<a c='2' b='1'/>"));
    }

    @Test void a_prefix_that_cannot_stand_for_a_namespace_is_another() {
        for (var bad : List.of("xml", "xmlns", "7", "a:b", "a b", "<"))
            assertThat(new Element("u", "a").withPrefix(bad)).hasToString("<a xmlns=\"u\"/>");
        assertThat(new Element("", "a").withPrefix("p")).hasToString("<a/>");
        assertThat(new Element(Name.XML, "a").withPrefix("p")).hasToString("<xml:a/>");
        assertThat(new Element("u", "a").withPrefix("p").with("c", "0")
                .with(new Attribute(new Name("v", "b", "p"), "1"))
                .with(new Attribute(new Name("w", "b"), "2"))
                .with(new Attribute(new Name("u", "b", "p"), "3"))
                .with(new Attribute(new Name(Name.XML, "b"), "4")))
                .hasToString("<p:a xmlns:ns1=\"v\" xmlns:ns2=\"w\" xmlns:p=\"u\" c=\"0\""
                        + " ns1:b=\"1\" ns2:b=\"2\" p:b=\"3\" xml:b=\"4\"/>");
    }

    @Test void what_would_end_text_or_value_or_be_lost_is_escaped() {
        var hard = "<&>]]>\"'\t\n\r ";
        assertThat(new Element("", "a").with("b", hard).withText(hard)).hasToString(
                "<a b=\"&lt;&amp;&gt;]]&gt;&quot;'&#9;&#10;&#13; \">"
                        + "&lt;&amp;&gt;]]&gt;\"'\t\n&#13; </a>");
        assertThat(new Element("u\"&\n", "a")).hasToString("<a xmlns=\"u&quot;&amp;&#10;\"/>");
    }

    /// A namespace that is said once and needed by each of very many.
    @Test void what_is_printed_is_at_most_so_many_times_as_long_as_what_came() {
        var came = "<a xmlns:p='" + "&amp;".repeat(51) + "'>" + "<p:b/>".repeat(10_000) + "</a>";
        var printed = Element.parse(came).encode();
        assertThat(printed.size()).isBetween(40 * came.length(), 50 * came.length());
    }

    @Test void a_document_says_what_it_is() {
        assertThat(new Element("", "a").withText("\u00e9").encode()).isEqualTo(Bytes.utf8(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\u00e9</a>"));
    }

    @Test void a_root_that_stays_open_declares_what_its_children_need_not_say_again() {
        var known = Map.of("", "jabber:client", "stream", "http://etherx.jabber.org/streams");
        var root = new Element("http://etherx.jabber.org/streams", "stream").withPrefix("stream")
                .with("to", "example.com");
        var message = new Element("jabber:client", "message").with(
                new Element("jabber:client", "body").withText("Tea?"),
                new Element("urn:x", "y"), new Element("http://etherx.jabber.org/streams", "z")
                        .withPrefix("stream"));
        assertThat(root.startTag(known)).isEqualTo("<stream:stream xmlns=\"jabber:client\""
                + " xmlns:stream=\"http://etherx.jabber.org/streams\" to=\"example.com\">");
        assertThat(message.toString(known)).isEqualTo(
                "<message><body>Tea?</body><y xmlns=\"urn:x\"/><stream:z/></message>");
        assertThat(new Element("", "a").startTag(known)).startsWith("<a xmlns=\"\" xmlns:stream");
        assertThat(new Element("", "a").toString(known)).isEqualTo("<a xmlns=\"\"/>");
    }

    // changing

    @Test void with_makes_another() {
        var a = new Element("", "a").with("b", "1").with("c", "2");
        assertThat(a.with("b", "3")).hasToString("<a b=\"3\" c=\"2\"/>");
        assertThat(a).hasToString("<a b=\"1\" c=\"2\"/>");
        assertThat(a.with(new Text("1"), new Text(""), new Text("2")).children())
                .containsExactly(new Text("12"));
        assertThat(a.with(new Text("")).children()).isEmpty();
        assertThat(a.with(new Element("", "d"), new Text("1")).with(new Text("2")).children())
                .containsExactly(new Element("", "d"), new Text("12"));
        assertThat(a.with(new Text("1"), new Element("", "d"), new Text("2")).text())
                .isEqualTo("12");
        assertThat(a.with(new Element("", "d")).withText("1")).hasToString(
                "<a b=\"1\" c=\"2\">1</a>");
        assertThatThrownBy(() -> a.children().add(a))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> a.attributes().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test void what_nobody_could_read_cannot_be_made() {
        var a = new Element("", "a");
        for (var bad : List.<Runnable>of(() -> new Element("", ""), () -> new Element("", "a b"),
                () -> new Element("", "p:a"), () -> new Element("", "7"),
                () -> new Element("u\u0000", "a"),
                () -> new Element("http://www.w3.org/2000/xmlns/", "a"),
                () -> a.with("xmlns", "u"), () -> a.with("b\"", ""), () -> a.with("b", "\u0001"),
                () -> a.withText("\ufffe"), () -> a.withText("\ud83d"),
                () -> new Element(new Name("", "a"),
                        List.of(new Attribute("b", "1"), new Attribute("b", "2")), List.of())))
            assertThatThrownBy(bad::run).isInstanceOf(SyntaxException.class);
    }

    // round trip

    @Property(tries = 150) void what_is_printed_is_parsed(@ForAll long seed) {
        var element = element(new SplittableRandom(seed), 3);
        assertThat(Element.parse(element.toString())).isEqualTo(element);
        assertThat(Element.parse(element.encode())).isEqualTo(element);
        assertThat(Element.parse(element.toString())).hasToString(element.toString());
    }

    private static Element element(SplittableRandom random, int depth) {
        var element = new Element(name(random), List.of(), List.of());
        for (int i = random.nextInt(4); i > 0; i--) {
            var name = name(random);
            if (name.namespace().isEmpty() && name.local().equals("xmlns")) continue;
            element = element.with(new Attribute(name, text(random)));
        }
        for (int i = random.nextInt(4); i > 0; i--)
            element = element.with(depth == 0 || random.nextInt(3) == 0 ? new Text(text(random))
                    : element(random, depth - 1));
        return element;
    }

    private static Name name(SplittableRandom random) {
        return new Name(any(random, "", "u", "v", "u&\"<'\t", Name.XML),
                any(random, "a", "b", "\u00e9-.1", "\ud800\udc00", "xmlns"),
                any(random, "", "p", "q", "ns1", "ns2", "xml", "xmlns"));
    }

    private static String text(SplittableRandom random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) text.append(any(random, "<", "&", ">", "]]>",
                "\"", "'", "\t", "\n", "\r", "\r\n", " ", "&amp;", "<![CDATA[", "\ufffd",
                "\ud83d\udcde", "", Character.toString(random.nextInt(' ', 0xd800))));
        return text.toString();
    }

    private static String any(SplittableRandom random, String... of) {
        return of[random.nextInt(of.length)];
    }
}
