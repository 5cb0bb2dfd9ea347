package p2psip.app.web;

import module java.base;
import com.sun.net.httpserver.*;
import p2psip.app.host.*;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.*;

/// A page that is a telephone, for the browser of whoever has the node: a few files and where the
/// node takes WebSockets; nothing of what [Control] can do is behind it.
///
/// Without a certificate it is there for this machine, on 127.0.0.1 by HTTP: a browser lets pages
/// from there have a microphone. With one it is there for other machines, by HTTPS, under the name
/// that the certificate is for.
///
/// Who asks by another name is refused, so that none can be made to lead here (DNS rebinding); the
/// page runs no script and opens no connection but its own; and it is from where it says, so the
/// node's WebSockets let it in ([#origins]).
public final class PhonePage implements AutoCloseable {
    /// Requests at once; one more is told 503.
    static final int REQUESTS = 16;

    private static final Map<String, String> FILES = Map.of("index.html", "text/html",
            "phone.css", "text/css", "phone.js", "text/javascript", "sip.js", "text/javascript",
            "sound.js", "text/javascript", "md5.js", "text/javascript", "favicon.svg",
            "image/svg+xml");

    private static final String LOOPBACK = "127.0.0.1";

    static { Control.limit(); }

    private final HttpServer server;
    private final List<String> names;
    private final boolean secure;
    private final Semaphore free = new Semaphore(REQUESTS);
    /// Where it is told to speak SIP: not yet.
    private volatile Optional<String> sip = Optional.empty();

    /// Opens a port, of 127.0.0.1 alone.
    ///
    /// @param port that is wished for: if it is taken another one does
    /// @throws Control.NotOpen if nothing can be opened
    public static PhonePage here(int port) {
        try {
            return new PhonePage(open(at -> HttpServer.create(at, 0),
                    InetAddress.ofLiteral(LOOPBACK), port), List.of(LOOPBACK, "localhost"), false);
        } catch (IOException e) {
            throw new Control.NotOpen("no page is served: " + Why.of(e));
        }
    }

    /// Opens a port for other machines.
    ///
    /// @param address 0.0.0.0 for all of this machine
    /// @param shown   under whose name it is there
    /// @throws Control.NotOpen if nothing can be opened
    public static PhonePage elsewhere(InetAddress address, int port, Certified shown) {
        try {
            var tls = new HttpsConfigurator(context(shown));
            var server = open(at -> {
                var made = HttpsServer.create(at, 0);
                made.setHttpsConfigurator(tls);
                return made;
            }, address, port);
            return new PhonePage(server, shown.name().map(name ->
                    name.contains(":") ? "[" + name + "]" : name).stream().toList(), true);
        } catch (IOException | GeneralSecurityException e) {
            throw new Control.NotOpen("no page is served: " + Why.of(e));
        }
    }

    private interface Opening {
        HttpServer at(InetSocketAddress place) throws IOException;
    }

    private static HttpServer open(Opening opening, InetAddress address, int port)
            throws IOException {
        try {
            return opening.at(new InetSocketAddress(address, port));
        } catch (BindException e) {
            return opening.at(new InetSocketAddress(address, 0));
        }
    }

    private static SSLContext context(Certified shown) throws GeneralSecurityException,
            IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        store.setKeyEntry("page", shown.key(), new char[0],
                shown.chain().toArray(java.security.cert.Certificate[]::new));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private PhonePage(HttpServer server, List<String> names, boolean secure) {
        this.server = server;
        this.names = names;
        this.secure = secure;
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /// As a browser says from where it is.
    public List<String> origins() {
        return hosts().map(host -> (secure ? "https://" : "http://") + host).toList();
    }

    /// What somebody enters in a browser.
    public String address() { return origins().getFirst() + "/"; }

    private Stream<String> hosts() {
        return names.stream().map(name -> name + ":" + server.getAddress().getPort());
    }

    /// By what the page speaks SIP.
    public Transport transport() { return secure ? Transport.WSS : Transport.WS; }

    /// The node is there: the page speaks with it at one of these.
    public void ready(List<ListeningPoint> points) {
        var at = points.stream().filter(point -> point.transport() == transport())
                .map(ListeningPoint::address)
                .min(Comparator.comparing(place -> !place.getAddress().isLoopbackAddress()));
        sip = at.map(place -> secure ? "wss://" + names.getFirst() + ":" + place.getPort()
                : "ws://" + HostName.text(place));
    }

    @Override public void close() { server.stop(0); }

    private void handle(HttpExchange exchange) throws IOException {
        boolean mine = free.tryAcquire();
        try (exchange) {
            answer(exchange, mine);
        } finally {
            if (mine) free.release();
        }
    }

    private void answer(HttpExchange exchange, boolean mine) throws IOException {
        try {
            if (!mine) throw new Refused(503, "try again");
            send(exchange, asked(exchange));
        } catch (Refused e) {
            e.headers.forEach(exchange.getResponseHeaders()::set);
            send(exchange, e.status, "text/plain", (e.getMessage() + "\n").getBytes(UTF_8));
        }
    }

    private static final Charset UTF_8 = StandardCharsets.UTF_8;

    /// The name of a file that there is.
    private String asked(HttpExchange exchange) {
        var host = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        if (host.size() != 1 || hosts().noneMatch(host.getFirst()::equalsIgnoreCase))
            throw new Refused(403, "the page has another name: " + address());
        if (!exchange.getRequestMethod().equals("GET"))
            throw new Refused(405, "the page can be asked by GET", Map.of("Allow", "GET"));
        var segments = Paths.segments(exchange.getRequestURI());
        var name = segments.isEmpty() ? "index.html" : segments.getLast();
        if (segments.size() > 1 || !FILES.containsKey(name) && !name.equals("node.json"))
            throw new Refused(404, "there is nothing of that name");
        if (sip.isEmpty()) throw new Refused(503, "the node is starting: try again");
        return name;
    }

    private void send(HttpExchange exchange, String name) throws IOException {
        if (name.equals("node.json")) {
            send(exchange, 200, "application/json", (new Values().with("sip", sip.orElseThrow())
                    .json() + "\n").getBytes(UTF_8));
            return;
        }
        try (var file = PhonePage.class.getResourceAsStream("phone/" + name)) {
            send(exchange, 200, FILES.get(name), file.readAllBytes());
        }
    }

    private void send(HttpExchange exchange, int status, String type, byte[] bytes)
            throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type + "; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Permissions-Policy", "microphone=(self), camera=(), geolocation=()");
        headers.set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src"
                + " 'self'; img-src 'self'; connect-src 'self'" + sip.map(at -> " " + at).orElse("")
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        headers.set("Connection", "close");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
