package p2psip.std.rfc8656;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static p2psip.std.rfc8656.Scene.*;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;
import p2psip.std.rfc8656.FiveTuple.Carrier;
import p2psip.std.rfc8656.TurnAttribute.*;
import p2psip.std.rfc8656.TurnAttribute.Lifetime;

/// What a server makes of Allocate and Refresh: §7.2 and §8.2.
class AllocateTest {
    private final Scene scene = new Scene();
    private final Scene.Asker alice = scene.alice();

    private static <A extends Attribute> A the(Class<A> kind, Message message) {
        return message.first(kind).orElseThrow();
    }

    /// The ancestor passed two things of an Allocate request where three were asked for (its defect
    /// T3): none could succeed.
    //= rfc8656#7.2-2,3 a request must be authenticated by long-term credentials
    @Test void who_proves_himself_is_lent_an_address() {
        var request = alice.request(Method.ALLOCATE, RequestedTransport.UDP);
        assertThat(alice.once(request).code()).isEqualTo(401);
        var response = alice.allocate();
        assertThat(response.kind()).isEqualTo(Kind.SUCCESS);
        //= rfc8656#7.2-6 an IPv4 address, as no family was asked for
        assertThat(relayed(response).getAddress()).isEqualTo(RELAY);
        assertThat(the(XorMappedAddress.class, response).address())
                .isEqualTo(alice.tuple.client());
        assertThat(the(Lifetime.class, response).duration()).isEqualTo(Duration.ofSeconds(600));
        assertThat(scene.open).containsExactly(relayed(response));
        assertThat(scene.states).containsExactly("OPENING", "ALLOCATED");
    }

    //= rfc8656#5-9 SOFTWARE in successes, challenges and refusals of Allocate and Refresh
    @Test void it_says_what_it_is() {
        assertThat(alice.once(alice.request(Method.ALLOCATE)).has(Software.class)).isTrue();
        assertThat(alice.allocate().has(Software.class)).isTrue();
        assertThat(alice.refresh(600).has(Software.class)).isTrue();
        assertThat(alice.allocate().has(Software.class)).isTrue();
        assertThat(alice.permit(PEER).has(Software.class)).isFalse();
    }

    //= rfc8656#5-10 a fingerprint is answered by one that is right
    @Test void a_fingerprint_is_answered() {
        alice.allocate();
        var request = new Authentication.LongTerm(ALICE);
        var bare = alice.request(Method.REFRESH);
        alice.last = Fingerprints.append(request.seal(bare, TurnAttribute.TABLE));
        request.judge(alice.again().orElseThrow(), alice.last);
        alice.last = Fingerprints.append(request.seal(
                alice.request(Method.REFRESH), TurnAttribute.TABLE));
        assertThat(alice.again().orElseThrow().kind()).isEqualTo(Kind.SUCCESS);
        assertThat(Fingerprints.isRight(alice.last)).isTrue();
    }

    @Test void what_is_not_udp_or_not_said_is_refused() {
        assertThat(alice.ask(Method.ALLOCATE).code()).isEqualTo(400);
        assertThat(alice.ask(Method.ALLOCATE, new RequestedTransport(6)).code()).isEqualTo(442);
        assertThat(alice.ask(Method.ALLOCATE, new Unknown(0x0019, Bytes.hex("11"))).code())
                .isEqualTo(400);
        assertThat(scene.open).isEmpty();
    }

    //= rfc8656#3.7-3 without a hand on the bit DF: 420, with the attribute
    @Test void dont_fragment_is_unknown_here() {
        var response = alice.allocate(new DontFragment());
        assertThat(response.code()).isEqualTo(420);
        assertThat(the(UnknownAttributes.class, response).types()).containsExactly(0x001a);
        assertThat(the(UnknownAttributes.class, alice.allocate(new Unknown(0x0030, Bytes.EMPTY)))
                .types()).containsExactly(0x0030);
    }

    //= rfc8656#7.2-4 a family of no number and one that is not served: 440
    //= rfc8656#7.2-5 no family, where IPv4 is not served: 440
    @Test void families_that_are_not_served() {
        assertThat(alice.allocate(new RequestedAddressFamily(3)).code()).isEqualTo(440);
        var only6 = new Scene(Limits.USUAL, Map.of(Family.IPV6, RELAY_6), 50_000, 50_999);
        assertThat(only6.alice().allocate().code()).isEqualTo(440);
        assertThat(only6.alice().relayed(new RequestedAddressFamily(2)).getAddress())
                .isEqualTo(RELAY_6);
        var only4 = new Scene(Limits.USUAL, Map.of(Family.IPV4, RELAY), 50_000, 50_999);
        assertThat(only4.alice().allocate(new RequestedAddressFamily(2)).code()).isEqualTo(440);
        var half = only4.alice().allocate(new AdditionalAddressFamily(2));
        assertThat(relayed(half).getAddress()).isEqualTo(RELAY);
        assertThat(the(AddressErrorCode.class, half)).isEqualTo(
                new AddressErrorCode(2, 440, "Address Family not Supported"));
    }

    @Test void both_families_in_one_allocation() {
        var response = alice.allocate(new AdditionalAddressFamily(2));
        assertThat(response.attributes().stream().filter(XorRelayedAddress.class::isInstance)
                .map(a -> ((XorRelayedAddress) a).address().getAddress()))
                .containsExactlyInAnyOrder(RELAY, RELAY_6);
        assertThat(alice.permit(PEER, PEER_6).kind()).isEqualTo(Kind.SUCCESS);
        //= rfc8656#8.1-2 what is deleted of one family leaves the other's permissions
        assertThat(alice.ask(Method.REFRESH, new Lifetime(Duration.ZERO),
                new RequestedAddressFamily(2)).kind()).isEqualTo(Kind.SUCCESS);
        assertThat(scene.open).hasSize(1);
        assertThat(alice.sends(PEER, HELLO)).hasSize(1);
        assertThat(alice.sends(PEER_6, HELLO)).isEmpty();
        //= rfc8656#8.2-1 a family that is not there any more: 443
        assertThat(alice.ask(Method.REFRESH, new RequestedAddressFamily(2)).code()).isEqualTo(443);
        assertThat(alice.refresh(0).kind()).isEqualTo(Kind.SUCCESS);
        assertThat(scene.open).isEmpty();
    }

    @Test void questions_that_exclude_each_other() {
        var token = new ReservationToken(Bytes.hex("0102030405060708"));
        for (var pair : List.<List<Attribute>>of(
                List.of(new RequestedAddressFamily(1), new AdditionalAddressFamily(2)),
                List.of(token, new EvenPort(false)), List.of(token, new RequestedAddressFamily(1)),
                List.of(token, new AdditionalAddressFamily(2)),
                List.of(new AdditionalAddressFamily(2), new EvenPort(true)),
                List.of(new AdditionalAddressFamily(1))))
            assertThat(alice.allocate(pair.toArray(Attribute[]::new)).code()).as("" + pair)
                    .isEqualTo(400);
        assertThat(alice.allocate(token).code()).isEqualTo(508);
        assertThat(scene.open).isEmpty();
    }

    @Test void an_even_port_and_the_next_one_for_later() {
        var response = alice.allocate(new EvenPort(true));
        int port = relayed(response).getPort();
        assertThat(port).isEven();
        var token = the(ReservationToken.class, response);
        var later = scene.asker(at("203.0.113.6", 1), ALICE);
        //= rfc8656#7.2-10 the reservation is there 30 seconds later
        scene.pass(Duration.ofSeconds(30));
        assertThat(later.relayed(token).getPort()).isEqualTo(port + 1);
        assertThat(scene.asker(at("203.0.113.7", 1), ALICE).allocate(token).code())
                .isEqualTo(508);
        assertThat(alice.refresh(0).kind()).isEqualTo(Kind.SUCCESS);
        assertThat(alice.relayed(new EvenPort(false)).getPort()).isEven();
    }

    @Test void what_nobody_claims_is_closed() {
        alice.allocate(new EvenPort(true));
        alice.refresh(0);
        assertThat(scene.open).hasSize(1);
        scene.pass(Duration.ofSeconds(61));
        assertThat(scene.open).isEmpty();
        assertThat(scene.server.relays()).isZero();
    }

    @Test void a_port_that_the_system_does_not_give_is_passed_over() {
        var few = new Scene(Limits.USUAL, Map.of(Family.IPV4, RELAY), 50_000, 50_003);
        few.refused.add(50_000);
        assertThat(few.alice().relayed(new EvenPort(true)).getPort()).isEqualTo(50_002)
                .as("and nothing is left open of the other pair");
    }

    @Test void nothing_is_left_open_of_a_pair_that_fails() {
        var few = new Scene(Limits.USUAL, Map.of(Family.IPV4, RELAY), 50_000, 50_003);
        few.refused.addAll(List.of(50_001, 50_003));
        assertThat(few.alice().allocate(new EvenPort(true)).code()).isEqualTo(508);
        assertThat(few.open).isEmpty();
        assertThat(few.server.relays()).isZero();
        assertThat(few.server.size()).isZero();
    }

    //= rfc8656#6-1 each relayed address once, until there is none any more
    @Test void ports_are_never_lent_twice() {
        var few = new Scene(Limits.USUAL, Map.of(Family.IPV4, RELAY), 50_000, 50_009);
        var lent = new TreeSet<Integer>();
        for (int i = 0; i < 10; i++)
            lent.add(few.asker(at("203.0.113.5", 1 + i), ALICE).relayed().getPort());
        assertThat(lent).hasSize(10);
        assertThat(few.asker(at("203.0.113.5", 99), ALICE).allocate().code()).isEqualTo(508);
    }

    //= rfc8656#7.2-13 the first ports of ten servers are not the same
    //= rfc8656#7.2-11 of the dynamic range unless the user says otherwise
    //= rfc8656#7.2-12 and a port below 1024 cannot be said
    @Test void ports_by_chance() {
        var first = new TreeSet<Integer>();
        for (int i = 0; i < 10; i++) {
            scene.random.nextInt();
            first.add(scene.asker(at("203.0.113.5", 1 + i), ALICE).relayed().getPort());
        }
        assertThat(first.last() - first.first()).isGreaterThan(100);
        assertThat(TurnServer.Settings.LOW).isEqualTo(49_152);
        assertThatIllegalArgumentException().isThrownBy(() -> new Scene(Limits.USUAL,
                Map.of(Family.IPV4, RELAY), 1_023, 2_000));
    }

    @Test void another_allocate_on_the_same_path_is_a_mismatch() {
        alice.allocate();
        assertThat(alice.allocate().code()).isEqualTo(437);
        assertThat(scene.open).hasSize(1);
    }

    @Test void a_retransmission_hears_the_same_address() {
        var user = new Authentication.LongTerm(ALICE);
        var first = alice.request(Method.ALLOCATE, RequestedTransport.UDP);
        alice.last = user.seal(first, TurnAttribute.TABLE);
        user.judge(alice.again().orElseThrow(), alice.last);
        var wire = user.seal(alice.request(Method.ALLOCATE, RequestedTransport.UDP),
                TurnAttribute.TABLE);
        alice.last = wire;
        var once = alice.again().orElseThrow();
        alice.last = wire;
        var twice = alice.again().orElseThrow();
        assertThat(relayed(once)).isEqualTo(relayed(twice));
        assertThat(scene.open).hasSize(1);
    }

    /// The ancestor compared LIFETIME as a pair of numbers (its defect T6).
    @Test void lifetimes() {
        assertThat(the(Lifetime.class, alice.allocate(new Lifetime(Duration.ofSeconds(1200))))
                .duration()).isEqualTo(Duration.ofSeconds(1200));
        assertThat(the(Lifetime.class, alice.refresh(60)).duration())
                .isEqualTo(Duration.ofSeconds(600));
        //= rfc8656#7.2-14 an hour and no more
        assertThat(the(Lifetime.class, alice.refresh(-1)).duration())
                .isEqualTo(Duration.ofHours(1));
        scene.pass(Duration.ofMinutes(59));
        assertThat(scene.open).hasSize(1);
        scene.pass(Duration.ofMinutes(1));
        assertThat(scene.open).isEmpty();
        assertThat(scene.states).endsWith("DELETED");
        //= rfc8656#5-6 a request without an allocation: 437
        assertThat(alice.refresh(600).code()).isEqualTo(437);
    }

    //= rfc8656#5-4 a nonce is refused when it is old, and the request that has the new one is not
    @Test void nonces_expire() {
        alice.allocate(new Lifetime(Duration.ofHours(1)));
        scene.pass(Duration.ofMinutes(31));
        var stale = alice.once(alice.request(Method.REFRESH));
        assertThat(stale.code()).isEqualTo(438);
        assertThat(alice.refresh(600).kind()).isEqualTo(Kind.SUCCESS);
    }

    //= rfc8656#7.2-7,8 five for each user name, whatever the address: then 486
    @Test void quotas() {
        var small = new Scene(Limits.USUAL.perUser(5).allocations(7));
        for (int i = 0; i < 5; i++)
            assertThat(small.asker(at("203.0.113." + i, 1), ALICE).allocate().code()).isZero();
        assertThat(small.asker(at("203.0.113.9", 1), ALICE).allocate().code()).isEqualTo(486);
        for (int i = 0; i < 2; i++)
            assertThat(small.asker(at("203.0.113." + i, 2), BOB).allocate().code()).isZero();
        assertThat(small.asker(at("203.0.113.9", 2), BOB).allocate().code()).isEqualTo(508);
        small.pass(Duration.ofSeconds(600));
        assertThat(small.server.size()).isZero();
        assertThat(small.asker(at("203.0.113.9", 1), ALICE).allocate().code()).isZero();
    }

    @Test void the_end_of_a_stream_is_the_end_of_its_allocation() {
        var stream = scene.new Asker(Carrier.TCP, at("203.0.113.5", 40_000),
                new Authentication.LongTerm(ALICE));
        stream.allocate();
        assertThat(alice.allocate().code()).as("another path").isZero();
        scene.tell(new TurnServer.Input.Gone(stream.tuple));
        assertThat(scene.open).hasSize(1);
        assertThat(scene.server.size()).isEqualTo(1);
    }

    @Test void a_socket_that_opens_too_late_is_closed_again() {
        scene.opens = false;
        var stream = scene.new Asker(Carrier.TCP, at("203.0.113.5", 1),
                new Authentication.LongTerm(ALICE));
        var request = stream.request(Method.ALLOCATE, RequestedTransport.UDP, new EvenPort(true));
        var user = new Authentication.LongTerm(ALICE);
        stream.last = user.seal(request, TurnAttribute.TABLE);
        user.judge(stream.again().orElseThrow(), stream.last);
        stream.last = user.seal(request, TurnAttribute.TABLE);
        assertThat(stream.again()).isEmpty();
        scene.tell(new TurnServer.Input.Gone(stream.tuple));
        assertThat(scene.server.size()).isZero();
        for (int port = 50_000; port < 51_000; port++) {
            var relay = new InetSocketAddress(RELAY, port);
            if (scene.server.relays() == 0) break;
            scene.open.add(relay);
            scene.tell(new TurnServer.Input.Opened(relay));
        }
        assertThat(scene.server.relays()).isZero();
    }

    /// A plain STUN client is answered at the same port.
    @Test void binding_is_answered_too() {
        var request = alice.request(Message.BINDING);
        alice.last = request.encode();
        assertThat(the(XorMappedAddress.class, alice.again().orElseThrow()).address())
                .isEqualTo(alice.tuple.client());
    }
}
