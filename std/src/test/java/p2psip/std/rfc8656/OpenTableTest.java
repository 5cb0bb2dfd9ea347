package p2psip.std.rfc8656;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Message.Kind;

/// Attributes of another specification, made of what the room of STUN shows to everybody.
class OpenTableTest {
    private static final int ALLOCATE = 3;
    private static final InetSocketAddress SERVER =
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 3478),
            RELAY = new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 49152);
    private static final TransactionId ID = TransactionId.random(new SplittableRandom(1));

    private record Lifetime(int seconds) implements Attribute {}
    private record XorRelayedAddress(InetSocketAddress address) implements Attribute {}
    private record ChannelNumber(int number) implements Attribute {
        static ChannelNumber parse(int word) {
            if (word >>> 30 != 1) throw new SyntaxException("no channel: " + (word >>> 16));
            return new ChannelNumber(word >>> 16);
        }
    }

    private static final Table.Row<Lifetime> LIFETIME = new Table.Row<>(0x000d, "LIFETIME",
            Lifetime.class, Codec.NUMBER.map(Lifetime::new, Lifetime::seconds));
    private static final Table TURN = Table.RFC8489.with(LIFETIME,
            new Table.Row<>(0x000c, "CHANNEL-NUMBER", ChannelNumber.class,
                    Codec.NUMBER.map(ChannelNumber::parse, channel -> channel.number() << 16)),
            new Table.Row<>(0x0016, "XOR-RELAYED-ADDRESS", XorRelayedAddress.class,
                    Codec.XORED_ADDRESS.map(XorRelayedAddress::new, XorRelayedAddress::address)));

    private static Message message(Kind kind, Attribute... attributes) {
        return new Message(kind, ALLOCATE, ID, List.of(attributes));
    }

    @Test void who_has_the_longer_table_writes_and_reads_what_is_in_it() {
        var message = message(Kind.SUCCESS, new Lifetime(600), new XorRelayedAddress(RELAY),
                new ChannelNumber(0x4001), new Attribute.Software("test"));
        var wire = message.encode(TURN);
        assertThat(wire.hex()).contains("000d000400000258").contains("000c000440010000")
                .doesNotContain(Bytes.wrap(RELAY.getAddress().getAddress()).hex());
        assertThat(Message.parse(wire, TURN)).isEqualTo(message);
        assertThat(Message.parse(wire, TURN).unknownRequired()).isEmpty();
        assertThat(TURN.row(0x000d)).contains(LIFETIME);
    }

    //= rfc8489#6.3.1¶1 what may not be passed over is unknown where the table has not got it
    @Test void who_has_the_plain_table_reads_numbers_and_bytes() {
        var plain = Message.parse(message(Kind.REQUEST, new Lifetime(600)).encode(TURN));
        assertThat(plain.attributes()).containsExactly(
                new Attribute.Unknown(0x000d, Bytes.hex("00000258")));
        assertThat(plain.unknownRequired()).containsExactly(0x000d);
        assertThatThrownBy(message(Kind.REQUEST, new Lifetime(600))::encode)
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Lifetime");
    }

    @Test void what_is_malformed_is_a_syntax_error_like_any_other() {
        for (var malformed : List.of(new Attribute.Unknown(0x000d, Bytes.hex("0258")),
                new Attribute.Unknown(0x000c, Bytes.hex("80000000"))))
            assertThatThrownBy(() -> Message.parse(message(Kind.REQUEST, malformed).encode(), TURN))
                    .isInstanceOf(SyntaxException.class);
    }

    @Test void a_client_with_the_longer_table_asks_and_is_answered_in_its_words() {
        for (var table : List.of(TURN, Table.RFC8489)) {
            var asks = table == TURN ? List.<Attribute>of(new Lifetime(600)) : List.<Attribute>of();
            var client = new Client(SERVER, ALLOCATE, asks, new Authentication.None(), Timing.UDP,
                    table, new SplittableRandom(1));
            var sent = (Client.Output.Send) client.wake(Instant.EPOCH).getFirst();
            var request = Message.parse(sent.bytes(), TURN);
            assertThat(request.attributes()).isEqualTo(asks);
            var answer = new Message(Kind.SUCCESS, ALLOCATE, request.id(),
                    List.of(new Lifetime(60)));
            assertThat(client.handle(new Client.Input.Received(SERVER, answer.encode(TURN)),
                    Instant.EPOCH)).containsExactly(table == TURN
                    ? new Client.Output.Succeeded(answer) : new Client.Output.Failed(0,
                            "an answer with attributes unknown here: [13]"));
        }
    }

    @Test void a_guard_seals_what_was_written_with_any_table() {
        var alice = new Credential("alice", "wonderland");
        var guard = new Guard.ShortTerm(_ -> Optional.of(alice));
        var wire = Integrity.SHA_256.append(message(Kind.REQUEST, new Lifetime(600),
                new Attribute.Username("alice")).encode(TURN), alice.shortTermKey());
        var accepted = (Guard.Verdict.Accepted) guard.check(Message.parse(wire, TURN), wire, SERVER,
                Instant.EPOCH);
        var sealed = accepted.seal(message(Kind.SUCCESS, new Lifetime(60)), TURN);
        assertThat(Integrity.SHA_256.verify(sealed, alice.shortTermKey())).isTrue();
        assertThat(Message.parse(sealed, TURN).first(Lifetime.class)).contains(new Lifetime(60));
    }

    @Test void a_number_or_a_kind_has_one_row() {
        assertThatThrownBy(() -> TURN.with(LIFETIME)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> TURN.with(new Table.Row<>(0x7ff0, "AGAIN", Lifetime.class,
                LIFETIME.codec()))).isInstanceOf(IllegalStateException.class);
    }
}
