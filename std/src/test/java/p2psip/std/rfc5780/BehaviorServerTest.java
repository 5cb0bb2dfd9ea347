package p2psip.std.rfc5780;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc5780.BehaviorAttribute.*;
import p2psip.std.rfc5780.ClassicAttribute.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

class BehaviorServerTest {
    private static final InetAddress A1 = InetAddress.ofLiteral("192.0.2.1"),
            A2 = InetAddress.ofLiteral("192.0.2.2");
    private static final InetSocketAddress CLIENT = at("198.51.100.7", 4000);
    private static final TransactionId ID = TransactionId.random(new SplittableRandom(1));

    /// What an answer may be longer than its request: four addresses of 12 bytes, and the name.
    private static final int MORE = 4 * 12 + 8;

    private final BehaviorServer server = new BehaviorServer("test", List.of(A1, A2),
            List.of(3478, 3479)), single = new BehaviorServer("test", List.of(A1),
            List.of(3478, 3479));

    private static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    private static Bytes request(Attribute... attributes) {
        return new Message(Kind.REQUEST, Message.BINDING, ID, List.of(attributes))
                .encode(BehaviorAttribute.TABLE);
    }

    private BehaviorServer.Reply ask(InetSocketAddress at, Attribute... attributes) {
        return server.answer(request(attributes), at, CLIENT).orElseThrow();
    }

    private static Message message(BehaviorServer.Reply reply) {
        return Message.parse(reply.bytes(), BehaviorAttribute.TABLE);
    }

    //= rfc5780#6.1-3 change port alone
    //= rfc5780#6.1-4 change IP alone
    //= rfc5780#6.1-5 both
    @Test void it_answers_from_where_it_is_asked_to_and_tells_the_other_place() {
        for (var da : server.places()) for (boolean ip : List.of(false, true))
            for (boolean port : List.of(false, true)) {
                var ca = da.getAddress().equals(A1) ? A2 : A1;
                int cp = da.getPort() == 3478 ? 3479 : 3478;
                var source = new InetSocketAddress(ip ? ca : da.getAddress(),
                        port ? cp : da.getPort());
                var reply = ask(da, new ChangeRequest(ip, port));
                assertThat(reply.from()).isEqualTo(source);
                assertThat(reply.to()).isEqualTo(CLIENT);
                //= rfc5780#6.1-1 MAPPED-ADDRESS beside XOR-MAPPED-ADDRESS
                //= rfc5780#6.1-7 RESPONSE-ORIGIN
                //= rfc5780#6.1-8 OTHER-ADDRESS is Ca:Cp whatever the flags
                assertThat(message(reply).attributes()).containsExactly(
                        new XorMappedAddress(CLIENT), new MappedAddress(CLIENT),
                        new ResponseOrigin(source),
                        new OtherAddress(new InetSocketAddress(ca, cp)), new Software("test"));
            }
        assertThat(server.places()).hasSize(4);
    }

    //= rfc5780#6.1-6 no CHANGE-REQUEST: from where it was asked
    @Test void who_asks_for_no_change_is_answered_from_where_he_asked() {
        for (var place : server.places()) {
            assertThat(ask(place).from()).isEqualTo(place);
            assertThat(message(ask(place))).isEqualTo(message(ask(place, ChangeRequest.NONE)));
        }
    }

    //= rfc5780#6-4 no OTHER-ADDRESS, and 420 to CHANGE-REQUEST
    //= rfc5780#6.1-2 the error 420
    //= rfc5780#7.4-1 no OTHER-ADDRESS without a second address
    @Test void a_server_of_one_address_changes_nothing_and_says_so() {
        var place = single.places().getFirst();
        assertThat(message(single.answer(request(), place, CLIENT).orElseThrow()).attributes())
                .contains(new ResponseOrigin(place)).noneMatch(OtherAddress.class::isInstance);
        var refused = message(single.answer(request(new ChangeRequest(false, true)), place, CLIENT)
                .orElseThrow());
        assertThat(refused.attributes()).containsExactly(new ErrorCode(420, "Unknown Attribute"),
                new UnknownAttributes(List.of(3)), new Software("test"));
    }

    //= rfc5780#7.5-1 to the source address and the port of RESPONSE-PORT
    @Test void an_answer_goes_to_another_port_but_to_no_other_address() {
        var reply = ask(at("192.0.2.1", 3478), new ResponsePort(5_000));
        assertThat(reply.to()).isEqualTo(at("198.51.100.7", 5_000));
        assertThat(message(reply).attributes()).contains(new XorMappedAddress(CLIENT));
    }

    //= rfc5780#6.1-11 both are an error 400
    //= rfc5780#7.5-2 and not processed
    @Test void padding_to_another_port_is_refused_to_who_asked() {
        for (var wrong : List.of(
                List.of(new ResponsePort(5_000), new Padding(Bytes.wrap(new byte[1_000]))),
                List.of(new ResponsePort(0)))) {
            var reply = ask(at("192.0.2.1", 3478), wrong.toArray(Attribute[]::new));
            assertThat(reply.to()).isEqualTo(CLIENT);
            assertThat(message(reply).code()).isEqualTo(400);
        }
    }

    //= rfc5780#6.1-9 PADDING is in the response
    //= rfc5780#7.6-1 PADDING is never longer than the MTU
    @Property(tries = 50) void padding_is_answered_by_no_more_than_was_sent(
            @ForAll @IntRange(max = 60_000) int size) {
        var asked = request(new Padding(Bytes.wrap(new byte[size])));
        var reply = server.answer(asked, at("192.0.2.1", 3478), CLIENT).orElseThrow();
        assertThat(message(reply).first(Padding.class).orElseThrow().filling().size())
                .isEqualTo(Math.min(size, BehaviorServer.MTU));
        assertThat(reply.bytes().size()).isLessThanOrEqualTo(asked.size() + MORE);
    }

    //= rfc5780#3-1 clients of RFC 3489 know no cookie, and hear nothing
    @Test void clients_of_rfc_3489_answers_and_other_methods_hear_nothing() {
        var classic = new TransactionId(Bytes.hex("000102030405060708090a0b0c0d0e0f"));
        for (var mute : List.of(
                new Message(Kind.REQUEST, Message.BINDING, classic, List.of()),
                new Message(Kind.SUCCESS, Message.BINDING, ID, List.of()),
                new Message(Kind.REQUEST, 3, ID, List.of())))
            assertThat(server.answer(mute.encode(), at("192.0.2.1", 3478), CLIENT)).isEmpty();
    }

    @Test void where_it_is_alone_a_client_of_rfc_3489_hears_what_that_knows_and_from_elsewhere() {
        var alone = new BehaviorServer("test", List.of(A1, A2), List.of(3478, 3479), true);
        var classic = new TransactionId(Bytes.hex("000102030405060708090a0b0c0d0e0f"));
        for (var change : List.of(new ChangeRequest(false, false), new ChangeRequest(true, true))) {
            var reply = alone.answer(new Message(Kind.REQUEST, Message.BINDING, classic,
                    List.of(change)).encode(BehaviorAttribute.TABLE), at("192.0.2.1", 3478),
                    CLIENT).orElseThrow();
            var from = change.ip() ? at("192.0.2.2", 3479) : at("192.0.2.1", 3478);
            assertThat(reply.from()).isEqualTo(from);
            assertThat(reply.to()).isEqualTo(CLIENT);
            var said = Message.parse(reply.bytes(), ClassicAttribute.TABLE);
            assertThat(said.id()).isEqualTo(classic);
            assertThat(said.attributes()).containsExactly(new MappedAddress(CLIENT),
                    new SourceAddress(from), new ChangedAddress(at("192.0.2.2", 3479)));
        }
    }

    /// To whom the answer goes nobody may choose, as RFC 3489 had it.
    @Test void nor_does_it_answer_to_another_address_than_that_which_asked() {
        var alone = new BehaviorServer("test", List.of(A1), List.of(3478), true);
        var classic = new TransactionId(Bytes.hex("000102030405060708090a0b0c0d0e0f"));
        var reply = alone.answer(new Message(Kind.REQUEST, Message.BINDING, classic,
                List.of(new Unknown(0x0002, Bytes.hex("0001100a cb007107".replace(" ", "")))))
                .encode(), at("192.0.2.1", 3478), CLIENT).orElseThrow();
        assertThat(reply.to()).isEqualTo(CLIENT);
        assertThat(message(reply).code()).isEqualTo(420);
    }

    @Test void a_fingerprint_is_answered_by_another() {
        var reply = server.answer(Fingerprints.append(request()), at("192.0.2.2", 3479), CLIENT);
        assertThat(Fingerprints.isRight(reply.orElseThrow().bytes())).isTrue();
    }

    //= rfc5780#6-1 two addresses with two ports each
    @Test void places_that_are_no_pair_are_refused() {
        for (var ips : List.of(List.<InetAddress>of(), List.of(A1, A1),
                List.of(A1, InetAddress.ofLiteral("2001:db8::1"))))
            assertThatThrownBy(() -> new BehaviorServer("test", ips, List.of(3478, 3479)))
                    .isInstanceOf(IllegalArgumentException.class);
    }

    @Property void nonsense_is_answered_by_nothing_and_nothing_is_thrown(
            @ForAll @Size(max = 80) byte[] bytes) {
        assertThat(server.answer(Bytes.copyOf(bytes), at("192.0.2.1", 3478), CLIENT)).isEmpty();
    }
}
