package p2psip.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.app.host.HostContract.id;

import module java.base;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import p2psip.app.host.Puppet.Strings;
import p2psip.std.Bytes;

class RealWebTest extends WebContract {
    private static final Authority AUTHORITY = new Authority();
    private static final InetSocketAddress ANY = HostContract.at("127.0.0.1", 0);

    private final CountDownLatch over = new CountDownLatch(1);
    private final List<HttpServer> servers = new ArrayList<>();
    private final RealHost host = new RealHost(RealHost.Options.of(Optional.empty())
            .with(new Credentials(List.of(), List.of(AUTHORITY.certificate()))));
    private final String http;

    RealWebTest() throws IOException { http = "http://127.0.0.1:" + serve(HttpServer.create()); }

    @AfterEach void end() {
        over.countDown();
        host.close();
        servers.forEach(server -> server.stop(0));
    }

    @Override String server() { return http; }

    @Override Host host() { return host; }

    private int serve(HttpServer server) throws IOException {
        // all that may ask at once, and one more: fifty are what it holds else
        server.bind(ANY, 2 * Host.REQUESTS);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), "UTF-8");
        switch (exchange.getRequestURI().getPath()) {
            case MUCH -> reply(exchange, 200, "x".repeat(Host.REPLY + 1));
            case MISSING -> reply(exchange, 404, "nothing here");
            case SILENT -> await();
            case LINES -> reply(exchange, 200, "one\n\nthree");
            case ENDLESS -> endless(exchange);
            case LONG_LINE -> reply(exchange, 200, "x".repeat(Host.REPLY_LINE + 1));
            case CUT -> {
                exchange.sendResponseHeaders(200, 100);
                exchange.getResponseBody().write("one\n".getBytes("UTF-8"));
                exchange.getResponseBody().flush();
                throw new IOException("as it should");
            }
            default -> reply(exchange, 200, exchange.getRequestMethod() + " "
                    + exchange.getRequestURI() + (body.isEmpty() ? "" : " " + body));
        }
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes("UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        for (; over.getCount() > 0; LockSupport.parkNanos(20_000_000)) {
            exchange.getResponseBody().write("tick\n".getBytes("UTF-8"));
            exchange.getResponseBody().flush();
        }
    }

    private String secure(Certified own) throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("own", own.key(), new char[0],
                own.chain().toArray(java.security.cert.Certificate[]::new));
        var factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(keys, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        var server = HttpsServer.create();
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return "https://127.0.0.1:" + serve(server) + "/echo";
    }

    private Event.OfWeb ask(String url) {
        var alice = new Strings(host, "alice");
        alice.pull(new Effect.Http(id(1), "GET", URI.create(url), Bytes.EMPTY,
                Duration.ofSeconds(15), false));
        return alice.hear(Event.OfWeb.class);
    }

    @Test void a_server_that_proves_its_name_is_asked_by_tls() throws Exception {
        assertThat(ask(secure(AUTHORITY.certify("127.0.0.1")))).isEqualTo(
                new Event.Replied(id(1), 200, Bytes.utf8("GET /echo")));
    }

    @Test void one_that_does_not_is_not_and_the_cause_is_said() throws Exception {
        for (var own : List.of(AUTHORITY.certify("other.example"),
                new Authority().certify("127.0.0.1"))) {
            var reply = (Event.NoReply) ask(secure(own));
            assertThat(reply.why()).startsWith("no TLS: ").doesNotContain("\n");
        }
    }
}
