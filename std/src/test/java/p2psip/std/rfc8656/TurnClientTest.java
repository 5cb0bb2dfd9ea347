package p2psip.std.rfc8656;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc8656.Scene.*;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;
import p2psip.std.rfc8656.TurnAttribute.*;
import p2psip.std.rfc8656.TurnAttribute.Lifetime;
import p2psip.std.rfc8656.TurnClient.*;

/// A client at a server: the ladders of §7 to §12, and what goes wrong.
class TurnClientTest {
    private static <A extends Attribute> Optional<A> of(Class<A> kind, Message message) {
        return message.first(kind);
    }

    private static Play allocated() { return Play.of(Wish.IPV4).run(1); }

    //= rfc8656#7.1-4 with the transport UDP
    //= rfc8656#5-8 SOFTWARE in Allocate and Refresh
    //= rfc8656#8-2 what is not needed is deleted
    @Test void from_the_first_request_to_the_last() {
        var play = allocated();
        play.tell(new Input.Send(PEER, HELLO));
        play.run(1);
        play.peerSends(PEER, HELLO);
        play.run(1);
        play.tell(new Input.Close());
        play.run(1);
        assertThat(String.join("\n", play.ladder)).isEqualTo("""
                0 ALLOCATING
                0 -> Allocate
                20 <- Allocate 401
                20 -> Allocate
                40 <- Allocate ok
                40 ALLOCATED
                1000 -> CreatePermission
                1020 <- CreatePermission ok
                1020 -> Send
                2020 <- Data
                3000 DELETING
                3000 -> Refresh
                3020 <- Refresh ok
                3020 ENDED""".replace("2020 <- Data", "2010 <- Data"));
        assertThat(play.scene.toPeers).extracting(sent -> sent.data()).containsExactly(HELLO);
        assertThat(play.told(Output.Data.class)).containsExactly(new Output.Data(PEER, HELLO));
        assertThat(play.told).last().isEqualTo(new Output.Closed());
        assertThat(play.client.terminated()).isTrue();
        assertThat(play.scene.open).isEmpty();
        for (var request : play.requests) {
            assertThat(of(RequestedTransport.class, request).isPresent())
                    .isEqualTo(request.method() == Method.ALLOCATE);
            if (request.method() == Method.ALLOCATE || request.method() == Method.REFRESH)
                assertThat(of(Software.class, request)).isPresent();
        }
    }

    //= rfc8656#5-1 clients implement that mechanism
    //= rfc8656#6-3 of two algorithms the better
    //= rfc8656#21.1.6-1 USERHASH instead of USERNAME
    @Test void nobody_sees_the_name() {
        var second = allocated().requests.get(1);
        assertThat(of(PasswordAlgorithm.class, second))
                .contains(new PasswordAlgorithm(Algorithm.SHA_256));
        assertThat(of(UserHash.class, second)).contains(new UserHash(ALICE.userHash(REALM)));
        assertThat(of(Username.class, second)).isEmpty();
    }

    @Test void what_is_allocated_is_told() {
        var told = allocated().allocated();
        assertThat(told.relayed()).extracting(InetSocketAddress::getAddress).containsExactly(RELAY);
        assertThat(told.mapped()).isEqualTo(at("203.0.113.5", 40_000));
        assertThat(told.lifetime()).isEqualTo(Duration.ofSeconds(600));
        //= rfc8656#18.11-1 ADDITIONAL-ADDRESS-FAMILY is present where both are wished
        var both = Play.of(new Wish.Both()).run(1).allocated();
        assertThat(both.relayed()).extracting(InetSocketAddress::getAddress)
                .containsExactly(RELAY, RELAY_6);
    }

    //= rfc8656#7.1-5,6,7 one family, or both, or a token: each question alone
    //= rfc8656#7.1-8,9,10 and no attributes in the same request that exclude each other
    @Test void a_wish_says_only_what_may_stand_together() {
        var token = Bytes.hex("0102030405060708");
        assertThat(Wish.IPV4.attributes()).containsExactly(RequestedTransport.UDP);
        assertThat(Wish.IPV6.attributes()).containsExactly(
                RequestedTransport.UDP, new RequestedAddressFamily(2));
        assertThat(new Wish.Both().attributes()).containsExactly(
                RequestedTransport.UDP, new AdditionalAddressFamily(2));
        assertThat(new Wish.One(Family.IPV4, true).attributes()).containsExactly(
                RequestedTransport.UDP, new EvenPort(false));
        assertThat(new Wish.Pair(Family.IPV6).attributes()).containsExactly(
                RequestedTransport.UDP, new RequestedAddressFamily(2), new EvenPort(true));
        assertThat(new Wish.Kept(token).attributes()).containsExactly(
                RequestedTransport.UDP, new ReservationToken(token));
    }

    //= rfc8656#7.1-13 the port that was reserved is had by the RESERVATION-TOKEN
    //= rfc8656#7.1-14 without EVEN-PORT
    @Test void a_pair_of_ports() {
        var first = Play.of(new Wish.Pair(Family.IPV4)).run(1);
        var second = new Play(first.scene, new Wish.Kept(
                first.allocated().token().orElseThrow()), false, 2);
        second.self = at("203.0.113.6", 1);
        second.run(1);
        assertThat(second.allocated().relayed().getFirst().getPort())
                .isEqualTo(first.allocated().relayed().getFirst().getPort() + 1);
    }

    //= rfc8656#8-1 it is refreshed before it expires
    //= rfc8656#12-2 and its channel has the number that it had
    @Test void an_hour() {
        var play = allocated();
        for (int i = 0; i < 120; i++) {
            play.tell(new Input.Send(PEER, HELLO));
            play.peerSends(PEER, HELLO);
            play.run(30);
        }
        assertThat(play.scene.toPeers).hasSize(120);
        assertThat(play.told(Output.Data.class)).hasSizeBetween(119, 120);
        assertThat(play.ladder).filteredOn(line -> line.endsWith("-> Refresh")).hasSize(6);
        assertThat(play.requests.stream().flatMap(m -> of(ChannelNumber.class, m).stream())
                .distinct()).containsExactly(new ChannelNumber(0x4000));
        assertThat(play.ladder).filteredOn(line -> line.endsWith("ChannelData"))
                .hasSizeGreaterThan(220);
        assertThat(play.client.terminated()).isFalse();
    }

    //= rfc8656#11.1-1 nothing goes to a peer before he is permitted
    @Test void data_wait_for_the_permission_and_then_take_a_channel() {
        var play = Play.of(Wish.IPV4);
        play.tell(new Input.Send(PEER, HELLO));
        for (int i = 0; i < 6; i++) {
            play.run(0.5);
            play.tell(new Input.Send(PEER, HELLO));
        }
        play.run(1);
        //= rfc8656#10.1-1 CreatePermission has the peer
        //= rfc8656#12.1-1 and ChannelBind one of the family that was lent
        assertThat(play.requests.stream().filter(m -> m.method() == Method.CREATE_PERMISSION
                || m.method() == Method.CHANNEL_BIND).map(m -> of(XorPeerAddress.class, m)
                        .orElseThrow().address().getAddress()).distinct())
                .containsExactly(PEER.getAddress());
        //= rfc8656#11.1-2 a Send indication has peer and data
        assertThat(play.requests.stream().filter(m -> m.method() == Method.SEND)
                .map(m -> List.<Object>of(of(XorPeerAddress.class, m).orElseThrow().address(),
                        of(TurnAttribute.Data.class, m).orElseThrow().bytes())).distinct())
                .containsExactly(List.<Object>of(PEER, HELLO));
        assertThat(play.scene.toPeers).hasSize(7);
        assertThat(play.ladder.stream().map(line -> line.split(" ", 2)[1])
                .filter(line -> line.startsWith("-> ")).toList().subList(2, 10)).containsExactly(
                "-> CreatePermission", "-> Send", "-> Send", "-> Send", "-> Send",
                "-> ChannelBind", "-> ChannelData", "-> ChannelData");
    }

    @Test void a_family_that_was_not_lent_is_not_asked_for() {
        var play = allocated();
        //= rfc8656#10.1-3 no permission for a peer of another family is asked for
        play.tell(new Input.Permit(List.of(PEER_6.getAddress(), PEER.getAddress())));
        play.run(1);
        assertThat(play.told(Output.Refused.class)).extracting(Output.Refused::code)
                .containsExactly(443);
        assertThat(play.requests.stream().flatMap(m -> m.attributes().stream())
                .filter(XorPeerAddress.class::isInstance)).containsOnly(
                        new XorPeerAddress(new InetSocketAddress(PEER.getAddress(), 0)));
        assertThat(play.client.terminated()).isFalse();
    }

    @Test void a_peer_that_the_server_does_not_like() {
        var play = allocated();
        play.tell(new Input.Send(at("10.1.2.3", 5), HELLO));
        play.run(1);
        assertThat(play.told(Output.Refused.class)).containsExactly(
                new Output.Refused(List.of(ip("10.1.2.3")), 403, "Forbidden"));
        assertThat(play.scene.toPeers).isEmpty();
    }

    /// Who forges the server's address can say what he likes, but not from whom.
    //= rfc8656#11.4-1 data of an address that was not permitted are dropped
    //= rfc8656#11.6-1 nor is ICMP of an address without an active permission told
    //= rfc8656#12.6-1 and a channel that nobody has asked for carries nothing
    @Test void data_of_strangers_are_dropped() {
        var play = allocated();
        var ids = new Ids(new SplittableRandom(1));
        for (var forged : List.of(Indication.encode(Method.DATA, PEER, HELLO, ids),
                Indication.encode(PEER, new Icmp(3, 3, 0), ids),
                ChannelData.encode(0x4000, HELLO, false)))
            play.tell(new Input.Received(SERVER, forged));
        play.tell(new Input.Received(OTHER, Indication.encode(Method.DATA, PEER, HELLO, ids)));
        assertThat(play.told(Output.Data.class)).isEmpty();
        assertThat(play.told(Output.Undelivered.class)).isEmpty();
        play.tell(new Input.Permit(List.of(PEER.getAddress())));
        play.run(1);
        play.tell(new Input.Received(OTHER, Indication.encode(Method.DATA, PEER, HELLO, ids)));
        assertThat(play.told(Output.Data.class)).isEmpty();
        play.tell(new Input.Received(SERVER, Indication.encode(Method.DATA, PEER, HELLO, ids)));
        play.tell(new Input.Received(SERVER, Indication.encode(PEER, new Icmp(3, 3, 0), ids)));
        assertThat(play.told(Output.Data.class)).hasSize(1);
        assertThat(play.told(Output.Undelivered.class)).containsExactly(
                new Output.Undelivered(PEER, new Icmp(3, 3, 0)));
    }

    //= rfc8656#12-3 ChannelData that overtake the answer to ChannelBind are taken
    @Test void a_channel_is_used_before_it_is_confirmed() {
        var play = allocated();
        for (int i = 0; i < 4; i++) {
            play.tell(new Input.Send(PEER, HELLO));
            play.run(0.1);
        }
        play.tell(new Input.Send(PEER, HELLO));
        play.tell(new Input.Received(SERVER, ChannelData.encode(0x4000, HELLO, false)));
        assertThat(play.told(Output.Data.class)).containsExactly(new Output.Data(PEER, HELLO));
    }

    /// What a server answers to the first Allocate that has a proof, or to another request.
    private static Play answered(int method, Attribute... attributes) {
        var play = Play.of(Wish.IPV4);
        var guard = LongTermKeys.of(REALM, ALICE);
        play.way = sent -> sent.filter(bytes -> {
            if (!Message.isStun(bytes)) return true;
            var m = Message.parse(bytes, TurnAttribute.TABLE);
            if (m.method() != method || !m.has(MessageIntegritySha256.class)) return true;
            var kind = Stream.of(attributes).anyMatch(ErrorCode.class::isInstance)
                    ? Kind.ERROR : Kind.SUCCESS;
            var answer = Integrity.SHA_256.append(m.response(kind, List.of(attributes))
                    .encode(TurnAttribute.TABLE), guard.sha256());
            play.answers.add(answer);
            return false;
        });
        return play;
    }

    private static Output.Failed failed(int code) {
        var play = answered(Method.ALLOCATE, new ErrorCode(code, "no")).run(60);
        assertThat(play.client.terminated()).as("" + code).isTrue();
        assertThat(play.requests).as("no more is asked").hasSize(2);
        return play.told(Output.Failed.class).getFirst();
    }

    @Test void errors_say_how_long_to_let_the_server_alone() {
        var forever = ChronoUnit.FOREVER.getDuration();
        //= rfc8656#7.4-3,6 no retry of the request until the problem is fixed
        //= rfc8656#7.4-11,12,13 an unknown family, a wrong user, a wrong transport neither
        for (int code : List.of(400, 403, 420, 440, 441, 442))
            assertThat(failed(code)).isEqualTo(new Output.Failed(code, "no", forever));
    }

    //= rfc8656#7.4-14,16 at least 1 minute where there is no room
    //= rfc8656#7.4-17 an unknown error response is the end as well
    @Test void a_server_that_is_full() {
        for (int code : List.of(486, 508))
            assertThat(failed(code).pause()).isEqualTo(Duration.ofMinutes(1));
        assertThat(failed(599)).isEqualTo(new Output.Failed(599, "no", Duration.ofMinutes(1)));
    }

    //= rfc8656#7.4-4,5 the user is told, and the server not asked again
    @Test void a_wrong_password() {
        var play = new Play(new Scene(), Wish.IPV4, false, 1);
        var client = new TurnClient(SERVER, Wish.IPV4, new Authentication.LongTerm(
                new Credential("alice", "wrong")), Timing.UDP, "test", new SplittableRandom(1));
        var asked = 0;
        var outputs = client.wake(Instant.EPOCH);
        var failed = Optional.<Output.Failed>empty();
        while (!outputs.isEmpty()) {
            var next = new ArrayList<Output>();
            for (var output : outputs) {
                if (output instanceof Output.Failed f) failed = Optional.of(f);
                if (!(output instanceof Output.Send(_, var bytes))) continue;
                asked++;
                play.scene.tell(new TurnServer.Input.FromClient(new FiveTuple(
                        FiveTuple.Carrier.UDP, at("203.0.113.5", 1), SERVER), bytes));
                next.addAll(client.handle(new Input.Received(SERVER,
                        play.scene.toClients.removeLast().message()), Instant.EPOCH));
            }
            outputs = next;
        }
        assertThat(asked).isEqualTo(2);
        assertThat(failed.map(Output.Failed::code)).contains(401);
        assertThat(failed.map(Output.Failed::pause)).contains(ChronoUnit.FOREVER.getDuration());
    }

    //= rfc8656#7.4-1 no answer at all: another transport may do better
    @Test void a_server_that_is_silent() {
        var play = Play.of(Wish.IPV4);
        play.loss = 1;
        play.run(60);
        assertThat(play.told).containsExactly(new Output.Failed(0, "no answer", Duration.ZERO));
        assertThat(play.requests).hasSize(7);
    }

    //= rfc8656#7.4-8,9 three addresses are tried
    //= rfc8656#7.4-10 and then two minutes none
    @Test void an_address_that_was_somebody_elses() {
        var play = answered(Method.ALLOCATE, new ErrorCode(437, "mismatch")).run(60);
        assertThat(play.told(Output.Renew.class)).hasSize(2);
        assertThat(play.told(Output.Failed.class)).containsExactly(
                new Output.Failed(437, "mismatch", Duration.ofMinutes(2)));
        var scene = new Scene();
        scene.asker(at("203.0.113.5", 40_000), ALICE).allocate();
        var luckier = new Play(scene, Wish.IPV4, false, 1).run(60);
        assertThat(luckier.allocated().mapped()).isEqualTo(at("203.0.113.5", 40_001));
    }

    //= rfc8656#7.4-2 the other server is asked, before anybody else, and is the server from then on
    @Test void a_server_that_names_another() {
        var other = at("198.51.100.2", 3478);
        var play = answered(Method.ALLOCATE, new ErrorCode(300, "try"), new AlternateServer(other));
        play.run(0.025);
        assertThat(play.sentTo).containsExactly(SERVER, SERVER);
        play.way = sent -> sent;
        play.run(1);
        assertThat(play.allocated().relayed()).hasSize(1);
        play.tell(new Input.Send(PEER, HELLO));
        play.run(1);
        assertThat(play.scene.toPeers).hasSize(1);
        assertThat(play.sentTo.subList(2, play.sentTo.size())).containsOnly(other);
    }

    //= rfc8656#7.3-1,2 an address of another family: it is deleted, and the server let alone
    @Test void a_server_that_lends_something_else() {
        var play = answered(Method.ALLOCATE, new XorRelayedAddress(at("2001:db8::1", 5)),
                new XorMappedAddress(at("203.0.113.5", 1)), new Lifetime(Duration.ofSeconds(600)))
                .run(60);
        assertThat(play.told).containsExactly(new Output.Failed(0,
                "it lends addresses of another family", ChronoUnit.FOREVER.getDuration()));
        assertThat(play.requests).last().matches(m -> m.method() == Method.REFRESH
                && of(Lifetime.class, m).orElseThrow().duration().isZero());
        assertThat(play.client.terminated()).isTrue();
    }

    //= rfc8656#7.3-3,4 the address type that was rejected is not requested again
    @Test void one_family_of_two() {
        var play = new Play(new Scene(Limits.USUAL, Map.of(Family.IPV4, RELAY), 50_000, 50_999),
                new Wish.Both(), false, 1).run(3_600);
        assertThat(play.allocated().relayed()).hasSize(1);
        assertThat(play.requests).filteredOn(m -> m.method() == Method.ALLOCATE).hasSize(2);
        //= rfc8656#8.1-1 nor is a family included that was never allocated
        assertThat(play.requests).filteredOn(m -> m.method() == Method.REFRESH).isNotEmpty()
                .allMatch(m -> of(RequestedAddressFamily.class, m).isEmpty());
        //= rfc8656#10.1-4 and a peer of the other family is none
        play.tell(new Input.Send(PEER_6, HELLO));
        assertThat(play.told(Output.Refused.class)).hasSize(1);
    }

    //= rfc8656#5-7 437 to a request: the allocation is gone
    @Test void a_server_that_has_forgotten_us() {
        var play = allocated();
        play.scene.server = new Scene().server;
        play.tell(new Input.Permit(List.of(PEER.getAddress())));
        play.run(1);
        assertThat(play.told(Output.Failed.class)).extracting(Output.Failed::code)
                .containsExactly(437);
        assertThat(play.client.terminated()).isTrue();
    }

    //= rfc8656#12.3-1 a channel that is out of step: the allocation is deleted
    @Test void a_channel_that_the_server_knows_otherwise() {
        var play = answered(Method.CHANNEL_BIND, new ErrorCode(400, "Bad Request")).run(1);
        for (int i = 0; i < 5; i++) {
            play.tell(new Input.Send(PEER, HELLO));
            play.run(0.1);
        }
        play.run(1);
        assertThat(play.told(Output.Failed.class)).containsExactly(
                new Output.Failed(400, "Bad Request", Duration.ZERO));
        assertThat(play.scene.open).isEmpty();
    }

    @Test void stale_nonces_are_survived() {
        var play = allocated();
        for (int i = 0; i < 20; i++) {
            play.tell(new Input.Send(PEER, HELLO));
            play.run(300);
        }
        assertThat(play.ladder).anyMatch(line -> line.endsWith(" 438"));
        assertThat(play.scene.toPeers).hasSize(20);
    }

    @Property(tries = 60) void lost_messages_are_survived(@ForAll long seed) {
        for (boolean both : List.of(false, true)) {
            var play = new Play(new Scene(), both ? new Wish.Both() : Wish.IPV4, false, seed);
            play.loss = 0.2;
            play.run(60);
            for (int i = 0; i < 60; i++) {
                play.tell(new Input.Send(PEER, HELLO));
                play.run(30);
            }
            if (play.client.terminated()) continue;   // seven lost in a row
            assertThat(play.scene.toPeers.size()).as("seed " + seed).isBetween(30, 60);
            play.loss = 0;
            play.tell(new Input.Close());
            play.run(60);
            assertThat(play.client.terminated()).isTrue();
            assertThat(play.scene.open).isEmpty();
            assertThat(play.scene.server.relays()).isZero();
        }
    }

    @Test void over_a_stream() {
        var play = new Play(new Scene(), Wish.IPV4, true, 1).run(1);
        for (int i = 0; i < 6; i++) {
            play.tell(new Input.Send(PEER, HELLO));
            play.run(1);
            play.peerSends(PEER, HELLO);
            play.run(1);
        }
        assertThat(play.scene.toPeers).hasSize(6);
        assertThat(play.told(Output.Data.class)).hasSize(6);
        play.tell(new Input.TransportError("reset"));
        assertThat(play.told).last().isEqualTo(new Output.Failed(0, "reset", Duration.ZERO));
    }
}
