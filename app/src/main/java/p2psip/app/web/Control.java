package p2psip.app.web;

import module java.base;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.*;
import p2psip.app.crypto.*;
import p2psip.app.host.Why;
import p2psip.std.Bytes;

/// The HTTP server of a running node, on 127.0.0.1 alone. Each request has a virtual thread, which
/// may wait for the node; each connection carries one request.
public final class Control implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("p2psip.web");

    /// Requests at once, without those that listen to events; one more is told 503.
    public static final int REQUESTS = 32;

    /// Bytes of the longest body.
    public static final int BODY = 65_536;

    /// How long a request may take as a whole, and how long one who listens may write nothing
    /// away after he was found to be too slow.
    public static final Duration PATIENCE = Duration.ofSeconds(30), SLOW = Duration.ofSeconds(10);

    /// How often something is sent to one who listens, so that it is seen when he has gone.
    private static final Duration BEAT = Duration.ofSeconds(15);

    /// Of the JDK's server: seconds for the head and body of a request, connections, how much of a
    /// refused body is waited for, bytes and fields of a head.
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10", "jdk.httpserver.maxConnections", "64",
            "sun.net.httpserver.drainAmount", "0",
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            "sun.net.httpserver.maxReqHeaders", "64", "sun.net.httpserver.nodelay", "true");

    static { limit(); }

    /// Sets the limits of the JDK's server, which it reads once; whoever makes one does so before.
    static void limit() {
        LIMITS.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
    }

    /// What cannot be opened; the message is for the user.
    public static final class NotOpen extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotOpen(String why) { super(why); }
    }

    private final Path home;
    private final List<Resource> resources;
    private final HttpServer server;
    private final Gate gate;
    private final Entrance entrance;
    private final Semaphore free = new Semaphore(REQUESTS);
    private final Set<Thread> listening = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("control").factory());
    private final Thread farewell;

    /// Opens a port, leaves a [Plate] in the node's home, and only then listens.
    ///
    /// @param port that is wished for: if it is taken another one does
    /// @throws NotOpen if nothing can be opened, or the home not be written
    public Control(Path home, int port, List<Resource> resources) {
        this.home = home;
        try {
            this.server = open(port);
        } catch (IOException e) {
            throw new NotOpen("this node cannot be asked: " + Why.of(e));
        }
        var token = new Token(new SecureRandom());
        this.gate = new Gate(port(), token);
        this.entrance = new Entrance(token, "http://127.0.0.1:" + port() + "/console",
                new SecureRandom(), System::nanoTime);
        this.resources = Stream.concat(resources.stream(), entrance.resources().stream()).toList();
        try {
            new Plate(port(), token.text()).write(home);
        } catch (IOException e) {
            server.stop(0);
            throw new NotOpen("this node cannot be asked: cannot write into " + home + ": "
                    + Why.of(e));
        }
        farewell = Thread.ofPlatform().unstarted(() -> Plate.remove(home));
        Runtime.getRuntime().addShutdownHook(farewell);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /// Takes away what a node that was killed has left in a home: the next one may not listen.
    public static void forget(Path home) { Plate.remove(home); }

    private static HttpServer open(int port) throws IOException {
        try {
            return HttpServer.create(at(port), 0);
        } catch (BindException e) {
            return HttpServer.create(at(0), 0);
        }
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    /// Where it listens.
    public int port() { return server.getAddress().getPort(); }

    /// Where one browser finds the page of the console, once and within ten minutes.
    public String console() { return entrance.address(); }

    /// Ends all that listen, and takes the plate away.
    @Override public void close() {
        Plate.remove(home);
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException e) {
            // it runs just now
        }
        listening.forEach(Thread::interrupt);
        server.stop(0);
        alarms.shutdownNow();
    }

    private void handle(HttpExchange exchange) {
        boolean mine = free.tryAcquire();
        var alarm = alarm(PATIENCE);
        try (exchange) {
            var answer = mine ? answered(exchange) : busy();
            switch (answer) {
                case Reply.Sent sent -> send(exchange, sent);
                case Reply.Listening(var events) -> {
                    free.release();
                    mine = false;
                    alarm.cancel(false);
                    listen(exchange, events);
                }
            }
        } catch (IOException e) {
            // he has gone
        } finally {
            alarm.cancel(false);
            if (mine) free.release();
        }
    }

    /// What goes back.
    private sealed interface Reply {
        record Sent(int status, Map<String, String> headers, String type, Bytes bytes,
                String policy) implements Reply {
            static Sent json(int status, Map<String, String> headers, JsonObject object) {
                return new Sent(status, headers, "application/json", Bytes.utf8(object + "\n"),
                        NOTHING);
            }

            static Sent refusing(Refused why) {
                return json(why.status, why.headers,
                        new Values().with("error", why.getMessage()).json());
            }
        }

        record Listening(EventStream events) implements Reply {}
    }

    private static Reply busy() {
        return Reply.Sent.refusing(new Refused(503, REQUESTS + " are being answered: try again",
                Map.of("Retry-After", "1")));
    }

    /// Has whatever this thread waits for end after that time.
    private Future<?> alarm(Duration patience) {
        var thread = Thread.currentThread();
        return alarms.schedule(thread::interrupt, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Reply answered(HttpExchange exchange) throws IOException {
        try {
            return switch (asked(exchange)) {
                case Resource.Answer.Json(var object) -> Reply.Sent.json(200, Map.of(), object);
                case Resource.Answer.Text(var type, var text) ->
                        new Reply.Sent(200, Map.of(), type, Bytes.utf8(text), NOTHING);
                case Resource.Answer.File(var type, var bytes, var policy) ->
                        new Reply.Sent(200, Map.of(), type + "; charset=utf-8", bytes, policy);
                case Resource.Answer.Stream(var events) -> new Reply.Listening(events);
            };
        } catch (Refused e) {
            return Reply.Sent.refusing(e);
        } catch (SyntaxException e) {
            return Reply.Sent.refusing(new Refused(400, e.getMessage()));
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "a request was not answered for a bug", bug);
            return Reply.Sent.refusing(new Refused(500, "a bug: see what the node has printed"));
        }
    }

    private Resource.Answer asked(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        gate.fromHere(headers);
        var segments = Paths.segments(exchange.getRequestURI());
        var found = resources.stream().filter(each -> isAt(each, segments)).findFirst();
        if (found.filter(Resource::forEverybody).isEmpty()) gate.known(headers);
        var resource = found.orElseThrow(() ->
                new Refused(404, "there is nothing of that name"));
        var method = resource.methods().stream()
                .filter(each -> each.name().equals(exchange.getRequestMethod())).findFirst()
                .orElseThrow(() -> notAllowed(resource));
        return resource.answer(new Resource.Request(method,
                variable(resource, segments), body(method, exchange)));
    }

    private static final String ANY = "**";

    private static List<String> path(Resource resource) {
        return List.of(resource.path().substring(1).split("/"));
    }

    private static boolean isAt(Resource resource, List<String> segments) {
        var path = path(resource);
        boolean deep = path.getLast().equals(ANY);
        if (deep ? segments.size() < path.size() : segments.size() != path.size()) return false;
        return IntStream.range(0, path.size()).allMatch(i -> path.get(i).startsWith("*")
                || path.get(i).equals(segments.get(i)));
    }

    private static String variable(Resource resource, List<String> segments) {
        var path = path(resource);
        return path.getLast().startsWith("*")
                ? String.join("/", segments.subList(path.size() - 1, segments.size())) : "";
    }

    private static Refused notAllowed(Resource resource) {
        var all = resource.methods().stream().map(Enum::name).collect(Collectors.joining(", "));
        return new Refused(405, "this can be asked by " + all, Map.of("Allow", all));
    }

    /// The one object that a body is.
    ///
    /// @throws SyntaxException if it is none
    private static JsonObject body(Resource.Method method, HttpExchange exchange)
            throws IOException {
        return switch (method) {
            case GET, DELETE -> new JsonObject();
            case PUT, POST -> {
                var length = exchange.getRequestHeaders().getFirst("Content-Length");
                //  what says so is refused unread; what comes in pieces when it is too much
                boolean tooLong = length != null && Long.parseLong(length) > BODY;
                var bytes = tooLong ? new byte[0]
                        : exchange.getRequestBody().readNBytes(BODY + 1);
                if (tooLong || bytes.length > BODY)
                    throw new Refused(413, "a body has at most " + BODY + " bytes");
                yield Json.object(utf8(bytes));
            }
        };
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Refused(400, "not JSON: no UTF-8");
        }
    }

    private static void send(HttpExchange exchange, Reply.Sent sent) throws IOException {
        sent.headers.forEach(exchange.getResponseHeaders()::set);
        head(exchange, sent.type, sent.policy);
        exchange.sendResponseHeaders(sent.status, sent.bytes.isEmpty() ? -1 : sent.bytes.size());
        exchange.getResponseBody().write(sent.bytes.toArray());
        exchange.getResponseBody().flush();
    }

    /// What is no page may do nothing, if a browser takes it for one.
    private static final String NOTHING = "default-src 'none'";

    private static void head(HttpExchange exchange, String type, String policy) {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Content-Security-Policy", policy);
        //  nothing of what is left unread is ever taken for another request
        headers.set("Connection", "close");
    }

    private void listen(HttpExchange exchange, EventStream events) throws IOException {
        var thread = Thread.currentThread();
        listening.add(thread);
        try {
            events.onLost(() -> alarms.schedule(
                    thread::interrupt, SLOW.toMillis(), TimeUnit.MILLISECONDS));
            head(exchange, "text/event-stream", NOTHING);
            exchange.sendResponseHeaders(200, 0);
            var out = exchange.getResponseBody();
            say(out, ": listening\n\n");
            while (!events.over()) {
                var next = events.next(BEAT);
                if (next.isEmpty()) say(out, ":\n\n");
                for (var each : next) say(out, Events.text(each));
            }
            say(out, "event: lost\ndata: " + new Values().with("why",
                    "too slow: more than " + Events.WAITING + " events have waited").json()
                    + "\n\n");
        } catch (InterruptedException e) {
            // the node ends, or he takes nothing at all
        } finally {
            listening.remove(thread);
            events.end();
        }
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
