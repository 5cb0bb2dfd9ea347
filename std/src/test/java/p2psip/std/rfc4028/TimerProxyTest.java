package p2psip.std.rfc4028;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;

/// §8: a proxy that wants half an hour, and no less than two minutes.
class TimerProxyTest {
    private static final TimerProxy PROXY =
            new TimerProxy(Duration.ofMinutes(30), Duration.ofMinutes(2));

    private static Header field(String name, String value) { return new Header(name, value); }

    private static final Header TIMER = field("Supported", "timer");

    private static ProxyPlay play(List<Header> answered, Header... fields) {
        var play = new ProxyPlay(Guard.OPEN, List.of(PROXY), "desk");
        play.said.put("desk", answered);
        play.with(ProxyPlay.invite().change(list -> list.addAll(List.of(fields)))).plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                   100 desk  -> proxy 200
                   100 proxy -> alice 200
                """);
        return play;
    }

    private static Request sent(Header... fields) {
        return play(List.of(), fields).sent.get("desk INVITE");
    }

    private static Header wants(String value) { return field("Session-Expires", value); }

    private static Header least(String value) { return field("Min-SE", value); }

    //= rfc4028#8.1-1 a Session-Expires is inserted if none was present
    //= rfc4028#8.1-2 without a refresher parameter
    @Test void a_timer_is_asked_for() {
        assertThat(sent().all("Session-Expires")).containsExactly("1800");
        assertThat(sent(least("3600")).all("Session-Expires")).containsExactly("3600");
    }

    //= rfc3261#7.3.1¶11 tokens are always case-insensitive
    @Test void an_option_tag_is_one_in_any_case() {
        var shouted = field("Supported", "100rel, TIMER");
        assertThat(PROXY.refuses(ProxyPlay.invite().change(list ->
                list.addAll(List.of(shouted, wants("60")))), null)).isPresent();
        var play = play(List.of(field("Require", "Timer")), shouted);
        assertThat(play.answers.getLast().all("Require")).containsExactly("Timer");
        assertThat(play.answers.getLast().all("Session-Expires"))
                .containsExactly("1800;refresher=uac");
    }

    //= rfc4028#8.1-3 a value is reduced, not lower than the value in Min-SE
    //= rfc4028#8.1-4 and one that is at least Min-SE is not increased
    //= rfc4028#8.1-6 the refresher parameter is neither inserted nor modified
    @Test void a_longer_one_is_made_shorter_and_a_shorter_one_stays() {
        assertThat(sent(wants("7200;refresher=uas")).all("Session-Expires"))
                .containsExactly("1800;refresher=uas");
        assertThat(sent(wants("7200"), least("3600")).all("Session-Expires"))
                .containsExactly("3600");
        assertThat(sent(wants("600;x=y")).all("Session-Expires")).containsExactly("600;x=y");
    }

    //= rfc4028#8.1-5,12 what is lower than Min-SE is increased to be equal to it
    //= rfc4028#8.1-10 Min-SE is inserted where timers are not supported
    //= rfc4028#8.1-11 or increased, and never decreased
    @Test void too_short_a_one_is_made_longer() {
        var sent = sent(wants("95"));
        assertThat(sent.all("Min-SE")).containsExactly("120");
        assertThat(sent.all("Session-Expires")).containsExactly("120");
        assertThat(sent(wants("95"), least("100")).all("Min-SE")).containsExactly("120");
        assertThat(sent(wants("95"), least("300")).all("Min-SE")).containsExactly("300");
        assertThat(sent(wants("95"), least("300")).all("Session-Expires")).containsExactly("300");
    }

    //= rfc4028#8.1-13 none is inserted or modified if timer is in Supported
    @Test void a_minimum_is_not_put_in_for_who_knows_timers() {
        assertThat(sent(TIMER, wants("600"), least("100")).all("Min-SE")).containsExactly("100");
        assertThat(sent(TIMER).has("Min-SE")).isFalse();
        //  not even if it would have been refused
        var asked = PROXY.leaving(ProxyPlay.invite().with("Supported", "timer")
                .with("Session-Expires", "50"), null);
        assertThat(asked.has("Min-SE")).isFalse();
        assertThat(asked.all("Session-Expires")).containsExactly("90");
    }

    //= rfc4028#8.1-7 a smaller session interval than the minimum is rejected by 422
    //= rfc4028#8.1-8 with Min-SE
    //= rfc4028#8.1-9 which is not lower than 90 seconds
    @Test void too_short_a_one_is_refused_to_who_knows_timers() {
        var play = new ProxyPlay(Guard.OPEN, List.of(
                new TimerProxy(Duration.ofSeconds(5), Duration.ofSeconds(1))), "desk");
        play.with(ProxyPlay.invite().change(list -> list.addAll(List.of(TIMER, wants("80")))))
                .plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 422
                """);
        assertThat(play.answers.getLast().all("Min-SE")).containsExactly("90");
        assertThat(PROXY.refuses(ProxyPlay.invite().with("Supported", "timer")
                .with("Session-Expires", "119"), null)).hasValueSatisfying(refusal ->
                assertThat(refusal.headers()).containsExactly(least("120")));
        assertThat(PROXY.refuses(ProxyPlay.invite().with("Supported", "timer")
                .with("Session-Expires", "120"), null)).isEmpty();
    }

    private static Response answer(List<Header> answered, Header... fields) {
        return play(answered, fields).answers.getLast();
    }

    //= rfc4028#8.2-1 the value that was remembered is inserted into the response
    //= rfc4028#8.2-2 the refresher is uac
    //= rfc4028#8.2-3 and timer is in Require
    @Test void for_a_callee_who_knows_no_timers_the_caller_is_told() {
        //= rfc4028#8.1-14,15,16 the value and Supported are remembered for the transaction
        var ok = answer(List.of(), TIMER, wants("3600"));
        assertThat(ok.all("Session-Expires")).containsExactly("1800;refresher=uac");
        assertThat(ok.list("Require")).containsExactly("timer");
        assertThat(answer(List.of(field("Require", "100rel")), TIMER).list("Require"))
                .containsExactly("100rel", "timer");
    }

    @Test void if_neither_knows_of_timers_nobody_is_told() {
        assertThat(answer(List.of()).has("Session-Expires")).isFalse();
        assertThat(answer(List.of()).has("Require")).isFalse();
    }

    //= rfc4028#8.2-5 Session-Expires of the response is not modified
    @Test void what_the_callee_says_stays() {
        assertThat(answer(List.of(wants("900;refresher=uas")), TIMER).all("Session-Expires"))
                .containsExactly("900;refresher=uas");
    }

    @Test void other_requests_are_none_of_this() {
        var bye = (Request) Message.parse("BYE sip:b@b SIP/2.0\nSupported: timer\n"
                + "Session-Expires: 5\n\n");
        assertThat(PROXY.refuses(bye, null)).isEmpty();
        assertThat(PROXY.leaving(bye, null)).isEqualTo(bye);
        var play = new ProxyPlay(Guard.OPEN, List.of(PROXY), "desk");
        var invite = ProxyPlay.invite().with("CSeq", "1 OPTIONS").with("Supported", "timer");
        play.with(new Request("OPTIONS", invite.uri(), invite.headers(), invite.body())).plays("""
                     0 alice -> proxy OPTIONS
                     0 proxy -> desk  OPTIONS
                   100 desk  -> proxy 200 OPTIONS
                   100 proxy -> alice 200 OPTIONS
                """);
        assertThat(play.answers.getLast().has("Session-Expires")).isFalse();
    }

    //= rfc4028#8.1-7 in an UPDATE, too, a smaller interval than the minimum is rejected
    //= rfc4028#8.1-1 and one without Session-Expires gets it inserted
    @Test void an_update_refreshes_as_well() {
        var update = (Request) Message.parse("UPDATE sip:b@b SIP/2.0\nSupported: timer\n\n");
        assertThat(PROXY.refuses(update.with("Session-Expires", "119"), null)).isPresent();
        assertThat(PROXY.leaving(update, null).all("Session-Expires")).containsExactly("1800");
    }

    /// A proxy whose minimum is more than it wants itself.
    @Test void no_less_is_asked_for_than_is_taken() {
        var proxy = new TimerProxy(Duration.ofSeconds(100), Duration.ofMinutes(2));
        assertThat(proxy.leaving(ProxyPlay.invite(), null).all("Session-Expires"))
                .containsExactly("120");
    }

    @Test void a_call_that_is_refused_has_no_timer() {
        var play = new ProxyPlay(Guard.OPEN, List.of(PROXY), "desk");
        play.with(ProxyPlay.invite().with("Supported", "timer")).plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                   100 desk  -> proxy 486
                   100 proxy -> alice 486
                """);
        assertThat(play.answers.getLast().has("Session-Expires")).isFalse();
    }
}
