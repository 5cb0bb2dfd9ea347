package p2psip.std.rfc4575;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3326.Reason;
import p2psip.std.rfc4575.ConferenceInfo.*;
import p2psip.std.rfc6665.*;

class ConferenceInfoTest {
    private static final String CONF = "sip:conf233@example.com";

    private static Bytes document(String attributes, String content) {
        return Bytes.utf8("""
                <?xml version="1.0" encoding="UTF-8"?>
                <conference-info xmlns="urn:ietf:params:xml:ns:conference-info"
                    entity="sips:conf233@example.com" %s>%s</conference-info>"""
                .formatted(attributes, content));
    }

    private static User user(String name) {
        return new User("sip:" + name + "@example.com", name, Status.CONNECTED);
    }

    /// The shape of the first example of §6.
    @Test void a_document_as_in_the_rfc() {
        var info = ConferenceInfo.parse(document("state=\"full\" version=\"1\"", """
                <conference-description><subject>Agenda: This month's goals</subject>
                  <service-uris><entry><uri>http://sharepoint/salesgroup/</uri></entry>
                  </service-uris></conference-description>
                <conference-state><user-count>33</user-count></conference-state>
                <users>
                  <user entity="sip:bob@example.com" state="full">
                    <display-text>Bob Hoskins</display-text>
                    <endpoint entity="sip:bob@pc33.example.com">
                      <display-text>Bob's Laptop</display-text>
                      <status>disconnected</status>
                      <disconnection-method>departed</disconnection-method>
                      <disconnection-info><when>2005-03-04T20:00:00Z</when>
                        <reason>SIP;cause=200;text="bad voice quality"</reason>
                      </disconnection-info>
                      <media id="1"><type>audio</type><label>34567</label><src-id>432424</src-id>
                        <status>sendrecv</status></media>
                    </endpoint>
                  </user>
                  <user entity="sip:alice@example.com" state="full">
                    <display-text>Alice</display-text><roles><entry>chair</entry></roles>
                    <endpoint entity="sip:4kfk4j392jsu@example.com;grid=433kj4j3u">
                      <status>connected</status><joining-method>dialed-out</joining-method>
                    </endpoint>
                  </user>
                </users>"""));
        assertThat(info).isEqualTo(new ConferenceInfo(1, State.FULL, "sips:conf233@example.com",
                "Agenda: This month's goals", Optional.of(33L), List.of(
                new User("sip:bob@example.com", State.FULL, "Bob Hoskins", List.of(), List.of(
                        new Endpoint("sip:bob@pc33.example.com", State.FULL,
                                Optional.of(Status.DISCONNECTED), Optional.empty(),
                                Optional.of(Leaving.DEPARTED),
                                Optional.of(Reason.sip(200, "bad voice quality")),
                                List.of(new Media("1", "audio", "sendrecv"))))),
                new User("sip:alice@example.com", State.FULL, "Alice", List.of("chair"), List.of(
                        new Endpoint("sip:4kfk4j392jsu@example.com;grid=433kj4j3u", State.FULL,
                                Optional.of(Status.CONNECTED), Optional.of(Joining.DIALED_OUT),
                                Optional.empty(), Optional.empty(), List.of()))))));
    }

    //= rfc4575#5.7.7-3 in the format of RFC 3326, with or without the name of the field
    @Test void why_somebody_has_left() {
        for (var text : List.of("SIP;cause=415", "Reason: SIP;cause=415", "bad voice quality"))
            assertThat(ConferenceInfo.parse(document("version=\"1\"", """
                    <users><user entity="a"><endpoint entity="b"><disconnection-info>
                    <reason>%s</reason></disconnection-info></endpoint></user></users>"""
                    .formatted(text))).users().getFirst().endpoints().getFirst().reason())
                    .as(text).isEqualTo(text.startsWith("bad") ? Optional.empty()
                            : Optional.of(Reason.sip(415, "")));
        assertThat(ConferenceInfo.parse(document("version=\"1\"", """
                <users><user entity="a"><endpoint entity="b"><disconnection-info>
                <reason>SIP;cause=415</reason></disconnection-info></endpoint></user></users>"""))
                .encode().utf8()).contains("<reason>SIP;cause=415</reason>");
    }

    @Test void what_must_be_there() {
        //= rfc4575#4.3-1 the version is in the root element
        for (var bad : List.of("state=\"full\"", "version=\"x\"", "version=\"4294967296\"",
                "version=\"1\" state=\"some\""))
            assertThatThrownBy(() -> ConferenceInfo.parse(document(bad, ""))).as(bad)
                    .isInstanceOf(p2psip.std.SyntaxException.class);
        for (var bad : List.of("<users><user/></users>",
                "<users><user entity=\"a\"><endpoint/></user></users>",
                //= rfc4575#4.5-1 the key is unique among siblings
                //= rfc4575#5.6-1 unique among all participants
                "<users><user entity=\"a\"/><user entity=\"a\"/></users>",
                //= rfc4575#5.7-1 unique in the context of a user
                "<users><user entity=\"a\"><endpoint entity=\"b\"/><endpoint entity=\"b\"/>"
                        + "</user></users>",
                "<users><user entity=\"a\"><endpoint entity=\"b\"><media id=\"1\"/>"
                        + "<media id=\"1\"/></endpoint></user></users>"))
            assertThatThrownBy(() -> ConferenceInfo.parse(document("version=\"1\"", bad)))
                    .as(bad).isInstanceOf(p2psip.std.SyntaxException.class);
    }

    //= rfc4575#4.4-7 child elements of a deleted one are ignored
    @Test void of_who_is_gone_nothing_is_read() {
        assertThat(ConferenceInfo.parse(document("state=\"partial\" version=\"2\"", """
                <users state="partial"><user entity="a" state="deleted">
                <display-text>A</display-text><endpoint/></user></users>""")).users())
                .containsExactly(new User("a", State.DELETED, "", List.of(), List.of()));
        assertThat(ConferenceInfo.parse(document("version=\"2\"",
                "<users state=\"deleted\"><user entity=\"a\"/></users>")).users()).isEmpty();
    }

    @Test void of_a_conference_that_is_over_nothing_is_said() {
        var over = new ConferenceInfo(3, State.DELETED, CONF, "talk", Optional.of(1L),
                List.of(user("a")));
        assertThat(ConferenceInfo.parse(over.encode())).isEqualTo(new ConferenceInfo(
                3, State.DELETED, CONF, "", Optional.empty(), List.of()));
    }

    //= rfc4575#4.1-1,2 well-formed, and in UTF-8
    //= rfc4575#5.2-1 with the version in the root
    @Property(tries = 100) void what_is_written_is_read(@ForAll("documents") ConferenceInfo info) {
        assertThat(ConferenceInfo.parse(info.encode())).isEqualTo(info);
    }

    @Provide Arbitrary<ConferenceInfo> documents() {
        var text = Arbitraries.strings().withChars("aé<&>\"'x;").ofMaxLength(6);
        var reason = Arbitraries.of(Reason.sip(486), Reason.ELSEWHERE).optional();
        var media = Combinators.combine(text, text, text).as(Media::new).list()
                .uniqueElements(Media::id).ofMaxSize(2);
        var endpoint = Combinators.combine(text, Arbitraries.of(State.FULL, State.PARTIAL),
                Arbitraries.of(Status.class).optional(), Arbitraries.of(Joining.class).optional(),
                Arbitraries.of(Leaving.class).optional(), reason, media).as(Endpoint::new)
                .list().uniqueElements(Endpoint::entity).ofMaxSize(2);
        var users = Combinators.combine(text, Arbitraries.of(State.FULL, State.PARTIAL), text,
                text.list().ofMaxSize(2), endpoint).as(User::new)
                .list().uniqueElements(User::entity).ofMaxSize(3);
        return Combinators.combine(Arbitraries.longs().between(0, 4294967295L),
                Arbitraries.of(State.FULL, State.PARTIAL), text, text,
                Arbitraries.longs().between(0, 99).optional(), users).as(ConferenceInfo::new);
    }

    //= rfc4575#3.6-1 who joins and who leaves is told
    //= rfc4575#5.2-5 a full document has description and users
    //= rfc4575#4.4-3,4 and its children are full, too
    @Test void documents_say_all_and_then_what_is_new() {
        var before = new Roster(CONF, "talk", List.of(user("a"), user("b")));
        var after = new Roster(CONF, "talk", List.of(user("a"), user("c")));
        var whole = before.whole(0).orElseThrow();
        assertThat(whole.type()).isEqualTo("application/conference-info+xml");
        assertThat(whole.bytes().utf8()).contains("<conference-description>", "<users state=\"full")
                .doesNotContain("partial");
        assertThat(ConferenceInfo.parse(whole.bytes())).isEqualTo(new ConferenceInfo(
                0, State.FULL, CONF, "talk", Optional.of(2L), before.users()));
        //= rfc4575#5.2-3 a partial one has the number that it is told to have, one more
        //= rfc4575#4.4-6 and one that is deleted has no child elements
        assertThat(ConferenceInfo.parse(after.news(before, 1).orElseThrow().bytes())).isEqualTo(
                new ConferenceInfo(1, State.PARTIAL, CONF, "", Optional.of(2L), List.of(user("c"),
                        new User("sip:b@example.com", State.DELETED, "", List.of(), List.of()))));
        assertThat(new Roster(CONF, "other", List.of()).news(before, 1)).isEmpty();
    }

    @Test void its_package() {
        var events = ConferenceInfo.of(CONF);
        assertThat(events.name()).isEqualTo("conference");
        //= rfc4575#3.4-1,2 application/conference-info+xml is supported
        assertThat(events.bodies()).containsExactly("application/conference-info+xml");
        //= rfc4575#3.9-1 at most once every five seconds
        assertThat(events.interval()).isEqualTo(Duration.ofSeconds(5));
        //= rfc4575#3.8-1 no more than one dialog of one SUBSCRIBE
        assertThat(events.forking()).isEqualTo(EventPackage.Forking.FIRST);
    }

    //= rfc4575#5.6-2,3 under .invalid, and unique
    @Test void who_does_not_want_to_be_known_is_not() {
        assertThat(User.anonymous(1)).endsWith(".invalid").isNotEqualTo(User.anonymous(2));
    }
}
