package p2psip.app.peers;

import static org.assertj.core.api.Assertions.*;

import module java.base;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.Sipd;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;

/// Two servers, ours and one of others, that speak by TLS and both show a certificate: alice has
/// registered at ours, carol at the other. Needs kamailio with its modules for TLS and WebSocket.
@Tag("peer")
class KamailioTlsPeerTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir Path folder;

    private final Authority authority = new Authority(), stranger = new Authority();
    private final int port = Ports.run(2), ws = Ports.run(2), tls = Ports.run(2);
    private final BlockingQueue<String> remarks = new LinkedBlockingQueue<>();
    private Programs programs;
    private RealHost host;
    private InetSocketAddress ours, oursByTls;

    @BeforeAll static void kamailio() { Kamailio.assumeTls(); }

    @BeforeEach void begin() { programs = new Programs(folder); }

    @AfterEach void end() {
        if (host != null) host.close();
        programs.close();
    }

    /// @param shown by the other
    /// @param own   that ours shows
    private void servers(Certified shown, Certified own) throws IOException {
        Kamailio.begin(programs, folder, port, ws, tls, shown, authority);
        host = new RealHost(RealHost.Options.of(Optional.empty(), trace -> {
            if (trace.node().equals("sipd")) remarks.add("" + trace.what());
        }).with(new Credentials(List.of(own), List.of(authority.certificate()))));
        var line = host.start("sipd", room -> new Sipd(new Sipd.Options(new SipPort.Wish(
                List.of(new InetSocketAddress(HERE, 0)), false,
                EnumSet.of(Transport.UDP, Transport.TLS)).in("127.0.0.1"), List.of(),
                Optional.empty(), true), room));
        var points = ((Sipd.Ready) line.told(PATIENCE).getFirst()).points();
        ours = points.getFirst().address();
        oursByTls = points.getLast().address();
    }

    private Telephone registered(String user, String domain, InetSocketAddress proxy) {
        var phone = Telephone.start(host, user,
                PhoneSetup.of("sip:" + user + "@" + domain, proxy).local(HERE).untraced());
        phone.register();
        return phone;
    }

    private Telephone alice() { return registered("alice", HostName.text(ours), ours); }

    private Telephone carol() {
        return registered("carol", "p2psip.test", new InetSocketAddress(HERE, port));
    }

    private static String uri(String user, InetSocketAddress at) {
        return "<sip:" + user + "@" + HostName.text(at) + ";transport=tls>";
    }

    private static void talk(Telephone from, Telephone to, String uri) {
        var call = from.call(uri);
        var taken = to.answer(PATIENCE).orElseThrow();
        taken.hangUp();
        assertThat(call.talk(PATIENCE)).as("hung up").isTrue();
    }

    @Test void each_server_is_the_next_hop_of_the_other() throws Exception {
        servers(authority.certify("127.0.0.1"), authority.certify("127.0.0.1"));
        try (var alice = alice(); var carol = carol()) {
            //  carol is behind the other server, which is the next hop of ours
            talk(alice, carol, uri("carol", new InetSocketAddress(HERE, tls)));
            //  which is her outbound proxy, and sends to ours
            talk(carol, alice, uri("alice", oursByTls));
        }
        assertThat(remarks).anyMatch(said -> said.contains("SIP/2.0/TLS 127.0.0.1:" + tls));
    }

    /// RFC 5922: whoever has signed it, it is not for whom we call.
    @Test void who_shows_a_certificate_for_another_is_not_called() throws Exception {
        servers(authority.certify("other.example"), authority.certify("127.0.0.1"));
        try (var alice = alice(); var carol = carol()) {
            assertThatThrownBy(() -> alice.call(uri("carol", new InetSocketAddress(HERE, tls))))
                    .isInstanceOf(Telephone.Failed.class);
            assertThat(carol.answer(Duration.ofMillis(200))).isEmpty();
        }
        assertThat(remarks).anyMatch(said -> said.contains("its certificate is not for 127.0.0.1"));
    }

    /// Nor does the other call us by one that nobody has signed whom it knows.
    @Test void a_server_that_nobody_vouches_for_is_not_called() throws Exception {
        servers(authority.certify("127.0.0.1"), stranger.certify("127.0.0.1"));
        try (var alice = alice(); var carol = carol()) {
            assertThatThrownBy(() -> carol.call(uri("alice", oursByTls)))
                    .isInstanceOf(Telephone.Failed.class);
            assertThat(alice.answer(Duration.ofMillis(200))).isEmpty();
        }
    }
}
