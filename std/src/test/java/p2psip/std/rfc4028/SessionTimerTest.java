package p2psip.std.rfc4028;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3262.Reliability;
import p2psip.std.rfc4028.SessionExpires.Refresher;

/// Sessions that end unless they are refreshed.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4028#section-7 RFC 4028 §7
/// @spec https://www.rfc-editor.org/rfc/rfc4028#section-9 RFC 4028 §9
class SessionTimerTest {
    private static CallRules rules(int interval, int minimum) {
        return new CallRules(Reliability.OFF, true, Optional.of(new SessionTimer.Policy(
                interval == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(interval)),
                Duration.ofSeconds(minimum))));
    }

    private static final CallRules OBLIGING = rules(0, 90);
    private static final CallRules ASKING = rules(1800, 90);

    private static String called(String more, String answer) {
        return """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com%s sdp1
                    0 b1    -> alice 200 %s sdp2
                    0 alice -> b1    ACK 1 sip:b1@127.0.0.2
                    0 alice -> TU    Answered 1 sdp2
                """.formatted(more, answer);
    }

    // Who calls

    //= rfc4028#7.1-8 the INVITE says how long the session is to last
    //= rfc4028#7.1-11 and the refresher parameter is omitted
    //= rfc4028#7.2-4,5 we refresh at half the interval, if the response says so
    @Test void the_caller_refreshes_by_update() {
        var flow = play(ASKING, called(" Session-Expires=1800", "Allow=INVITE,UPDATE "
                + "Require=timer Session-Expires=1800;refresher=uac") + """
                900000 alice -> b1    UPDATE 2 sip:b1@127.0.0.2 Session-Expires=1800;refresher=uac
                900100 b1    -> alice 200 UPDATE Session-Expires=1800;refresher=uac
                1800100 alice -> b1    UPDATE 3 sip:b1@127.0.0.2 Session-Expires=1800;refresher=uac
                1800200 b1    -> alice 200 UPDATE Session-Expires=1800;refresher=uac
                1900000 TU    -> alice hangup 1
                1900000 alice -> b1    BYE 4 sip:b1@127.0.0.2
                1900000 alice -> TU    Ended 1 200
                """);
        //= rfc4028#7.4-12 by UPDATE, for the peer takes it
        assertThat(flow.all("UPDATE")).hasSize(2);
        assertThat(flow.agent().legs()).isZero();
    }

    //= rfc4028#7.1-1,2 each request says that we know of it
    //= rfc4028#7.4-1 a refresh as the first request did
    //= rfc4028#7.4-13 an UPDATE without an offer
    @Test void each_request_says_so() {
        var flow = play(ASKING, called(" Session-Expires=1800", "Allow=INVITE,UPDATE "
                + "Require=timer Session-Expires=1800;refresher=uac") + """
                900000 alice -> b1    UPDATE 2 sip:b1@127.0.0.2 Session-Expires=1800;refresher=uac
                900100 b1    -> alice 200 UPDATE Session-Expires=1800;refresher=uac
                900200 TU    -> alice hangup 1
                900200 alice -> b1    BYE 3 sip:b1@127.0.0.2
                900200 alice -> TU    Ended 1 200
                """);
        for (var method : List.of("INVITE", "UPDATE", "BYE"))
            assertThat(flow.sent(method).list("Supported")).contains("timer");
        assertThat(flow.sent("UPDATE").list("Supported"))
                .isEqualTo(flow.sent("INVITE").list("Supported"));
        assertThat(flow.sent("UPDATE").body().isEmpty()).isTrue();
    }

    //= rfc4028#7.4-14 that says that nothing has changed: it is the last one
    @Test void the_caller_refreshes_by_invite() {
        play(ASKING, called(" Session-Expires=1800",
                "Allow=INVITE Require=timer Session-Expires=1800;refresher=uac") + """
                900000 alice -> b1    INVITE 2 sip:b1@127.0.0.2 Session-Expires=1800;refresher=uac \
                        sdp1
                900100 b1    -> alice 200 Session-Expires=1800;refresher=uac sdp2
                900100 alice -> b1    ACK 2 sip:b1@127.0.0.2
                900100 alice -> TU    Changed 1 sdp2
                1800100 alice -> b1    INVITE 3 sip:b1@127.0.0.2 Session-Expires=1800;refresher=uac \
                        sdp1
                """);
    }

    //= rfc4028#7.2-3 the response says that the peer refreshes
    //= rfc4028#10-3 who does not gets a BYE before the session expires
    //= rfc4028#10-4 32 seconds before, or a third of the interval
    @Test void the_peer_is_to_refresh_and_does_not() {
        play(OBLIGING, called("",
                "Require=timer Session-Expires=1800;refresher=uas") + """
                1768000 alice -> b1    BYE 2 sip:b1@127.0.0.2
                1768000 alice -> TU    Ended 1 408
                """);
        //= rfc4028#7.2-1,2 a Session-Expires in the response counts, though the request had none
        //= rfc4028#4-2 of any duration
        play(OBLIGING, called("",
                "Require=timer Session-Expires=90;refresher=uas") + """
                60000 alice -> b1    BYE 2 sip:b1@127.0.0.2
                60000 alice -> TU    Ended 1 408
                """);
    }

    //= rfc4028#7.2¶7 any re-INVITE or UPDATE refreshes the session
    @Test void any_change_refreshes() {
        play(OBLIGING, called("", "Require=timer Session-Expires=180;refresher=uas") + """
                100000 b1    -> alice UPDATE 5 Supported=timer Session-Expires=180;refresher=uac
                100000 alice -> b1    200 UPDATE Require=timer Session-Expires=180;refresher=uac
                200000 TU    -> alice change 1 sdp3
                200000 alice -> b1    INVITE 2 sip:bob@127.0.0.2 Session-Expires=180;refresher=uas \
                        sdp3
                200000 b1    -> alice 200 Session-Expires=180;refresher=uas sdp4
                200000 alice -> b1    ACK 2 sip:b1@127.0.0.2
                200000 alice -> TU    Changed 1 sdp4
                348000 alice -> b1    BYE 3 sip:b1@127.0.0.2
                348000 alice -> TU    Ended 1 408
                """);
    }

    //= rfc4028#7.2¶3 who wants a timer that the peer does not know refreshes by itself
    //= rfc4028#7.2¶4 a response without Session-Expires turns the timer off
    @Test void the_peer_knows_no_timer() {
        play(ASKING, called(" Session-Expires=1800", "") + """
                900000 alice -> b1    INVITE 2 sip:b1@127.0.0.2 Session-Expires=1800;refresher=uac \
                        sdp1
                """);
        play(OBLIGING, called("", "Allow=UPDATE Require=timer Session-Expires=180;refresher=uac")
                + """
                90000 alice -> b1    UPDATE 2 sip:b1@127.0.0.2 Session-Expires=180;refresher=uac
                90000 b1    -> alice 200 UPDATE
                9000000 TU    -> alice hangup 1
                9000000 alice -> b1    BYE 3 sip:b1@127.0.0.2
                9000000 alice -> TU    Ended 1 200
                """);
    }

    //= rfc4028#7.3-1 after a 422 once more
    //= rfc4028#7.4-3,4 with the Min-SE that it has, the largest if there are several
    //= rfc4028#7.1-9 and never less in Session-Expires
    @Test void too_short_for_those_on_the_way() {
        var flow = play(ASKING, """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com Session-Expires=1800 sdp1
                   10 p1    -> alice 422 Min-SE=3600
                   10 alice -> bob   INVITE 2 sip:bob@biloxi.com Session-Expires=3600 Min-SE=3600 \
                        sdp1
                   20 p2    -> alice 422 Min-SE=4000
                   20 alice -> bob   INVITE 3 sip:bob@biloxi.com Session-Expires=4000 Min-SE=4000 \
                        sdp1
                   30 b1    -> alice 200 Allow=UPDATE Require=timer \
                        Session-Expires=4000;refresher=uac sdp2
                   30 alice -> b1    ACK 3 sip:b1@127.0.0.2
                   30 alice -> TU    Answered 1 sdp2
                2000030 alice -> b1    UPDATE 4 sip:b1@127.0.0.2 Session-Expires=4000;refresher=uac
                2000040 b1    -> alice 422 UPDATE Min-SE=5000
                2000040 alice -> b1    UPDATE 5 sip:b1@127.0.0.2 \
                        Session-Expires=5000;refresher=uac Min-SE=5000
                """);
        //= rfc4028#7.3-2 Call-ID, To and From are the same
        for (var field : List.of("Call-ID", "To", "From"))
            assertThat(flow.all("INVITE")).extracting(i -> i.need(field)).containsOnly(
                    flow.sent("INVITE").need(field));
    }

    /// A loop of 422 ends: each has to ask for more, and none for too much.
    @Test void refused_for_good() {
        for (var minimum : List.of("", "Min-SE=0", "Min-SE=moon", "Min-SE=86401"))
            play(ASKING, """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com Session-Expires=1800 sdp1
                   10 p1    -> alice 422 %s
                   10 alice -> TU    Ended 1 422
                """.formatted(minimum));
        play(ASKING, """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com Session-Expires=1800 sdp1
                   10 p1    -> alice 422 Min-SE=2000
                   10 alice -> bob   INVITE 2 sip:bob@biloxi.com Session-Expires=2000 Min-SE=2000 \
                        sdp1
                   20 p1    -> alice 422 Min-SE=2000
                   20 alice -> TU    Ended 1 422
                """);
    }

    @Test void refused_for_more_each_time() {
        var ladder = new StringBuilder("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com Session-Expires=1800 sdp1
                """);
        for (int i = 1; i <= SessionTimer.MAX_RETRIES; i++) ladder.append("""
                   10 p1    -> alice 422 Min-SE=%d
                   10 alice -> bob   INVITE %d sip:bob@biloxi.com Session-Expires=%1$d \
                        Min-SE=%1$d sdp1
                """.formatted(2000 + i, 1 + i));
        play(ASKING, ladder + """
                   10 p1    -> alice 422 Min-SE=3000
                   10 alice -> TU    Ended 1 422
                """);
    }

    /// What was refused is not what the session is.
    @Test void a_refresh_says_what_was_agreed_upon_last() {
        play(OBLIGING, called("", "Require=timer Session-Expires=180;refresher=uac") + """
                 1000 TU    -> alice change 1 sdp3
                 1000 alice -> b1    INVITE 2 sip:b1@127.0.0.2 Session-Expires=180;refresher=uac \
                        sdp3
                 1000 b1    -> alice 488
                 1000 alice -> TU    NotChanged 1 488
                90000 alice -> b1    INVITE 3 sip:b1@127.0.0.2 Session-Expires=180;refresher=uac \
                        sdp1
                """);
    }

    /// Nothing is timed before the call is taken.
    @Test void an_early_update_times_nothing() {
        var rules = new CallRules(Reliability.SUPPORTED, true, ASKING.timer());
        play(rules, """
                    0 bob   -> alice INVITE 7 Supported=100rel Allow=UPDATE sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1 sdp2
                   10 alice -> bob   180 Require=100rel RSeq=1 sdp2
                  100 bob   -> alice PRACK 8 RAck=1_7_INVITE
                  100 alice -> bob   200 PRACK
                  200 TU    -> alice update -1 sdp3
                  200 alice -> bob   UPDATE 1 sip:bob@127.0.0.2 sdp3
                  200 bob   -> alice 200 UPDATE Session-Expires=90;refresher=uas sdp4
                  200 alice -> TU    Changed -1 sdp4
                  300 bob   -> alice UPDATE 9 Supported=timer Session-Expires=90;refresher=uac
                  300 alice -> bob   200 UPDATE
                149000 TU    -> alice answer -1
                149000 alice -> bob   200
                """);
    }

    //= rfc4028#10-1 a refresh that fails is tried once more
    //= rfc4028#10-2 not continuously with the same error
    @Test void a_refresh_fails() {
        play(OBLIGING, called("", "Allow=UPDATE Require=timer Session-Expires=180;refresher=uac")
                + """
                90000 alice -> b1    UPDATE 2 sip:b1@127.0.0.2 Session-Expires=180;refresher=uac
                90000 b1    -> alice 500 UPDATE
                135000 alice -> b1    UPDATE 3 sip:b1@127.0.0.2 Session-Expires=180;refresher=uac
                135000 b1    -> alice 500 UPDATE
                180000 alice -> b1    BYE 4 sip:b1@127.0.0.2
                180000 alice -> TU    Ended 1 408
                """);
        play(OBLIGING, called("", "Require=timer Session-Expires=180;refresher=uac") + """
                90000 alice -> b1    INVITE 2 sip:b1@127.0.0.2 Session-Expires=180;refresher=uac \
                        sdp1
                90000 b1    -> alice 500
                135000 alice -> b1    INVITE 3 sip:b1@127.0.0.2 Session-Expires=180;refresher=uac \
                        sdp1
                135000 b1    -> alice 200 Session-Expires=180;refresher=uac sdp2
                135000 alice -> b1    ACK 3 sip:b1@127.0.0.2
                135000 alice -> TU    Changed 1 sdp2
                """);
    }

    //= rfc4028#10¶2 the peer has forgotten the call, or is silent: BYE
    @Test void the_peer_has_gone() {
        for (var gone : List.of("b1 -> alice 481 UPDATE|481", "bob ! TIMEOUT UPDATE|408"))
            play(OBLIGING, called("",
                    "Allow=UPDATE Require=timer Session-Expires=180;refresher=uac") + """
                90000 alice -> b1    UPDATE 2 sip:b1@127.0.0.2 Session-Expires=180;refresher=uac
                90100 %s
                90100 alice -> b1    BYE 3 sip:b1@127.0.0.2
                90100 alice -> TU    Ended 1 %s
                """.formatted(gone.split("\\|")[0], gone.split("\\|")[1]));
    }

    // Who is called

    private static String taken(String request, String answer) {
        return """
                    0 bob   -> alice INVITE 7 Allow=INVITE,UPDATE %s sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200%s sdp2
                    0 bob   -> alice ACK 7
                    0 alice -> TU    Confirmed -1
                """.formatted(request, answer);
    }

    //= rfc4028#9-5 the value of Session-Expires is what was asked for
    //= rfc4028#9-7 who refreshes is who was asked to; nobody, the caller
    //= rfc4028#9-8,9 which a Require tells him, as it does if we refresh
    @Test void who_refreshes() {
        for (var row : """
                Supported=timer Session-Expires=600              | Require=timer | uac
                Supported=timer Session-Expires=600;refresher=uac | Require=timer | uac
                Supported=timer Session-Expires=600;refresher=uas | Require=timer | uas
                Session-Expires=600                               |               | uas
                Session-Expires=600;refresher=uac                 |               | uas
                """.lines().map(line -> line.split("\\|")).toList()) {
            var require = row[1].isBlank() ? "" : " " + row[1].strip();
            boolean ours = row[2].strip().equals("uas");
            play(OBLIGING, taken(row[0].strip(), require + " Session-Expires=600;refresher="
                    + row[2].strip()) + (ours ? """
                300000 alice -> bob   UPDATE 1 sip:bob@127.0.0.2 Session-Expires=600;refresher=uac
                """ : """
                568000 alice -> bob   BYE 1 sip:bob@127.0.0.2
                568000 alice -> TU    Ended -1 408
                """));
        }
    }

    //= rfc4028#9-11,12 we refresh at half the interval
    //= rfc4028#7.4-9 the refresher parameter says that it is us
    @Test void the_callee_refreshes() {
        play(OBLIGING, taken("Supported=timer Session-Expires=600;refresher=uas",
                " Require=timer Session-Expires=600;refresher=uas") + """
                300000 alice -> bob   UPDATE 1 sip:bob@127.0.0.2 Session-Expires=600;refresher=uac
                300000 bob   -> alice 200 UPDATE Session-Expires=600;refresher=uac
                600000 alice -> bob   UPDATE 2 sip:bob@127.0.0.2 Session-Expires=600;refresher=uac
                600000 bob   -> alice 200 UPDATE Session-Expires=600;refresher=uas
                1168000 alice -> bob   BYE 3 sip:bob@127.0.0.2
                1168000 alice -> TU    Ended -1 408
                """);
    }

    //= rfc4028#9-1,2 too short for us: 422, with the minimum
    //= rfc4028#6-1 in Min-SE
    //= rfc4028#5-1 which is 90 seconds at least
    @Test void too_short_for_us() {
        var flow = play(rules(0, 300), """
                    0 bob   -> alice INVITE 7 Supported=timer Session-Expires=299 sdp1
                    0 alice -> bob   422 Min-SE=300
                """);
        assertThat(flow.agent().legs()).isZero();
        //= rfc4028#9-3 our minimum too, whatever the program wants
        play(rules(0, 1), """
                    0 bob   -> alice INVITE 7 Supported=timer Session-Expires=89 sdp1
                    0 alice -> bob   422 Min-SE=90
                """);
        play(OBLIGING, taken("Supported=timer Session-Expires=600",
                " Require=timer Session-Expires=600;refresher=uac") + """
                  100 bob   -> alice UPDATE 8 Supported=timer Session-Expires=89
                  100 alice -> bob   422 UPDATE Min-SE=90
                  200 bob   -> alice INVITE 9 Supported=timer Session-Expires=89 sdp3
                  200 alice -> bob   422 Min-SE=90
                """);
    }

    //= rfc4028#9-4 who could not be told by 422 has no timer, rather than one below 90 seconds
    @Test void too_short_for_anybody() {
        play(OBLIGING, taken("Session-Expires=60", ""));
        play(OBLIGING, taken("Session-Expires=moon", ""));
        play(OBLIGING, taken("Supported=timer", ""));
    }

    //= rfc4028#9-6 what we ask for is not below the Min-SE of the request
    //= rfc4028#7.4-2 which stands in our requests, too
    @Test void the_callee_asks_for_it() {
        play(ASKING, taken("Supported=timer",
                " Require=timer Session-Expires=1800;refresher=uac"));
        play(ASKING, taken("Supported=timer Min-SE=4000",
                " Require=timer Session-Expires=4000;refresher=uac") + """
                  100 TU    -> alice update -1 sdp3
                  100 alice -> bob   UPDATE 1 sip:bob@127.0.0.2 Session-Expires=4000;refresher=uas \
                        Min-SE=4000 sdp3
                """);
        play(ASKING, taken("", ""));
    }

    //= rfc4028#5-2 Min-SE is in no response but a 422
    @Test void min_se_is_not_in_the_answer() {
        var flow = play(ASKING, taken("Supported=timer Min-SE=4000",
                " Require=timer Session-Expires=4000;refresher=uac"));
        assertThat(flow.answer("INVITE").has("Min-SE")).isFalse();
    }

    // The header field

    @Property(tries = 100) void an_interval_is_read_as_it_is_written(
            @ForAll @LongRange(max = 0xffffffffL) long seconds,
            @ForAll Optional<Refresher> refresher) {
        var said = new SessionExpires(Duration.ofSeconds(seconds), refresher);
        assertThat(SessionExpires.parse(said.toString())).contains(said);
        assertThat(SessionExpires.parse(said + ";new=1")).contains(said);
    }

    @Test void nonsense_is_no_interval() {
        for (var text : List.of("", "moon", "-1", "4294967296", ";refresher=uac"))
            assertThat(SessionExpires.parse(text)).isEmpty();
        assertThat(SessionExpires.parse("90;refresher=moon"))
                .contains(new SessionExpires(Duration.ofSeconds(90), Optional.empty()));
    }
}
