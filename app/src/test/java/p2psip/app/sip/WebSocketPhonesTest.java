package p2psip.app.sip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import javax.net.ssl.*;
import org.junit.jupiter.api.*;
import p2psip.app.host.*;
import p2psip.app.sipd.Sipd;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// Telephones that are pages in a browser, as far as a server sees them: the JDK's own WebSocket,
/// and what JsSIP says over it.
class WebSocketPhonesTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final String PAGE = "http://127.0.0.1:8000";

    private static final Authority AUTHORITY = new Authority();

    private final HttpClient http = HttpClient.newBuilder().sslContext(believing()).build();
    private final RealHost host = new RealHost(RealHost.Options.of(Optional.empty()).with(
            new Credentials(List.of(AUTHORITY.certify("127.0.0.1")), List.of())));
    private final Host.Line line = host.start("sipd", room -> new Sipd(new Sipd.Options(
            new SipPort.Wish(List.of(new InetSocketAddress(HERE, 0)), false,
                    EnumSet.of(Transport.UDP, Transport.WS, Transport.WSS))
                    .in("127.0.0.1").from(List.of(PAGE)),
            List.of("example.org"), Optional.empty(), false), room));
    private final Map<Transport, InetSocketAddress> at = ((Sipd.Ready) line.told(
            Duration.ofSeconds(20)).getFirst()).points().stream().collect(
                    Collectors.toMap(ListeningPoint::transport, ListeningPoint::address));

    private static SSLContext believing() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", AUTHORITY.certificate());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach void close() {
        host.close();
        http.shutdownNow();   // to close it would wait for pages whose server is gone
    }

    /// A page, whose own address nobody can reach: its sent-by and its Contact are no names at all.
    private final class Page implements WebSocket.Listener {
        final String name, nowhere = UUID.randomUUID() + ".invalid";
        final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        final WebSocket socket;
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private final Transport by;

        Page(String name) { this(name, Transport.WS); }

        Page(String name, Transport by) {
            this.name = name;
            this.by = by;
            socket = http.newWebSocketBuilder().subprotocols("sip").header("Origin", PAGE)
                    .buildAsync(uri(by), this).join();
        }

        @Override public CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                heard.add(Message.parse(p2psip.std.Bytes.utf8(text.toString())));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        void say(String message) {
            socket.sendText(message.replace("\n", "\r\n"), true).join();
        }

        Response answer(int status) throws InterruptedException {
            var others = new ArrayList<Integer>();
            while (heard.poll(10, TimeUnit.SECONDS) instanceof Response response) {
                if (response.status() == status) return response;
                others.add(response.status());
            }
            throw new AssertionError("no " + status + " but " + others);
        }

        Request request(String method) throws InterruptedException {
            while (heard.poll(10, TimeUnit.SECONDS) instanceof Request request)
                if (request.is(method)) return request;
            throw new AssertionError("no " + method);
        }

        String head(String method, String uri, String to, String branch) {
            return """
                    %s %s SIP/2.0
                    Via: SIP/2.0/%s %s;branch=z9hG4bK%s
                    Max-Forwards: 70
                    From: <sip:%s@example.org>;tag=%s
                    To: %s
                    Call-ID: of-%s
                    Contact: <sip:%s@%s;transport=ws;ob>
                    """.formatted(method, uri, by, nowhere, branch, name, name, to, name,
                    name, nowhere);
        }

        void register() throws InterruptedException {
            say(head("REGISTER", "sip:example.org", "<sip:" + name + "@example.org>", name)
                    + "CSeq: 1 REGISTER\nExpires: 600\n\n");
            assertThat(answer(200).list("Contact")).singleElement().asString()
                    .contains(nowhere).contains("expires=600");
        }
    }

    private URI uri(Transport by) {
        return URI.create(by.name().toLowerCase(Locale.ROOT) + "://127.0.0.1:"
                + at.get(by).getPort() + "/");
    }

    private static String same(Request request, String... names) {
        return Arrays.stream(names).flatMap(name -> request.list(name).stream()
                .map(value -> name + ": " + value + "\n")).collect(Collectors.joining());
    }

    private int refused(String origin, String protocol) {
        var builder = http.newWebSocketBuilder();
        if (!protocol.isEmpty()) builder.subprotocols(protocol);
        if (!origin.isEmpty()) builder.header("Origin", origin);
        try {
            builder.buildAsync(uri(Transport.WS), new WebSocket.Listener() {}).join().abort();
            return 101;
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }

    //= rfc7118#4.1-1 the handshake of a client asks for sip
    @Test void a_server_is_asked_whether_it_speaks_sip() {
        var sockets = new WebSockets(new Id(Id.Part.SIP, 0, 0), Set.of(), new SplittableRandom(1));
        sockets.opening(1, Transport.WS);
        assertThat(sockets.connected(1, new InetSocketAddress(HERE, 5070),
                new InetSocketAddress(HERE, 5080), Optional.of("example.org"), Instant.EPOCH))
                .filteredOn(said -> said instanceof WebSockets.Output.ToHost(
                        Effect.Write(_, var bytes))
                        && bytes.utf8().contains("\r\nSec-WebSocket-Protocol: sip\r\n")).hasSize(1);
    }

    //= rfc7118#4.1-3 a request of the stack is all that is transmitted
    @Test void what_the_stack_writes_is_what_is_said() {
        var sockets = new WebSockets(new Id(Id.Part.SIP, 0, 0), Set.of(), new SplittableRandom(1));
        sockets.accepted(new Flow(Transport.WS, new InetSocketAddress(HERE, 5080),
                new InetSocketAddress(HERE, 5070), 1), Instant.EPOCH);
        sockets.received(1, Bytes.utf8("""
                GET / HTTP/1.1
                Host: example.org
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Protocol: sip

                """.replace("\n", "\r\n")), Instant.EPOCH);
        var request = "OPTIONS sip:example.org SIP/2.0\r\n\r\n";
        assertThat(sockets.write(1, Bytes.utf8(request), Instant.EPOCH)).singleElement()
                .isInstanceOfSatisfying(WebSockets.Output.ToHost.class, said ->
                        assertThat(((Effect.Write) said.effect()).bytes().hex())
                                .isEqualTo("8123" + Bytes.utf8(request).hex()));
    }

    //= rfc7118#4.1-2 sip is agreed on
    @Test void a_page_from_elsewhere_is_not_let_in() {
        assertThat(refused(PAGE, "sip")).isEqualTo(101);
        assertThat(refused("", "sip")).as("no browser").isEqualTo(101);
        assertThat(refused("http://evil.example.net", "sip")).isEqualTo(403);
        assertThat(refused("null", "sip")).isEqualTo(403);
        assertThat(refused(PAGE, "xmpp")).isEqualTo(400);
        assertThat(refused(PAGE, "")).isEqualTo(400);
    }

    /// All of it goes over the connections that the pages have opened: nobody can open one to them.
    //= rfc7118#4.2-2 a message that is all UTF-8 may be text
    //= rfc7118#5-1,2 the transport is reliable, and has a message of SIP in each of its own
    @Test void two_pages_call_each_other_and_hang_up() throws InterruptedException {
        var alice = new Page("alice");
        var bob = new Page("bob", Transport.WSS);
        alice.register();
        bob.register();
        alice.say(alice.head("INVITE", "sip:bob@example.org", "<sip:bob@example.org>", "1")
                + "CSeq: 2 INVITE\n\n");
        var invite = bob.request("INVITE");
        assertThat(invite.uri()).contains(bob.nowhere);
        assertThat(invite.list("Via").getFirst()).startsWith("SIP/2.0/WSS ");
        // the sent-by of the page is a name: the source is added
        assertThat(invite.list("Via").get(1)).contains(alice.nowhere, "received=127.0.0.1");
        bob.say("SIP/2.0 200 OK\n" + same(invite, "Via", "From", "Call-ID", "CSeq",
                "Record-Route") + "To: <sip:bob@example.org>;tag=b\nContact: <sip:bob@"
                + bob.nowhere + ";transport=ws>\n\n");
        var ok = alice.answer(200);
        var route = ok.list("Record-Route").reversed().stream()
                .map(value -> "Route: " + value + "\n").collect(Collectors.joining());
        assertThat(route).contains("transport=ws");
        alice.say(alice.head("ACK", "sip:bob@" + bob.nowhere + ";transport=ws",
                "<sip:bob@example.org>;tag=b", "2") + route + "CSeq: 2 ACK\n\n");
        bob.request("ACK");
        bob.say(("""
                BYE sip:alice@%s;transport=ws SIP/2.0
                Via: SIP/2.0/WSS %s;branch=z9hG4bK3
                Max-Forwards: 70
                From: <sip:bob@example.org>;tag=b
                To: <sip:alice@example.org>;tag=alice
                Call-ID: of-alice
                CSeq: 1 BYE
                """ + same(invite, "Record-Route").replace("Record-", "") + "\n")
                .formatted(alice.nowhere, bob.nowhere));
        var bye = alice.request("BYE");
        alice.say("SIP/2.0 200 OK\n" + same(bye, "Via", "From", "To", "Call-ID", "CSeq") + "\n");
        assertThat(bob.answer(200).cseq().method()).isEqualTo("BYE");
    }

    //= rfc7118#4.2-1 binary frames are taken as well as text
    @Test void what_is_said_in_binary_is_heard() throws InterruptedException {
        var alice = new Page("alice");
        var asked = alice.head("OPTIONS", "sip:example.org", "<sip:example.org>", "1")
                + "CSeq: 1 OPTIONS\n\n";
        alice.socket.sendBinary(ByteBuffer.wrap(asked.replace("\n", "\r\n").getBytes()), true)
                .join();
        alice.answer(200);
    }

    /// The one server is a client then, and no browser.
    @Test void a_server_asks_another_by_websocket() throws InterruptedException {
        var other = ((Sipd.Ready) host.start("other", room -> new Sipd(new Sipd.Options(
                new SipPort.Wish(List.of(new InetSocketAddress(HERE, 0)), false,
                        EnumSet.of(Transport.UDP, Transport.WS)), List.of(), Optional.empty(),
                false), room)).told(Duration.ofSeconds(20)).getFirst()).points().getLast();
        assertThat(other.transport()).isEqualTo(Transport.WS);
        var alice = new Page("alice");
        alice.register();
        var uri = "sip:127.0.0.1:" + other.address().getPort() + ";transport=ws";
        alice.say(alice.head("OPTIONS", uri, "<" + uri + ">", "2") + "CSeq: 2 OPTIONS\n\n");
        assertThat(alice.answer(200).cseq().method()).isEqualTo("OPTIONS");
    }

    /// With its connection the binding is gone.
    @Test void who_has_gone_is_not_reached_any_more() throws InterruptedException {
        var alice = new Page("alice");
        var bob = new Page("bob");
        bob.register();
        bob.socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertThat(bob.closed.join()).isEqualTo(WebSocket.NORMAL_CLOSURE);
        alice.say(alice.head("OPTIONS", "sip:bob@example.org", "<sip:bob@example.org>", "1")
                + "CSeq: 1 OPTIONS\n\n");
        alice.answer(480);
    }
}
