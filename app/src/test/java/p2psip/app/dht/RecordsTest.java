package p2psip.app.dht;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.dht.Dht.*;
import p2psip.app.lookup.*;
import p2psip.std.Bytes;

/// What a ring does with records, good and bad, and with garbage.
class RecordsTest {
    private static final String BOB = "sip:bob@biloxi.example";

    @Test void of_one_owner_the_newest_is_answered_and_owners_lie_side_by_side() {
        var ring = Ring.of(10, 11, 0);
        ring.putNow(ring.any(), record("alice", 1));
        ring.putNow(ring.any(), record("alice", 2));
        ring.putNow(ring.any(), record("mallory", 9));
        assertThat(ring.getNow(ring.any(), BOB)).containsExactlyInAnyOrder(
                record("alice", 2), record("mallory", 9));
    }

    @Test void a_replayed_record_is_refused_everywhere_and_traced() {
        var ring = Ring.of(10, 12, 0);
        ring.putNow(ring.any(), record("alice", 1));
        ring.putNow(ring.any(), record("alice", 2));
        assertThat(ring.putNow(ring.any(), record("alice", 1)))
                .isInstanceOfSatisfying(Answer.Failed.class,
                        failed -> assertThat(failed.text()).contains("newer"));
        assertThat(ring.getNow(ring.any(), BOB)).containsExactly(record("alice", 2));
        assertThat(ring.remarks).anyMatch(remark -> remark.contains("newer record"));
    }

    /// D3: the ancestor never looked at a signature.
    @Test void a_forged_record_is_neither_stored_nor_believed() {
        var ring = Ring.of(5, 13, 0);
        var right = record("alice", 1).text();
        var forged = right.substring(0, right.length() - 8) + "AAAAAAAA";
        var victim = ring.any();
        var evil = ring.peer();
        ring.tell(victim, received(evil, new Message.Copy(1, forged)));
        ring.tell(victim, received(evil, new Message.Route(
                2, 3, 4, evil, victim.id(), new Message.Body.Put(forged))));
        assertThat(ring.remarks).hasSize(2).allMatch(remark -> remark.contains("FORGED"));
        assertThat(ring.peers()).allMatch(peer -> ring.node(peer).records() == 0);
    }

    @Test void a_root_that_forges_or_confuses_is_not_believed() {
        var self = new Peer(Storage.spots(BOB).getFirst().opposite(), address(1));
        var evil = new Peer(Storage.spots(BOB).getFirst(), address(2));
        var node = new RingNode(self, new SplittableRandom(1), () -> Ring.START);
        node.handle(received(evil, new Message.Ping(1, 0)), Ring.START);
        var right = record("alice", 1).text();
        var lies = List.of(right.substring(0, right.length() - 8) + "AAAAAAAA",
                Ring.record("sip:somebody.else@x").text(), "nonsense");

        var told = new ArrayList<Output>();
        for (var output : node.handle(new Input.Ask(7, new Query.Get(BOB)), Ring.START)) {
            if (!(output instanceof Output.Send(_, var payload, _))) continue;
            long id = switch (Message.parse(payload)) {
                case Message.Route route -> route.request();
                case Message question -> question.id();
            };
            told.addAll(node.handle(
                    received(evil, new Message.Values(id, 0, 1, lies)), Ring.START));
        }
        assertThat(told).contains(new Output.Told(7, new Answer.Found(List.of())));
        assertThat(told).filteredOn(Output.Remark.class::isInstance).hasSizeGreaterThanOrEqualTo(5);
        assertThat(node.holds(BOB)).isFalse();
    }

    @Test void an_expired_record_vanishes_everywhere_by_the_time_of_day() {
        var ring = Ring.of(10, 15, 0);
        ring.putNow(ring.any(), Ring.record("alice", BOB, 1, Duration.ofSeconds(120)));
        assertThat(ring.getNow(ring.any(), BOB)).hasSize(1);
        ring.skew = Duration.ofHours(1);   // a laptop that slept
        assertThat(ring.getNow(ring.any(), BOB)).isEmpty();
        ring.run(Duration.ofSeconds(15));
        assertThat(ring.peers()).allMatch(peer -> ring.node(peer).records() == 0);
        assertThat(ring.putNow(ring.any(), Ring.record("alice", BOB, 1, Duration.ofSeconds(120))))
                .isInstanceOf(Answer.Failed.class);
    }

    @Test void a_removed_record_is_known_everywhere_as_removed_and_cannot_be_brought_back() {
        var ring = Ring.of(10, 16, 0);
        ring.putNow(ring.any(), record("alice", 1));
        assertThat(ring.putNow(ring.any(), Ring.tombstone("alice", BOB, 2)))
                .isInstanceOf(Answer.Done.class);
        assertThat(ring.peers()).allSatisfy(peer ->
                assertThat(ring.getNow(peer, BOB)).singleElement().matches(SignedRecord::removed));
        assertThat(ring.putNow(ring.any(), record("alice", 1))).isInstanceOf(Answer.Failed.class);
    }

    @Test void answers_too_big_for_one_message_come_in_several() {
        var ring = Ring.of(10, 17, 0.05);
        for (int i = 0; i < Storage.OWNERS_PER_KEY; i++)
            ring.putNow(ring.any(), Ring.large("big" + i, BOB));
        assertThat(ring.getNow(ring.any(), BOB)).hasSize(Storage.OWNERS_PER_KEY);
        assertThat(ring.longest).isLessThanOrEqualTo(Message.LIMIT);
        assertThat(ring.putNow(ring.any(), Ring.large("one more", BOB)))
                .isEqualTo(Refusal.KEY_FULL.answer());
    }

    @Test void hundreds_of_records_find_their_way_to_a_newcomer() {
        var ring = new Ring(18, 0);
        var first = ring.join();
        for (int i = 0; i < 300; i++)
            ring.put(first, Ring.record("owner" + i / 50, Ring.key(i), 1, Duration.ofHours(1)));
        ring.run(Duration.ofSeconds(1));
        var second = ring.join();
        ring.run(Duration.ofSeconds(15));
        assertThat(ring.node(second).records()).isEqualTo(300);
        assertThat(ring.longest).isLessThanOrEqualTo(Message.LIMIT);
    }

    /// By sums of pieces, and not by a list of all.
    @Test void one_that_is_lacking_among_hundreds_is_found_with_few_words() {
        var ring = Ring.of(3, 14, 0);
        var hour = Duration.ofHours(1);
        for (int i = 0; i < 200; i++)
            ring.put(ring.any(), Ring.record("owner" + i / 50, Ring.key(i), 1, hour));
        ring.run(Duration.ofMinutes(5));
        var has = ring.any();
        var others = ring.peers().stream().filter(peer -> !peer.equals(has)).toList();
        var late = Ring.record("owner0", Ring.key(1000), 1, hour);
        ring.longest = 0;
        ring.tell(has, new Input.Received(others.getFirst(),
                new Message.Copy(1, late.text()).encode()));
        ring.run(Duration.ofMinutes(2));
        assertThat(others).allMatch(peer -> ring.node(peer).holds(late.key()));
        assertThat(ring.longest).isLessThan(1000);
    }

    @Test void garbage_leaves_no_trace_but_remarks() {
        var ring = Ring.of(5, 19, 0);
        var victim = ring.any();
        var quiet = ring.node(victim).sizes();
        for (int i = 0; i < 20_000; i++) {
            var bytes = Ring.garbage(ring.random, 1 + ring.random.nextInt(60)).toArray();
            bytes[0] = 1;
            if (bytes.length > 1) bytes[1] = (byte) (ring.random.nextInt(0x47));
            ring.tell(victim, new Input.Received(
                    ring.random.nextBoolean() ? ring.any() : ring.peer(), Bytes.wrap(bytes)));
        }
        var sizes = ring.node(victim).sizes();
        assertThat(sizes.get("known")).isLessThan(100);
        assertThat(sizes.get("remembered")).isLessThanOrEqualTo(Neighbours.REMEMBERED);
        assertThat(sizes.get("questions")).isLessThanOrEqualTo(Talk.LIMIT);
        ring.run(Duration.ofSeconds(40));
        sizes = ring.node(victim).sizes();
        assertThat(sizes.get("known")).isEqualTo(quiet.get("known"));
        assertThat(sizes.get("searches") + sizes.get("jobs")).isZero();
        assertThat(sizes.get("questions")).isLessThan(10);
        assertThat(ring.putNow(victim, Ring.record(BOB))).isInstanceOf(Answer.Done.class);
    }

    @Test void a_message_that_has_gone_too_far_is_dropped_with_a_remark() {
        var ring = Ring.of(5, 20, 0);
        var route = new Message.Route(1, 0, 2, ring.peer(), ring.peer().id(),
                new Message.Body.Get(BOB));
        ring.tell(ring.any(), received(ring.peer(), route));
        assertThat(ring.remarks).singleElement().asString().contains("hop limit");
    }

    @Test void a_key_nobody_can_ask_for_fails_at_once() {
        var ring = Ring.of(2, 21, 0);
        for (var key : List.of("", "x".repeat(300), "a\nb"))
            assertThat(ring.await(ring.get(ring.any(), key))).isInstanceOf(Answer.Failed.class);
    }

    private static Input received(Peer from, Message message) {
        return new Input.Received(from, message.encode());
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    private static SignedRecord record(String owner, long sequence) {
        return Ring.record(owner, BOB, sequence, Duration.ofHours(1));
    }
}
