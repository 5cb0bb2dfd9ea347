package p2psip.std.rfc8656;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc8656.Scene.*;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.Unknown;
import p2psip.std.rfc8489.Message.Kind;
import p2psip.std.rfc8656.FiveTuple.Carrier;
import p2psip.std.rfc8656.TurnAttribute.*;

/// Permissions, channels, and what is relayed: §9 to §12.
class RelayTest {
    private final Scene scene = new Scene();
    private final Scene.Asker alice = scene.alice();
    private final InetSocketAddress relay = alice.relayed();

    private static Indication data(TurnServer.Output.ToClient heard) {
        return Indication.parse(Method.DATA, heard.message()).orElseThrow();
    }

    /// The ancestor gave a peer's data to its own parser of STUN (its defect T5).
    @Test void data_go_both_ways_where_there_is_a_permission() {
        assertThat(alice.sends(PEER, HELLO)).isEmpty();
        assertThat(scene.heard(relay, PEER, HELLO)).isEmpty();
        assertThat(alice.permit(PEER).kind()).isEqualTo(Kind.SUCCESS);
        assertThat(alice.sends(PEER, HELLO))
                .containsExactly(new TurnServer.Output.ToPeer(relay, PEER, HELLO));
        var stun = new Message(Kind.REQUEST, Message.BINDING,
                TransactionId.random(scene.random), List.of()).encode();
        for (var bytes : List.of(HELLO, Bytes.EMPTY, stun)) {
            //= rfc8656#11.3-1 a Data indication has the peer's address and the data
            var heard = scene.heard(relay, PEER, bytes);
            assertThat(heard).hasSize(1);
            assertThat(heard.getFirst().tuple()).isEqualTo(alice.tuple);
            assertThat(data(heard.getFirst())).isEqualTo(
                    new Indication(PEER, Optional.of(bytes), Optional.empty()));
        }
        assertThat(scene.heard(relay, at("192.0.2.9", 9), HELLO)).as("any port").hasSize(1);
        assertThat(scene.heard(relay, OTHER, HELLO)).isEmpty();
    }

    //= rfc8656#9-1 for 300 seconds, and no longer
    @Test void permissions_end() {
        alice.permit(PEER);
        scene.pass(Duration.ofSeconds(299));
        assertThat(alice.sends(PEER, HELLO)).hasSize(1);
        scene.pass(Duration.ofSeconds(1));
        assertThat(alice.sends(PEER, HELLO)).as("sending does not refresh it").isEmpty();
        assertThat(scene.heard(relay, PEER, HELLO)).isEmpty();
    }

    @Test void what_a_permission_asks_for() {
        //= rfc8656#10.2-1 no peer: 400; more than one are all let in
        assertThat(alice.permit().code()).isEqualTo(400);
        assertThat(alice.ask(Method.CREATE_PERMISSION, new XorPeerAddress(PEER),
                new Unknown(0x0012, Bytes.hex("0009000001020304"))).code()).isEqualTo(400);
        assertThat(alice.ask(Method.CREATE_PERMISSION,
                new Unknown(0x0012, Bytes.hex("0001"))).code()).isEqualTo(400);
        //= rfc8656#10.2-2 one of another family: 443, and none is let in
        assertThat(alice.permit(PEER, PEER_6).code()).isEqualTo(443);
        assertThat(alice.sends(PEER, HELLO)).isEmpty();
        //= rfc8656#10.2-3 one that nothing is relayed to: 403
        assertThat(alice.permit(PEER, at("10.0.0.1", 1)).code()).isEqualTo(403);
        assertThat(alice.permit(PEER, OTHER).kind()).isEqualTo(Kind.SUCCESS);
        assertThat(alice.sends(OTHER, HELLO)).hasSize(1);
    }

    @Test void a_channel_carries_data_both_ways() {
        assertThat(alice.bind(0x4000, PEER).kind()).isEqualTo(Kind.SUCCESS);
        assertThat(alice.sends(0x4000, HELLO))
                .containsExactly(new TurnServer.Output.ToPeer(relay, PEER, HELLO));
        assertThat(alice.sends(0x4000, Bytes.EMPTY)).hasSize(1);
        //= rfc8656#12.5-1 from a peer with a channel it is ChannelData
        //= rfc8656#12.5-3 without padding in a datagram
        assertThat(scene.heard(relay, PEER, HELLO)).extracting(one -> one.message())
                .containsExactly(Bytes.hex("4000000568656c6c6f"));
        assertThat(alice.sends(PEER, HELLO)).as("a Send indication as well").hasSize(1);
        assertThat(scene.heard(relay, at("192.0.2.9", 9), HELLO)).as("another port of the peer's")
                .hasSize(1).allMatch(one -> Indication.is(Method.DATA, one.message()));
    }

    //= rfc8656#12.5-2 in a stream to a multiple of four bytes, with the length as it is
    @Test void a_stream_is_padded() {
        var stream = scene.new Asker(Carrier.TCP, at("203.0.113.5", 9),
                new Authentication.LongTerm(ALICE));
        var relayed = stream.relayed();
        stream.bind(0x4fff, PEER);
        assertThat(scene.heard(relayed, PEER, HELLO)).extracting(one -> one.message())
                .containsExactly(Bytes.hex("4fff000568656c6c6f000000"));
        assertThat(stream.sends(0x4fff, HELLO)).hasSize(1);
    }

    @Test void channels_end_after_ten_minutes_and_permissions_before() {
        alice.bind(0x4000, PEER);
        for (int i = 0; i < 5; i++) {
            scene.pass(Duration.ofSeconds(59));
            alice.sends(0x4000, HELLO);
        }
        //= rfc8656#12.6-2 data in the channel have not refreshed the permission
        scene.pass(Duration.ofSeconds(5));
        assertThat(scene.heard(relay, PEER, HELLO)).isEmpty();
        scene.pass(Duration.ofSeconds(299));
        alice.refresh(600);
        assertThat(alice.sends(0x4000, HELLO)).hasSize(1);
        scene.pass(Duration.ofSeconds(2));
        assertThat(alice.sends(0x4000, HELLO)).as("nor the channel").isEmpty();
        assertThat(alice.bind(0x4000, OTHER).kind()).as("free again").isEqualTo(Kind.SUCCESS);
    }

    @Test void channels_that_cannot_be() {
        assertThat(alice.ask(Method.CHANNEL_BIND, new XorPeerAddress(PEER)).code()).isEqualTo(400);
        assertThat(alice.ask(Method.CHANNEL_BIND, new ChannelNumber(0x4000)).code()).isEqualTo(400);
        for (int number : List.of(0, 0x3fff, 0x5000, 0xffff))
            assertThat(alice.bind(number, PEER).code()).isEqualTo(400);
        assertThat(alice.bind(0x4000, PEER).code()).isZero();
        assertThat(alice.bind(0x4000, PEER).code()).as("once more").isZero();
        assertThat(alice.bind(0x4000, OTHER).code()).isEqualTo(400);
        assertThat(alice.bind(0x4001, PEER).code()).isEqualTo(400);
        //= rfc8656#12.2-1 a peer of a family that was not lent: 443
        assertThat(alice.bind(0x4002, PEER_6).code()).isEqualTo(443);
        //= rfc8656#12.2-2 one that nothing is relayed to: 403
        assertThat(alice.bind(0x4002, at("127.0.0.1", 22)).code()).isEqualTo(403);
    }

    @Test void older_channel_numbers_where_they_are_asked_for() {
        var old = new Scene();
        old.server = new TurnServer(new TurnServer.Settings("test", Map.of(Family.IPV4, RELAY),
                50_000, 50_999, Limits.USUAL, new Peers(List.of(), Set.of()),
                ChannelData.OLD_LAST), new Guard.LongTerm(REALM, List.of(ALICE),
                Duration.ofMinutes(30), old.random), old.random);
        var client = old.alice();
        client.allocate();
        assertThat(client.bind(0x7fff, PEER).code()).isZero();
        assertThat(client.sends(0x7fff, HELLO)).hasSize(1);
        assertThat(client.bind(0x8000, OTHER).code()).isEqualTo(400);
    }

    @Test void what_is_cut_short_or_reserved_is_dropped() {
        alice.bind(0x4000, PEER);
        for (var wrong : List.of("40000006 68656c6c6f", "400000", "50000000", "41000000"))
            alice.send(Bytes.hex(wrong.replace(" ", "")));
        assertThat(scene.toPeers).isEmpty();
        alice.send(Bytes.hex("40000005 68656c6c6f 000000".replace(" ", "")));
        assertThat(scene.toPeers).extracting(sent -> sent.data()).containsExactly(HELLO);
    }

    //= rfc8656#11.2-1 without a peer or data, and with what is unknown, it is discarded
    @Test void send_indications_that_say_too_little_or_too_much() {
        alice.permit(PEER);
        var whole = List.<Attribute>of(new XorPeerAddress(PEER), new Data(HELLO));
        for (var attributes : List.<List<Attribute>>of(List.of(), whole.subList(0, 1),
                whole.subList(1, 2), with(whole, new DontFragment()),
                with(whole, new Unknown(0x0031, Bytes.EMPTY)))) {
            alice.send(indication(attributes));
            assertThat(scene.toPeers).isEmpty();
        }
        alice.send(indication(with(whole, new Unknown(0x8031, Bytes.EMPTY))));
        alice.send(Fingerprints.append(indication(whole)));
        alice.send(indication(List.of(new Data(HELLO), new XorPeerAddress(PEER))));
        assertThat(scene.toPeers).hasSize(3);
        //= rfc8656#11.2-2 to port 0 nothing is sent
        alice.send(indication(List.of(new Data(HELLO), new XorPeerAddress(at("192.0.2.9", 0)))));
        assertThat(scene.toPeers).hasSize(3);
    }

    private static List<Attribute> with(List<Attribute> all, Attribute one) {
        return Stream.concat(all.stream(), Stream.of(one)).toList();
    }

    private Bytes indication(List<Attribute> attributes) {
        return new Message(Kind.INDICATION, Method.SEND, TransactionId.random(scene.random),
                attributes).encode(TurnAttribute.TABLE);
    }

    @Test void what_icmp_says() {
        alice.permit(PEER);
        //= rfc8656#11.5-1 the destination of the packet counts, whoever has said so
        //= rfc8656#11.5-2 the client is told the peer and what was said
        //= rfc8656#18.13-2 with data where something was too big, else 0
        assertThat(icmp(PEER, 3, 4, 1400)).contains(new Icmp(3, 4, 1400));
        assertThat(icmp(PEER, 3, 3, 99)).contains(new Icmp(3, 3, 0));
        assertThat(icmp(PEER, 11, 0, 0)).contains(new Icmp(11, 0, 0));
        assertThat(icmp(PEER, 8, 0, 0)).isEmpty();
        assertThat(icmp(OTHER, 3, 3, 0)).isEmpty();
        var six = scene.asker(at("203.0.113.6", 6), ALICE);
        var relay6 = six.relayed(new RequestedAddressFamily(2));
        six.permit(PEER_6);
        scene.toClients.clear();
        scene.tell(new TurnServer.Input.Undelivered(relay6, PEER_6, 2, 0, 1280));
        scene.tell(new TurnServer.Input.Undelivered(relay6, PEER_6, 11, 0, 0));
        assertThat(scene.toClients).hasSize(1);
        assertThat(data(scene.toClients.getFirst()).icmp()).contains(new Icmp(2, 0, 1280));
    }

    private Optional<Icmp> icmp(InetSocketAddress peer, int type, int code, int more) {
        scene.toClients.clear();
        scene.tell(new TurnServer.Input.Undelivered(relay, peer, type, code, more));
        return scene.toClients.stream().findFirst().flatMap(one -> data(one).icmp());
    }

    //= rfc8656#5-12 what is more than the bandwidth of an allocation is dropped
    @Test void bandwidth_is_bounded() {
        var slow = new Scene(Limits.USUAL.rate(1_000, 5));
        var client = slow.alice();
        var relayed = client.relayed();
        client.bind(0x4000, PEER);
        for (int i = 0; i < 20; i++) {
            client.send(ChannelData.encode(0x4000, HELLO, false));
            slow.tell(new TurnServer.Input.FromPeer(relayed, PEER, HELLO));
        }
        assertThat(slow.toPeers.size() + slow.toClients.size()).isEqualTo(5);
        slow.pass(Duration.ofSeconds(1));
        assertThat(client.sends(0x4000, Bytes.wrap(new byte[1_001]))).isEmpty();
        assertThat(client.sends(0x4000, Bytes.wrap(new byte[1_000]))).hasSize(1);
    }

    @Test void permissions_and_channels_are_bounded() {
        var limits = new Limits(10, 10, 4, 2, 1_000, 10, Duration.ofHours(1));
        var small = new Scene(limits);
        var client = small.alice();
        client.allocate();
        assertThat(client.bind(0x4000, at("192.0.2.1", 1)).code()).isZero();
        assertThat(client.bind(0x4001, at("192.0.2.2", 1)).code()).isZero();
        assertThat(client.bind(0x4002, at("192.0.2.3", 1)).code()).isEqualTo(508);
        assertThat(client.permit(at("192.0.2.3", 1), at("192.0.2.4", 1)).code()).isZero();
        assertThat(client.permit(at("192.0.2.5", 1)).code()).isEqualTo(508);
        small.pass(Duration.ofSeconds(300));
        assertThat(client.permit(at("192.0.2.5", 1)).code()).isZero();
    }
}
