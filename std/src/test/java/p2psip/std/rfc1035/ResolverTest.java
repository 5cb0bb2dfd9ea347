package p2psip.std.rfc1035;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc1035.Question.Type;
import p2psip.std.rfc1035.ResourceRecord.*;
import p2psip.std.rfc1035.Resolver.*;

class ResolverTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Resolver resolver = new Resolver();
    private Instant now = Instant.EPOCH;

    private static Address a(String name, int ttl, String ip) {
        return new Address(name, Duration.ofSeconds(ttl), InetAddress.ofLiteral(ip));
    }

    private List<Output> ask(long id, String name) { return ask(id, name, Type.A); }

    private List<Output> ask(long id, String name, Type type) {
        return resolver.handle(new Input.Ask(id, new Question(name, type)), now);
    }

    private List<Output> answer(long query, ResourceRecord... records) {
        return answer(query, new Answer.Found(List.of(records)));
    }

    private List<Output> answer(long query, Answer answer) {
        return resolver.handle(new Input.Answered(query, answer), now);
    }

    private static Output query(long number, String name) {
        return new Output.Query(number, new Question(name, Type.A));
    }

    private static Output told(long id, ResourceRecord... records) {
        return new Output.Told(id, List.of(records));
    }

    @Test void what_was_heard_is_kept_as_long_as_it_may_be() {
        assertThat(ask(7, "X.example.")).containsExactly(query(1, "x.example"));
        var address = a("x.EXAMPLE", 60, "192.0.2.1");
        assertThat(answer(1, address, a("x.example", 90, "192.0.2.2")))
                .containsExactly(told(7, address, a("x.example", 90, "192.0.2.2")));
        now = now.plusSeconds(60);
        assertThat(ask(8, "x.example")).hasSize(1).first().isInstanceOf(Output.Told.class);
        now = now.plusSeconds(1);
        assertThat(ask(9, "x.example")).as("the shortest decides")
                .containsExactly(query(2, "x.example"));
    }

    @Test void nothing_is_kept_longer_than_a_day_nor_that_there_is_nothing_than_minutes() {
        ask(1, "x.example");
        answer(1, a("x.example", Integer.MAX_VALUE, "192.0.2.1"));
        ask(2, "y.example");
        assertThat(answer(2, new Answer.None(Duration.ofDays(1)))).containsExactly(told(2));
        now = now.plusSeconds(900);
        assertThat(ask(3, "y.example")).containsExactly(told(3));
        now = now.plusSeconds(1);
        assertThat(ask(4, "y.example")).containsExactly(query(3, "y.example"));
        now = Instant.EPOCH.plusSeconds(86_401);
        assertThat(ask(5, "x.example")).containsExactly(query(4, "x.example"));
    }

    @Test void what_may_not_be_kept_serves_who_has_asked() {
        ask(1, "x.example");
        assertThat(answer(1, a("x.example", 0, "192.0.2.1"))).hasSize(1);
        now = now.plusNanos(1);
        assertThat(ask(2, "x.example")).containsExactly(query(2, "x.example"));
        assertThat(answer(2, new Answer.None(Duration.ofSeconds(-1)))).containsExactly(told(2));
    }

    @Test void who_asks_what_is_being_asked_waits_with_the_others() {
        ask(1, "x.example");
        assertThat(ask(2, "x.example")).isEmpty();
        var address = a("x.example", 1, "192.0.2.1");
        assertThat(answer(1, address)).containsExactly(told(1, address), told(2, address));
        assertThat(answer(1, address)).as("answered once").isEmpty();
    }

    @Test void silence_is_not_asked_again_at_once() {
        ask(1, "x.example");
        assertThat(answer(1, new Answer.Failed("silence"))).containsExactly(told(1));
        assertThat(ask(2, "x.example")).containsExactly(told(2));
        now = now.plus(Resolver.FAILED).plusNanos(1);
        assertThat(ask(3, "x.example")).containsExactly(query(2, "x.example"));
    }

    @Test void an_alias_is_followed_in_the_answer_and_beyond() {
        ask(1, "www.example");
        var address = a("host.example", 60, "192.0.2.1");
        assertThat(answer(1, new Alias("www.example", MINUTE, "host.example"), address,
                a("other.example", 60, "192.0.2.66"))).containsExactly(told(1, address));
        assertThat(ask(2, "host.example")).as("kept too").containsExactly(told(2, address));
        assertThat(ask(3, "other.example")).as("nobody has asked for that")
                .containsExactly(query(2, "other.example"));
        ask(4, "far.example");
        assertThat(answer(3, new Alias("far.example", MINUTE, "away.example")))
                .containsExactly(query(4, "away.example"));
        assertThat(answer(4, a("away.example", 60, "192.0.2.3"))).hasSize(1);
    }

    @Test void aliases_in_a_circle_or_without_end_lead_nowhere() {
        ask(1, "a.example");
        assertThat(answer(1, new Alias("a.example", MINUTE, "b.example"),
                new Alias("b.example", MINUTE, "a.example"))).containsExactly(told(1));
        ask(2, "n0.example");
        for (int i = 0; i < Resolver.ALIASES; i++)
            assertThat(answer(2 + i, new Alias("n" + i + ".example", MINUTE,
                    "n" + (i + 1) + ".example"))).singleElement()
                    .isInstanceOf(Output.Query.class);
        assertThat(answer(2 + Resolver.ALIASES, new Alias("n" + Resolver.ALIASES + ".example",
                MINUTE, "more.example"))).containsExactly(told(2));
    }

    @Test void of_what_is_added_that_counts_which_the_answer_names() {
        ask(1, "x.example", Type.SRV);
        var server = new Server("x.example", MINUTE, 0, 0, 5060, "h.example");
        answer(1, new Answer.Found(List.of(server), List.of(a("h.example", 60, "192.0.2.1"),
                a("bank.example", 60, "192.0.2.66"))));
        assertThat(ask(2, "h.example")).containsExactly(told(2, a("h.example", 60, "192.0.2.1")));
        assertThat(ask(3, "bank.example")).containsExactly(query(2, "bank.example"));
        assertThat(answer(2, a("bank.example", 60, "192.0.2.5"))).hasSize(1);
        ask(4, "y.example", Type.SRV);
        answer(3, new Answer.Found(List.of(new Server("y.example", MINUTE, 0, 0, 5060,
                "bank.example")), List.of(a("bank.example", 60, "192.0.2.66"))));
        assertThat(ask(5, "bank.example")).as("an answer counts for more than what is added")
                .containsExactly(told(5, a("bank.example", 60, "192.0.2.5")));
    }

    @Test void an_answer_to_another_question_is_none() {
        ask(1, "x.example");
        assertThat(answer(1, a("y.example", 60, "192.0.2.1"))).containsExactly(told(1));
        assertThat(ask(2, "y.example")).containsExactly(query(2, "y.example"));
    }

    @Test void there_are_limits() {
        for (int i = 0; i < Resolver.UNDER_WAY; i++) ask(i, "n" + i);
        assertThat(ask(-1, "one.more")).containsExactly(told(-1));
        assertThat(ask(-2, "n0")).as("waits with another").isEmpty();
        answer(1, a("n0", 60, "192.0.2.1"));
        assertThat(ask(-3, "one.more")).hasSize(1).first().isInstanceOf(Output.Query.class);
        ask(-4, "n300");
        var many = IntStream.range(0, 1_000).<ResourceRecord>mapToObj(i ->
                a("n1", 60, "10.0." + i / 256 + "." + i % 256)).toList();
        assertThat(answer(2, new Answer.Found(many))).singleElement().isInstanceOfSatisfying(
                Output.Told.class, told -> assertThat(told.records()).hasSize(Resolver.RECORDS));
    }

    @Test void the_oldest_is_forgotten() {
        for (int i = 0; i <= Resolver.KEPT; i++) {
            ask(i, "n" + i);
            answer(i + 1, a("n" + i, 60, "192.0.2.1"));
        }
        assertThat(resolver.kept()).isEqualTo(Resolver.KEPT);
        assertThat(ask(1, "n1")).first().isInstanceOf(Output.Told.class);
        assertThat(ask(1, "n0")).first().isInstanceOf(Output.Query.class);
    }
}
