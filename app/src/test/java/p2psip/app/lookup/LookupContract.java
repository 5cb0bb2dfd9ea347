package p2psip.app.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.Lookup.*;
import p2psip.std.Machine;

/// What anybody may rely on who asks a lookup, whichever it is: the same tests for all, among
/// honest nodes and with a forger who answers.
public abstract class LookupContract {

    /// Where the forger lives, and its port.
    protected static final InetSocketAddress FORGER =
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 5070);
    protected static final String KEY = "sip:bob@example.com";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Identity BOB = identity(1), CAROL = identity(2), DAVE = identity(3);

    /// The lookup under test, on one of the hosts of honest nodes.
    protected abstract Lookup lookup(Host.Room room);

    /// The same where nobody can be asked but the forger.
    protected abstract Lookup deceived(Host.Room room);

    /// Answers whoever asks it for a key with these texts in place of records, after a while; never
    /// if none is given.
    protected abstract Machine<Event, Effect> forger(List<String> texts, Optional<Duration> after);

    protected final Network network = new Network(3);
    private final Map<Host.Line, List<Output>> told = new LinkedHashMap<>();
    private long ids;

    private Host.Line start(String ip, Function<Host.Room, Lookup> lookup) {
        var line = network.host(ip).start(ip, room -> new Alone(lookup.apply(room)));
        told.put(line, new ArrayList<>());
        assertThat(network.runUntil(() -> told(line).stream().anyMatch(
                Output.Ready.class::isInstance), PATIENCE)).isTrue();
        return line;
    }

    private List<Host.Line> honest() {
        var lines = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> start("10.0.0." + i, this::lookup)).toList();
        network.run(Duration.ofSeconds(10));
        return lines;
    }

    private List<Output> told(Host.Line line) {
        line.told(Duration.ZERO).stream().filter(Output.class::isInstance)
                .forEach(what -> told.get(line).add((Output) what));
        return told.get(line);
    }

    private Optional<Answer> answer(Host.Line line, long id) {
        return told(line).stream().filter(output -> output instanceof Output.Told(long of, _)
                && of == id).map(output -> ((Output.Told) output).answer()).findFirst();
    }

    private Answer ask(Host.Line line, Query query) {
        long id = ++ids;
        line.command(new Input.Ask(id, query));
        network.runUntil(() -> answer(line, id).isPresent(), PATIENCE);
        return answer(line, id).orElseThrow();
    }

    private Answer put(Host.Line line, SignedRecord record) {
        return ask(line, new Query.Put(record));
    }

    private Answer get(Host.Line line) { return ask(line, new Query.Get(KEY)); }

    private static Identity identity(int seed) {
        return Identity.generate(KEY, new SplittableRandom(seed));
    }

    private static SignedRecord record(Identity owner, long sequence) {
        return record(owner, KEY, sequence, Network.BEGIN, Duration.ofHours(1));
    }

    private static SignedRecord record(
            Identity owner, String key, long sequence, Instant issued, Duration lifetime) {
        return SignedRecord.sign(owner, key, new SignedRecord.Other("test", new JsonObject()),
                sequence, issued, lifetime);
    }

    private static Answer found(SignedRecord... records) {
        return new Answer.Found(Stream.of(records)
                .sorted(Comparator.comparing(record -> record.owner().buffer())).toList());
    }

    private static boolean failed(Answer answer, Answer.Why why) {
        return answer instanceof Answer.Failed(var is, _) && is == why;
    }

    @Test void what_one_has_put_all_find() {
        var nodes = honest();
        assertThat(put(nodes.getFirst(), record(BOB, 1))).isInstanceOf(Answer.Done.class);
        for (var node : nodes) assertThat(get(node)).isEqualTo(found(record(BOB, 1)));
    }

    @Test void of_one_owner_the_newest_is_found_and_owners_lie_side_by_side() {
        var nodes = honest();
        put(nodes.get(0), record(BOB, 1));
        put(nodes.get(0), record(BOB, 2));
        put(nodes.get(1), record(CAROL, 1));
        put(nodes.get(1), record(DAVE, 7));
        assertThat(get(nodes.get(2)))
                .isEqualTo(found(record(BOB, 2), record(CAROL, 1), record(DAVE, 7)));
    }

    @Test void what_a_tombstone_has_buried_cannot_be_brought_back() {
        var nodes = honest();
        var tombstone = SignedRecord.sign(BOB, KEY, new SignedRecord.Removed(), 2, Network.BEGIN,
                Duration.ofHours(1));
        put(nodes.get(0), record(BOB, 1));
        assertThat(put(nodes.get(0), tombstone)).isInstanceOf(Answer.Done.class);
        assertThat(put(nodes.get(0), record(BOB, 1)))
                .matches(answer -> failed(answer, Answer.Why.REFUSED));
        put(nodes.get(1), record(BOB, 1));   // who may not know
        assertThat(get(nodes.get(2))).isEqualTo(found(tombstone));
    }

    @Test void what_is_put_twice_is_found_once() {
        var nodes = honest();
        put(nodes.get(0), record(BOB, 1));
        assertThat(put(nodes.get(0), record(BOB, 1))).isInstanceOf(Answer.Done.class);
        assertThat(put(nodes.get(1), record(BOB, 1))).isInstanceOf(Answer.Done.class);
        assertThat(get(nodes.get(2))).isEqualTo(found(record(BOB, 1)));
    }

    @Test void what_has_expired_is_neither_kept_nor_found() {
        var nodes = honest();
        var old = record(BOB, KEY, 1, Network.BEGIN.minusSeconds(600), Duration.ofSeconds(60));
        assertThat(put(nodes.get(0), old))
                .matches(answer -> failed(answer, Answer.Why.REFUSED));
        var brief = record(BOB, KEY, 2, network.now(), Duration.ofSeconds(60));
        put(nodes.get(0), brief);
        assertThat(get(nodes.get(1))).isEqualTo(found(brief));
        network.run(Duration.ofMinutes(3));
        assertThat(get(nodes.get(1))).isEqualTo(found());
    }

    @Test void a_key_that_nobody_has_put_has_no_records() {
        var nodes = honest();
        put(nodes.get(0), record(BOB, "sip:carol@example.com", 1, Network.BEGIN,
                Duration.ofHours(1)));
        assertThat(get(nodes.get(1))).isEqualTo(found());
    }

    @Test void a_key_that_no_record_can_have_is_refused() {
        var node = honest().getFirst();
        for (var key : List.of("", "x".repeat(SignedRecord.MAX_KEY + 1)))
            assertThat(ask(node, new Query.Get(key)))
                    .matches(answer -> failed(answer, Answer.Why.REFUSED));
    }

    @Test void who_is_asked_before_it_has_begun_is_not_ready() {
        var room = new Host.Room(List.of(), new SplittableRandom(1), () -> Network.BEGIN);
        for (var query : List.of(new Query.Get(KEY), new Query.Put(record(BOB, 1))))
            assertThat(lookup(room).handle(new Input.Ask(1, query), Network.BEGIN))
                    .singleElement().matches(output -> output instanceof Output.Told(_, var answer)
                            && failed(answer, Answer.Why.NOT_READY));
    }

    @Test void each_query_is_answered_once_even_by_one_that_leaves() {
        var node = honest().getLast();
        for (int i = 1; i <= 20; i++)
            node.command(new Input.Ask(100 + i, new Query.Get("sip:" + i + "@example.com")));
        node.command(new Input.Leave());
        assertThat(network.runUntil(node::ended, Duration.ofSeconds(2))).isTrue();
        for (int i = 1; i <= 20; i++) assertThat(answer(node, 100 + i)).isPresent();
        assertThat(told(node)).filteredOn(Output.Told.class::isInstance).hasSize(20);
        assertThat(told(node).getLast()).isEqualTo(new Output.Left());
    }

    @Test void who_watches_a_key_hears_of_a_change_or_that_nobody_tells_of_any() {
        var nodes = honest();
        put(nodes.get(0), record(BOB, 1));
        var first = ask(nodes.get(1), new Query.Watch(KEY));
        if (failed(first, Answer.Why.REFUSED)) return;
        assertThat(first).isEqualTo(found(record(BOB, 1)));
        put(nodes.get(0), record(BOB, 2));
        long id = ids;
        network.run(Duration.ofSeconds(1));
        assertThat(told(nodes.get(1))).endsWith(new Output.Told(id - 1, found(record(BOB, 2))));
    }

    // the forger

    /// What the forger may hold up.
    protected enum Lie {
        WRONG_SIGNATURE, EXPIRED, OF_ANOTHER_KEY, FROM_THE_FUTURE, TOO_LARGE, NONSENSE, EMPTY;

        String text() {
            var right = record(BOB, 1).text();
            return switch (this) {
                case WRONG_SIGNATURE -> right.substring(0, right.length() - 8) + "AAAAAAAA";
                case EXPIRED -> record(BOB, KEY, 9, Network.BEGIN.minus(Duration.ofDays(2)),
                        Duration.ofDays(1)).text();
                case OF_ANOTHER_KEY -> record(BOB, "sip:carol@example.com", 9, Network.BEGIN,
                        Duration.ofHours(1)).text();
                case FROM_THE_FUTURE -> record(BOB, KEY, 9, Network.BEGIN.plus(Duration.ofDays(2)),
                        Duration.ofDays(1)).text();
                case TOO_LARGE -> right + "A".repeat(SignedRecord.MAX_TEXT);
                case NONSENSE -> "a.b.c";
                case EMPTY -> "";
            };
        }
    }

    private Host.Line deceived(List<String> texts, Optional<Duration> after) {
        network.host("10.0.0.9").start("forger", _ -> forger(texts, after));
        return start("10.0.0.1", this::deceived);
    }

    private Host.Line deceived(String... texts) {
        return deceived(List.of(texts), Optional.of(Duration.ZERO));
    }

    @ParameterizedTest @EnumSource void no_lie_is_believed(Lie lie) {
        var node = deceived(lie.text());
        assertThat(get(node)).matches(
                answer -> answer.equals(found()) || answer instanceof Answer.Failed);
    }

    @Test void what_is_right_is_found_among_lies_and_once() {
        assertThat(get(deceived(Lie.WRONG_SIGNATURE.text(), record(BOB, 2).text(),
                Lie.EXPIRED.text(), Lie.OF_ANOTHER_KEY.text(), record(BOB, 2).text(),
                Lie.NONSENSE.text(), record(CAROL, 1).text())))
                .isEqualTo(found(record(BOB, 2), record(CAROL, 1)));
    }

    @Test void a_replayed_record_does_not_take_the_place_of_a_newer_one() {
        assertThat(get(deceived(record(BOB, 2).text(), record(BOB, 1).text())))
                .isEqualTo(found(record(BOB, 2)));
    }

    @Test void a_silent_peer_is_not_waited_for_without_end() {
        var node = deceived(List.of(), Optional.empty());
        assertThat(get(node)).matches(answer -> answer.equals(found())
                || failed(answer, Answer.Why.SILENCE));
    }

    @Test void a_late_answer_is_not_heard() {
        var node = deceived(List.of(record(BOB, 1).text()), Optional.of(PATIENCE));
        var answer = get(node);
        assertThat(answer).matches(is -> is.equals(found()) || failed(is, Answer.Why.SILENCE));
        network.run(PATIENCE.multipliedBy(2));
        assertThat(told(node)).filteredOn(Output.Told.class::isInstance).hasSize(1);
    }
}
