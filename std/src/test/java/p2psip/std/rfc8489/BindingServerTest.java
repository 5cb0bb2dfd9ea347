package p2psip.std.rfc8489;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

class BindingServerTest {
    private static final InetSocketAddress CLIENT =
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.9"), 13479),
            CLIENT_6 = new InetSocketAddress(InetAddress.ofLiteral("2001:db8::9"), 13479);
    private static final TransactionId ID = TransactionId.random(new SplittableRandom(1));

    private final BindingServer server = new BindingServer("test", false),
            alone = new BindingServer("test", true);

    private static Message request(Attribute... attributes) {
        return new Message(Kind.REQUEST, Message.BINDING, ID, List.of(attributes));
    }

    /// The ancestor answered with the server's own address (its defect T1), unmasked (T2).
    //= rfc8489#6.3.1.1¶5 the answer has the source address of the request
    //= rfc8489#5-7 and its transaction ID
    //= rfc8489#12-1 Binding is supported
    @Test void the_client_is_told_its_own_address() {
        //= rfc8489#12-2 without credentials
        for (var client : List.of(CLIENT, CLIENT_6)) for (var request : List.of(request(),
                request(new Unknown(0x8029, Bytes.EMPTY)))) {
            var wire = server.answer(request.encode(), client).orElseThrow();
            //= rfc8489#6.3.1.1-5 with SOFTWARE
            assertThat(Message.parse(wire)).isEqualTo(new Message(Kind.SUCCESS, Message.BINDING, ID,
                    List.of(new XorMappedAddress(client), new Software("test"))));
            assertThat(wire.hex()).doesNotContain(
                    Bytes.wrap(client.getAddress().getAddress()).hex());
        }
    }

    /// The ancestor could not send an error at all (its defect T4).
    //= rfc8489#6.3.1¶1 what may not be passed over is listed in an error 420
    //= rfc8489#6.3.1.1-1,2,3 with ERROR-CODE, the phrase for it and UNKNOWN-ATTRIBUTES
    //= rfc8489#14.8-10 which has each unknown attribute
    @Test void attributes_that_nobody_may_pass_over_are_refused() {
        var request = request(new Unknown(0x0024, Bytes.EMPTY), new Unknown(0x8029, Bytes.EMPTY),
                new Unknown(0x0003, Bytes.hex("00000002"))).encode();
        var answer = server.answer(request, CLIENT).orElseThrow();
        assertThat(Message.parse(answer)).isEqualTo(new Message(Kind.ERROR, Message.BINDING, ID,
                List.of(new ErrorCode(420, "Unknown Attribute"),
                        new UnknownAttributes(List.of(0x0024, 0x0003)), new Software("test"))));
    }

    /// The first answer may be lost; who asks again hears what he would have heard.
    @Property(tries = 50) void a_request_that_comes_again_has_the_same_success(
            @ForAll @IntRange(max = 3) int others) {
        var request = request(new Unknown(0x8029, Bytes.EMPTY)).encode();
        var answer = server.answer(request, CLIENT).orElseThrow();
        for (int i = 0; i < others; i++) server.answer(new Message(Kind.REQUEST, Message.BINDING,
                TransactionId.random(new SplittableRandom(i)), List.of()).encode(), CLIENT_6);
        //= rfc8489#6.3.1-1,2 the same request results in the same success response
        assertThat(server.answer(request, CLIENT)).contains(answer);
        assertThat(Message.parse(answer).kind()).isEqualTo(Kind.SUCCESS);
    }

    //= rfc8489#14.14-2 127 characters are a name, 128 are none
    @Test void its_name_is_short() {
        var longest = "ü".repeat(127);
        assertThat(Message.parse(new BindingServer(longest, true)
                .answer(request().encode(), CLIENT).orElseThrow()).first(Software.class))
                .contains(new Software(longest));
        assertThatThrownBy(() -> new BindingServer(longest + "!", true))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("127");
    }

    //= rfc8489#12-6 a fingerprint is answered by another, a wrong one by silence
    @Test void a_fingerprint_is_checked_and_answered() {
        var request = Fingerprints.append(request().encode());
        assertThat(Fingerprints.isRight(server.answer(request, CLIENT).orElseThrow())).isTrue();
        var spoiled = request.toArray();
        spoiled[spoiled.length - 1] ^= 1;
        assertThat(server.answer(Bytes.wrap(spoiled), CLIENT)).isEmpty();
    }

    //= rfc8489#12-7 clients of RFC 3489 hear of MAPPED-ADDRESS from a stand-alone server
    @Test void clients_of_rfc_3489_are_answered_where_stun_is_alone() {
        var id = new TransactionId(Bytes.hex("000102030405060708090a0b0c0d0e0f"));
        var request = new Message(Kind.REQUEST, Message.BINDING, id,
                List.of(new Unknown(0x0003, Bytes.hex("00000000")))).encode();
        assertThat(Message.parse(alone.answer(request, CLIENT).orElseThrow()))
                .isEqualTo(new Message(Kind.SUCCESS, Message.BINDING, id,
                        List.of(new MappedAddress(CLIENT))));
        assertThat(server.answer(request, CLIENT)).isEmpty();
    }

    //= rfc8489#6.3¶2 it checks the class and method: only a Binding request is answered
    @Test void indications_answers_and_other_methods_hear_nothing() {
        for (var kind : Kind.values())
            assertThat(alone.answer(new Message(kind, kind == Kind.REQUEST ? 3 : Message.BINDING,
                    ID, List.of()).encode(), CLIENT)).isEmpty();
    }

    @Property void nonsense_is_never_answered_twice_as_long_and_nothing_is_thrown(
            @ForAll @Size(max = 80) byte[] bytes) {
        assertThat(server.answer(Bytes.copyOf(bytes), CLIENT)).isEmpty();
        alone.answer(Bytes.copyOf(bytes), CLIENT);
    }
}
