package p2psip.std.xml;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.std.Bytes;

/// What a document tells, and which are refused where.
///
/// @spec https://www.w3.org/TR/xml/ XML 1.0
/// @spec https://www.w3.org/TR/xml-names/ Namespaces in XML 1.0
class ParserTest {

    /// A document, and what it tells in the words of [#told].
    private record Case(String rule, String document, String told) {
        @Override public String toString() { return rule + ": " + Grammar.shown(document); }
    }

    private static final List<Case> WELL_FORMED = List.of(
            new Case("2.1 one root, closed in its own tag or by another", "<a/>", "<a> </a>"),
            new Case("2.1 nested", "<a><b></b ></a>\n", "<a> <b> </b> </a>"),
            new Case("2.2 tab, line feed, and the last planes", "<a>\t\n\ud83d\udcde</a>",
                    "<a> [\\t\\n\ud83d\udcde] </a>"),
            new Case("2.3 names", "<a-.7\u00b7\u0300 _='' \u00e9='1'/>",
                    "<a-.7\u00b7\u0300 _= \u00e9=1> </a-.7\u00b7\u0300>"),
            new Case("2.3 a name beyond the first plane", "<\ud800\udc00/>",
                    "<\ud800\udc00> </\ud800\udc00>"),
            new Case("2.3 either quotation mark, with the other inside", "<a b='\"' c=\"'\"/>",
                    "<a b=\" c='> </a>"),
            new Case("2.4 > in text and in a value", "<a b='>'>]>]] ></a>",
                    "<a b=>> []>]] >] </a>"),
            new Case("2.7 CDATA is text, and joined with its neighbours",
                    "<a>1<![CDATA[<&]]]]]><![CDATA[]]>2</a>", "<a> [1<&]]]2] </a>"),
            new Case("2.7 ]] around CDATA end nothing", "<a>]<![CDATA[]]]>]></a>",
                    "<a> []]]>] </a>"),
            new Case("2.7 ] before CDATA ends nothing in it", "<a>]<![CDATA[]>]]></a>",
                    "<a> []]>] </a>"),
            new Case("2.4 ]] before a reference", "<a>]]&amp;></a>", "<a> []]&>] </a>"),
            new Case("2.8 all that a declaration can say",
                    "<?xml version = '1.0' encoding=\"utf-8\" standalone='no' ?>\n<a/>",
                    "<a> </a>"),
            new Case("2.8 version alone", "<?xml version=\"1.0\"?><a/>", "<a> </a>"),
            new Case("2.11 three ways to end a line", "<a>1\r\n2\r3\n4\r\r\n</a>",
                    "<a> [1\\n2\\n3\\n4\\n\\n] </a>"),
            new Case("2.11 a return by its number stays", "<a>&#13;&#xD;\n</a>",
                    "<a> [\\r\\r\\n] </a>"),
            new Case("3.1 space around =, and before the end", "<a\tb\n=\r\n'1' ></a\n>",
                    "<a b=1> </a>"),
            new Case("3.3.3 white space in a value is spaces", "<a b='1\t2\n3\r\n4'/>",
                    "<a b=1 2 3 4> </a>"),
            new Case("3.3.3 but not if it is meant", "<a b='&#9;&#10;&#xd;'/>",
                    "<a b=\\t\\n\\r> </a>"),
            new Case("4.1 numbers", "<a b='&#x41;'>&#65;&#x1F4de;&#0000000000065;</a>",
                    "<a b=A> [A\ud83d\udcdeA] </a>"),
            new Case("4.1 ]]> of which a part is written otherwise", "<a>&#93;]>]]&gt;</a>",
                    "<a> []]>]]>] </a>"),
            new Case("4.3.3 a byte order mark", "\ufeff<?xml version='1.0'?><a/>", "<a> </a>"),
            new Case("4.3.3 the mark is text elsewhere", "<a>\ufeff</a>", "<a> [\ufeff] </a>"),
            new Case("4.6 the five", "<a b='&lt;&quot;&apos;'>&amp;&lt;&gt;&amp;lt;</a>",
                    "<a b=<\"'> [&<>&lt;] </a>"),
            new Case("names 5 a prefix", "<p:a xmlns:p='u' p:b='1' b='2'/>",
                    "<{u}a {u}b=1 b=2> </{u}a>"),
            new Case("names 6.1 within, until declared again",
                    "<p:a xmlns:p='u'><p:b xmlns:p='v'/><p:b/></p:a>",
                    "<{u}a> <{v}b> </{v}b> <{u}b> </{u}b> </{u}a>"),
            new Case("names 6.1 declared after it is used", "<a p:b='' xmlns:p='u'/>",
                    "<a {u}b=> </a>"),
            new Case("names 6.2 default, not for attributes, and none again",
                    "<a xmlns='u' b='1'><c xmlns=''/><d/></a>",
                    "<{u}a b=1> <c> </c> <{u}d> </{u}d> </{u}a>"),
            new Case("names 6.3 two of one local name", "<a b='1' p:b='2' xmlns:p='u'/>",
                    "<a b=1 {u}b=2> </a>"),
            new Case("names 3 xml is always there, and may be declared",
                    "<a xml:lang='de' xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
                    "<a {http://www.w3.org/XML/1998/namespace}lang=de> </a>"),
            new Case("names 3 the name of a namespace is a value like others",
                    "<a xmlns=' &#x75;\t'/>", "<{ u }a> </{ u }a>"));

    @ParameterizedTest @FieldSource("WELL_FORMED") void a_well_formed_document_is_told(Case each) {
        assertThat(told(each.document)).isEqualTo(each.told);
    }

    private static final String ROOM = "http://www.w3.org/XML/1998/namespace";

    private static final List<Case> MALFORMED = List.of(
            new Case("2.1 nothing", "", "1:1 it ends too early"),
            new Case("2.1 no root", " \n ", "2:2 it ends too early"),
            new Case("2.1 a root that does not end", "<a><b></b>", "1:11 it ends too early"),
            new Case("2.1 something begins after the root", "<a/><", "1:6 it ends too early"),
            new Case("2.1 two roots", "<a/>\n<b/>", "2:1 a second root"),
            new Case("2.1 text before", "x<a/>", "1:1 text where none may be"),
            new Case("2.1 text after", "<a/> x", "1:6 text where none may be"),
            new Case("2.1 a reference after", "<a/>&#32;", "1:5 text where none may be"),
            new Case("2.1 CDATA before", "<![CDATA[]]><a/>", "1:9 <! that begins nothing"),
            new Case("2.1 crossed", "<a><b></a></b>", "1:7 end of what did not begin: a"),
            new Case("2.1 an end alone", "</a>", "1:1 end of what did not begin: a"),
            new Case("2.1 an end too many", "<a/></a>", "1:5 end of what did not begin: a"),
            new Case("2.2 no character", "<a>\u0000</a>", "1:4 no character of XML: U+0000"),
            new Case("2.2 nor in a tag", "<a b='\u000b'/>", "1:7 no character of XML: U+000B"),
            new Case("2.2 nor this one", "<a>\uffff</a>", "1:4 no character of XML: U+FFFF"),
            new Case("2.3 no name", "<a><7/></a>", "1:5 < that begins nothing"),
            new Case("2.3 no name of an attribute", "<a -b=''/>", "1:4 no name"),
            new Case("2.3 no name in an end", "<a></>", "1:6 no name"),
            new Case("2.3 space before a name", "< a/>", "1:2 < that begins nothing"),
            new Case("2.4 & alone", "<a>x & y</a>", "1:7 & that begins no reference"),
            new Case("2.4 ]]> in text", "<a>\n]]]></a>", "2:4 ]]> in text"),
            new Case("2.7 ends too early", "<a><![CDATA[</a>", "1:17 it ends too early"),
            new Case("2.7 in small letters", "<a><![cdata[]]></a>",
                    "1:7 <! that begins nothing"),
            new Case("2.5 no comment", "<a><!-- --></a>", "1:7 no comment is read"),
            new Case("2.6 no instruction", "<a><?b?></a>", "1:5 no processing instruction is read"),
            new Case("2.6 nor first", "<?b?><a/>", "1:3 no processing instruction is read"),
            new Case("2.6 nor one whose name begins so", "<?xml-stylesheet?><a/>",
                    "1:6 no processing instruction is read"),
            new Case("2.8 a declaration that is not first", " <?xml version='1.0'?><a/>",
                    "1:3 no processing instruction is read"),
            new Case("2.8 twice", "<?xml version='1.0'?><?xml version='1.0'?><a/>",
                    "1:23 no processing instruction is read"),
            new Case("2.8 another version", "<?xml version='1.1'?><a/>",
                    "1:21 neither XML 1.0 nor in UTF-8"),
            new Case("2.8 no version", "<?xml encoding='UTF-8'?><a/>",
                    "1:24 neither XML 1.0 nor in UTF-8"),
            new Case("2.8 in another order",
                    "<?xml version='1.0' standalone='yes' encoding='UTF-8'?>",
                    "1:55 neither XML 1.0 nor in UTF-8"),
            new Case("2.8 no DTD", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///c'>]><a>&b;</a>",
                    "1:3 no DTD is read"),
            new Case("2.8 nor inside", "<a><!DOCTYPE a></a>", "1:6 no DTD is read"),
            new Case("2.11 lines that end in three ways", "<a>\r\r\n\n &x;</a>",
                    "4:4 no such entity: &x;"),
            new Case("3.1 < in a value", "<a b='<'/>", "1:7 < in a tag"),
            new Case("3.1 < in a tag", "<a\n <b/>", "2:2 < in a tag"),
            new Case("3.1 twice", "<a b='' b=''/>", "1:1 attribute twice: b"),
            new Case("3.1 no value", "<a b/>", "1:5 attribute without value: b"),
            new Case("3.1 no quotation marks", "<a b=c/>", "1:6 value without quotation marks"),
            new Case("3.1 no space between", "<a b=''c=''/>", "1:8 neither space nor > in a tag"),
            new Case("3.1 a mark alone", "<a \"/>'\">", "1:4 no name"),
            new Case("3.1 space within />", "<a / >", "1:5 neither space nor > in a tag"),
            new Case("3.1 > within />", "<a b='1' /='>'>", "1:11 neither space nor > in a tag"),
            new Case("3.1 attributes at the end", "<a></a b=''>",
                    "1:8 attributes at the end of an element"),
            new Case("3.1 an end that is empty", "<a></a/>", "1:7 neither space nor > in a tag"),
            new Case("3 ends in other letters", "<a></A>", "1:4 end of what did not begin: A"),
            new Case("4.1 no entity", "<a>&nbsp;</a>", "1:9 no such entity: &nbsp;"),
            new Case("4.1 in a value", "<a\n b='1'\n  c='&nbsp;'/>", "3:6 no such entity: &nbsp;"),
            new Case("4.1 not ended", "<a>&amp</a>", "1:8 & that begins no reference"),
            new Case("4.1 not ended in a value", "<a b='&amp'/>",
                    "1:11 & that begins no reference"),
            new Case("4.1 no digits", "<a>&#;</a>", "1:6 no character: &#;"),
            new Case("4.1 no hexadecimal digits", "<a>&#x;</a>", "1:7 no character: &#x;"),
            new Case("4.1 large X", "<a>&#X41;</a>", "1:9 no character: &#X41;"),
            new Case("4.1 other digits", "<a>&#\u0666\u0665;</a>",
                    "1:8 no character: &#\u0666\u0665;"),
            new Case("4.1 letters", "<a>&#6a;</a>", "1:8 no character: &#6a;"),
            new Case("4.1 no such character", "<a>&#0;</a>", "1:7 no character: &#0;"),
            new Case("4.1 half of one", "<a>&#xD83D;</a>", "1:11 no character: &#xD83D;"),
            new Case("4.1 beyond", "<a>&#x110000;</a>", "1:13 no character: &#x110000;"),
            new Case("4.1 far beyond", "<a>&#4294967361;</a>",
                    "1:16 no character: &#4294967361;"),
            new Case("names 3 xml for another", "<a xmlns:xml='u'/>",
                    "1:4 xml and xmlns stand for themselves: xmlns:xml"),
            new Case("names 3 another for xml", "<a xmlns:b='" + ROOM + "'/>",
                    "1:4 xml and xmlns stand for themselves: xmlns:b"),
            new Case("names 3 xml as default", "<a xmlns='" + ROOM + "'/>",
                    "1:4 xml and xmlns stand for themselves: xmlns"),
            new Case("names 3 xmlns declared", "<a xmlns:xmlns='u'/>",
                    "1:4 xml and xmlns stand for themselves: xmlns:xmlns"),
            new Case("names 3 another for xmlns", "<a xmlns:b='http://www.w3.org/2000/xmlns/'/>",
                    "1:4 xml and xmlns stand for themselves: xmlns:b"),
            new Case("names 3 an element in xmlns", "<xmlns:a/>",
                    "1:2 prefix that nobody declares: xmlns:a"),
            new Case("names 5 prefix of an element", "<a><p:b/></a>",
                    "1:5 prefix that nobody declares: p:b"),
            new Case("names 5 prefix of an attribute", "<a p:b=''/>",
                    "1:4 prefix that nobody declares: p:b"),
            new Case("names 5 out of scope", "<a><b xmlns:p='u'/><p:b/></a>",
                    "1:21 prefix that nobody declares: p:b"),
            new Case("names 5 a prefix for nothing", "<a xmlns:p=''/>",
                    "1:4 prefix for no namespace: xmlns:p"),
            new Case("names 6.3 twice by namespace", "<a xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>",
                    "1:1 attribute twice: q:b"),
            new Case("names 6.3 a declaration twice", "<a xmlns:p='u' xmlns:p='u'/>",
                    "1:16 attribute twice: xmlns:p"),
            new Case("names 4 two colons", "<a:b:c/>", "1:5 neither space nor > in a tag"),
            new Case("names 4 no local name", "<a:/>", "1:4 no name"),
            new Case("names 4 no prefix", "<:a/>", "1:2 < that begins nothing"),
            new Case("names 4 the end has another prefix",
                    "<p:a xmlns:p='u' xmlns:q='u'></q:a>",
                    "1:30 end of what did not begin: q:a"));

    @ParameterizedTest @FieldSource("MALFORMED") void what_is_malformed_is_refused(Case each) {
        assertThat(broken(each.document)).isEqualTo(each.told);
    }

    /// @spec https://www.rfc-editor.org/rfc/rfc3629#section-4 RFC 3629 §4
    @ParameterizedTest
    @ValueSource(strings = {"80", "bf", "c0af", "c1bf", "e08080", "e09fbf", "eda080", "edbfbf",
            "f0808080", "f08fbfbf", "f4908080", "f5808080", "ff", "c341", "e28241", "f09f9341",
            "c3c3", "feff", "fffe"})
    void what_is_no_utf_8_is_refused(String hex) {
        assertThat(broken(join("<a>", hex, "</a>"))).startsWith("1:4 no UTF-8: octet ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "efbfbd", "f0908080",
            "f48fbfbf", "f3bfbfbf", "e18080", "ecbfbf"})
    void what_is_the_first_or_last_of_its_length_is_read(String hex) {
        assertThat(told(join("<a>", hex, "</a>")))
                .isEqualTo("<a> [" + Bytes.hex(hex).utf8() + "] </a>");
    }

    @Test void half_a_character_at_the_end_is_an_end_too_early() {
        assertThat(broken(join("<a/>", "c3", ""))).isEqualTo("1:5 it ends too early");
    }

    @Test void comments_are_read_where_they_are_allowed() {
        var local = Limits.LOCAL;
        assertThat(told("<!----><a>1<!-- - <b> &c; -->2<!---x-></a>", local)).contains("early");
        assertThat(told("<!----><a>1<!-- - <b> &c; -->2<!---x--></a> <!-->-->", local))
                .isEqualTo("<a> [12] </a>");
        assertThat(told("<a><!-- -- --></a>", local)).isEqualTo("<a> 1:11 -- in a comment");
        assertThat(told("<a><!-- ---></a>", local)).isEqualTo("<a> 1:11 -- in a comment");
        assertThat(told("<!DOCTYPE a><a/>", local)).isEqualTo("1:3 no DTD is read");
    }

    /// What begins is told, what is cut short is not: no text, though it was all there.
    @Test void what_has_not_ended_is_not_told() {
        assertThat(told("<a>text<b c='1'")).isEqualTo("<a> 1:16 it ends too early");
        assertThat(told("<a>text")).isEqualTo("<a> 1:8 it ends too early");
        assertThat(told("<a><b/>x</c>")).isEqualTo("<a> <b> </b> 1:9 end of what did not begin: c");
    }

    @Test void who_is_broken_says_it_once_and_stays_so() {
        var parser = Parser.ofDocument(Limits.WIRE);
        assertThat(parser.feed(Bytes.utf8("<a>&"))).hasSize(1);
        assertThat(parser.feed(Bytes.utf8(" <b/>"))).hasSize(1);
        assertThat(parser.feed(Bytes.utf8("amp;</a><a/>"))).isEmpty();
        assertThat(parser.end()).isEmpty();
    }

    @Test void after_the_end_nothing_is_read() {
        var parser = Parser.ofDocument(Limits.WIRE);
        assertThat(parser.feed(Bytes.utf8("<a/>"))).hasSize(2);
        assertThat(parser.end()).isEmpty();
        assertThat(parser.feed(Bytes.utf8("<a/>"))).isEmpty();
    }

    // limits

    private static final Limits SMALL = new Limits(100, 3, 2, 5, false);

    @Test void of_octets_there_may_be_as_many_and_no_more() {
        for (var form : List.of("<a>%s</a>", "<a b='%s'/>", "<a>%s&amp;</a>", "<a %s/>", "<%sx/>",
                "%s<a/>", "<a/>%s", "<a><![CDATA[%s]]></a>", "<a>&#%s65;</a>")) {
            var fill = form.contains("a %s") || form.startsWith("%s") || form.endsWith("/>%s")
                    ? " " : form.contains("#") ? "0" : "x";
            var full = form.formatted(fill.repeat(102 - form.length()));
            assertThat(full).hasSize(100);
            assertThat(told(full, SMALL)).as(full).endsWith("</" + (fill.equals("x")
                    && form.startsWith("<%s") ? "x".repeat(97) : "a") + ">");
            assertThat(told(form.formatted(fill.repeat(103 - form.length())), SMALL)).as(form)
                    .endsWith("1:101 more than 100 octets");
        }
        assertThat(told("<a>" + "\u00e9".repeat(46) + "x</a>", SMALL)).endsWith("</a>");
        assertThat(told("<a>" + "\u00e9".repeat(47) + "</a>", SMALL))
                .endsWith("more than 100 octets");
    }

    @Test void what_never_ends_is_refused_at_the_same_place() {
        for (var begin : List.of("<a>", "<a b='", "<a b", "<", "<a>&#0", "<a>&x", "<a><![CDATA[",
                "<a></a", "<?xml ", "<a b='&x"))
            for (var more : List.of("x", "0")) {
                var told = told(begin + (begin.equals("<") ? "x" : "") + more.repeat(66_000));
                assertThat(told).as(begin).endsWith("1:65537 more than 65536 octets");
            }
        assertThat(told(" ".repeat(65_537))).isEqualTo("1:65537 more than 65536 octets");
        assertThat(told("<a><!--" + "x".repeat(2_000_000), Limits.LOCAL))
                .endsWith("1:1048577 more than 1048576 octets");
    }

    @Test void elements_may_lie_so_deep_and_no_deeper() {
        assertThat(told("<a><a><a/></a></a>", SMALL)).endsWith("</a> </a> </a>");
        assertThat(told("<a><a><a><b/></a></a></a>", SMALL))
                .isEqualTo("<a> <a> <a> 1:10 more than 3 elements open");
        assertThat(told("<a>".repeat(32) + "</a>".repeat(32))).endsWith("</a>");
        assertThat(told("<a>".repeat(10_000))).endsWith("1:97 more than 32 elements open");
    }

    @Test void an_element_may_have_so_many_attributes_and_no_more() {
        assertThat(told("<a b='' xmlns='u'/>", SMALL)).isEqualTo("<{u}a b=> </{u}a>");
        assertThat(told("<a b='' c='' xmlns='u'/>", SMALL))
                .isEqualTo("1:1 more than 2 attributes");
    }

    @Test void the_name_of_a_namespace_may_be_so_long_and_no_longer() {
        assertThat(told("<a xmlns='uuuuu'/>", SMALL)).startsWith("<{uuuuu}a>");
        assertThat(told("<a xmlns='&amp;'/>", SMALL)).startsWith("<{&}a>");
        for (var longer : List.of("uuuuuu", "u&amp;", "\u00e9\u00e9\u00e9"))
            assertThat(told("<a xmlns:p='" + longer + "'/>", SMALL))
                    .isEqualTo("1:4 namespace of more than 5 octets: xmlns:p");
    }

    @Test void of_what_was_told_or_refused_nothing_is_kept() {
        var parser = Parser.ofStream(Limits.WIRE);
        var filler = "x".repeat(60_000);
        for (var each : List.of("<r>", "<a b='" + filler + "'/>", "<a>" + filler + "</a>",
                "<a><![CDATA[" + filler + "]]></a>", "<a>" + filler + "&b;")) {
            parser.feed(Bytes.utf8(each));
            assertThat(parser.held()).isLessThan(100);
        }
    }

    /// A billion laughs need a DTD; of one of a few hundred octets nothing is kept.
    @Test void entities_that_multiply_are_refused_before_the_first() {
        var laughs = new StringBuilder("<!DOCTYPE lolz [<!ENTITY lol 'lol'>");
        for (int i = 1; i < 10; i++) laughs.append("<!ENTITY lol").append(i).append(" '")
                .append("&lol;".repeat(10)).append("'>");
        assertThat(broken(laughs + "]><lolz>&lol9;</lolz>")).isEqualTo("1:3 no DTD is read");
    }

    @Test void what_is_repeated_of_the_refused_is_short_and_in_one_line() {
        assertThat(broken("<a></" + "b".repeat(1_000) + ">")).hasSizeLessThan(100);
        assertThat(broken("<a>&" + "b".repeat(1_000) + ";</a>")).hasSizeLessThan(100);
        assertThat(broken("<a %1$s='' %1$s=''/>".formatted("b".repeat(1_000))))
                .hasSizeLessThan(100);
        assertThat(Grammar.shown("a\n\u2028\ud800b")).isEqualTo("a???b");
    }

    @Test void a_declaration_may_be_long() {
        var space = " ".repeat(15_000);
        var declaration = "<?xml%1$sversion%1$s='1.0'%1$sstandalone='%2$s'%1$s?>";
        assertThat(told(declaration.formatted(space, "yes") + "<a/>")).isEqualTo("<a> </a>");
        assertThat(broken(declaration.formatted(space, "so") + "<a/>"))
                .endsWith(" neither XML 1.0 nor in UTF-8");
    }

    /// Each character of a tag is asked for a few times, however long it is.
    @Test void time_grows_as_the_tag_does() {
        for (var part : List.of(" a%d='b'", " xmlns:a%d='b'", " a%d='&amp;&#65;'",
                "\n \n a%d\n =\n 'b'")) {
            int few = steps(part, 100), many = steps(part, 10_000);
            assertThat((double) many / few).as(part).isBetween(90.0, 130.0);
        }
    }

    private static int steps(String attribute, int count) {
        var tag = new StringBuilder("<e");
        for (int i = 0; i < count; i++) tag.append(attribute.formatted(i));
        var counting = new Counting(tag.append('>').toString());
        assertThat(Tag.parse(counting).attributes()).hasSize(count);
        return counting.steps;
    }

    private static final class Counting implements CharSequence {
        private final String text;
        private int steps;

        Counting(String text) { this.text = text; }

        @Override public char charAt(int index) {
            steps++;
            return text.charAt(index);
        }

        @Override public CharSequence subSequence(int from, int to) {
            steps += to - from;
            return text.substring(from, to);
        }

        @Override public int length() { return text.length(); }

        @Override public String toString() { return text; }
    }

    // every split, and nonsense

    private static final List<Bytes> DOCUMENTS = Stream.concat(
            Stream.of(WELL_FORMED, MALFORMED).flatMap(List::stream).map(each ->
                    Bytes.utf8(each.document)),
            Stream.of(Examples.PRESENCE, Examples.WATCHERS, Examples.CALL)
                    .map(Bytes::utf8)).toList();

    @Test void octet_by_octet_the_same_is_told() {
        for (var each : DOCUMENTS) assertThat(pieces(each, 1)).isEqualTo(pieces(each, each.size()));
    }

    @Property(tries = 300) void however_it_is_cut_the_same_is_told(
            @ForAll @IntRange(max = 1_000) int which, @ForAll long seed) {
        var document = DOCUMENTS.get(which % DOCUMENTS.size());
        var random = new SplittableRandom(seed);
        assertThat(cut(document, () -> random.nextInt(0, 20)))
                .isEqualTo(pieces(document, document.size()));
    }

    @Property(tries = 300) void a_document_with_wrong_octets_is_told_or_refused(
            @ForAll @IntRange(max = 1_000) int which, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var octets = new ArrayList<Byte>();
        for (byte each : DOCUMENTS.get(which % DOCUMENTS.size()).toArray()) octets.add(each);
        for (int i = random.nextInt(4); i >= 0 && !octets.isEmpty(); i--) {
            int at = random.nextInt(octets.size());
            switch (random.nextInt(4)) {
                case 0 -> octets.remove(at);
                case 1 -> octets.add(at, octets.get(random.nextInt(octets.size())));
                case 2 -> octets.set(at, (byte) random.nextInt());
                default -> octets.addAll(at, List.copyOf(octets.subList(at,
                        random.nextInt(at, octets.size()))));
            }
        }
        var bytes = new byte[octets.size()];
        for (int i = 0; i < bytes.length; i++) bytes[i] = octets.get(i);
        toldOrRefused(Bytes.wrap(bytes));
    }

    @Property(tries = 300) void nonsense_is_refused(@ForAll @Size(max = 200) byte[] bytes) {
        toldOrRefused(Bytes.copyOf(bytes));
    }

    /// As events either way; and as a tree or refused in the one way there is.
    private static void toldOrRefused(Bytes bytes) {
        var told = pieces(bytes, bytes.size());
        assertThat(pieces(bytes, 1)).isEqualTo(told);
        try {
            Element.parse(bytes);
            assertThat(told.getLast()).isInstanceOf(Event.End.class);
        } catch (SyntaxException e) {
            assertThat(told.getLast()).hasToString(e.getMessage());
        }
    }

    // helpers

    private static List<Event> pieces(Bytes document, int size) {
        return cut(document, () -> size);
    }

    private static List<Event> cut(Bytes document, IntSupplier sizes) {
        var parser = Parser.ofDocument(Limits.WIRE);
        var events = new ArrayList<Event>();
        for (int at = 0; at < document.size();) {
            int end = Math.min(at + sizes.getAsInt(), document.size());
            events.addAll(parser.feed(document.slice(at, end)));
            at = end;
        }
        events.addAll(parser.end());
        return events;
    }

    private static Bytes join(String before, String hex, String after) {
        return Bytes.hex(Bytes.utf8(before).hex() + hex + Bytes.utf8(after).hex());
    }

    private static String broken(String document) { return broken(Bytes.utf8(document)); }

    private static String broken(Bytes document) {
        var last = pieces(document, Math.max(1, document.size())).getLast();
        assertThat(last).isInstanceOf(Event.Broken.class);
        return told(last);
    }

    private static String told(String document) { return told(Bytes.utf8(document)); }

    private static String told(String document, Limits limits) {
        return told(Bytes.utf8(document), limits);
    }

    private static String told(Bytes document) { return told(document, Limits.WIRE); }

    private static String told(Bytes document, Limits limits) {
        var parser = Parser.ofDocument(limits);
        return Stream.concat(parser.feed(document).stream(), parser.end().stream())
                .map(ParserTest::told).collect(Collectors.joining(" "));
    }

    private static String told(Event event) {
        return switch (event) {
            case Event.Start(var tag) -> "<" + named(tag.name()) + tag.attributes().stream()
                    .map(each -> " " + named(each.name()) + "=" + visible(each.value()))
                    .collect(Collectors.joining()) + ">";
            case Event.Text(var text) -> "[" + visible(text) + "]";
            case Event.End(var name, _) -> "</" + named(name) + ">";
            case Event.Broken(var why, var line, var column) -> line + ":" + column + " " + why;
        };
    }

    private static String named(Name name) {
        return (name.namespace().isEmpty() ? "" : "{" + name.namespace() + "}") + name.local();
    }

    private static String visible(String text) {
        return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }
}
