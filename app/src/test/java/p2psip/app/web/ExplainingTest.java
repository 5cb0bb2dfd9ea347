package p2psip.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import p2psip.app.node.Question;
import p2psip.app.why.*;

/// An explanation as JSON, and back.
class ExplainingTest {
    private static final Instant T = Instant.EPOCH;
    private static final String ID = "a/b@c";

    private final List<Question> asked = new ArrayList<>();

    private Question.Reply node(Question question) {
        asked.add(question);
        if (!(question instanceof Question.Why(var callId))) throw new AssertionError(question);
        var journal = new Journal();
        journal.begin(new Account.Call(ID, "sip:a@x", "sip:b@x", T));
        var phone = new InetSocketAddress(InetAddress.ofLiteral("192.168.1.6"), 5060);
        for (boolean sent : List.of(false, true)) journal.note(ID, new OfCall.Message(sent,
                OfCall.Hop.PHONE, phone, "INVITE", sent ? 488 : 0, "", ""), T.plusMillis(5));
        return new Question.Reply.Told(callId.map(id -> journal.of(id, T))
                .orElseGet(() -> Optional.of(journal.last(T))));
    }

    private JsonObject ask(Resource.Method method, String variable, String callId) {
        var body = new JsonObject();
        if (!callId.isEmpty()) body.addProperty("callId", callId);
        var answer = Explaining.of(this::node).get(variable.isEmpty() ? 0 : 1)
                .answer(new Resource.Request(method, variable, body));
        return ((Resource.Answer.Json) answer).object();
    }

    @Test void it_is_the_same_before_and_after() {
        var expected = Explanation.of(((Question.Reply.Told) node(new Question.Why(
                Optional.of(ID)))).account().orElseThrow());
        assertThat(expected.cause()).isPresent();
        for (var json : List.of(ask(Resource.Method.GET, "", ""),
                ask(Resource.Method.GET, "last", ""), ask(Resource.Method.GET, ID, ""),
                ask(Resource.Method.POST, "", ID)))
            assertThat(Explaining.read(json)).isEqualTo(expected);
        assertThat(asked).startsWith(new Question.Why(Optional.of(ID)),
                new Question.Why(Optional.empty()), new Question.Why(Optional.empty()));
    }

    @Test void a_call_that_nobody_remembers_is_not_found() {
        assertThatThrownBy(() -> ask(Resource.Method.GET, "another", ""))
                .isInstanceOf(Refused.class).hasMessageContaining("no call of that name");
    }
}
