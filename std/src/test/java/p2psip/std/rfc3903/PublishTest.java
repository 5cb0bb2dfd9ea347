package p2psip.std.rfc3903;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc6665.*;

/// Who publishes, and who keeps what is published.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3903#section-4 RFC 3903 §4
/// @spec https://www.rfc-editor.org/rfc/rfc3903#section-6 RFC 3903 §6
class PublishTest {
    private static final EventPackage MOOD = new EventPackage("mood", Duration.ofMinutes(10),
            List.of("text/mood", "text/plain"), Duration.ZERO, EventPackage.Forking.ALL,
            Document.NONE, Document.NONE);

    private static final CallFlow.Words WORDS = new CallFlow.Words() {
        @Override public Core.Command command(String[] words) {
            long number = Long.parseLong(words[1]);
            return switch (words[0]) {
                case "publish" -> new Publisher.Command.Publish(number, words[2], "mood",
                        mood(words[3]), Duration.ofSeconds(Long.parseLong(words[4])));
                case "modify" -> new Publisher.Command.Modify(number, mood(words[2]));
                case "remove" -> new Publisher.Command.Remove(number);
                default -> throw new IllegalArgumentException(String.join(" ", words));
            };
        }

        @Override public String text(Usage.Event event) {
            return switch (event) {
                case Publisher.Event.Published(long n, var expires) ->
                        "Published " + n + " " + expires.toSeconds();
                case Publisher.Event.Failed(long n, int status, var pause) ->
                        "Failed " + n + " " + status + " " + pause.toSeconds();
                case Publisher.Event.Ended(long n, int status) -> "Ended " + n + " " + status;
                case Publication.Event.Published(long n, var what, var who, var state) ->
                        "Kept " + n + " " + what + " " + ((SipUri) who.uri()).user() + " "
                                + state.bytes().utf8();
                case Publication.Event.Removed(long n, _, _) -> "Removed " + n;
                default -> throw new AssertionError(event);
            };
        }
    };

    private static Content mood(String text) { return new Content("text/mood", Bytes.utf8(text)); }

    private static CallFlow play(String ladder) {
        return CallFlow.play(List.of(new Publications(List.of(MOOD),
                who -> !((SipUri) who.uri()).user().equals("mallory"), Optional.empty())),
                WORDS, ladder);
    }

    // Who publishes

    private static final String PUBLISHED = """
                    0 TU    -> alice publish 1 sip:alice@esc happy 600
                    0 alice -> alice PUBLISH 1 sip:alice@esc Expires=600 Event=mood happy
                   50 bob   -> alice 200 PUBLISH Expires=600 SIP-ETag=one
                   50 alice -> TU    Published 1 600
                """;

    //= rfc3903#4.1-2,3 SIP-If-Match has one name, which the last response gave
    //= rfc3903#4.3-2 and that is the entity-tag from then on
    //= rfc3903#4.3-1,4 a refresh names it and has no body
    @Test void a_publication_is_refreshed_under_its_latest_name() {
        var flow = play(PUBLISHED + """
                540050 alice -> alice PUBLISH 2 sip:alice@esc Expires=600 Event=mood
                540060 bob   -> alice 200 PUBLISH Expires=500 SIP-ETag=two
                540060 alice -> TU    Published 1 500
                990060 alice -> alice PUBLISH 3 sip:alice@esc Expires=600 Event=mood
                """);
        var all = flow.all("PUBLISH");
        //= rfc3903#4.2-1 the initial one has none
        assertThat(all.get(0).has("SIP-If-Match")).isFalse();
        assertThat(all.get(0).all("Event")).hasSize(1);
        assertThat(all.get(1).all("SIP-If-Match")).containsExactly("one");
        assertThat(all.get(2).all("SIP-If-Match")).containsExactly("two");
        assertThat(all).allMatch(each -> !each.has("Record-Route") && !each.has("Contact"));
    }

    //= rfc3903#4.1-1 one Event
    //= rfc3903#4.2-3 an initial one has a body
    @Test void the_first_says_all() {
        var first = play(PUBLISHED).sent("PUBLISH");
        assertThat(first.all("Event")).containsExactly("mood");
        assertThat(first.body().utf8()).isEqualTo("happy");
        assertThat(first.need("Content-Type")).isEqualTo("text/mood");
    }

    //= rfc3903#6-17 no body, and nothing that it could refresh: 400
    //= rfc3903#7-2 a 489 names the packages that are supported
    @Test void nothing_about_nothing_is_refused() {
        play("""
                   50 bob   -> alice PUBLISH 1 Event=mood Expires=600
                   50 alice -> bob   400 PUBLISH
                """);
        assertThat(play("""
                   50 bob   -> alice PUBLISH 1 Expires=600 Content-Type=text/mood body
                   50 alice -> bob   489 PUBLISH
                """).answer("PUBLISH").need("Allow-Events")).isEqualTo("mood");
    }

    //= rfc3903#4.4-1,2,3 a modification has the name and the new state, and gets a new name
    //= rfc3903#4.5-1,2 a removal has the name, Expires 0 and no body
    @Test void a_publication_is_modified_and_removed() {
        var flow = play(PUBLISHED + """
                  100 TU    -> alice modify 1 sad
                  100 alice -> alice PUBLISH 2 sip:alice@esc Expires=600 Event=mood sad
                  110 bob   -> alice 200 PUBLISH Expires=600 SIP-ETag=two
                  110 alice -> TU    Published 1 600
                  120 TU    -> alice modify 1 sad
                  200 TU    -> alice remove 1
                  200 alice -> alice PUBLISH 3 sip:alice@esc Expires=0 Event=mood
                  210 bob   -> alice 200 PUBLISH Expires=0 SIP-ETag=three
                  210 alice -> TU    Ended 1 200
                """);
        assertThat(flow.all("PUBLISH").get(1).need("SIP-If-Match")).isEqualTo("one");
        assertThat(flow.sent("PUBLISH").need("SIP-If-Match")).isEqualTo("two");
        assertThat(flow.agent().legs()).isZero();
    }

    //= rfc3903#4-6 no new one before the final response: the last of what was said meanwhile
    @Test void nothing_is_sent_before_the_last_is_answered() {
        play("""
                    0 TU    -> alice publish 1 sip:alice@esc happy 600
                    0 alice -> alice PUBLISH 1 sip:alice@esc Expires=600 Event=mood happy
                   10 TU    -> alice modify 1 sad
                   20 TU    -> alice modify 1 angry
                   50 bob   -> alice 200 PUBLISH Expires=600 SIP-ETag=one
                   50 alice -> TU    Published 1 600
                   50 alice -> alice PUBLISH 2 sip:alice@esc Expires=600 Event=mood angry
                   60 TU    -> alice remove 1
                   70 bob   -> alice 200 PUBLISH Expires=600 SIP-ETag=two
                   70 alice -> TU    Published 1 600
                   70 alice -> alice PUBLISH 3 sip:alice@esc Expires=0 Event=mood
                   80 bob   -> alice 412 PUBLISH
                   80 alice -> TU    Ended 1 412
                """);
    }

    //= rfc3903#5-1,3 after a 412 the entity-tag is forgotten
    //= rfc3903#5-2 and there is an initial publication
    @Test void what_is_not_known_there_any_more_is_said_again() {
        var flow = play(PUBLISHED + """
                540050 alice -> alice PUBLISH 2 sip:alice@esc Expires=600 Event=mood
                540060 bob   -> alice 412 PUBLISH
                540060 alice -> alice PUBLISH 3 sip:alice@esc Expires=600 Event=mood happy
                540070 bob   -> alice 412 PUBLISH
                540070 alice -> TU    Ended 1 412
                """);
        assertThat(flow.sent("PUBLISH").has("SIP-If-Match")).isFalse();
    }

    //= rfc3903#5-4 after a 423 for longer
    @Test void too_brief_is_made_longer_and_what_may_pass_is_tried_again() {
        play("""
                    0 TU    -> alice publish 1 sip:alice@esc happy 10
                    0 alice -> alice PUBLISH 1 sip:alice@esc Expires=10 Event=mood happy
                   10 bob   -> alice 423 PUBLISH Min-Expires=60
                   10 alice -> alice PUBLISH 2 sip:alice@esc Expires=60 Event=mood happy
                   20 bob   -> alice 503 PUBLISH Retry-After=100
                   20 alice -> TU    Failed 1 503 100
                100020 alice -> alice PUBLISH 3 sip:alice@esc Expires=60 Event=mood happy
                100030 bob   ! TIMEOUT PUBLISH
                100030 alice -> TU    Failed 1 408 30
                130030 alice -> alice PUBLISH 4 sip:alice@esc Expires=60 Event=mood happy
                130040 bob   -> alice 200 PUBLISH Expires=60
                130040 alice -> TU    Failed 1 200 30
                160040 alice -> alice PUBLISH 5 sip:alice@esc Expires=60 Event=mood happy
                160050 bob   -> alice 403 PUBLISH
                160050 alice -> TU    Ended 1 403
                """);
    }

    //= rfc3903#4-2,3 Record-Route in an answer means nothing: the next goes the same way
    @Test void no_route_is_learnt() {
        var flow = play(PUBLISHED.replace("SIP-ETag=one",
                "SIP-ETag=one Record-Route=<sip:p1;lr>") + """
                  100 TU    -> alice modify 1 sad
                  100 alice -> alice PUBLISH 2 sip:alice@esc Expires=600 Event=mood sad
                """);
        assertThat(flow.sent("PUBLISH").has("Route")).isFalse();
    }

    @Test void nobody_publishes_to_nowhere() {
        play("""
                    0 TU    -> alice publish 1 nowhere happy 600
                    0 alice -> TU    Ended 1 400
                """);
    }

    // Who keeps it

    private static final String KEPT = """
                   50 bob   -> alice PUBLISH 1 Event=mood Expires=600 Content-Type=text/mood body
                   50 alice -> bob   200 PUBLISH Expires=600
                   50 alice -> TU    Kept -1 mood bob body
                """;

    private static String tag() { return play(KEPT).answer("PUBLISH").need("SIP-ETag"); }

    //= rfc3903#6-8,24 an entity-tag is made and told
    //= rfc3903#6-11,23 and Expires says how long it is kept, as it was asked
    @Test void what_is_published_is_kept_and_goes_when_nobody_refreshes_it() {
        var flow = play(KEPT + """
                600050 alice -> TU    Removed -1
                600060 bob   -> alice PUBLISH 2 Event=mood Expires=600 SIP-If-Match=%s
                600060 alice -> bob   412 PUBLISH
                """.formatted(tag()));
        assertThat(flow.agent().legs()).isZero();
        flow = play(KEPT);
        assertThat(flow.answer("PUBLISH").all("SIP-ETag")).singleElement().asString().hasSize(16);
        //= rfc3903#6-2,3 no Record-Route in the answer, and no Contact is looked at
        assertThat(flow.answer("PUBLISH").has("Record-Route")).isFalse();
    }

    //= rfc3903#6-25,26 a new entity-tag each time, which no other is or was
    //= rfc3903#6-10 and the old one matches nothing: 412
    @Test void it_has_another_name_after_each_answer() {
        var tag = tag();
        var refreshed = KEPT + """
                500000 bob   -> alice PUBLISH 2 Event=mood Expires=600 SIP-If-Match=%s
                500000 alice -> bob   200 PUBLISH Expires=600
                """.formatted(tag);
        var next = play(refreshed).answer("PUBLISH").need("SIP-ETag");
        assertThat(next).isNotEqualTo(tag);
        var flow = play(refreshed + """
                700000 bob   -> alice PUBLISH 3 Event=mood Expires=600 SIP-If-Match=%s
                700000 alice -> bob   412 PUBLISH
                700010 bob   -> alice PUBLISH 4 Event=mood Expires=100 SIP-If-Match=%s \
                        Content-Type=text/mood sdp9
                700010 alice -> bob   200 PUBLISH Expires=100
                700010 alice -> TU    Kept -1 mood bob sdp9
                800010 alice -> TU    Removed -1
                """.formatted(tag, next));
        assertThat(flow.agent().legs()).isZero();
    }

    //= rfc3903#6-19 it is removed at once
    //= rfc3903#6-20 and no state that comes with it is stored
    @Test void what_is_removed_goes_at_once() {
        for (var body : List.of("", " Content-Type=text/mood sdp9")) {
            var flow = play(KEPT + """
                500000 bob   -> alice PUBLISH 2 Event=mood Expires=0 SIP-If-Match=%s
                500000 alice -> bob   200 PUBLISH Expires=0
                500000 alice -> TU    Removed -1
                """.formatted(tag() + body));
            assertThat(flow.agent().legs()).isZero();
            var gone = flow.answers("PUBLISH").getLast().need("SIP-ETag");
            play(KEPT + """
                500000 bob   -> alice PUBLISH 2 Event=mood Expires=0 SIP-If-Match=%s
                500000 alice -> bob   200 PUBLISH Expires=0
                500000 alice -> TU    Removed -1
                500010 bob   -> alice PUBLISH 3 Event=mood Expires=600 SIP-If-Match=%s
                500010 alice -> bob   412 PUBLISH
                """.formatted(tag() + body, gone));
        }
        play("""
                   50 bob   -> alice PUBLISH 1 Event=mood Expires=0 Content-Type=text/mood body
                   50 alice -> bob   200 PUBLISH Expires=0
                """);
    }

    //= rfc3903#6-12 the default of the package
    //= rfc3903#6-13 the expiration is no later than a day
    @Test void how_long_it_is_kept() {
        for (var asked : List.of("Expires=-|600", "Expires=90000|86400", "Expires=60|60"))
            play("""
                   50 bob   -> alice PUBLISH 1 Event=mood %s Content-Type=text/mood body
                   50 alice -> bob   200 PUBLISH Expires=%s
                   50 alice -> TU    Kept -1 mood bob body
                """.formatted(asked.split("\\|")[0], asked.split("\\|")[1]));
    }

    //= rfc3903#6-7 an Event that is not known, or none: 489
    //= rfc3903#6-9 two names, or none that is one: 400
    //= rfc3903#6-16 another type: 415
    @Test void what_is_refused_changes_nothing() {
        for (var line : """
                Event=moon Expires=600 Content-Type=text/mood body                       | 489
                Expires=600 Content-Type=text/mood body                                  | 489
                Event=mood SIP-If-Match=a_b Content-Type=text/mood body                  | 400
                Event=mood SIP-If-Match=moonshine                                        | 412
                Event=mood Expires=59 Content-Type=text/mood body                        | 423
                Event=mood Expires=600 Content-Type=application/sdp body                 | 415
                Event=mood Expires=600                                                   | 400
                Event=mood From=<sip:mallory@evil>;tag=bob Content-Type=text/mood body   | 403
                uri=sip:carol@127.0.0.1 Event=mood Content-Type=text/mood body           | 404
                """.lines().toList()) {
            var flow = play("""
                   50 bob   -> alice PUBLISH 1 %s
                   50 alice -> bob   %s PUBLISH
                """.formatted(line.split("\\|")[0].strip(), line.split("\\|")[1].strip()));
            assertThat(flow.agent().legs()).isZero();
            var answer = flow.answer("PUBLISH");
            switch (answer.status()) {
                case 489 -> assertThat(answer.need("Allow-Events")).isEqualTo("mood");
                //= rfc3903#6-14,15 too brief: 423, with Min-Expires
                case 423 -> assertThat(answer.need("Min-Expires")).isEqualTo("60");
                case 415 -> assertThat(answer.need("Accept")).isEqualTo("text/mood, text/plain");
                default -> assertThat(answer.has("SIP-ETag")).isFalse();
            }
        }
    }

    //= rfc3903#6-4,5,21 not processed at all: what was there before a refusal is there after it
    @Test void a_refused_modification_leaves_what_was() {
        play(KEPT + """
                  100 bob   -> alice PUBLISH 2 Event=mood Expires=600 SIP-If-Match=%s \
                        Content-Type=application/sdp body
                  100 alice -> bob   415 PUBLISH
                  200 bob   -> alice PUBLISH 3 Event=mood Expires=600 SIP-If-Match=%<s
                  200 alice -> bob   200 PUBLISH Expires=600
                """.formatted(tag()));
    }

    //= rfc3903#6-1,3 Record-Route and Contact mean nothing, whatever they say
    //= rfc3903#6-6 who is not here is not found
    @Test void what_means_nothing_is_ignored() {
        play("""
                   50 bob   -> alice PUBLISH 1 Event=mood Expires=600 Content-Type=text/mood \
                        Record-Route=<sip:p1;lr> Contact=<sip:elsewhere> body
                   50 alice -> bob   200 PUBLISH Expires=600
                   50 alice -> TU    Kept -1 mood bob body
                   60 bob   -> alice PUBLISH 2 Event=mood uri=sip:carol@127.0.0.1 \
                        Content-Type=text/mood body
                   60 alice -> bob   404 PUBLISH
                """);
        var answer = play(KEPT).answer("PUBLISH");
        assertThat(answer.has("Record-Route") || answer.has("Contact")).isFalse();
    }

    @Test void nobody_touches_what_another_has_published() {
        play(KEPT + """
                  100 carol -> alice PUBLISH 2 Event=mood Expires=0 SIP-If-Match=%s \
                        From=<sip:carol@chicago.com>;tag=carol
                  100 alice -> carol 412 PUBLISH
                """.formatted(tag()));
    }

    //= rfc3903#9-1,2 too many of one: 503, with Retry-After
    @Test void there_are_not_too_many() {
        var script = new StringBuilder();
        for (int i = 1; i <= Store.MAX_OF_ONE + 1; i++) script.append("""
                   50 bob   -> alice PUBLISH %d Event=mood Expires=600 Content-Type=text/mood body
                """.formatted(i)).append(i > Store.MAX_OF_ONE ? """
                   50 alice -> bob   503 PUBLISH Retry-After=60
                """ : """
                   50 alice -> bob   200 PUBLISH Expires=600
                   50 alice -> TU    Kept -%d mood bob body
                """.formatted(i));
        play(script.toString());
    }

    //= rfc3903#14.1-2 who publishes gives a password to who asks for it by Digest
    @Test void a_password_is_given() {
        play("""
                    0 TU    -> alice publish 1 sip:alice@esc happy 600
                    0 alice -> alice PUBLISH 1 sip:alice@esc Expires=600 Event=mood happy
                   50 p1    -> alice 401 PUBLISH \
                        WWW-Authenticate=Digest_realm="r",nonce="n",qop="auth"
                   50 alice -> alice PUBLISH 2 sip:alice@esc authorization Expires=600 \
                        Event=mood happy
                """);
    }

    //= rfc3903#14.2-1,2 who keeps it requires authentication, by Digest
    //= rfc3903#14.3-1 with a nonce and a count against replay
    @Test void a_password_is_asked_for() {
        var random = new SplittableRandom(1);
        var flow = CallFlow.play(List.of(new Publications(List.of(MOOD), _ -> true, Optional.of(
                new Authentication(_ -> false, Optional.of(new DigestServer("here", _ ->
                        Optional.of(new Secret.Password("secret")), DigestServer.Policy.RFC3261,
                        random)), random)))), WORDS, """
                   50 bob   -> alice PUBLISH 1 Event=mood Expires=600 Content-Type=text/mood body
                   50 alice -> bob   401 PUBLISH
                   60 bob   -> alice PUBLISH 2 Event=mood Expires=600 Content-Type=text/mood \
                        Authorization=Digest_nonsense body
                   60 alice -> bob   400 PUBLISH
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    //= rfc3903#7-1 OPTIONS says that it is allowed
    @Test void options_tell_it() {
        var flow = play("""
                   50 bob   -> alice OPTIONS 1
                   50 alice -> bob   200 OPTIONS Accept-Encoding=identity
                """);
        assertThat(flow.answer("OPTIONS").list("Allow")).contains("PUBLISH");
    }

    /// A store is empty when all have gone, whatever was done.
    @Property(tries = 200) void names_are_unique_and_nothing_is_left(
            @ForAll @Size(max = 60) List<Integer> steps) {
        var store = new Store();
        var random = new SplittableRandom(steps.size());
        var tags = new ArrayList<String>();
        for (int step : steps) {
            var who = "peer " + Math.floorMod(step, 3);
            if (step % 2 == 0 && !store.full(who)) tags.add(store.keep(
                    new Store.Entry(step, step, "mood", who, mood("happy")), random));
            else if (!tags.isEmpty()) store.remove(tags.get(Math.floorMod(step, tags.size())));
        }
        assertThat(tags).doesNotHaveDuplicates();
        tags.forEach(store::remove);
        assertThat(List.of("peer 0", "peer 1", "peer 2")).noneMatch(store::full);
        assertThat(tags).allMatch(tag -> store.find(tag).isEmpty());
    }
}
