package p2psip.std.rfc4575;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc4575.ConferenceInfo.*;
import p2psip.std.rfc6665.Table.Step;

/// §4.6: how a picture comes of many documents.
class ConferenceTest {
    private final Conference conference = new Conference();

    private Step take(long version, String state, String content) {
        return conference.take(Bytes.utf8("""
                <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:c@x"
                    version="%d" state="%s">%s</conference-info>"""
                .formatted(version, state, content)));
    }

    private static String user(String name, String state, String content) {
        return "<user entity=\"" + name + "\" state=\"" + state + "\">" + content + "</user>";
    }

    private static String users(String state, String... users) {
        return "<users state=\"" + state + "\">" + String.join("", users) + "</users>";
    }

    private List<String> names() {
        return conference.info().orElseThrow().users().stream().map(User::entity).toList();
    }

    //= rfc4575#4.6-1 the first full document sets what is known
    @Test void the_first_document_is_what_is_known() {
        assertThat(conference.info()).isEmpty();
        assertThat(take(7, "full", users("full", user("a", "full", "")))).isEqualTo(Step.TAKEN);
        assertThat(names()).containsExactly("a");
        assertThat(conference.info().orElseThrow().version()).isEqualTo(7);
        assertThat(take(8, "partial", users("partial"))).isEqualTo(Step.TAKEN);
    }

    @Test void what_is_not_newer_is_not_taken() {
        take(7, "full", users("full", user("a", "full", "")));
        for (long old : List.of(7L, 6L))
            assertThat(take(old, "full", users("full"))).isEqualTo(Step.STALE);
        assertThat(names()).containsExactly("a");
    }

    //= rfc4575#4.6-4 more than one higher: a refresh is needed, and a first partial one as well
    @Test void a_gap_is_noticed() {
        assertThat(take(1, "partial", users("partial"))).isEqualTo(Step.GAP);
        take(7, "full", users("full", user("a", "full", "")));
        assertThat(take(9, "partial", users("partial", user("b", "full", ""))))
                .isEqualTo(Step.GAP);
        assertThat(names()).containsExactly("a");
        //= rfc4575#4.6-2 a full one replaces all, and sets the version
        assertThat(take(12, "full", users("full", user("c", "full", "")))).isEqualTo(Step.TAKEN);
        assertThat(names()).containsExactly("c");
    }

    //= rfc4575#4.4-1 the mechanism is supported by who subscribes
    //= rfc4575#4.6-5 what is deleted is removed
    @Test void users_come_and_go() {
        take(1, "full", "<conference-description><subject>s</subject></conference-description>"
                + users("full", user("a", "full", ""), user("b", "full", "")));
        take(2, "partial", users("partial", user("c", "full", ""), user("a", "deleted", "")));
        assertThat(names()).containsExactly("b", "c");
        assertThat(conference.info().orElseThrow().subject()).isEqualTo("s");
        take(3, "partial", users("deleted"));
        assertThat(names()).isEmpty();
    }

    //= rfc4575#4.6-5 a deleted endpoint is removed as well
    @Test void a_user_changes_in_part() {
        take(1, "full", users("full", user("a", "full", """
                <display-text>A</display-text>
                <endpoint entity="1"><status>alerting</status></endpoint>
                <endpoint entity="2"><status>connected</status></endpoint>""")));
        take(2, "partial", users("partial", user("a", "partial", """
                <endpoint entity="1" state="partial"><joining-method>dialed-in</joining-method>
                </endpoint><endpoint entity="2" state="deleted"/>
                <endpoint entity="3"><status>pending</status></endpoint>""")));
        var a = conference.info().orElseThrow().users().getFirst();
        assertThat(a.display()).isEqualTo("A");
        assertThat(a.endpoints()).extracting(Endpoint::entity).containsExactly("1", "3");
        assertThat(a.endpoints().getFirst().status()).hasValue(Status.ALERTING);
        assertThat(a.endpoints().getFirst().joining()).hasValue(Joining.DIALED_IN);
        take(3, "partial", users("partial", user("a", "full", "")));
        assertThat(conference.info().orElseThrow().users()).containsExactly(
                new User("a", State.FULL, "", List.of(), List.of()));
    }

    @Test void a_phone_changes_in_part() {
        take(1, "full", users("full", user("a", "full", """
                <endpoint entity="1"><media id="1"><type>audio</type></media>
                <media id="2"><type>video</type></media></endpoint>""")));
        take(2, "partial", users("partial", user("a", "partial", """
                <endpoint entity="1" state="partial"><media id="2" state="partial">
                <status>inactive</status></media></endpoint>""")));
        var info = conference.info().orElseThrow();
        assertThat(info.users().getFirst().endpoints().getFirst().media()).containsExactly(
                new Media("1", "audio", ""), new Media("2", "video", "inactive"));
        assertThat(info.version()).isEqualTo(2);
    }

    @Test void entries_are_told_from_each_other_by_what_they_are() {
        var entries = "<roles state=\"%s\">%s</roles>";
        take(1, "full", users("full", user("a", "full", entries.formatted("full",
                "<entry>w<uri>0</uri></entry><entry>x<uri>1</uri></entry>"
                        + "<entry entity=\"2\">y</entry>"))));
        take(2, "partial", users("partial", user("a", "partial", entries.formatted("partial",
                "<entry state=\"deleted\"><uri>1</uri></entry><entry entity=\"3\">z</entry>"))));
        assertThat(conference.info().orElseThrow().users().getFirst().roles())
                .containsExactly("w", "y", "z");
    }

    /// What is not shown is kept apart by its own key.
    @Test void entries_have_a_uri_for_key() {
        take(1, "full", "<conference-description><conf-uris><entry><uri>a</uri></entry><entry>"
                + "<uri>b</uri></entry></conf-uris></conference-description>" + users("full"));
        assertThat(take(2, "partial", users("partial", user("x", "full", ""))))
                .isEqualTo(Step.TAKEN);
        assertThat(names()).containsExactly("x");
    }

    //= rfc4575#4.6-3 the conference has ceased to exist
    @Test void it_is_over() {
        take(1, "full", users("full", user("a", "full", "")));
        assertThat(conference.over()).isFalse();
        assertThat(take(5, "deleted", "")).isEqualTo(Step.TAKEN);
        assertThat(conference.over()).isTrue();
        assertThat(names()).isEmpty();
    }

    @Test void there_is_a_limit() {
        take(1, "full", users("full"));
        var many = IntStream.range(0, Conference.MAX + 5)
                .mapToObj(i -> user("" + i, "full", "")).toArray(String[]::new);
        take(2, "partial", users("partial", Arrays.copyOf(many, 600)));
        take(3, "partial", users("partial", Arrays.copyOfRange(many, 600, many.length)));
        assertThat(names()).hasSize(Conference.MAX);
    }

    /// Each document is limited, what many of them come to has to be, too: by attributes say.
    @Test void there_is_a_limit_to_all_of_it() {
        take(1, "full", users("full", user("a", "full", "")));
        var value = "v".repeat(60_000);
        assertThatThrownBy(() -> {
            for (int i = 2; i < 40; i++)
                take(i, "partial\" x" + i + "=\"" + value, users("partial"));
        }).isInstanceOf(p2psip.std.SyntaxException.class).hasMessageContaining("too much");
        long version = conference.info().orElseThrow().version();
        assertThat(version).isBetween(15L, 18L);
        //  what comes next has a gap before it, until all is said again
        assertThat(take(version + 2, "partial", users("partial"))).isEqualTo(Step.GAP);
        assertThat(names()).containsExactly("a");
        assertThat(take(version + 3, "full", users("full"))).isEqualTo(Step.TAKEN);
    }

    @Test void what_is_no_document_changes_nothing() {
        take(1, "full", users("full", user("a", "full", "")));
        assertThatThrownBy(() -> conference.take(Bytes.utf8("<x/>")))
                .isInstanceOf(p2psip.std.SyntaxException.class);
        assertThatThrownBy(() -> take(2, "partial", users("partial", "<user/>")))
                .isInstanceOf(p2psip.std.SyntaxException.class);
        assertThat(names()).containsExactly("a");
        //  nor does it count as the second document
        assertThatThrownBy(() -> take(2, "partial", "<x state=\"some\"/>"
                + users("partial", user("b", "full", "")))).isInstanceOf(
                p2psip.std.SyntaxException.class);
        assertThat(names()).containsExactly("a");
        assertThat(take(3, "partial", users("partial"))).isEqualTo(Step.GAP);
        assertThat(take(2, "partial", users("partial", user("c", "full", ""))))
                .isEqualTo(Step.TAKEN);
        assertThat(names()).containsExactly("a", "c");
    }

    @Test void of_two_that_cannot_be_told_from_each_other_the_first_counts() {
        take(1, "full", users("full", user("a", "full", "")) + "<users><user/></users>");
        assertThat(names()).containsExactly("a");
        take(2, "partial", users("partial", user("b", "full", "")));
        assertThat(names()).containsExactly("a", "b");
    }
}
