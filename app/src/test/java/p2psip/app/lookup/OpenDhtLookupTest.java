package p2psip.app.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.Lookup.*;
import p2psip.app.trace.Trace;
import p2psip.std.Machine;

/// OpenDHT as a lookup: by one node of it that serves all, and by one that lies.
class OpenDhtLookupTest extends LookupContract {
    private static final InetSocketAddress PROXY =
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.8"), 8080);
    private static final String URL = "http://10.0.0.8:8080";
    private static final Identity ALICE = Identity.generate("alice", new SplittableRandom(5));

    private final SimOpenDht proxy = new SimOpenDht();
    private final SimHost there = network.host("10.0.0.8");

    { network.site(PROXY, proxy); }

    @Override protected Lookup lookup(Host.Room room) {
        return new OpenDhtLookup(0, URI.create(URL + "/"), room.wall());
    }

    @Override protected Lookup deceived(Host.Room room) {
        return new OpenDhtLookup(0, URI.create("http://10.0.0.9:" + FORGER.getPort()),
                room.wall());
    }

    @Override protected Machine<Event, Effect> forger(
            List<String> texts, Optional<Duration> after) {
        network.site(FORGER, (_, request) -> after.ifPresent(wait -> network.at(
                network.now().plus(wait), () -> request.reply(200, texts.stream()
                        .map(OpenDhtLookupTest::value).collect(Collectors.joining("\n"))))));
        return new Machine<>() {
            @Override public List<Effect> handle(Event event, Instant now) { return List.of(); }

            @Override public List<Effect> wake(Instant now) { return List.of(); }

            @Override public Instant deadline() { return Instant.MAX; }
        };
    }

    private static String value(String text) {
        return "{\"data\":\"" + Base64.getEncoder().encodeToString(text.getBytes())
                + "\",\"id\":\"7\",\"type\":0,\"utype\":\"p2psip\"}";
    }

    private final List<Trace> traced = new ArrayList<>();
    private final Network own = new Network(4, traced::add);
    private final SimOpenDht world = new SimOpenDht();
    private final Host.Line line = line(own.host("10.0.0.1"));
    private final List<Output> said = new ArrayList<>();

    private Host.Line line(SimHost host) {
        own.host("10.0.0.8");
        own.site(PROXY, world);
        return host.start("alice", room -> new Alone(lookup(room)));
    }

    private static SignedRecord record(long sequence) {
        return SignedRecord.sign(ALICE, KEY, new SignedRecord.Other("test", new JsonObject()),
                sequence, Network.BEGIN, Duration.ofHours(1));
    }

    private List<Output> ask(long id, Query query, Duration wait) {
        line.command(new Input.Ask(id, query));
        return hear(wait);
    }

    private List<Output> hear(Duration wait) {
        own.run(wait);
        var heard = line.told(Duration.ZERO).stream().map(Output.class::cast).toList();
        said.addAll(heard);
        return heard.stream().filter(each -> !(each instanceof Output.Ready)).toList();
    }

    private static final Duration SOON = Duration.ofSeconds(1);

    private static Output found(long id, SignedRecord... records) {
        return new Output.Told(id, new Answer.Found(List.of(records)));
    }

    private static Output failed(long id, Answer.Why why, String text) {
        return new Output.Told(id, new Answer.Failed(why, text));
    }

    @Test void a_record_lies_there_under_the_hash_of_its_key_and_once_however_often_it_is_put() {
        ask(1, new Query.Put(record(1)), SOON);
        ask(2, new Query.Put(record(1)), SOON);
        var hash = HexFormat.of().formatHex(sha1(KEY));
        assertThat(world.values.keySet()).containsExactly(hash);
        assertThat(world.values.get(hash)).hasSize(1);
        assertThat(ask(3, new Query.Get(KEY), SOON)).containsExactly(found(3, record(1)));
    }

    private static byte[] sha1(String text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text.getBytes());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test void a_node_of_theirs_that_is_alone_has_stored_it_nowhere_and_that_is_said() {
        world.alone = true;
        assertThat(ask(1, new Query.Put(record(1)), SOON)).containsExactly(
                failed(1, Answer.Why.NOT_READY,
                        URL + " knows no other node of OpenDHT: stored nowhere"));
        assertThat(ask(2, new Query.Get(KEY), SOON)).containsExactly(found(2));
    }

    @Test void values_of_others_are_not_ours_to_judge_and_near_records_are_remarked_on() {
        var hash = HexFormat.of().formatHex(sha1(KEY));
        world.values.put(hash, new LinkedHashMap<>(Map.of("1",
                "{\"data\":\"aGVsbG8=\",\"id\":\"1\",\"type\":0,\"utype\":\"text/plain\"}")));
        assertThat(ask(1, new Query.Get(KEY), SOON)).containsExactly(found(1));
        assertThat(remarks()).isEmpty();
        for (var near : List.of(value("a.b.c"), "{\"data\":\"*\",\"utype\":\"p2psip\"}", "{",
                "{\"data\":7,\"utype\":\"p2psip\"}")) {
            world.values.get(hash).put("2", near);
            assertThat(ask(2, new Query.Get(KEY), SOON)).containsExactly(found(2));
            assertThat(remarks()).hasSize(1).first().asString()
                    .startsWith("refused from " + URL + ": ");
            traced.clear();
        }
    }

    private List<String> remarks() {
        return traced.stream().map(Trace::what).filter(Trace.What.Remark.class::isInstance)
                .map(what -> ((Trace.What.Remark) what).text()).toList();
    }

    @Test void no_more_near_records_are_looked_at_than_the_limit() {
        var hash = HexFormat.of().formatHex(sha1(KEY));
        var flood = new LinkedHashMap<String, String>();
        for (int i = 0; i < 200; i++) flood.put("" + i, value("a.b." + i));
        world.values.put(hash, flood);
        ask(1, new Query.Get(KEY), SOON);
        assertThat(remarks()).hasSize(OpenDhtLookup.LOOKED_AT);
    }

    @Test void a_node_of_theirs_that_says_nothing_is_asked_now_and_then_until_it_is_there_again() {
        world.silent = true;
        assertThat(ask(1, new Query.Get(KEY), OpenDhtLookup.PATIENCE.plus(SOON))).containsExactly(
                failed(1, Answer.Why.SILENCE, URL + " does not answer: timed out"));
        hear(Duration.ofMinutes(1));
        assertThat(said).filteredOn(Output.Ready.class::isInstance).hasSize(1);
        world.silent = false;
        hear(Duration.ofSeconds(30));
        assertThat(said).filteredOn(Output.Ready.class::isInstance).hasSize(2);
    }

    @Test void who_watches_hears_what_is_there_and_each_change_until_it_drops() {
        assertThat(ask(1, new Query.Watch(KEY), SOON)).containsExactly(found(1));
        assertThat(ask(2, new Query.Put(record(1)), SOON))
                .containsExactlyInAnyOrder(found(1, record(1)), new Output.Told(2, done()));
        assertThat(ask(3, new Query.Put(record(1)), SOON)).hasSize(1);   // which changes nothing
        assertThat(world.listeners()).isEqualTo(1);
        line.command(new Input.Drop(1));
        assertThat(ask(4, new Query.Put(record(2)), SOON)).hasSize(1);
        assertThat(world.listeners()).isZero();
    }

    private static Answer done() { return new Answer.Done(); }

    @Test void a_watch_outlives_the_node_that_it_listens_to() {
        ask(1, new Query.Watch(KEY), SOON);
        world.restart();
        assertThat(ask(2, new Query.Put(record(1)), Duration.ofMillis(20))).hasSize(1);
        assertThat(hear(OpenDhtLookup.REST.plus(SOON))).containsExactly(found(1, record(1)));
        assertThat(world.listeners()).isEqualTo(1);
    }

    @Test void a_watch_is_asked_for_anew_before_a_dead_connection_costs_more_than_that() {
        ask(1, new Query.Watch(KEY), SOON);
        hear(OpenDhtLookup.LISTENING);
        assertThat(world.listeners()).isEqualTo(1);
        assertThat(ask(2, new Query.Put(record(1)), SOON)).contains(found(1, record(1)));
    }

    @Test void whether_a_node_is_there_is_not_known() {
        assertThat(ask(1, new Query.Ping(record(1)), SOON)).containsExactly(failed(1,
                Answer.Why.NOT_READY, "OpenDHT does not know which nodes are there"));
    }
}
