package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.Sipd;
import p2psip.std.Machine;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.*;

/// Phones of others by TLS, which show a certificate when they are asked for one. Needs baresip.
@Tag("peer")
class CertifiedPhonePeerTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    @TempDir Path folder;

    private final Authority authority = new Authority(), stranger = new Authority();

    @BeforeAll static void baresip() { Baresip.assumeThere(); }

    /// A server, and what was proven of who has come in.
    private record Watched(Machine<Event, Effect> server, List<Optional<Proven>> proven)
            implements Machine<Event, Effect> {
        @Override public Instant deadline() { return server.deadline(); }

        @Override public List<Effect> wake(Instant now) { return server.wake(now); }

        @Override public List<Effect> handle(Event event, Instant now) {
            if (event instanceof Event.Accepted accepted) proven.add(accepted.proven());
            return server.handle(event, now);
        }
    }

    private Path pem(String name, Object... what) throws IOException {
        return Files.writeString(folder.resolve(name), Authority.pem(what));
    }

    private Baresip phone(String user, String at, Authority signs) throws Exception {
        var shown = signs.certify(user + ".example");
        return Baresip.certified(folder.resolve(user), "sip:" + user + "@127.0.0.1",
                "sip:" + at + ";transport=tls", pem(user + ".pem",
                        Stream.concat(shown.chain().stream(), Stream.of(shown.key())).toArray()),
                pem("ca.pem", authority.certificate()));
    }

    @Test void who_shows_one_proves_it_and_who_shows_a_strangers_proves_nothing()
            throws Exception {
        var proven = new CopyOnWriteArrayList<Optional<Proven>>();
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()).with(new Credentials(
                List.of(authority.certify("127.0.0.1")), List.of(authority.certificate()))))) {
            var line = host.start("sipd", room -> new Watched(new Sipd(new Sipd.Options(
                    new SipPort.Wish(List.of(new InetSocketAddress(HERE, 0)), false,
                            EnumSet.of(Transport.UDP, Transport.TLS)).in("127.0.0.1"),
                    List.of("127.0.0.1"), Optional.empty(), false), room), proven));
            var at = HostName.text(((Sipd.Ready) line.told(Duration.ofSeconds(20)).getFirst())
                    .points().getLast().address());
            try (var alice = phone("alice", at, authority)) {
                alice.registered();
                assertThat(proven).singleElement().asString().contains("alice.example");
                try (var bob = phone("bob", at, stranger)) {
                    bob.registered();
                    assertThat(proven).hasSize(2).last().isEqualTo(Optional.empty());
                    bob.dial("sip:alice@127.0.0.1");
                    bob.await("CALL_ESTABLISHED");
                    bob.hangUp();
                    alice.await("CALL_CLOSED");
                }
            }
        }
    }
}
