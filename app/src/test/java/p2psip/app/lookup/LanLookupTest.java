package p2psip.app.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.Lookup.*;
import p2psip.std.*;

class LanLookupTest extends LookupContract {
    static final LanLookup.Config CONFIG = new LanLookup.Config(
            new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0), LanLookup.GROUP);

    @Override protected Lookup lookup(Host.Room room) {
        return new LanLookup(0, CONFIG, room.random(), room.wall());
    }

    @Override protected Lookup deceived(Host.Room room) { return lookup(room); }

    @Override protected Machine<Event, Effect> forger(
            List<String> texts, Optional<Duration> after) {
        return new LanForger(LanLookup.GROUP, FORGER, texts, after);
    }

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final InetSocketAddress SOCKET =
            new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 40_000);
    private static final Id BIND = new Id(Id.Part.LOOKUP, 0, 0);

    private Instant now = START;
    private static final int LIMIT = 50;

    private final LanLookup lan =
            new LanLookup(0, CONFIG, LIMIT, new SplittableRandom(1), () -> now);

    private List<Output> tell(Input input) { return lan.handle(input, now); }

    private void open() {
        tell(new Input.Start());
        tell(new Input.Happened(new Event.Bound(BIND, SOCKET)));
        assertThat(tell(new Input.Happened(new Event.Bound(BIND.with(-1), LanLookup.GROUP))))
                .containsExactly(new Output.Ready());
    }

    private List<Output> datagram(String from, Bytes bytes) {
        return tell(new Input.Happened(new Event.Datagram(BIND, SOCKET,
                new InetSocketAddress(InetAddress.ofLiteral(from), 9), bytes)));
    }

    private static Bytes question(String key) {
        return Bytes.from(ByteBuffer.allocate(14 + key.length()).putInt(0xc06c3201).putLong(7)
                .putShort((short) key.length()).put(Bytes.utf8(key).buffer()).flip());
    }

    private static Optional<Effect.Datagram> sent(List<Output> outputs) {
        return outputs.stream().filter(output -> output instanceof Output.Do(Effect.Datagram _))
                .map(output -> (Effect.Datagram) ((Output.Do) output).effect()).findFirst();
    }

    private static SignedRecord record(int owner, int padding) {
        var json = new JsonObject();
        json.addProperty("padding", "x".repeat(padding));
        return SignedRecord.sign(Identity.generate(KEY, new SplittableRandom(owner)), KEY,
                new SignedRecord.Other("test", json), 1, START, Duration.ofHours(1));
    }

    @Test void a_question_and_its_answer_are_written_as_described() {
        open();
        tell(new Input.Ask(1, new Query.Put(record(1, 0))));
        var asked = sent(tell(new Input.Ask(2, new Query.Get("sip:a@b")))).orElseThrow();
        assertThat(asked.remote()).isEqualTo(LanLookup.GROUP);
        assertThat(asked.local()).isEqualTo(SOCKET);
        assertThat(asked.bytes().hex()).startsWith("c06c3201")
                .endsWith("0007" + Bytes.utf8("sip:a@b").hex()).hasSize(2 * (14 + 7));
        var answer = sent(datagram("192.0.2.7", question(KEY))).orElseThrow();
        assertThat(answer.remote().getAddress()).isEqualTo(InetAddress.ofLiteral("192.0.2.7"));
        assertThat(answer.bytes()).isEqualTo(LanForger.answer(
                Bytes.hex("0000000000000007"), List.of(record(1, 0).text())));
    }

    /// What the lookup says at last to a ping of the owner of a record.
    private Answer pinged(Runnable meanwhile) {
        open();
        tell(new Input.Ask(1, new Query.Put(record(1, 0))));   // one's own proves nothing
        var asked = sent(tell(new Input.Ask(2, new Query.Ping(record(1, 0))))).orElseThrow();
        assertThat(asked.bytes().hex()).endsWith(Bytes.utf8(KEY).hex());
        pinging = asked.bytes().slice(4, 12);
        meanwhile.run();
        var told = new ArrayList<Output>();
        while (lan.deadline().isBefore(Instant.MAX)) {
            now = lan.deadline();
            told.addAll(lan.wake(now));
        }
        return ((Output.Told) told.getLast()).answer();
    }

    private Bytes pinging = Bytes.EMPTY;

    @Test void a_node_is_there_if_it_says_what_it_has_put() {
        assertThat(pinged(() -> datagram("192.0.2.7", LanForger.answer(
                pinging, List.of(record(2, 0).text(), record(1, 0).text())))))
                .isEqualTo(new Answer.Done());
    }

    @Test void a_node_is_not_there_if_only_others_answer() {
        assertThat(pinged(() -> datagram("192.0.2.7", LanForger.answer(
                pinging, List.of(record(2, 0).text()))))).isInstanceOfSatisfying(
                Answer.Failed.class, failed ->
                        assertThat(failed.why()).isEqualTo(Answer.Why.SILENCE));
    }

    @Test void a_question_is_asked_again_until_the_search_is_over() {
        open();
        tell(new Input.Ask(1, new Query.Get(KEY)));
        var times = new ArrayList<Long>();
        while (lan.deadline().isBefore(Instant.MAX)) {
            now = lan.deadline();
            if (sent(lan.wake(now)).isPresent())
                times.add(Duration.between(START, now).toMillis());
        }
        assertThat(times).containsExactly(200L, 400L, 600L);
        assertThat(now).isEqualTo(START.plus(LanLookup.PATIENCE));
    }

    @Test void an_answer_is_no_longer_than_a_datagram_may_be() {
        open();
        for (int i = 0; i < 10; i++) tell(new Input.Ask(i, new Query.Put(record(i, 2500))));
        var answer = sent(datagram("192.0.2.7", question(KEY))).orElseThrow();
        assertThat(answer.bytes().size()).isBetween(4096, LanLookup.MAX_BYTES);
    }

    @Test void who_asks_too_often_is_not_answered_in_that_second_and_hinders_nobody() {
        open();
        tell(new Input.Ask(1, new Query.Put(record(1, 0))));
        long answered = IntStream.range(0, 1000).filter(_ ->
                sent(datagram("192.0.2.7", question(KEY))).isPresent()).count();
        assertThat(answered).isEqualTo(LanLookup.ANSWERS_EACH);
        assertThat(sent(datagram("192.0.2.8", question(KEY)))).isPresent();
        answered = IntStream.range(1, 255).mapToLong(host -> IntStream.range(0, 20).filter(_ ->
                sent(datagram("10.0.0." + host, question(KEY))).isPresent()).count()).sum();
        assertThat(answered).isEqualTo(LanLookup.ANSWERS - LanLookup.ANSWERS_EACH - 1);
        now = now.plusSeconds(1);
        assertThat(sent(datagram("192.0.2.7", question(KEY)))).isPresent();
    }

    @Test void nobody_is_answered_about_a_key_that_this_node_has_not_put() {
        open();
        assertThat(datagram("192.0.2.7", question(KEY))).isEmpty();
    }

    @Test void searches_have_a_limit() {
        open();
        for (int i = 0; i < LanLookup.SEARCHES; i++)
            assertThat(sent(tell(new Input.Ask(i, new Query.Get("key" + i))))).isPresent();
        assertThat(tell(new Input.Ask(9999, new Query.Get("one more")))).singleElement()
                .matches(output -> output instanceof Output.Told(_, Answer.Failed(var why, _))
                        && why == Answer.Why.FULL);
        assertThat(lan.sizes().get("lan.searches")).isEqualTo(LanLookup.SEARCHES);
    }

    @Test void a_liar_makes_it_look_at_so_many_records_and_owners_only() {
        open();
        var asked = sent(tell(new Input.Ask(1, new Query.Get(KEY)))).orElseThrow();
        var id = asked.bytes().slice(4, 12);
        var all = IntStream.range(0, LanLookup.OWNERS + 4)
                .mapToObj(i -> record(i, 0).text()).toList();
        for (int i = 0; i < all.size(); i += 4)
            datagram("192.0.2.9", LanForger.answer(id, all.subList(i, i + 4)));
        for (int i = 0; i < 100; i++)
            datagram("192.0.2.9", LanForger.answer(id, List.of("nonsense")));
        assertThat(datagram("192.0.2.9", LanForger.answer(id, List.of("nonsense")))).isEmpty();
        now = lan.deadline();
        var told = new ArrayList<Output>();
        while (lan.deadline().isBefore(Instant.MAX)) {
            now = lan.deadline();
            told.addAll(lan.wake(now));
        }
        assertThat(told).last().matches(output -> output instanceof Output.Told(
                _, Answer.Found(var records)) && records.size() == LanLookup.OWNERS);
    }

    /// A multicast comes back to who has sent it: an answer would end the search too soon.
    @Test void its_own_question_is_not_answered() {
        open();
        tell(new Input.Ask(1, new Query.Put(record(1, 0))));
        var asked = sent(tell(new Input.Ask(2, new Query.Get(KEY)))).orElseThrow();
        assertThat(datagram("192.0.2.1", asked.bytes())).isEmpty();
    }

    @Test void records_have_a_limit_and_what_has_expired_makes_room() {
        open();
        var owner = Identity.generate(KEY, new SplittableRandom(1));
        IntFunction<Output> put = i -> tell(new Input.Ask(i, new Query.Put(SignedRecord.sign(
                owner, "key" + i, new SignedRecord.Removed(), 1, now, Duration.ofHours(1)))))
                .getFirst();
        for (int i = 0; i < LIMIT; i++)
            assertThat(put.apply(i)).isEqualTo(new Output.Told(i, new Answer.Done()));
        assertThat(put.apply(LIMIT)).matches(output -> output instanceof Output.Told(
                _, Answer.Failed(var why, _)) && why == Answer.Why.FULL);
        now = now.plus(Duration.ofHours(2));
        assertThat(put.apply(1)).isEqualTo(new Output.Told(1, new Answer.Done()));
        assertThat(lan.sizes().get("lan.records")).isEqualTo(1);
    }

    /// Time goes on until nothing is searched for any more.
    private List<Output> end() {
        var told = new ArrayList<Output>();
        while (lan.deadline().isBefore(Instant.MAX)) {
            now = lan.deadline();
            told.addAll(lan.wake(now));
        }
        return told;
    }

    /// Else many who answer one after the other could make the caller wait.
    @Test void a_search_that_has_found_something_ends_soon_whoever_else_answers() {
        open();
        var asked = sent(tell(new Input.Ask(1, new Query.Get(KEY)))).orElseThrow();
        var id = asked.bytes().slice(4, 12);
        datagram("192.0.2.8", LanForger.answer(id, List.of(record(1, 0).text())));
        now = START.plusMillis(150);
        datagram("192.0.2.9", LanForger.answer(id, List.of(record(2, 0).text())));
        assertThat(end()).last().matches(output -> output instanceof Output.Told(
                _, Answer.Found(var records)) && records.size() == 2);
        assertThat(now).isEqualTo(START.plus(LanLookup.GRACE));
    }

    @Test void what_has_expired_is_neither_answered_nor_found() {
        open();
        tell(new Input.Ask(1, new Query.Put(record(1, 0))));
        now = now.plus(Duration.ofHours(2));
        assertThat(datagram("192.0.2.7", question(KEY))).isEmpty();
        tell(new Input.Ask(2, new Query.Get(KEY)));
        assertThat(end()).last().isEqualTo(
                new Output.Told(2, new Answer.Found(List.of())));
    }

    @Test void what_is_longer_than_a_datagram_may_be_is_not_read() {
        open();
        tell(new Input.Ask(1, new Query.Put(record(1, 0))));
        var padded = ByteBuffer.allocate(LanLookup.MAX_BYTES + 1).put(question(KEY).buffer());
        assertThat(datagram("192.0.2.7", Bytes.from(padded.clear()))).singleElement()
                .matches(output -> output instanceof Output.Do(Effect.Note _));
    }

    @Test void garbage_is_refused_with_a_remark_at_most() {
        open();
        tell(new Input.Ask(1, new Query.Put(record(1, 0))));
        var random = new SplittableRandom(4);
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length > 3) ByteBuffer.wrap(bytes)
                    .putInt((0xc0 | random.nextInt(3)) << 24 | 0x6c3201);
            assertThat(datagram("192.0.2.7", Bytes.wrap(bytes))).hasSizeLessThan(2)
                    .allMatch(output -> output instanceof Output.Do(Effect.Note _));
        }
    }

    @Test void a_group_that_cannot_be_joined_is_told() {
        tell(new Input.Start());
        tell(new Input.Happened(new Event.Bound(BIND, SOCKET)));
        assertThat(tell(new Input.Happened(new Event.NotBound(
                BIND.with(-1), LanLookup.GROUP, "no multicast")))).containsExactly(
                new Output.NotReady("local network 239.255.112.50:5064", "no multicast"));
    }
}
