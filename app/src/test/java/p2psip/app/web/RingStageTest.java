package p2psip.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import com.google.gson.*;
import org.junit.jupiter.api.*;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.app.trace.Trace;

/// A simulated ring that is asked for by the resources of the console.
class RingStageTest {
    private final Queue<Trace> heard = new ConcurrentLinkedQueue<>();
    private final RingStage stage = new RingStage(1, 9, 0, heard::add);

    @AfterEach void close() { stage.close(); }

    private JsonObject ask(Resource.Method method, String path, String variable, String body) {
        var resource = Theatre.of(stage, new Events()).stream()
                .filter(each -> each.path().equals(path)).findFirst().orElseThrow();
        assertThat(resource.methods()).contains(method);
        return ((Resource.Answer.Json) resource.answer(new Resource.Request(method, variable,
                JsonParser.parseString(body).getAsJsonObject()))).object();
    }

    private JsonObject does(String body) {
        return ask(Resource.Method.POST, "/sim", "", body.replace('\'', '"'));
    }

    private JsonObject get(String path, String variable) {
        return ask(Resource.Method.GET, path, variable, "{}");
    }

    private List<String> nodes() {
        return get("/ring", "").getAsJsonArray("nodes").asList().stream()
                .map(node -> node.getAsJsonObject().get("id").getAsString()).toList();
    }

    /// Time goes on, and stands still.
    private void at(double seconds) {
        while (get("/sim", "").get("seconds").getAsDouble() < seconds) Thread.onSpinWait();
    }

    @Timeout(30) @Test void all_that_can_be_done_is() {
        does("{'do':'speed','speed':20}");
        at(3);
        does("{'do':'pause'}");
        assertThat(nodes()).hasSize(9);
        var first = nodes().getFirst();
        assertThat(get("/ring/*", first).getAsJsonArray("leaves")).hasSize(8);
        var before = get("/sim", "").get("seconds").getAsDouble();
        assertThat(does("{'do':'add'}").get("seconds").getAsDouble()).as("it stands still")
                .isEqualTo(before);
        assertThat(nodes()).hasSize(10);
        does("{'do':'kill','id':'" + first + "'}");
        assertThat(nodes()).hasSize(9).doesNotContain(first);
        assertThatThrownBy(() -> get("/ring/*", first)).hasMessage("that node does not live");
        var cut = does("{'do':'cut','ids':['" + nodes().getFirst() + "']}");
        assertThat(cut.get("cut").getAsBoolean()).isTrue();
        assertThat("" + get("/ring", "")).containsOnlyOnce("\"cut\":true");
        assertThat("" + cut.get("past")).contains("add", "kill", "cut");
        assertThat(does("{'do':'heal'}").get("cut").getAsBoolean()).isFalse();
        long sent = get("/sim", "").get("sent").getAsLong();
        assertThat(does("{'do':'step'}").get("sent").getAsLong()).isGreaterThan(sent);
        assertThat(does("{'do':'rewind','seconds':2.5}").get("seconds").getAsDouble())
                .isEqualTo(2.5);
        assertThat(nodes()).hasSize(9).contains(first);
        assertThat(heard).isNotEmpty();
    }

    @Timeout(30) @Test void its_chosen_node_is_asked_for_records() {
        does("{'do':'speed','speed':20}");
        at(5);
        does("{'do':'select','id':'" + nodes().get(4) + "'}");
        ask(Resource.Method.PUT, "/dht/*", "note", "{\"value\":\"hello\",\"ttl\":60}");
        assertThat("" + get("/dht/*", "note")).contains("\"owner\":\"" + nodes().get(4),
                "\"value\":\"hello\"");
        at(get("/sim", "").get("seconds").getAsDouble() + 3);
        assertThat("" + get("/records", "")).contains("\"key\":\"note\"");
        ask(Resource.Method.DELETE, "/dht/*", "note", "{}");
        assertThat("" + get("/dht/*", "note")).contains("removed");
        does("{'do':'pause'}");
        assertThatThrownBy(() -> get("/dht/*", "note"))
                .hasMessage("time stands still: let it go on first");
    }

    @ParameterizedTest @CsvSource(delimiter = ';', quoteCharacter = '~', value = {
        "{'do':'fly'}; do: give add, kill", "{'do':'speed','speed':21}; speed: give a number from",
        "{'do':'speed','speed':'x'}; speed: give a number", "{'do':'rewind'}; seconds: give",
        "{'do':'rewind','seconds':1e6}; it is not so late yet", "{'do':'cut'}; ids: give a list",
        "{'do':'cut','ids':[[]]}; ids: give a list", "{'do':'kill','id':'x'}; not the 40",
        "{'do':'kill','id':'0000000000000000000000000000000000000000'}; no such node"})
    void what_makes_no_sense_is_refused(String body, String why) {
        assertThatThrownBy(() -> does(body)).hasMessageContaining(why);
    }

    /// However fast the ring is, who listens is told no more than he can bear.
    @Test void not_all_is_told_if_it_is_too_much() {
        does("{'do':'speed','speed':20}");
        at(10);
        does("{'do':'pause'}");
        assertThat(heard).hasSizeLessThan(get("/sim", "").get("sent").getAsInt());
    }
}
