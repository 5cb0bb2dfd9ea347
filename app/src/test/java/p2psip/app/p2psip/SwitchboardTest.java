package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.app.p2psip.Switchboard.*;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3428.Messages;

/// What is typed and told, and what comes of it, without a phone.
class SwitchboardTest {
    private static final Statistics SOUND = new Statistics(251, 249, 250, Duration.ofMillis(1));

    private final Switchboard board = new Switchboard(
            text -> text.startsWith("sip:") ? text : "sip:" + text + "@example.com",
            peer -> peer.displayName().endsWith("(verified)") ? " (verified)" : "", true);

    private String typed(String line) { return shown(new Input.Typed(line)); }

    private String told(News news) { return shown(new Input.Told(news)); }

    private String shown(Input input) {
        return board.handle(input).stream().map(output -> switch (output) {
            case Output.Ask(var command) -> "! " + command;
            case Output.Say(var line) -> line;
            case Output.Pass(var news) -> "> " + news;
        }).collect(Collectors.joining("\n"));
    }

    /// A call that somebody talks in.
    private void talking(long number, String peer) {
        told(new News.Incoming(number, Address.parse("sip:" + peer + "@example.com")));
        typed("answer");
        told(new News.Established(number, Address.parse("sip:" + peer + "@example.com")));
    }

    private void over(long number) { told(new News.Ended(number, 200, "OK", SOUND)); }

    @Test void what_is_said_goes_to_the_peer_and_what_it_types_is_said() {
        assertThat(typed("say Hello")).isEqualTo("say: there is no call to say");
        talking(-1, "bob");
        assertThat(typed("say  Hello you")).isEqualTo("! Type[call=-1, typed=Hello you\n]");
        assertThat(typed("say")).startsWith("say: what?");
        assertThat(told(new News.Typed(-1, "I am"))).isEmpty();
        assertThat(told(new News.Typed(-1, " here\u2028but")))
                .isEqualTo("[1] text: I am here");
        assertThat(told(new News.NotTyped(-1, "x\u001b[2J"))).isEqualTo("[1] not typed: x [2J");
        over(-1);
        assertThat(typed("calls")).contains("no call");
    }

    @Test void a_call_whose_sound_is_known_ends_with_a_word_of_its_quality() {
        talking(-1, "bob");
        told(new News.Typed(-1, "bye"));
        var heard = new Quality(0, Duration.ZERO, -20, Optional.empty(), new Quality.View(0,
                Duration.ZERO, OptionalDouble.of(92), false), Optional.empty());
        assertThat(told(new News.Ended(-1, 200, "OK",
                new Statistics(1, 1, 1, Duration.ZERO, Optional.empty(), heard))))
                .isEqualTo("[1] text: bye\n"
                + "[1] over: rtp=1/1 lost=0 jitter=0.0ms sent=1; quality here loss=0.0% late=0"
                + " concealed=0ms jitter=0.0ms rtt=- R=92; there no report");
    }

    @Test void a_call_from_its_beginning_to_its_end() {
        assertThat(typed("call bob About lunch")).isEqualTo("""
                [1] calling sip:bob@example.com
                ! Call[call=1, uri=sip:bob@example.com, subject=About lunch]""");
        assertThat(told(new News.Progress(1, 180, "Ringing"))).isEqualTo("[1] it rings there");
        assertThat(told(new News.Established(1,
                Address.parse("\"Bob (verified)\" <sip:bob@example.com>"))))
                .isEqualTo("[1] talking with sip:bob@example.com (verified)");
        assertThat(told(new News.Session(1, true, true))).isEqualTo("[1] sound both ways");
        assertThat(told(new News.Heard(1))).isEqualTo("[1] the peer is heard");
        assertThat(typed("keys 12#")).isEqualTo("! Press[call=1, keys=12#]");
        assertThat(typed("calls")).isEqualTo("""
                not registered
                [1] > with sip:bob@example.com (verified), heard
                ! Measure[call=1]""");
        assertThat(told(new News.Measured(1, Optional.of("PCMU/8000"), SOUND)))
                .isEqualTo("[1] PCMU/8000, rtp=249/250 lost=1 jitter=1.0ms sent=251");
        assertThat(typed("hangup")).isEqualTo("! HangUp[call=1]");
        assertThat(told(new News.Ended(1, 200, "OK", SOUND)))
                .isEqualTo("[1] over: rtp=249/250 lost=1 jitter=1.0ms sent=251");
        assertThat(typed("calls")).isEqualTo("not registered\nno call");
    }

    @Test void what_a_call_is_about_is_shown_without_what_a_terminal_obeys() {
        assertThat(told(new News.Incoming(-1, Address.parse("sip:bob@example.com"),
                "Lunch\u001b[2J"))).isEqualTo("[1] sip:bob@example.com calls about"
                + " \"Lunch [2J\": type answer or reject");
    }

    @Test void a_peer_who_is_another_now_is_named_from_then_on() {
        talking(-1, "sales");
        assertThat(told(new News.Identified(-1,
                Address.parse("\"Bob (verified)\" <sip:bob@example.com>"))))
                .isEqualTo("[1] the peer is sip:bob@example.com (verified) now");
        assertThat(typed("calls")).contains("[1] > with sip:bob@example.com (verified)");
    }

    /// Bob waits while alice talks with carol; then he comes into that call, which goes on.
    @Test void the_peer_of_a_call_comes_into_another() {
        talking(-1, "bob");
        talking(-2, "carol");
        assertThat(typed("join")).isEqualTo("join: into which call? as in join 2");
        assertThat(typed("join 2")).isEqualTo("join 2: that is the call itself; type calls");
        typed("resume 1");
        assertThat(typed("join 2")).isEqualTo("! Bring[call=-1, into=-2]");
        assertThat(told(new News.Transferred(-1, 200, "OK"))).isEqualTo("""
                [1] transfer: done
                ! Hold[call=-1]
                ! Resume[call=-2]
                ! HangUp[call=-1]""");
    }

    @Test void what_a_join_has_failed_at_changes_nothing() {
        talking(-1, "bob");
        talking(-2, "carol");
        typed("resume 1");
        typed("join 2");
        assertThat(told(new News.Transferred(-1, 603, "Decline"))).isEqualTo(
                "[1] transfer: failed, 603 Decline; you still have the call");
        typed("transfer 2");
        assertThat(told(new News.Transferred(-1, 200, "OK")))
                .isEqualTo("[1] transfer: done\n! HangUp[call=-1]");
    }

    @Test void a_text_has_a_size() {
        assertThat(typed("text bob " + "x".repeat(Messages.MAX_BYTES)))
                .startsWith("! Text[");
        assertThat(typed("text bob " + "é".repeat(Messages.MAX_BYTES / 2 + 1)))
                .isEqualTo("what you type is longer than " + Messages.MAX_BYTES
                        + " bytes: send it in parts");
    }

    /// Whoever comes in is heard beside who is there: nobody is asked to wait.
    @Test void who_wants_to_come_into_a_call_is_asked_about() {
        talking(-1, "bob");
        assertThat(told(new News.Joining(-2, -1))).isEmpty();
        assertThat(told(new News.Incoming(-2, Address.parse("sip:carol@example.com"))))
                .isEqualTo("[2] sip:carol@example.com calls, to come into call 1:"
                        + " type answer or reject");
        assertThat(typed("answer")).isEqualTo("! Answer[call=-2]");
    }

    @Test void a_call_that_is_over_is_come_into_by_nobody() {
        talking(-1, "bob");
        told(new News.Joining(-2, -1));
        over(-1);
        assertThat(told(new News.Incoming(-2, Address.parse("sip:carol@example.com"))))
                .isEqualTo("[1] sip:carol@example.com calls: type answer or reject");
    }

    @Test void who_wants_to_watch_is_asked_about_in_the_words_that_are_typed() {
        var bob = Address.parse("sip:bob@example.com");
        assertThat(told(new News.Watcher(bob, News.Seen.NOTHING_YET))).isEqualTo(
                "sip:bob@example.com wants to see whether you can be reached:"
                + " type approve or block, and sip:bob@example.com");
        assertThat(told(new News.Watcher(bob, News.Seen.ALL))).startsWith("> Watcher");
    }

    @Test void a_call_that_nobody_takes() {
        typed("call bob");
        assertThat(told(new News.Ended(1, 486, "Busy\u001b[2J Here", SOUND)))
                .isEqualTo("[1] failed: 486 Busy [2J Here");
    }

    @Test void a_call_that_is_not_wanted() {
        var eve = Address.parse("sip:eve@example.com");
        assertThat(told(new News.Incoming(-1, eve)))
                .isEqualTo("[1] sip:eve@example.com calls: type answer or reject");
        assertThat(typed("reject 486")).isEqualTo("! Refuse[call=-1, status=486]");
        assertThat(told(new News.Ended(-1, 486, "Busy Here", SOUND)))
                .isEqualTo("[1] refused: 486 Busy Here");
        told(new News.Incoming(-2, eve));
        assertThat(typed("reject 1 480")).isEqualTo("! Refuse[call=-2, status=480]");
        told(new News.Incoming(-3, eve));
        assertThat(typed("reject 2")).isEqualTo("! Refuse[call=-3, status=603]");
        told(new News.Incoming(-4, eve));
        assertThat(told(new News.Ended(-4, 487, "Request Terminated", SOUND)))
                .isEqualTo("[3] sip:eve@example.com has given up");
    }

    @Test void whoever_is_answered_has_the_other_wait() {
        talking(-1, "bob");
        told(new News.Incoming(-2, Address.parse("sip:carol@example.com")));
        assertThat(typed("answer")).isEqualTo("! Hold[call=-1]\n! Answer[call=-2]");
        assertThat(told(new News.Session(-1, true, false))).isEqualTo("[1] on hold");
        told(new News.Established(-2, Address.parse("sip:carol@example.com")));
        assertThat(typed("resume")).isEqualTo("! Hold[call=-2]\n! Resume[call=-1]");
        assertThat(typed("resume 1")).isEqualTo(
                "resume 1: that call is not one to resume; type calls");
        assertThat(typed("call dora")).isEqualTo("""
                ! Hold[call=-1]
                [3] calling sip:dora@example.com
                ! Call[call=1, uri=sip:dora@example.com, subject=]""");
        assertThat(typed("resume")).isEqualTo("resume: which? resume 1 or resume 2");
        assertThat(told(new News.Ended(1, 480, "Temporarily Unavailable", SOUND))).isEqualTo("""
                [3] failed: 480 Temporarily Unavailable
                [1] is on hold: type resume 1""");
        over(-1);
        assertThat(typed("resume")).isEqualTo("! Resume[call=-2]");
    }

    @Test void the_peer_may_put_us_on_hold() {
        talking(-1, "bob");
        assertThat(told(new News.Session(-1, false, true)))
                .isEqualTo("[1] the peer has put you on hold");
        assertThat(typed("calls")).contains("which has put you on hold");
        told(new News.Session(-1, true, true));
        assertThat(typed("calls")).doesNotContain("on hold");
    }

    @Test void blind_and_attended_transfers() {
        talking(-1, "bob");
        assertThat(typed("transfer carol"))
                .isEqualTo("! Refer[call=-1, uri=sip:carol@example.com]");
        assertThat(told(new News.Transferring(-1, 180, "Ringing")))
                .isEqualTo("[1] transfer: 180 Ringing");
        assertThat(told(new News.Transferred(-1, 486, "Busy Here")))
                .isEqualTo("[1] transfer: failed, 486 Busy Here; you still have the call");
        talking(-2, "carol");
        typed("resume 1");
        assertThat(typed("transfer 2")).isEqualTo("! Transfer[call=-1, to=-2]");
        assertThat(typed("transfer 1")).contains("that is the call itself");
        assertThat(told(new News.Transferred(-1, 200, "OK")))
                .isEqualTo("[1] transfer: done\n! HangUp[call=-1]");
    }

    @Test void who_is_to_be_transferred_is_asked() {
        talking(-1, "bob");
        assertThat(typed("yes")).isEqualTo("nobody has asked you anything");
        assertThat(told(new News.Referred(7, -1, "sip:carol@example.com"))).isEqualTo(
                "[1] the peer asks you to call sip:carol@example.com: type yes or no");
        assertThat(typed("yes")).isEqualTo("! Follow[referral=7]");
        assertThat(told(new News.Following(-1, 99, "sip:carol@example.com"))).isEqualTo(
                "[1] the peer asks you to call sip:carol@example.com: calling");
        assertThat(told(new News.Progress(99, 180, "Ringing"))).isEqualTo("[2] it rings there");
        told(new News.Established(99, Address.parse("sip:carol@example.com")));
        over(-1);
        assertThat(typed("keys 1")).as("in the foreground").isEqualTo("! Press[call=99, keys=1]");
        talking(-1, "bob");
        told(new News.Referred(8, -1, "sip:dora@example.com"));
        assertThat(typed("no")).isEqualTo("! Decline[referral=8]");
        told(new News.Referred(9, -1, "sip:dora@example.com"));
        assertThat(told(new News.Lapsed(9))).contains("it is not done");
        assertThat(typed("no")).isEqualTo("nobody has asked you anything");
    }

    @Test void another_may_take_the_place_of_the_peer() {
        talking(-1, "bob");
        assertThat(told(new News.Replaced(-1, -2)))
                .isEqualTo("[1] another takes the place of the peer, in call 2");
        assertThat(told(new News.Incoming(-2, Address.parse("sip:carol@example.com")))).isEmpty();
        assertThat(told(new News.Established(-2, Address.parse("sip:carol@example.com"))))
                .isEqualTo("[2] talking with sip:carol@example.com");
        over(-1);
        assertThat(typed("hangup")).isEqualTo("! HangUp[call=-2]");
    }

    @Test void texts_and_presence() {
        assertThat(typed("text bob Are you there?"))
                .isEqualTo("! Text[id=1, uri=sip:bob@example.com, text=Are you there?]");
        assertThat(typed("watch bob")).isEqualTo("! Watch[id=2, uri=sip:bob@example.com]");
        assertThat(typed("watch bob")).isEqualTo("watch: you watch sip:bob@example.com already");
        assertThat(typed("unwatch bob")).isEqualTo("! Unwatch[id=2]");
        assertThat(typed("unwatch bob")).isEqualTo("unwatch: you do not watch sip:bob@example.com");
        assertThat(typed("approve *")).isEqualTo("! Approve[uri=*]");
        assertThat(typed("block eve")).isEqualTo("! Block[uri=sip:eve@example.com]");
        assertThat(typed("note in the garden"))
                .isEqualTo("! Show[open=true, note=in the garden]");
        typed("watch carol");
        told(new News.Unseen(3, "sip:carol@example.com", "404", Optional.empty()));
        assertThat(typed("watch carol")).isEqualTo("! Watch[id=4, uri=sip:carol@example.com]");
    }

    @Test void the_registration_stands() {
        assertThat(told(new News.Registered(Duration.ofHours(1))))
                .isEqualTo("registered for 3600 s, and then again\n! Watchers[id=1]");
        assertThat(told(new News.Registered(Duration.ofHours(1)))).as("a refresh").isEmpty();
        assertThat(told(new News.NotRegistered(503, "Service Unavailable")))
                .isEqualTo("not registered: 503 Service Unavailable; tried again by itself");
        told(new News.Registered(Duration.ofHours(1)));
        assertThat(typed("unregister")).isEqualTo("! Unregister[]");
        assertThat(told(new News.Unregistered())).isEqualTo("> Unregistered[]");
        assertThat(typed("unregister")).isEqualTo("unregister: you are not registered");
        assertThat(typed("register")).isEqualTo("! Register[expires=PT1H]");
        assertThat(told(new News.NotRegistered(401, "Unauthorized")))
                .isEqualTo("not registered: 401 Unauthorized; type register to try again");
        assertThat(typed("calls")).isEqualTo("not registered: 401 Unauthorized\nno call");
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
        frob           | nothing here is called frob: type help
        hangup         | hangup: there is no call to hangup
        answer         | answer: there is no call to answer
        hold 7         | hold 7: there is no such call; type calls
        keys           | keys : keys are 0 to 9, *, # and A to D
        keys 12x       | keys 12x: keys are 0 to 9, *, # and A to D
        keys 1         | keys: there is no call to keys
        call           | call: whom? as in call sip:bob@example.com
        text bob       | text: what? as in text bob Hello
        transfer       | transfer: to whom? as in transfer bob, or transfer 2
        reject 200     | reject 200: a status that refuses is 400 to 699
        """)
    void a_mistake_is_one_line_that_says_what(String line, String said) {
        assertThat(typed(line)).isEqualTo(said);
    }

    @Test void help_fits_a_terminal_and_names_all_that_there_is() {
        assertThat(typed("help").lines()).hasSizeLessThan(24)
                .allMatch(line -> line.length() <= 100);
        for (var verb : Switchboard.HELP.lines().takeWhile(line -> !line.isEmpty())
                .flatMap(line -> Stream.of(line.substring(0, 21).split(",")))
                .map(part -> part.strip().split(" ")[0]).filter(word -> !word.isEmpty()).toList())
            assertThat(typed(verb)).as(verb).doesNotContain("nothing here");
    }

    @Test void without_a_proxy_nobody_registers() {
        var alone = new Switchboard(UnaryOperator.identity(), _ -> "", false);
        assertThat(alone.handle(new Input.Typed("register")).toString())
                .contains("register: with whom? start it with --proxy HOST:PORT");
    }
}
