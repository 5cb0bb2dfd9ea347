package p2psip.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static p2psip.app.host.HostContract.TCP;
import static p2psip.app.host.HostContract.at;
import static p2psip.app.host.HostContract.id;

import module java.base;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.app.crypto.Identity;
import p2psip.app.host.Puppet.Strings;
import p2psip.std.Bytes;

/// TLS of this computer, with certificates that the test makes.
class RealTlsTest {
    private static final Authority AUTHORITY = new Authority(), NOBODY = new Authority();
    private static final Way NAMED = new Way.Tls("example.com");
    private static final Instant NOW = Instant.now();

    private final List<RealHost> hosts = new ArrayList<>();

    @AfterEach void end() { hosts.forEach(RealHost::close); }

    private Strings node(String name, Certified... own) {
        return node(name, new Credentials(List.of(own), List.of(AUTHORITY.certificate())));
    }

    private Strings node(String name, Credentials credentials) {
        var host = new RealHost(RealHost.Options.of(Optional.empty()).with(credentials));
        hosts.add(host);
        return new Strings(host, name);
    }

    private static InetSocketAddress listen(Strings node, Way way) {
        node.pull(new Effect.Listen(id(1), way, at("127.0.0.1", 0)));
        return node.hear(Event.Bound.class).local();
    }

    private InetSocketAddress server(Certified own) {
        return listen(node("bob", own), new Way.Tls(own.name().orElseThrow()));
    }

    /// Why a stream to somebody is closed.
    private Event.Closed refused(InetSocketAddress there, String name) {
        var alice = node("alice");
        alice.pull(new Effect.Open(id(1), new Way.Tls(name), there),
                new Effect.Write(id(1), Bytes.utf8("for nobody else")));
        return alice.hear(Event.Closed.class);
    }

    private static Optional<TlsFailure> of(TlsFailure failure) { return Optional.of(failure); }

    //= rfc8489#6.2.3-8 the certificate is verified, and for whom it is
    @Test void a_name_is_proven_and_much_goes_both_ways() {
        var bob = node("bob", AUTHORITY.certify("example.com"));
        var there = listen(bob, NAMED);
        var alice = node("alice");
        alice.pull(new Effect.Open(id(1), new Way.Tls("Example.COM"), there));
        assertThat(alice.hear(Event.Connected.class).proven())
                .contains(new Proven.Name("Example.COM"));
        var accepted = bob.hear(Event.Accepted.class);
        assertThat(accepted.proven()).as("was not asked").isEmpty();
        assertThat(accepted.way()).isEqualTo(NAMED);
        var much = noise(Host.UNWRITTEN);
        alice.pull(new Effect.Write(id(1), much));
        assertThat(bob.read(much.size())).isEqualTo(much);
        bob.pull(new Effect.Write(accepted.id(), much), new Effect.Close(accepted.id()));
        assertThat(alice.read(much.size())).isEqualTo(much);
        assertThat(alice.hear(Event.Closed.class).why()).isEqualTo("closed by the peer");
    }

    @Test void what_is_shown_is_renewed_and_connections_stay_up() {
        var bob = node("bob", AUTHORITY.certify("example.com"));
        var there = listen(bob, NAMED);
        var alice = node("alice");
        alice.pull(new Effect.Open(id(1), NAMED, there));
        alice.hear(Event.Connected.class);
        var accepted = bob.hear(Event.Accepted.class);
        hosts.getFirst().renew(new Credentials(List.of(NOBODY.certify("example.com")), List.of()));
        assertThat(refused(there, "example.com").tls()).isEqualTo(of(TlsFailure.UNTRUSTED));
        bob.pull(new Effect.Write(accepted.id(), Bytes.utf8("still here")));
        assertThat(alice.read(10)).isEqualTo(Bytes.utf8("still here"));
    }

    private static Bytes noise(int size) {
        var bytes = new byte[size];
        new SplittableRandom(7).nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    //= rfc8489#6.2.3-9 what is invalid, or another's, ends it: nothing is written
    @Test void each_cause_of_distrust_has_its_value() {
        var year = Duration.ofDays(365);
        var good = server(AUTHORITY.certify("example.com", "192.0.2.1"));
        assertThat(refused(good, "example.org")).isEqualTo(new Event.Closed(id(1),
                "its certificate is not for example.org", of(TlsFailure.OTHER_NAME)));
        assertThat(refused(good, "127.0.0.1").tls()).isEqualTo(of(TlsFailure.OTHER_NAME));
        assertThat(refused(server(NOBODY.certify("example.com")), "example.com").tls())
                .isEqualTo(of(TlsFailure.UNTRUSTED));
        var old = AUTHORITY.certify(NOW.minus(year), NOW.minusSeconds(5), "example.com");
        var expired = refused(server(old), "example.com");
        assertThat(expired.tls()).isEqualTo(of(TlsFailure.EXPIRED));
        assertThat(expired.why()).startsWith("its certificate has expired (20");
        var early = AUTHORITY.certify(NOW.plus(year), NOW.plus(year), "example.com");
        assertThat(refused(server(early), "example.com").tls())
                .isEqualTo(of(TlsFailure.NOT_YET_VALID));
    }

    @Test void who_speaks_no_tls_or_goes_away_has_no_handshake() throws IOException {
        for (var answer : List.of("HTTP/1.1 400 Bad Request\r\n\r\n", ""))
            try (var other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                Thread.startVirtualThread(() -> {
                    try (var peer = other.accept()) {
                        peer.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        // it has gone
                    }
                });
                var closed = refused(at("127.0.0.1", other.getLocalPort()), "example.com");
                assertThat(closed.tls()).as(closed.why()).isEqualTo(of(TlsFailure.HANDSHAKE));
                assertThat(closed.why()).startsWith("no TLS: ");
            }
    }

    //= rfc8489#6.2.3-10 the identity of a server is a DNS-ID, else a CN-ID; a wildcard is one label
    @Test void names_are_compared_label_by_label() {
        var certified = AUTHORITY.certify("*.example.com", "example.net", "2001:db8::1");
        for (var good : List.of("a.example.com", "A.EXAMPLE.com.", "example.net", "2001:DB8::1"))
            assertThat(certified.proves(good)).as(good).isTrue();
        for (var bad : List.of("example.com", "a.b.example.com", "aexample.com", "x.example.net",
                "2001:db8::2", "com", ".example.com"))
            assertThat(certified.proves(bad)).as(bad).isFalse();
        assertThat(AUTHORITY.certify("*.com").proves("example.com")).as("too much").isFalse();
        assertThat(AUTHORITY.old("example.com").proves("example.com")).isTrue();
        assertThat(certified.name()).contains("*.example.com");
    }

    @Test void who_listens_may_ask_for_a_name_and_takes_one_that_is_trusted_or_none() {
        var bob = node("bob", AUTHORITY.certify("example.com"));
        var there = listen(bob, new Way.Tls("example.com", true));
        var alice = node("alice", AUTHORITY.certify("example.net"));
        alice.pull(new Effect.Open(id(1), NAMED, there));
        assertThat(bob.hear(Event.Accepted.class).proven())
                .contains(new Proven.Name("example.net"));
        var carol = node("carol");
        carol.pull(new Effect.Open(id(1), NAMED, there));
        assertThat(bob.hear(Event.Accepted.class).proven()).isEmpty();
        //= rfc5922#7.4-1 who presents no certificate that is believed is not authenticated
        for (var own : List.of(NOBODY.certify("example.net"), AUTHORITY.certify(
                NOW.minusSeconds(90), NOW.minusSeconds(5), "example.net"))) {
            var mallory = node("mallory", own);
            mallory.pull(new Effect.Open(id(1), NAMED, there));
            assertThat(bob.hear(Event.Accepted.class).proven()).isEmpty();
        }
    }

    /// By the rules of SIP a certificate names a domain as a whole.
    @Test void in_sip_no_wildcard_is_believed() {
        var sip = Way.Naming.SIP;
        var bob = node("bob", AUTHORITY.certify("*.example.com", "example.com"));
        var there = listen(bob, new Way.Tls("example.com", true, sip));
        var alice = node("alice", AUTHORITY.certify("a.example", "b.example"));
        alice.pull(new Effect.Open(id(1), new Way.Tls("example.com", false, sip), there));
        //= rfc5922#7.4-2 the set of identities of the client is obtained from its certificate
        //= rfc5923#9.2-1 the client was asked for it
        assertThat(bob.hear(Event.Accepted.class).proven()).contains(
                new Proven.Name("a.example", List.of("a.example", "b.example")));
        alice.hear(Event.Connected.class);
        //= rfc5922#7.3-1,2 the domain of the URI is compared with the identities of the server
        alice.pull(new Effect.Open(id(2), new Way.Tls("sub.example.com", false, sip), there));
        //= rfc5922#7.3-3 the connection is closed at once
        //= rfc3261#26.2.2-2 as the certificate is not validated
        assertThat(alice.hear(Event.Closed.class).tls()).isEqualTo(of(TlsFailure.OTHER_NAME));
    }

    /// A client of long ago.
    //= rfc8996#4-1,2 TLS 1.0 is not negotiated
    //= rfc8996#5-1,2 nor is TLS 1.1
    @ParameterizedTest @ValueSource(ints = {1, 2})
    void old_versions_get_an_alert(int minor) throws IOException {
        var there = server(AUTHORITY.certify("example.com"));
        try (var socket = new Socket(there.getAddress(), there.getPort())) {
            socket.setSoTimeout(10_000);
            var hello = ByteBuffer.allocate(45).put(new byte[] {3, (byte) minor})
                    .put(new byte[32]).put((byte) 0).putShort((short) 4)
                    .putShort((short) 0xc013).putShort((short) 0x2f).put((byte) 1).put((byte) 0);
            hello.flip();
            var body = new byte[hello.remaining()];
            hello.get(body);
            var out = ByteBuffer.allocate(9 + body.length).put((byte) 22).put((byte) 3)
                    .put((byte) 1).putShort((short) (body.length + 4)).put((byte) 1).put((byte) 0)
                    .putShort((short) body.length).put(body);
            socket.getOutputStream().write(out.array());
            //= rfc8996#4-5 a Hello of {03,01} is answered with a protocol_version alert
            //= rfc8996#5-5 one of {03,02} as well, and the connection is closed
            assertThat(socket.getInputStream().readAllBytes()).startsWith(21)
                    .endsWith(2, 70);
        }
    }

    @Test void two_that_have_keys_prove_them_to_each_other() {
        var a = Identity.generate(Identity.NODE, new SplittableRandom(1));
        var b = Identity.generate("sip:bob@example.com", new SplittableRandom(2));
        var bob = node("bob");
        var there = listen(bob, new Way.Keyed(b));
        var alice = node("alice");
        alice.pull(new Effect.Open(id(1), new Way.Keyed(a), there),
                new Effect.Write(id(1), Bytes.utf8("hello")));
        assertThat(alice.hear(Event.Connected.class).proven())
                .contains(new Proven.Key(b.key()));
        assertThat(bob.hear(Event.Accepted.class).proven()).contains(new Proven.Key(a.key()));
        assertThat(bob.read(5).utf8()).isEqualTo("hello");
    }

    /// Without a key of his own, or with one of another kind, nobody comes in.
    @Test void who_has_no_key_is_not_accepted() {
        var bob = node("bob");
        var there = listen(bob,
                new Way.Keyed(Identity.generate("b", new SplittableRandom(2))));
        for (var own : List.of(new Certified[0],
                new Certified[] {AUTHORITY.certify("example.com")})) {
            var alice = node("alice", own);
            alice.pull(new Effect.Open(id(1), NAMED, there));
            assertThat(alice.hear(Event.Closed.class).tls()).isPresent();
        }
        assertThat(bob.rest(Duration.ZERO)).isEmpty();
    }

    /// Those who only connect take the place of others for a while, never of all.
    @Test void a_flood_of_callers_that_never_shake_hands_is_cut_short() throws Exception {
        var bob = node("bob", AUTHORITY.certify("example.com"));
        var there = listen(bob, NAMED);
        var silent = new ArrayList<SocketChannel>();
        for (int i = 0; i < Streams.HANDSHAKES; i++) silent.add(SocketChannel.open(there));
        var more = SocketChannel.open(there);
        more.socket().setSoTimeout(5_000);
        assertThat(more.socket().getInputStream().read()).as("closed at once").isNegative();
        for (var each : silent) each.close();
        more.close();
        var alice = node("alice");
        Event closed = new Event.Closed(id(1), "");
        for (int i = 1; closed instanceof Event.Closed && i < 100; i++) {
            alice.pull(new Effect.Open(id(i), NAMED, there));
            closed = alice.hear(Event.OfNetwork.class);
        }
        assertThat(closed).as("as soon as they have gone").isInstanceOf(Event.Connected.class);
    }

    @Test void a_peer_that_does_not_read_is_closed_at_the_limit() throws Exception {
        var bob = node("bob");
        var key = new Way.Keyed(Identity.generate("b", new SplittableRandom(2)));
        var there = listen(bob, key);
        try (var plain = new Socket(there.getAddress(), there.getPort());
                var socket = new Tls(Credentials.USUAL, InstantSource.system())
                        .over(plain, key, true)) {
            socket.startHandshake();
            var flow = bob.hear(Event.Accepted.class).id();
            var closed = List.<Object>of();
            for (int i = 0; closed.isEmpty() && i < 1_000; i++) {
                bob.pull(new Effect.Write(flow, noise(Host.UNWRITTEN / 2)));
                closed = bob.rest(Duration.ZERO);
            }
            assertThat(closed.isEmpty() ? bob.rest(Duration.ofSeconds(5)) : closed)
                    .containsExactly(new Event.Closed(flow, "the peer reads too slowly"));
        }
    }

    //= rfc8489#6.2.3-1 the cipher suites that are asked for are there
    //= rfc8489#6.2.3-3,4 those of 1.3 and with forward secrecy come first
    //= rfc8489#6.2.3-5 weak ones, DES and RC4, are not used
    @Test void what_is_offered_is_strong_and_what_the_rfc_asks_for() throws Exception {
        var way = new Way.Keyed(Identity.generate("b", new SplittableRandom(2)));
        try (var server = new ServerSocket(0); var plain = new Socket(server.getInetAddress(),
                server.getLocalPort()); var socket = new Tls(Credentials.USUAL,
                InstantSource.system()).over(plain, NAMED, true); var keyed = new Tls(
                Credentials.USUAL, InstantSource.system()).over(plain, way, true)) {
            assertThat(socket.getEnabledProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
            assertThat(keyed.getEnabledProtocols()).containsExactly("TLSv1.3");
            assertThat(socket.getEnabledCipherSuites()).contains(
                    "TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256").allMatch(
                    suite -> !suite.matches(".*(RC4|DES|NULL|EXPORT|anon).*"));
            var suites = List.of(socket.getEnabledCipherSuites());
            assertThat(suites.getFirst()).as("of 1.3").doesNotContain("_WITH_");
            assertThat(suites.stream().dropWhile(suite -> !suite.startsWith("TLS_RSA"))
                    .filter(suite -> suite.contains("DHE"))).as("forward secrecy").isEmpty();
            assertThat(socket.getSSLParameters().getUseCipherSuitesOrder()).isTrue();
        }
    }

    @Test void certificates_and_keys_are_read_as_text() {
        var own = AUTHORITY.certify("example.com");
        var text = Authority.pem(own.chain().toArray());
        var read = Pem.certified(text, text + Authority.pem(own.key()));
        assertThat(read.chain()).isEqualTo(own.chain());
        assertThat(read.name()).contains("example.com");
        assertThat("" + read).as("not the key").isEqualTo("certified [example.com]");
        assertThat(Pem.certificates(text)).hasSize(2);
        var faults = Map.of("nonsense", "there is no certificate in it",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "it is no PEM");
        faults.forEach((bad, why) -> assertThatThrownBy(() -> Pem.certificates(bad))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(why));
        assertThatThrownBy(() -> Pem.certified(text, text)).hasMessageContaining("no private key");
        assertThatThrownBy(() -> Pem.certified(text, Authority.pem(
                AUTHORITY.certify("example.com").key()))).hasMessageContaining("not that of");
    }

    @Test void plain_tcp_is_no_tls() {
        var bob = node("bob", AUTHORITY.certify("example.com"));
        var there = listen(bob, TCP);
        var alice = node("alice");
        alice.pull(new Effect.Open(id(1), NAMED, there));
        bob.hear(Event.Received.class);
        bob.pull(new Effect.Write(id(-1), Bytes.utf8("what?\r\n")));
        assertThat(alice.hear(Event.Closed.class).tls()).isEqualTo(of(TlsFailure.HANDSHAKE));
    }
}
