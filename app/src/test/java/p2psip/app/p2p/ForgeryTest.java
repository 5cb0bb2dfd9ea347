package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.node.*;
import p2psip.app.trace.*;
import p2psip.app.voip.*;
import p2psip.std.*;

/// A member of the overlay, with a key as good as any, lies about where bob is: whole nodes refuse
/// it, say so in what `-d` prints, and bring calls to bob.
class ForgeryTest {
    private static final String ALICE = "sip:alice@example.com", BOB = "sip:bob@example.com";
    private static final int PUT = 0x21, GET = 0x22, ERRAND = 0x23, REFUSED = 0x31, COPY = 0x40;
    private static final int INVALID = 1, STALE = 2;

    /// Says to a node's ring what it is commanded, and tells what is said to it.
    private static final class Liar implements Machine<Event, Effect> {
        record Say(Peer to, Bytes message) {}

        private final InetSocketAddress at =
                new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 5063);
        private final Sessions overlay;
        private boolean begun;

        Liar(Host.Room room) {
            overlay = new Sessions(Identity.generate("liar", room.random()), at, room.random());
        }

        @Override public Instant deadline() { return begun ? overlay.deadline() : Instant.MIN; }

        @Override public List<Effect> wake(Instant now) {
            if (begun) return effects(overlay.wake(now));
            begun = true;
            return List.of(new Effect.Bind(Id.PROGRAM, at));
        }

        @Override public List<Effect> handle(Event event, Instant now) {
            return switch (event) {
                case Event.Datagram(_, _, var remote, var bytes) -> effects(
                        overlay.handle(new Sessions.Input.Received(remote, bytes), now));
                case Event.Command(Say(var to, var message)) -> effects(overlay.handle(
                        new Sessions.Input.Send(to, new Payload.Ring(message).encode(), true),
                        now));
                default -> List.of();
            };
        }

        private List<Effect> effects(List<Sessions.Output> outputs) {
            return outputs.stream().flatMap(output -> switch (output) {
                case Sessions.Output.Transmit(var remote, var datagram, _) ->
                        Stream.of(new Effect.Datagram(at, remote, datagram));
                case Sessions.Output.Delivered(_, _, var payload)
                        when Payload.parse(payload) instanceof Payload.Ring(var message) ->
                        Stream.of(new Effect.Tell(message));
                default -> Stream.<Effect>of();
            }).toList();
        }
    }

    private final List<String> printed = new ArrayList<>();
    private final Network network = new Network(11,
            new Printer(printed::add, ZoneOffset.UTC, Screen.PAGE));
    private final RunningNode first = node(1), second = node(2, first.overlay());
    private final Host.Line liar = network.host("10.0.0.9").start("liar", Liar::new);

    private RunningNode node(int i, Place... others) {
        return RunningNode.start(network.host("10.0.0." + i), "node " + i,
                Node.Options.at(InetAddress.ofLiteral("10.0.0." + i), List.of(others)));
    }

    private Telephone phone(int i, String aor, RunningNode node) {
        return Telephone.start(network.host("10.0.0." + i), aor, PhoneSetup.of(aor, node.sip()));
    }

    @Test void a_forged_record_and_a_replayed_one_are_refused_and_printed() {
        try (var alice = phone(3, ALICE, first); var bob = phone(4, BOB, second)) {
            bob.register();
            second.publishes(1);
            var old = said(ask(errand(GET, BOB)));
            network.run(Duration.ofSeconds(1));
            bob.register();
            second.publishes(1);

            assertThat(refusal(ask(errand(PUT, forged(old))))).isEqualTo(INVALID);
            assertThat(refusal(ask(copy(forged(old))))).isEqualTo(INVALID);
            assertThat(printed).filteredOn(line -> line.contains("FORGED")).hasSize(2)
                    .allMatch(line -> line.matches(
                            ".* node 1 +! record from \\w+ refused: FORGED, signature is wrong"));

            assertThat(refusal(ask(errand(PUT, old)))).isEqualTo(STALE);
            assertThat(refusal(ask(copy(old)))).isEqualTo(STALE);
            assertThat(printed).anyMatch(line -> line.matches(
                    ".* node 1 +! record from \\w+ refused:"
                            + " a newer record of this owner is known"));

            alice.call(BOB).hangUp();
            assertThat(bob.answer(Duration.ZERO)).isPresent();
        }
    }

    /// What the node answers.
    private Bytes ask(Bytes message) {
        liar.command(new Liar.Say(
                new Peer(first.ready().id(), first.ready().overlay().orElseThrow()), message));
        return (Bytes) liar.told(Duration.ofSeconds(5)).getFirst();
    }

    private static Bytes errand(int body, String text) { return message(ERRAND, body, text); }

    private static Bytes copy(String text) { return message(COPY, -1, text); }

    private static Bytes message(int code, int body, String text) {
        var utf8 = Bytes.utf8(text);
        var out = ByteBuffer.allocate(13 + utf8.size()).put((byte) 1).put((byte) code)
                .putLong(text.hashCode() * 31L + code);
        if (body >= 0) out.put((byte) body);
        return Bytes.from(out.putShort((short) utf8.size()).put(utf8.buffer()).flip());
    }

    /// The one record in an answer.
    private static String said(Bytes values) {
        var in = values.buffer().position(14);   // behind version, code, id, parts and count
        return Bytes.from(in.slice(in.position() + 2, in.getShort())).utf8();
    }

    private static int refusal(Bytes answer) {
        assertThat(answer.at(1)).isEqualTo((byte) REFUSED);
        return answer.at(10);
    }

    /// Bob's record with the liar's address in it, under bob's own signature.
    private static String forged(String record) {
        var parts = record.split("\\.");
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]),
                java.nio.charset.StandardCharsets.UTF_8).replace("10.0.0.2", "10.0.0.9");
        return parts[0] + "." + Base64.getUrlEncoder().withoutPadding()
                .encodeToString(Bytes.utf8(claims).toArray()) + "." + parts[2];
    }
}
