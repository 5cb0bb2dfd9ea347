package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.std.Machine;
import p2psip.std.Outbox;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3842.MessageSummary;
import p2psip.std.rfc6665.*;

/// A real phone that asks our mailbox whether messages are waiting. Needs baresip.
class MessageWaitingPeerTest {
    @BeforeAll static void baresip() { Baresip.assumeThere(); }

    @Test void its_user_reads_how_many(@TempDir Path folder) throws Exception {
        for (int run = 1; !heard(folder.resolve("bob" + run)); run++)
            assertThat(run).as("runs in which it only asked").isLessThan(3);
    }

    /// Whether it hears what it asks for. Baresip 1.0 on a busy machine may ask without end from
    /// its first moment, a hundred times before the first answer can be there, and hears none.
    private static boolean heard(Path folder) throws Exception {
        try (var here = new RealHost(RealHost.Options.of(Optional.empty()));
                var there = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var node = FirstCallTest.node(here, "node", List.of());
            var line = there.start("mailbox", room -> new Mailbox(node.sip(), room.random()));
            assertThat(line.told(Duration.ofSeconds(10))).contains("registered");
            try (var bob = Baresip.asking(folder, "sip:bob@example.com",
                    FirstCallTest.proxy(node, "udp"))) {
                var asked = "mwi: subscribing to messages for sip:bob@example.com\n";
                if (!bob.printsOneOf("Messages-Waiting: yes", asked.repeat(20))
                        .startsWith("Messages")) return false;
                bob.prints("Voice-Message: 2/8 (0/2)");
                return true;
            }
        }
    }

    /// Bob's mailbox: a user agent that is one more contact of bob.
    private static final class Mailbox implements Machine<Event, Effect> {
        private final Outbox<Effect> out = new Outbox<>();
        private final InetSocketAddress proxy;
        private final RandomGenerator random;
        private final SipPort sip;
        private boolean open;

        Mailbox(InetSocketAddress proxy, RandomGenerator random) {
            this.proxy = proxy;
            this.random = random;
            sip = new SipPort(new SipPort.Wish(List.of(proxy.getAddress()), 0, false,
                    EnumSet.of(Transport.UDP)), 0, random, false);
        }

        @Override public Instant deadline() { return open ? sip.deadline() : Instant.MIN; }

        @Override public List<Effect> wake(Instant now) {
            if (!open) {
                open = true;
                told(sip.handle(new SipPort.Input.Open(), now), now);
            }
            told(sip.wake(now), now);
            return out.take();
        }

        @Override public List<Effect> handle(Event event, Instant now) {
            told(sip.handle(new SipPort.Input.Happened(event), now), now);
            return out.take();
        }

        private void told(List<SipPort.Output> outputs, Instant now) {
            for (var output : outputs) switch (output) {
                case SipPort.Output.Do(var effect) -> out.add(effect);
                case SipPort.Output.Ready(var points) -> {
                    told(sip.handle(new SipPort.Input.Serve(agent(points.getFirst())), now), now);
                    ask(new Publish(1, MessageSummary.NAME, new MessageSummary(true,
                            Optional.of("sip:bob@example.com"), List.of(new MessageSummary.Count(
                                    "Voice-Message", 2, 8, Optional.of(
                                            new MessageSummary.Urgent(0, 2)))))), now);
                    ask(new Registration.Command.Register(Duration.ofMinutes(5)), now);
                }
                case SipPort.Output.Told(Registration.Event.Registered _) ->
                        out.add(new Effect.Tell("registered"));
                default -> { }
            }
        }

        private void ask(Core.Command command, Instant now) {
            told(sip.handle(new SipPort.Input.Asked(command), now), now);
        }

        private UserAgent agent(ListeningPoint point) {
            var mailboxes = MessageSummary.PACKAGE.watchedBy(_ -> Access.ALLOWED);
            var route = SipUri.of("", proxy).withParams(Params.NONE.with("lr", ""));
            return new UserAgent(new Profile(Address.parse("<sip:bob@example.com>"),
                    SipUri.of("bob", point.address()), List.of(Address.of(route)),
                    Optional.empty(), "test", CallRules.PLAIN, Optional.empty()),
                    List.of(new Subscriptions(List.of(mailboxes), random)), random);
        }
    }
}
