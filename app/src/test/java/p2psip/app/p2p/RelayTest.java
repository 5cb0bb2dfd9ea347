package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.Peer;
import p2psip.std.Bytes;

/// Two that cannot send to each other meet by a third.
class RelayTest {
    private static final Duration TRIP = Duration.ofMillis(40);

    private final Net net = new Net(1);
    private final Peer a = net.node("a", 1001), b = net.node("b", 1002);
    private final Peer relay = net.node("relay", 1003), other = net.node("other", 1004);

    RelayTest() {
        net.delay = TRIP.dividedBy(4);   // to the relay and on is half a round trip
        net.jitter = Duration.ZERO;
        net.walls.add(Set.of(1001, 1002));
    }

    private void meet(Peer from, Peer to) {
        net.input(from, new Sessions.Input.Meet(to.address()));
        net.run(Duration.ofSeconds(1));
    }

    private void reach(Peer... relays) {
        net.log.clear();
        net.input(a, new Sessions.Input.Reach(b, List.of(b.address()), List.of(relays)));
    }

    private List<String> met() {
        return net.log.stream().filter(line -> line.startsWith("1001 met 1002")).toList();
    }

    private void both(Peer... relays) {
        for (var each : relays) {
            meet(a, each);
            meet(b, each);
        }
    }

    @Test void they_have_a_session_after_two_round_trips_by_the_relay() {
        both(relay);
        reach(relay);
        net.run(TRIP.multipliedBy(2).minusMillis(1));
        assertThat(met()).isEmpty();
        net.run(Duration.ofMillis(1));
        assertThat(met()).hasSize(1);
        net.send(a, b, "by relay", true);
        net.run(TRIP);
        assertThat(net.heard()).containsExactly("1002<1001 by relay");
    }

    @Test void who_has_no_session_with_the_relay_makes_one_first() {
        meet(b, relay);
        reach(relay);
        net.run(TRIP.multipliedBy(3));
        assertThat(met()).hasSize(1);
    }

    @Test void the_straight_way_wins_where_there_is_one() {
        both(relay);
        net.walls.clear();
        reach(relay);
        net.run(Duration.ofSeconds(5));
        assertThat(met()).hasSize(1);
        net.sniffed.clear();
        net.send(a, b, "straight", true);
        net.run(TRIP);
        assertThat(net.heard()).containsExactly("1002<1001 straight");
        assertThat(net.sniffed).hasSize(2);   // it and its acknowledgement, no copy by the relay
    }

    @Test void a_relay_that_does_not_know_the_other_says_so_at_once() {
        meet(a, relay);
        net.walls.add(Set.of(1001, 1004));
        net.log.clear();
        net.input(a, new Sessions.Input.Reach(b, List.of(), List.of(relay)));
        net.run(TRIP);
        assertThat(net.log).containsExactly(
                "1001 not handed NO_SESSION", "1001 unreachable 0");
    }

    @Test void one_that_is_no_relay_hands_nothing_on() {
        var unwilling = new Sessions(p2psip.app.crypto.Identity.generate(
                "unwilling", new SplittableRandom(5)), Net.at(1005), false, net.random);
        net.nodes.put(Net.at(1005), unwilling);
        both(unwilling.self());
        net.log.clear();
        net.input(a, new Sessions.Input.Reach(b, List.of(), List.of(unwilling.self())));
        net.run(TRIP);
        assertThat(net.log).contains("1001 not handed UNWILLING");
    }

    @Test void what_passes_the_relay_is_sealed_between_the_two() {
        both(relay);
        reach(relay);
        net.run(TRIP.multipliedBy(3));
        net.delivered.clear();
        net.sniffed.clear();
        net.send(a, b, "a secret word", true);
        net.run(TRIP);
        assertThat(net.sniffed).hasSize(4).allSatisfy(datagram ->
                assertThat(datagram.size()).isLessThanOrEqualTo(Packet.MAX_BYTES));
        assertThat(net.delivered).hasSize(1);   // nobody but b
        assertThat(net.delivered.getFirst().from().id()).isEqualTo(a.id());
    }

    @Test void a_payload_of_many_pieces_passes_in_datagrams_of_the_usual_size() {
        both(relay);
        reach(relay);
        net.run(TRIP.multipliedBy(3));
        var large = new byte[Session.MAX_PAYLOAD];
        new SplittableRandom(1).nextBytes(large);
        net.delivered.clear();
        net.send(a, b, Bytes.wrap(large), true);
        net.run(Duration.ofSeconds(2));
        assertThat(net.delivered.getFirst().payload()).isEqualTo(Bytes.wrap(large));
        assertThat(net.sniffed).allSatisfy(datagram ->
                assertThat(datagram.size()).isLessThanOrEqualTo(Packet.MAX_BYTES));
    }

    @Test void they_leave_the_relay_for_a_way_that_opens() {
        both(relay);
        reach(relay);
        net.run(TRIP.multipliedBy(3));
        net.walls.clear();
        net.input(a, new Sessions.Input.Tell(b.id(),
                new Session.Input.Use(new Path.Direct(b.address()))));
        net.log.clear();
        net.send(a, b, "straight", true);
        net.run(TRIP.multipliedBy(2));
        assertThat(net.log).containsExactly("1002<1001 straight", "1002 moved 1001 127.0.0.1:1001");
    }

    @Test void who_is_asked_by_all_ways_and_answers_by_all_stays_with_the_straight_one() {
        both(relay);
        net.walls.clear();
        meet(a, b);
        net.input(a, new Sessions.Input.Tell(b.id(), new Session.Input.Ways(
                List.of(new Path.Via(relay.id(), b.id())))));
        net.input(a, new Sessions.Input.Tell(
                b.id(), new Session.Input.Await(Course.Wait.SOUND, true)));
        net.log.clear();
        net.run(Duration.ofSeconds(3));
        assertThat(net.log).isEmpty();
    }

    @Test void a_session_that_is_to_be_kept_warm_is_from_its_beginning() {
        net.input(a, new Sessions.Input.Warm(relay));
        net.run(Duration.ofSeconds(1));
        assertThat(net.log).contains("1001 met 1003");
        net.sniffed.clear();
        net.run(Session.KEEP);
        assertThat(net.sniffed).hasSize(1);
        net.input(a, new Sessions.Input.Warm(relay));
        net.run(Session.KEEP.plusSeconds(1));
        assertThat(net.sniffed).as("no second handshake").hasSize(2);
    }

    private void speak(int channel, String word) {
        net.input(a, new Sessions.Input.Tell(b.id(),
                new Session.Input.Say(new Frame.Moment(channel, Bytes.utf8(word)))));
    }

    @Test void sound_goes_on_by_another_relay_within_a_second_of_the_death_of_the_first() {
        both(relay, other);
        reach(relay);
        net.run(TRIP.multipliedBy(3));
        for (var pair : List.of(List.of(a, b), List.of(b, a))) {
            net.input(pair.getFirst(), new Sessions.Input.Tell(pair.getLast().id(),
                    new Session.Input.Ways(List.of(
                            new Path.Via(other.id(), pair.getLast().id())))));
            net.input(pair.getFirst(), new Sessions.Input.Tell(pair.getLast().id(),
                    new Session.Input.Await(Course.Wait.SOUND, true)));
        }
        var lost = 0;
        for (int i = 0; i < 150; i++) {
            if (i == 50) net.nodes.remove(relay.address());
            var before = net.heard().size();
            speak(7, "word " + i);
            net.input(b, new Sessions.Input.Tell(a.id(),
                    new Session.Input.Say(new Frame.Moment(7, Bytes.utf8("answer " + i)))));
            net.run(Duration.ofMillis(20));
            if (net.heard().size() < before + 2) lost++;
        }
        assertThat(lost).isLessThan(1000 / 20);
        assertThat(net.heard()).contains("1002<1001 on 7: word 149", "1001<1002 on 7: answer 149");
        assertThat(net.log).noneMatch(line -> line.contains("unreachable"));
    }

    @Test void what_was_said_gets_there_though_the_relay_died_before_it_was_heard() {
        both(relay, other);
        reach(relay);
        net.run(TRIP.multipliedBy(3));
        net.input(a, new Sessions.Input.Tell(b.id(), new Session.Input.Ways(
                List.of(new Path.Via(other.id(), b.id())))));
        net.nodes.remove(relay.address());
        net.send(a, b, "hello", true);
        net.run(Course.WORDLESS.plusMillis(500));
        assertThat(net.heard()).contains("1002<1001 hello");
        assertThat(net.log).noneMatch(line -> line.contains("unreachable 1002"));
    }

    @Test void who_falls_silent_in_a_conversation_is_gone_after_four_questions() {
        both(relay);
        reach(relay);
        net.run(TRIP.multipliedBy(3));
        net.input(a, new Sessions.Input.Tell(
                b.id(), new Session.Input.Await(Course.Wait.SOUND, true)));
        net.nodes.remove(b.address());
        net.run(Duration.ofMillis(2700));
        assertThat(net.log).noneMatch(line -> line.contains("unreachable"));
        net.run(Duration.ofMillis(200));
        assertThat(net.log).contains("1001 unreachable 1002");
    }

    @Test void one_that_sends_too_much_is_stopped_and_others_are_not() {
        both(relay);
        reach(relay);
        net.run(TRIP.multipliedBy(3));
        for (int i = 0; i < 400; i++) speak(1, "x".repeat(1000));
        net.run(TRIP);
        assertThat(net.log).contains("1001 not handed QUOTA");
        assertThat(net.heard().size()).isBetween(150, 250);
        net.log.clear();
        net.input(b, new Sessions.Input.Tell(a.id(),
                new Session.Input.Say(new Frame.Moment(1, Bytes.utf8("still here")))));
        net.run(TRIP);
        assertThat(net.log).containsExactly("1001<1002 on 1: still here");
        net.run(Duration.ofSeconds(2));
        speak(1, "again");
        net.run(TRIP);
        assertThat(net.heard()).contains("1002<1001 on 1: again");
    }

    /// Who can see all that passes, and says it again from elsewhere, changes no way.
    @Test void a_copy_of_a_datagram_from_elsewhere_changes_nothing() {
        net.walls.clear();
        meet(a, b);
        net.sniffed.clear();
        net.send(a, b, "one", false);
        var copy = net.sniffed.getFirst();
        net.lost = (from, datagram) -> datagram.equals(copy);
        net.log.clear();
        net.send(a, b, "two", false);
        net.fly(Net.at(6666), b.address(), copy);   // first of all, and newest
        net.run(TRIP);
        net.send(b, a, "answer", false);
        net.run(TRIP);
        assertThat(net.log).contains("1001<1002 answer").noneMatch(line -> line.contains("moved"));
    }

    @Property(tries = 30) void whatever_is_lost_they_meet_and_hear_each_other(
            @ForAll long seed, @ForAll boolean twoRelays) {
        var net = new Net(seed);
        net.loss = 0.1;
        var a = net.node("a", 1001);
        var b = net.node("b", 1002);
        var relays = Stream.of(net.node("relay", 1003), net.node("other", 1004))
                .limit(twoRelays ? 2 : 1).toList();
        net.walls.add(Set.of(1001, 1002));
        for (var each : relays) {
            net.input(b, new Sessions.Input.Meet(each.address()));
            net.run(Duration.ofSeconds(3));
            net.input(b, new Sessions.Input.Send(each, Bytes.utf8("I am here"), true));
        }
        net.run(Duration.ofSeconds(3));
        net.input(a, new Sessions.Input.Reach(b, List.of(b.address()), relays));
        net.run(Duration.ofSeconds(4));
        if (net.log.stream().noneMatch(line -> line.startsWith("1001 met 1002"))) return;   // rare
        net.send(a, b, "hello", true);
        net.run(Duration.ofSeconds(6));
        assertThat(net.log).contains("1002<1001 hello");
    }
}
