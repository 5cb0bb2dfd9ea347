package p2psip.std.rfc3841;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.Uri;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;

class CallerPreferencesTest {
    private static final CallerPreferences PREFERENCES = new CallerPreferences();

    /// `name;q=0.5 features`.
    private static Destination phone(String text) {
        var parts = text.split(" ", 2);
        var q = parts[0].contains(";q=") ? Double.parseDouble(parts[0].split(";q=")[1]) : 1;
        return new Destination(Uri.parse("sip:" + parts[0].split(";")[0] + "@h"), q, List.of(),
                false, parts.length < 2 ? List.of() : List.of(new Header("Features", parts[1])));
    }

    private static Request request(String method, String... fields) {
        return (Request) Message.parse(method + " sip:user@example.com SIP/2.0\n"
                + String.join("\n", fields) + "\n\n");
    }

    private static List<String> chosen(Request request, String... phones) {
        return PREFERENCES.choose(request, Stream.of(phones)
                .map(CallerPreferencesTest::phone).toList()).stream()
                .map(to -> to.uri().toString().replaceAll("sip:|@h", "")
                        + (to.q() == 1 ? "" : ";q=" + to.q())).toList();
    }

    /// The example of §7.2.5.
    //= rfc3841#7.2-2,4 the processing as it is described, for who is the owner of the domain
    @Test void the_example_of_the_rfc() {
        var request = request("INVITE", "Reject-Contact: *;actor=\"msg-taker\";video",
                "Accept-Contact: *;audio;require", "Accept-Contact: *;video;explicit",
                "Accept-Contact: *;methods=\"BYE\";class=\"business\";q=1.0");
        assertThat(chosen(request,
                "u1 ;audio;video;methods=\"INVITE,BYE\"", "u2;q=0.2 ;audio=\"FALSE\"",
                "u3 ;audio;actor=\"msg-taker\";methods=\"INVITE\";video",
                "u4 ;audio;methods=\"INVITE,OPTIONS\"", "u5;q=0.5"))
                .containsExactly("u1", "u4", "u5;q=0.5");
    }

    @Test void what_a_phone_says_that_it_is_may_be_rejected() {
        var request = request("INVITE", "Reject-Contact: *;automata");
        assertThat(chosen(request, "a ;automata", "b ;audio", "c ;automata=\"FALSE\"", "d"))
                .containsExactly("d", "b", "c");
    }

    @Test void what_is_required_has_to_match() {
        var request = request("INVITE", "Accept-Contact: *;video;require");
        assertThat(chosen(request, "a ;video=\"FALSE\"", "b ;audio", "c ;video"))
                .containsExactly("c", "b");
        var explicit = request("INVITE", "Accept-Contact: *;video;require;explicit");
        assertThat(chosen(explicit, "a ;video=\"FALSE\"", "b ;audio", "c ;video"))
                .containsExactly("c");
    }

    /// The order of the user comes before that of the caller.
    @Test void the_callee_orders_first() {
        var request = request("INVITE", "a: *;video");
        assertThat(chosen(request, "a ;audio", "b ;video", "c;q=0.5 ;video"))
                .containsExactly("b", "a", "c;q=0.5");
    }

    @Test void the_method_is_a_preference() {
        assertThat(chosen(request("MESSAGE"), "a ;methods=\"INVITE\"", "b ;methods=\"MESSAGE\"",
                "c ;audio")).containsExactly("b", "c");
        assertThat(chosen(request("SUBSCRIBE", "Event: presence;id=1"), "a ;events=\"dialog\"",
                "b ;events=\"presence\"")).containsExactly("b");
        for (var nothing : List.of(";", "; ;", ";id=1"))
            assertThat(chosen(request("SUBSCRIBE", "Event: " + nothing),
                    "a ;events=\"dialog\"")).as(nothing).containsExactly("a");
        //  who asks for nothing, and finds nobody, is told by the phones that he does not
        assertThat(chosen(request("MESSAGE"), "a ;methods=\"INVITE\"")).containsExactly("a");
        assertThat(chosen(request("MESSAGE", "Accept-Contact: *;methods=\"MESSAGE\";require"),
                "a ;methods=\"INVITE\"")).isEmpty();
    }

    //= rfc3841#9.1-1 a directive is honored
    //= rfc3841#9.1-3 no-fork: the best address alone
    @Test void the_caller_says_how() {
        var phones = new String[] {"a;q=0.5", "b", "c"};
        assertThat(chosen(request("INVITE"), phones)).containsExactly("b", "c", "a;q=0.5");
        assertThat(chosen(request("INVITE", "Request-Disposition: proxy, no-fork"), phones))
                .containsExactly("b");
        assertThat(chosen(request("INVITE", "d: Parallel"), phones))
                .containsExactly("b", "c", "a");
        assertThat(PREFERENCES.choose(request("INVITE", "Request-Disposition: sequential"),
                Stream.of(phones).map(CallerPreferencesTest::phone).toList()).stream()
                .map(Destination::q).distinct()).hasSize(3);
    }

    private static Optional<Integer> refused(String... fields) {
        return PREFERENCES.refuses(request("INVITE", fields), null)
                .map(Guard.Refusal::status);
    }

    //= rfc3841#11-2 requests with too many rules are rejected
    //= rfc3841#10-1 and so is more than one req-param
    @Test void too_many_preferences_are_refused() {
        var many = Collections.nCopies(CallerPreferences.MAX, "Accept-Contact: *;audio")
                .toArray(String[]::new);
        assertThat(refused(many)).isEmpty();
        var more = Arrays.copyOf(many, many.length + 1);
        more[many.length] = "Reject-Contact: *;video";
        assertThat(refused(more)).hasValue(400);
        assertThat(refused("Accept-Contact: *;audio;require;require")).hasValue(400);
        for (var name : List.of("Accept-Contact", "Reject-Contact")) {
            assertThat(refused(name + ": *;audio=\"")).hasValue(400);
            assertThat(refused(name + ": *;audio;audio")).hasValue(400);
        }
    }

    /// It belongs to a call that has found its phone.
    @Test void an_ack_goes_where_it_has_to() {
        var found = new LocationService.Found(1, true, List.of(phone("a ;automata")), List.of());
        for (var method : List.of("ACK", "INVITE"))
            assertThat(PREFERENCES.found(request(method, "Reject-Contact: *;automata"), found)
                    .destinations()).hasSize(method.equals("ACK") ? 1 : 0);
    }

    //= rfc3841#7-2 no field of the caller is modified or removed
    @Test void in_a_proxy() {
        var play = new ProxyPlay(Guard.OPEN, List.of(PREFERENCES));
        play.bob.addAll(List.of(phone("a ;automata"), phone("b ;audio")));
        var invite = ProxyPlay.invite().with("Reject-Contact", "*;automata");
        play.with(invite).plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> h     INVITE
                   100 h     -> proxy 486
                   100 proxy -> alice 486
                """);
        assertThat(play.sent.get("h INVITE").uri()).isEqualTo("sip:b@h");
        assertThat(play.sent.get("h INVITE").all("Reject-Contact")).containsExactly("*;automata");
    }

    /// Where all who may ask are told.
    private static ProxyPlay obliging(Header... fields) {
        var play = new ProxyPlay(Guard.OPEN, List.of(new CallerPreferences(true)));
        play.bob.addAll(List.of(phone("a;q=0.5 ;audio"), phone("b ;automata"), phone("c ;video"),
                phone("d ;audio")));
        play.headers.add(new Header("Warning", "399 example.com \"known once\""));
        return play.with(ProxyPlay.invite().change(list -> list.addAll(List.of(fields))));
    }

    /// In the order in which they would have been called, the one that he rejects not.
    //= rfc3841#7.2.4-1 without the feature parameters of those in the target set
    //= rfc3841#9.1-1 a caller who specifies redirect is served so
    //= rfc3841#7.1-1 the directives are executed by the owner of the domain
    @Test void who_wants_to_go_himself_is_told_where() {
        var play = obliging(new Header("Request-Disposition", "redirect, no-fork"),
                new Header("Accept-Contact", "*;video"),
                new Header("Reject-Contact", "*;automata"));
        play.plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> alice 300
                """);
        assertThat(play.answers.getLast().all("Contact")).containsExactly("<sip:c@h>",
                "<sip:d@h>;q=0.667", "<sip:a@h>;q=0.334");
        assertThat(play.answers.getLast().all("Warning")).hasSize(1);
    }

    @Test void who_is_not_there_is_not_there_by_himself_either() {
        var play = new ProxyPlay(Guard.OPEN, List.of(new CallerPreferences(true)));
        play.with(ProxyPlay.invite().with("Request-Disposition", "redirect")).plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> alice 480
                """);
    }

    /// Where a phone is, is nobody's business but its user's: one owner of a server says so, the
    /// other not.
    @Test void not_every_owner_tells() {
        assertThat(PREFERENCES.redirects(request("INVITE", "d: redirect"))).isFalse();
        var obliging = new CallerPreferences(true);
        assertThat(obliging.redirects(request("INVITE", "d: proxy"))).isFalse();
        assertThat(obliging.redirects(request("ACK", "d: redirect"))).isFalse();
        assertThat(obliging.redirects(request("INVITE", "d: Redirect"))).isTrue();
    }

    /// In a dialog nobody is redirected.
    @Test void a_dialog_goes_on_as_it_began() {
        var play = new ProxyPlay(Guard.OPEN, List.of(new CallerPreferences(true)));
        play.bob.add(phone("a"));
        play.with(ProxyPlay.invite().with("To", "<sip:bob@example.com>;tag=b")
                .with("Request-Disposition", "redirect")).plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> h     INVITE
                   100 h     -> proxy 486
                   100 proxy -> alice 486
                """);
    }

    //= rfc3841#9.1-1 a directive to recurse is honored
    @Test void a_redirection_is_followed_for_who_wants_that() {
        var play = obliging(new Header("Request-Disposition", "recurse, no-fork"));
        play.moved.put("h", "<sip:bob@car>");
        play.plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> h     INVITE
                     5 h     -> proxy 302
                     5 proxy -> car   INVITE
                     9 car   -> proxy 486
                     9 proxy -> alice 486
                """);
        for (boolean usual : List.of(true, false)) for (boolean obliges : List.of(true, false)) {
            var preferences = new CallerPreferences(obliges);
            assertThat(preferences.recurses(request("INVITE"), usual)).isEqualTo(usual);
            assertThat(preferences.recurses(request("INVITE", "d: no-recurse"), usual)).isFalse();
            assertThat(preferences.recurses(request("INVITE", "d: recurse"), usual))
                    .isEqualTo(usual || obliges);
        }
    }
}
