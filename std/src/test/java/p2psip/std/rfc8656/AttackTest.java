package p2psip.std.rfc8656;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc8656.Scene.*;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import p2psip.std.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;
import p2psip.std.rfc8656.FiveTuple.Carrier;
import p2psip.std.rfc8656.TurnAttribute.*;

/// What outsiders and users with bad intentions try: §21.
class AttackTest {
    private final Scene scene = new Scene();
    private final Scene.Asker alice = scene.alice();

    /// Whoever forges an address can have it sent one answer for each question, and no long one.
    //= rfc8656#7.2-2 a request that is not authenticated allocates nothing
    @Test void who_proves_nothing_gets_a_short_answer_and_no_address() {
        for (int method : List.of(Method.ALLOCATE, Method.REFRESH, Method.CREATE_PERMISSION,
                Method.CHANNEL_BIND)) {
            var request = alice.request(method, RequestedTransport.UDP).encode(TurnAttribute.TABLE);
            scene.toClients.clear();
            alice.send(request);
            assertThat(scene.toClients).hasSize(1);
            assertThat(scene.toClients.getFirst().message().size()).isLessThan(200);
        }
        for (int method = 0; method < 32; method++)
            for (var kind : Kind.values()) {
                if (kind == Kind.REQUEST && List.of(1, 3, 4, 8, 9).contains(method)) continue;
                scene.toClients.clear();
                alice.send(new Message(kind, method, TransactionId.random(scene.random),
                        List.of(RequestedTransport.UDP)).encode(TurnAttribute.TABLE));
                assertThat(scene.toClients).as(kind + " " + method).isEmpty();
            }
        scene.pass(Duration.ofHours(1));
        assertThat(scene.server.size()).isZero();
        assertThat(scene.open).isEmpty();
    }

    @Test void a_wrong_password_gets_nothing() {
        var mallory = scene.asker(at("203.0.113.66", 6), new Credential("alice", "guess"));
        var user = new Authentication.LongTerm(new Credential("alice", "guess"));
        var request = mallory.request(Method.ALLOCATE, RequestedTransport.UDP);
        for (int i = 0; i < 3; i++) {
            mallory.last = user.seal(request, TurnAttribute.TABLE);
            var answer = mallory.again().orElseThrow();
            assertThat(answer.code()).isEqualTo(401);
            user.judge(answer, mallory.last);
        }
        assertThat(scene.open).isEmpty();
    }

    //= rfc8656#5-6 other paths than the one of the allocation are as good as none
    @Test void another_path_has_no_allocation() {
        var relay = alice.relayed();
        alice.bind(0x4000, PEER);
        for (var other : List.of(
                scene.asker(at("203.0.113.5", 40_001), ALICE),
                scene.asker(at("203.0.113.6", 40_000), ALICE),
                scene.new Asker(Carrier.TCP, alice.tuple.client(),
                        new Authentication.LongTerm(ALICE)))) {
            assertThat(other.sends(0x4000, HELLO)).isEmpty();
            assertThat(other.sends(PEER, HELLO)).isEmpty();
            assertThat(other.refresh(0).code()).isEqualTo(437);
            assertThat(other.permit(PEER).code()).isEqualTo(437);
            assertThat(other.bind(0x4000, PEER).code()).isEqualTo(437);
        }
        assertThat(scene.heard(relay, PEER, HELLO)).hasSize(1);
    }

    //= rfc8656#5-5 another user on the same path: 441, whatever he asks
    @Test void another_user_does_not_take_it_over() {
        alice.allocate();
        var bob = scene.asker(alice.tuple.client(), BOB);
        assertThat(bob.refresh(0).code()).isEqualTo(441);
        assertThat(bob.permit(PEER).code()).isEqualTo(441);
        assertThat(bob.bind(0x4000, PEER).code()).isEqualTo(441);
        assertThat(bob.allocate().code()).isEqualTo(437);
        assertThat(alice.sends(PEER, HELLO)).isEmpty();
        assertThat(scene.open).hasSize(1);
    }

    /// A request that was heard is of no use from elsewhere: its nonce is bound to the path.
    @Test void what_was_overheard_cannot_be_sent_from_elsewhere() {
        alice.allocate();
        var user = new Authentication.LongTerm(ALICE);
        alice.last = user.seal(alice.request(Method.REFRESH), TurnAttribute.TABLE);
        user.judge(alice.again().orElseThrow(), alice.last);
        var overheard = user.seal(alice.request(Method.ALLOCATE, RequestedTransport.UDP),
                TurnAttribute.TABLE);
        var mallory = scene.asker(at("203.0.113.66", 6), ALICE);
        mallory.last = overheard;
        assertThat(mallory.again().orElseThrow().code()).isEqualTo(438);
        assertThat(scene.open).hasSize(1);
    }

    //= rfc8656#21.4-2 neither Teredo nor 6to4, as peer or as client
    //= rfc8656#21.4-1 no allocation through a tunnel
    @Test void nothing_is_relayed_into_the_house() {
        alice.allocate(new AdditionalAddressFamily(2));
        for (var inside : List.of("127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255",
                "192.168.1.1", "169.254.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.251",
                "255.255.255.255", "198.51.100.1", "::1", "::", "fe80::1", "fd00::1", "ff02::1",
                "64:ff9b::7f00:1", "2001:db8::1", "2001::1", "2002:7f00:1::1")) {
            var peer = at(inside, 80);
            assertThat(alice.permit(peer).code()).as(inside).isEqualTo(403);
            assertThat(alice.bind(0x4000, peer).code()).as(inside).isEqualTo(403);
            assertThat(alice.sends(peer, HELLO)).isEmpty();
        }
        for (var outside : List.of("172.32.0.1", "192.0.2.1", "100.128.0.1", "2001:db8:9::1"))
            assertThat(alice.permit(at(outside, 80)).code()).as(outside).isZero();
        assertThat(scene.asker(at("2002:7f00:1::1", 5), ALICE).allocate().code()).isEqualTo(403);
        assertThat(scene.asker(at("2001::1", 5), ALICE).allocate().code()).isEqualTo(403);
    }

    @Test void what_is_allowed_by_name_is_relayed_to_but_for_tunnels() {
        var peers = new Peers(List.of(Net.parse("192.168.0.0/16"), Net.parse("127.0.0.1"),
                Net.parse("2001::/16")), Set.of(RELAY));
        assertThat(peers.allow(ip("192.168.7.7"))).isTrue();
        assertThat(peers.allow(ip("127.0.0.1"))).isTrue();
        assertThat(peers.allow(ip("127.0.0.2"))).isFalse();
        assertThat(peers.allow(ip("10.0.0.1"))).isFalse();
        assertThat(peers.allow(ip("2001::1"))).as("Teredo").isFalse();
        assertThat(peers.allow(RELAY)).isFalse();
    }

    //= rfc8656#7.2-7 a user who asks a thousand times has what his quota says
    @Test void a_thousand_allocations() {
        int lent = 0;
        for (int i = 0; i < 1_000; i++)
            if (scene.asker(at("203.0.113.5", 1 + i), ALICE).allocate().code() == 0) lent++;
        assertThat(lent).isEqualTo(Limits.USUAL.perUser());
        assertThat(scene.open).hasSize(lent);
        var many = new Scene(Limits.USUAL.perUser(2_000),
                Map.of(Family.IPV4, RELAY), 50_000, 59_999);
        var codes = new TreeMap<Integer, Integer>();
        for (int i = 0; i < 1_000; i++)
            codes.merge(many.asker(at("203.0.113.5", 1 + i), ALICE).allocate().code(), 1,
                    Integer::sum);
        assertThat(codes).isEqualTo(Map.of(0, 900, 508, 100));
        many.pass(Duration.ofMinutes(10));
        assertThat(many.server.size() + many.server.relays() + many.open.size()).isZero();
    }

    /// Asking for pairs and giving back one of each must not eat up the ports.
    @Test void ports_that_are_kept_count_for_the_user() {
        int kept = 0;
        for (int i = 0; i < 100; i++) {
            var asker = scene.asker(at("203.0.113.5", 1 + i), ALICE);
            if (asker.allocate(new EvenPort(true)).code() != 0) continue;
            asker.refresh(0);
            kept++;
        }
        assertThat(kept).isEqualTo(Limits.USUAL.perUser());
        assertThat(scene.open).hasSize(kept);
        scene.pass(Duration.ofSeconds(61));
        assertThat(scene.open).isEmpty();
    }

    /// What is sent and received in an ordinary hour, spoiled in every way.
    @Test @Timeout(60) void a_hundred_thousand_spoiled_messages() {
        var dice = new SplittableRandom(11);
        var user = new Authentication.LongTerm(ALICE);
        var relay = alice.relayed();
        alice.bind(0x4000, PEER);
        var whole = new ArrayList<Bytes>(List.of(
                ChannelData.encode(0x4000, HELLO, true),
                Indication.encode(Method.SEND, PEER, HELLO, new Ids(dice)),
                Indication.encode(Method.DATA, PEER_6, HELLO, new Ids(dice)),
                Fingerprints.append(alice.request(Message.BINDING).encode())));
        var challenge = alice.request(Method.REFRESH);
        alice.last = user.seal(challenge, TurnAttribute.TABLE);
        user.judge(alice.again().orElseThrow(), alice.last);
        for (var attributes : List.<List<Attribute>>of(
                List.of(RequestedTransport.UDP, new EvenPort(true)),
                List.of(RequestedTransport.UDP, new AdditionalAddressFamily(2)),
                List.of(new XorPeerAddress(PEER), new XorPeerAddress(PEER_6)),
                List.of(new ChannelNumber(0x4000), new XorPeerAddress(PEER))))
            for (int method : List.of(3, 4, 8, 9))
                whole.add(user.seal(new Message(Kind.REQUEST, method,
                        TransactionId.random(dice), attributes), TurnAttribute.TABLE));
        var client = Play.of(Wish.IPV4).run(1).client;
        var framing = new StreamFraming();
        for (int i = 0; i < 100_000; i++) {
            var spoiled = spoil(whole.get(dice.nextInt(whole.size())), dice);
            scene.tell(new TurnServer.Input.FromClient(alice.tuple, spoiled));
            scene.tell(new TurnServer.Input.FromPeer(relay, PEER, spoiled));
            client.handle(new TurnClient.Input.Received(SERVER, spoiled), scene.now);
            if (framing.broken()) framing = new StreamFraming();
            framing.feed(spoiled);
            scene.toClients.clear();
            scene.toPeers.clear();
        }
        assertThat(scene.server.size()).isEqualTo(1);
        assertThat(scene.open.size()).isEqualTo(1);
        assertThat(alice.refresh(0).kind()).isEqualTo(Kind.SUCCESS);
        assertThat(scene.server.relays()).isZero();
    }

    private static Bytes spoil(Bytes whole, SplittableRandom dice) {
        var bytes = whole.toArray();
        switch (dice.nextInt(4)) {
            case 0 -> bytes[dice.nextInt(bytes.length)] ^= (byte) (1 << dice.nextInt(8));
            case 1 -> bytes = Arrays.copyOf(bytes, dice.nextInt(bytes.length + 8));
            case 2 -> {
                for (int n = dice.nextInt(8); n >= 0; n--)
                    bytes[dice.nextInt(bytes.length)] = (byte) dice.nextInt();
            }
            default -> {
                int from = dice.nextInt(bytes.length), to = dice.nextInt(bytes.length);
                System.arraycopy(bytes, from, bytes, to,
                        dice.nextInt(bytes.length - Math.max(from, to) + 1));
            }
        }
        return Bytes.wrap(bytes);
    }
}
