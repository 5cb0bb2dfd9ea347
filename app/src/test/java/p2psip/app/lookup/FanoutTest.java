package p2psip.app.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.Lookup.*;
import p2psip.std.Machine;

class FanoutTest extends LookupContract {
    private static final LanLookup.Config OTHER = new LanLookup.Config(
            LanLookupTest.CONFIG.bind(), new InetSocketAddress(
            LanLookup.GROUP.getAddress(), 5065));

    @Override protected Lookup lookup(Host.Room room) {
        return new Fanout(List.of(
                new LanLookup(0, LanLookupTest.CONFIG, room.random(), room.wall()),
                new LanLookup(1, OTHER, room.random(), room.wall())));
    }

    @Override protected Lookup deceived(Host.Room room) { return lookup(room); }

    @Override protected Machine<Event, Effect> forger(
            List<String> texts, Optional<Duration> after) {
        return new LanForger(LanLookup.GROUP, FORGER, texts, after);
    }

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final SignedRecord BOBS = record(1, 1), NEWER = record(1, 2),
            CAROLS = record(2, 1);
    private static final Answer DONE = new Answer.Done(), NOBODY = new Answer.Found(List.of()),
            FAILED = new Answer.Failed(Answer.Why.SILENCE, "silence");

    private final Scripted one = new Scripted(), two = new Scripted();
    private final Fanout fanout = new Fanout(List.of(one, two));
    private final List<String> log = new ArrayList<>();
    private Instant now = START;

    private static SignedRecord record(int owner, long sequence) {
        return SignedRecord.sign(Identity.generate(KEY, new SplittableRandom(owner)), KEY,
                new SignedRecord.Other("test", new JsonObject()), sequence, START,
                Duration.ofHours(1));
    }

    private static Answer found(SignedRecord... records) {
        return new Answer.Found(Stream.of(records)
                .sorted(Comparator.comparing(record -> record.owner().buffer())).toList());
    }

    private void put() { hear(fanout.handle(new Input.Ask(1, new Query.Put(BOBS)), now)); }

    private void get() { hear(fanout.handle(new Input.Ask(1, new Query.Get(KEY)), now)); }

    private void says(Scripted who, Answer answer) {
        who.says(new Output.Told(1, answer));
        hear(fanout.wake(now));
    }

    private void hear(List<Output> outputs) {
        outputs.forEach(output -> log.add(Duration.between(START, now).toMillis() + " "
                + switch (output) {
                    case Output.Told(_, var answer) when answer.equals(NOBODY) -> "nobody";
                    case Output.Told(_, Answer.Found(var records)) -> records.size() + " found";
                    case Output.Told(_, var answer) -> answer.getClass().getSimpleName();
                    case Output other -> other.getClass().getSimpleName();
                }));
    }

    /// Time goes on, and whoever is due is woken at that time.
    private void pass(long millis) {
        var end = now.plusMillis(millis);
        while (!fanout.deadline().isAfter(end)) {
            now = fanout.deadline().isBefore(now) ? now : fanout.deadline();
            hear(fanout.wake(now));
        }
        now = end;
    }

    @Test void all_are_asked_the_same() {
        var ask = new Input.Ask(1, new Query.Get(KEY));
        fanout.handle(ask, now);
        assertThat(one.heard()).singleElement().isSameAs(ask);
        assertThat(two.heard()).singleElement().isSameAs(ask);
    }

    @Test void a_put_is_done_when_all_have_answered_and_one_has_done_it() {
        put();
        says(one, DONE);
        pass(100);
        says(two, FAILED);
        assertThat(log).containsExactly("100 Done");
    }

    @Test void a_put_that_one_has_done_waits_a_second_for_the_others() {
        put();
        pass(10);
        says(two, DONE);
        pass(5000);
        says(one, DONE);
        assertThat(log).containsExactly("1000 Done");
    }

    @Test void a_put_that_nobody_has_done_in_a_second_is_done_with_the_first() {
        put();
        pass(1000);
        says(one, FAILED);
        pass(500);
        says(two, DONE);
        assertThat(log).containsExactly("1500 Done");
    }

    @Test void a_put_has_failed_when_all_have_failed() {
        put();
        says(one, FAILED);
        pass(4000);
        says(two, FAILED);
        assertThat(log).containsExactly("4000 Failed");
    }

    @Test void a_get_finds_what_any_of_them_has_and_of_one_owner_the_newest() {
        get();
        says(one, found(BOBS, CAROLS));
        two.says(new Output.Told(1, found(NEWER)));
        assertThat(fanout.wake(now))
                .containsExactly(new Output.Told(1, found(NEWER, CAROLS)));
    }

    @Test void a_get_that_has_found_something_waits_a_little_for_the_others() {
        get();
        pass(100);
        says(one, found(BOBS));
        pass(5000);
        says(two, found(CAROLS));
        assertThat(log).containsExactly("400 1 found");
    }

    /// Else who answers first would decide whom the caller may choose among.
    @Test void who_answers_first_does_not_decide_alone() {
        get();
        says(one, found(BOBS));
        pass(200);
        says(two, found(CAROLS));
        assertThat(log).containsExactly("200 2 found");
    }

    @Test void what_one_has_found_counts_if_another_has_failed() {
        get();
        says(one, FAILED);
        says(two, found(BOBS));
        assertThat(log).containsExactly("0 1 found");
    }

    /// Else many who answer one after the other could make the caller wait.
    @Test void a_little_is_counted_from_the_first_that_has_found_something() {
        var three = List.of(new Scripted(), new Scripted(), new Scripted());
        var all = new Fanout(List.copyOf(three));
        all.handle(new Input.Ask(1, new Query.Get(KEY)), now);
        three.get(0).says(new Output.Told(1, found(BOBS)));
        all.wake(now);
        var end = now.plus(Fanout.GRACE);
        three.get(1).says(new Output.Told(1, found(CAROLS)));
        all.wake(now.plusMillis(200));
        assertThat(all.deadline()).isEqualTo(end);
        assertThat(all.wake(end)).containsExactly(new Output.Told(1, found(BOBS, CAROLS)));
    }

    @Test void that_nobody_is_there_is_known_when_all_have_said_so() {
        get();
        says(one, NOBODY);
        pass(3000);
        assertThat(log).isEmpty();
        says(two, NOBODY);
        assertThat(log).containsExactly("3000 nobody");
    }

    @Test void that_nobody_is_there_is_not_believed_if_one_could_not_say() {
        get();
        says(one, NOBODY);
        says(two, FAILED);
        assertThat(log).containsExactly("0 Failed");
    }

    private void ping() { hear(fanout.handle(new Input.Ask(1, new Query.Ping(BOBS)), now)); }

    @Test void a_node_that_one_can_reach_is_there() {
        ping();
        says(one, FAILED);
        pass(3000);
        says(two, DONE);
        assertThat(log).containsExactly("3000 Done");
    }

    @Test void a_node_is_dead_if_it_was_silent_to_one_and_the_other_could_not_ask() {
        var unable = new Answer.Failed(Answer.Why.NOT_READY, "not in the overlay");
        for (var answers : List.of(List.of(unable, FAILED), List.of(FAILED, unable))) {
            fanout.handle(new Input.Ask(1, new Query.Ping(BOBS)), now);
            one.says(new Output.Told(1, answers.get(0)));
            two.says(new Output.Told(1, answers.get(1)));
            assertThat(fanout.wake(now)).containsExactly(new Output.Told(1, FAILED));
        }
    }

    @Test void it_is_ready_with_each_and_has_left_with_the_last() {
        one.says(new Output.Ready());
        hear(fanout.wake(now));
        two.says(new Output.Ready());
        pass(10);
        one.says(new Output.Left());
        pass(10);
        assertThat(fanout.terminated()).isFalse();
        two.says(new Output.Left());
        pass(10);
        assertThat(log).containsExactly("0 Ready", "0 Ready", "20 Left");
        assertThat(fanout.terminated()).isTrue();
    }

    @Test void one_that_cannot_be_ready_is_remarked_on_and_asked_no_more() {
        one.says(new Output.NotReady("port", "in use"));
        hear(fanout.wake(now));
        get();
        assertThat(one.heard()).isEmpty();
        says(two, NOBODY);
        two.says(new Output.NotReady("port", "in use"));
        hear(fanout.wake(now));
        get();
        assertThat(log).containsExactly("0 Do", "0 nobody", "0 NotReady", "0 Failed");
    }

    @Test void what_happens_is_told_to_the_child_whose_id_it_bears() {
        var resolved = new Event.Resolved(new Id(Id.Part.LOOKUP, 1, 4), List.of());
        fanout.handle(new Input.Happened(resolved), now);
        assertThat(one.inputs()).isEmpty();
        assertThat(two.inputs()).containsExactly(new Input.Happened(resolved));
    }

    @Test void nothing_is_left_of_what_is_over() {
        get();
        says(one, NOBODY);
        says(two, NOBODY);
        says(two, NOBODY);
        assertThat(fanout.sizes()).isEqualTo(Map.of("rounds", 0));
        assertThat(log).hasSize(1);
    }
}
