package p2psip.std.rfc3863;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3863.Presence.*;
import p2psip.std.rfc3863.Presence.Tuple;

class PresenceTest {
    /// The first example of §4.3.
    //= rfc3863#4.2.3-1,2 what is of another namespace is not looked at, with all that is in it
    //= rfc3863#4.1.1-4,5 the namespace is the one that is meant, among others
    @Test void an_example_with_status_extensions() {
        var presence = parse("""
                <?xml version="1.0" encoding="UTF-8"?>
                <presence xmlns="urn:ietf:params:xml:ns:pidf"
                    xmlns:im="urn:ietf:params:xml:ns:pidf:im"
                    xmlns:myex="http://id.example.com/presence/"
                    entity="pres:someone@example.com">
                  <tuple id="bs35r9">
                    <status>
                      <basic>open</basic>
                      <im:im>busy</im:im>
                      <myex:location>home<basic>closed</basic></myex:location>
                    </status>
                    <contact priority="0.8">im:someone@mobilecarrier.net</contact>
                    <note xml:lang="en">Don't Disturb Please!</note>
                    <note xml:lang="fr">Ne derangez pas, s'il vous plait</note>
                    <timestamp>2001-10-27T16:49:29Z</timestamp>
                  </tuple>
                  <tuple id="eg92n8">
                    <status><basic>open</basic></status>
                    <contact priority="1.0">mailto:someone@example.com</contact>
                  </tuple>
                  <note>I'll be in Tokyo next week</note>
                </presence>""");
        assertThat(presence).isEqualTo(new Presence("pres:someone@example.com", List.of(
                new Tuple("bs35r9", Optional.of(Basic.OPEN), Optional.of(new Contact(
                        "im:someone@mobilecarrier.net", OptionalInt.of(800))), List.of(
                                new Note("en", "Don't Disturb Please!"),
                                new Note("fr", "Ne derangez pas, s'il vous plait")),
                        Optional.of(Instant.parse("2001-10-27T16:49:29Z"))),
                new Tuple("eg92n8", Optional.of(Basic.OPEN), Optional.of(new Contact(
                        "mailto:someone@example.com", OptionalInt.of(1000))), List.of(),
                        Optional.empty())), List.of(new Note("", "I'll be in Tokyo next week"))));
        //= rfc3863#4.1.5-4 the higher priority goes first
        assertThat(presence.contacts()).extracting(Contact::uri).containsExactly(
                "mailto:someone@example.com", "im:someone@mobilecarrier.net");
        assertThat(presence.open()).isTrue();
    }

    /// The third example of §4.3.
    //= rfc3863#4.2.3-3 what the RFC defines is handled without the attribute
    //= rfc3863#4.3.3-1,2 what is not recognized is ignored with what it is in
    @Test void an_example_of_what_must_be_understood() {
        var presence = parse("""
                <impp:presence xmlns:impp="urn:ietf:params:xml:ns:pidf"
                    xmlns:myex="http://id.mycompany.com/presence/"
                    entity="pres:someone@example.com">
                  <impp:tuple id="tj25ds">
                    <impp:status><impp:basic>open</impp:basic></impp:status>
                    <myex:complexExtension>
                      <myex:ex1 impp:mustUnderstand="1">val1</myex:ex1>
                      <myex:ex2>val2</myex:ex2>
                    </myex:complexExtension>
                    <impp:contact priority="0.725">tel:+09012345678</impp:contact>
                  </impp:tuple>
                  <myex:mytag>My extended presentity information</myex:mytag>
                </impp:presence>""");
        assertThat(presence).isEqualTo(new Presence("pres:someone@example.com", List.of(new Tuple(
                "tj25ds", Optional.of(Basic.OPEN), Optional.of(new Contact("tel:+09012345678",
                        OptionalInt.of(725))), List.of(), Optional.empty())), List.of()));
    }

    //= rfc3863#4.1.5-2,3 none, and what is out of range, is as if it were not there: the lowest
    @Test void priorities() {
        for (var text : List.of("0|0", "1|1000", "1.0|1000", "1.000|1000", "0.5|500", "0.021|21",
                "1.1|", "2|", "-0.5|", "0.5000|", ".5|", "high|", "0.|0")) {
            var parts = text.split("\\|", -1);
            var contact = parse(tuple("<status><basic>open</basic></status><contact priority=\""
                    + parts[0] + "\">sip:a@b</contact>")).contacts().getFirst();
            assertThat(contact.priority()).as(text).isEqualTo(parts[1].isEmpty()
                    ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(parts[1])));
        }
    }

    //= rfc3863#4.1.1-2 an entity
    //= rfc3863#4.1.2-2,3 a tuple has an id of its own
    //= rfc3863#4.2.3-4 all that the schema says must be present
    @Test void what_must_be_there() {
        for (var wrong : List.of(
                "<presence xmlns='urn:ietf:params:xml:ns:pidf'/>",
                //= rfc3863#4.1.1-3 and the root its namespace
                "<presence entity='a'/>", "<presence", "",
                "<watcher xmlns='urn:ietf:params:xml:ns:pidf' entity='a'/>",
                tuple(""),
                tuple("<status/>").replace("id=", "name="),
                tuple("<status/></tuple><tuple id='t'><status/>")))
            assertThatThrownBy(() -> parse(wrong)).as(wrong)
                    .isInstanceOf(p2psip.std.SyntaxException.class);
    }

    //= rfc3863#4.1.3-1,2 a status may have no basic element, for somebody else says it
    @Test void what_may_be_missing() {
        assertThat(parse(tuple("<status/>")).open()).isFalse();
        assertThat(parse(tuple("<status><basic>?</basic></status>")).tuples().getFirst().basic())
                .isEmpty();
        assertThat(parse(tuple("<status/><timestamp>yesterday</timestamp>")).tuples().getFirst()
                .timestamp()).isEmpty();
        assertThat(parse(tuple("<status/><timestamp>2001-10-27T18:49:29+02:00</timestamp>"))
                .tuples().getFirst().timestamp()).contains(Instant.parse("2001-10-27T16:49:29Z"));
    }

    private static String tuple(String inside) {
        return "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='a'><tuple id='t'>" + inside
                + "</tuple></presence>";
    }

    private static Presence parse(String text) { return Presence.parse(Bytes.utf8(text)); }

    //= rfc3863#7-1 in UTF-8
    //= rfc3863#4.1-1 with a declaration that says so
    //= rfc3863#4.1.7-1,2 the time in its format, with capitals T and Z
    @Test void it_is_written_so() {
        //= rfc3863#4.1.5-1 the priority in three digits at most
        //= rfc3863#4.1.6-3 and the language
        assertThat(new Presence("sip:a@b", List.of(new Tuple("t", Optional.of(Basic.CLOSED),
                Optional.of(new Contact("sip:a@pc", OptionalInt.of(725))),
                List.of(new Note("de", "Grüezi & Ade")),
                Optional.of(Instant.parse("2001-10-27T16:49:29.5Z")))), List.of()).encode().utf8())
                .isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <presence xmlns="urn:ietf:params:xml:ns:pidf" entity="sip:a@b"><tuple id="t">\
                <status><basic>closed</basic></status><contact priority="0.725">sip:a@pc</contact>\
                <note xml:lang="de">Grüezi &amp; Ade</note>\
                <timestamp>2001-10-27T16:49:29Z</timestamp></tuple></presence>""");
    }

    //= rfc3863#3.1-2 without charset the rules of XML hold, and one encoding: UTF-8
    //= rfc3863#4.1-2 which is accepted
    @Test void its_encoding_is_what_it_says() {
        var text = "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='é'/>";
        assertThat(parse(text).entity()).isEqualTo("é");
        assertThat(parse("<?xml version='1.0' encoding='UTF-8'?>" + text).entity())
                .isEqualTo("é");
        assertThatThrownBy(() -> parse("<?xml version='1.0' encoding='ISO-8859-1'?>" + text))
                .isInstanceOf(p2psip.std.SyntaxException.class);
    }

    //= rfc3863#6-2 what is outdated is known by the newest timestamp
    //= rfc3856#9.4-3 and is stale
    @Test void what_is_older_says_nothing() {
        var texts = Stream.of("", "2001-10-27T16:49:29Z", "2001-10-27T16:49:30Z").map(time ->
                parse(tuple("<status/>" + (time.isEmpty() ? "" : "<timestamp>" + time
                        + "</timestamp>")))).toList();
        assertThat(texts.get(1).olderThan(texts.get(2))).isTrue();
        assertThat(texts.get(2).olderThan(texts.get(1))).isFalse();
        assertThat(texts.get(1).olderThan(texts.get(1))).isFalse();
        assertThat(texts.get(0).olderThan(texts.get(1))).isFalse();
        assertThat(texts.get(1).olderThan(texts.get(0))).isFalse();
    }

    @Property(tries = 200) void what_is_written_is_read(@ForAll("presences") Presence presence) {
        assertThat(Presence.parse(presence.encode())).isEqualTo(presence);
    }

    @Provide Arbitrary<Presence> presences() {
        var text = Arbitraries.strings().withChars("aé<&>\"' x;").ofMaxLength(12)
                .map(String::strip);
        var notes = Combinators.combine(Arbitraries.of("", "en", "fr"), text).as(Note::new)
                .list().ofMaxSize(2);
        var contacts = Combinators.combine(text, Arbitraries.integers().between(-1, 1000)).as(
                (uri, n) -> new Contact(uri, n < 0 ? OptionalInt.empty() : OptionalInt.of(n)));
        var tuples = Combinators.combine(text, Arbitraries.of(Basic.class).optional(),
                contacts.optional(), notes, Arbitraries.longs().between(0, 4_000_000_000L)
                        .map(Instant::ofEpochSecond).optional()).as(Tuple::new)
                .list().uniqueElements(Tuple::id).ofMaxSize(3);
        return Combinators.combine(text, tuples, notes).as(Presence::new);
    }

    @Property(tries = 200) void nonsense_is_refused(@ForAll String text) {
        try {
            parse(text);
            parse(tuple(text));
        } catch (p2psip.std.SyntaxException expected) {
            // and nothing else may be thrown
        }
    }
}
