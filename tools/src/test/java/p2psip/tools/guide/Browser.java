package p2psip.tools.guide;

import module java.base;
import module java.net.http;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/// A headless Chromium, driven over its DevTools: what a reader's browser makes of a page.
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path profile;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> loaded = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonObject> traced = new LinkedBlockingQueue<>();
    private int number;

    /// The program, if it is on this machine.
    public static Optional<String> program() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable).findFirst().map(Path::toString);
    }

    public Browser(String program) throws IOException {
        profile = Files.createTempDirectory("browser");
        process = new ProcessBuilder(program, "--headless=new", "--no-sandbox", "--disable-gpu",
                "--hide-scrollbars", "--remote-debugging-port=0", "--no-first-run",
                "--user-data-dir=" + profile, "about:blank").redirectErrorStream(true).start();
        var port = process.inputReader().lines().map(Pattern.compile("ws://[^:]+:(\\d+)/")::matcher)
                .filter(Matcher::find).findFirst().orElseThrow(() ->
                        new IOException(program + " does not start")).group(1);
        Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(_ -> {}));
        socket = client.newWebSocketBuilder().buildAsync(URI.create(page(port)), new Listener())
                .join();
        for (var domain : List.of("Page", "Network", "Runtime")) ask(domain + ".enable", "{}");
    }

    /// The address of the one page that is open.
    private String page(String port) throws IOException {
        try {
            var list = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port
                    + "/json")).build(), HttpResponse.BodyHandlers.ofString()).body();
            return JsonParser.parseString(list).getAsJsonArray().asList().stream()
                    .map(t -> t.getAsJsonObject())
                    .filter(t -> t.get("type").getAsString().equals("page")).findFirst()
                    .orElseThrow().get("webSocketDebuggerUrl").getAsString();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override public CompletionStage<?> onText(WebSocket socket, CharSequence part,
                boolean last) {
            text.append(part);
            if (last) {
                told(JsonParser.parseString(text.toString()).getAsJsonObject());
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedFuture("");
        }
    }

    private void told(JsonObject message) {
        if (message.has("id")) asked.remove(message.get("id").getAsInt()).complete(message);
        else switch (message.get("method").getAsString()) {
            case "Page.loadEventFired" -> loaded.add("");
            case "Network.requestWillBeSent" -> requests.add(message.getAsJsonObject("params")
                    .getAsJsonObject("request").get("url").getAsString());
            case "Tracing.dataCollected", "Tracing.tracingComplete" ->
                    traced.add(message.getAsJsonObject("params"));
            default -> { }
        }
    }

    private synchronized JsonObject ask(String method, String parameters) {
        int id = ++number;
        var answer = new CompletableFuture<JsonObject>();
        asked.put(id, answer);
        socket.sendText("{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method,
                parameters), true).join();
        var result = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (result.has("error")) throw new IllegalStateException(method + ": " + result);
        return result.getAsJsonObject("result");
    }

    /// Opens a page and waits until it and its scripts are there.
    public Browser open(String address) {
        loaded.clear();
        ask("Page.navigate", "{\"url\":\"" + address + "\"}");
        arrived();
        return this;
    }

    /// Waits for the page that a click or a key has led to.
    public void arrived() {
        try {
            if (loaded.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS) == null)
                throw new IllegalStateException("no page came");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Browser size(int width, int height) {
        ask("Emulation.setDeviceMetricsOverride", ("{\"width\":%d,\"height\":%d,"
                + "\"deviceScaleFactor\":1,\"mobile\":false}").formatted(width, height));
        return this;
    }

    public Browser dark(boolean dark) {
        ask("Emulation.setEmulatedMedia", ("{\"features\":[{\"name\":\"prefers-color-scheme\","
                + "\"value\":\"%s\"}]}").formatted(dark ? "dark" : "light"));
        return this;
    }

    /// On paper, or on the screen again.
    public Browser paper(boolean paper) {
        ask("Emulation.setEmulatedMedia", "{\"media\":\"" + (paper ? "print" : "") + "\"}");
        return this;
    }

    public Browser scripts(boolean on) {
        ask("Emulation.setScriptExecutionDisabled", "{\"value\":" + !on + "}");
        return this;
    }

    /// What an expression comes to, as text; a promise is waited for.
    public String evaluate(String expression) {
        var request = new JsonObject();
        request.addProperty("expression", expression);
        request.addProperty("awaitPromise", true);
        request.addProperty("returnByValue", true);
        request.addProperty("userGesture", true);
        var answer = ask("Runtime.evaluate", request.toString());
        if (answer.has("exceptionDetails")) throw new IllegalStateException(answer.toString());
        var value = answer.getAsJsonObject("result").get("value");
        return value == null ? "" : value.isJsonPrimitive() ? value.getAsString()
                : value.toString();
    }

    /// Types a character, as a key that is pressed and let go.
    public void key(String key) {
        var text = key.length() == 1 ? ",\"text\":\"" + key + "\"" : switch (key) {
            case "Enter" -> ",\"windowsVirtualKeyCode\":13,\"text\":\"\\r\"";
            case "Tab" -> ",\"windowsVirtualKeyCode\":9";
            default -> "";
        };
        ask("Input.dispatchKeyEvent", "{\"type\":\"keyDown\",\"key\":\"" + key + "\"" + text + "}");
        ask("Input.dispatchKeyEvent", "{\"type\":\"keyUp\",\"key\":\"" + key + "\"}");
    }

    /// Moves the mouse to the middle of an element.
    public void hover(String selector) {
        var at = evaluate("{const e = document.querySelector('" + selector + "');"
                + " e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect();"
                + " `\"x\":${b.x + b.width / 2},\"y\":${b.y + b.height / 2}`}");
        ask("Input.dispatchMouseEvent", "{\"type\":\"mouseMoved\"," + at + "}");
    }

    /// Waits until what was last changed is drawn.
    public void drawn() {
        evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /// What something costs the main thread of the page, in milliseconds of a processor, as a trace
    /// of its tasks has it: what others do on this machine does not count.
    public double busy(Runnable what) throws IOException {
        traced.clear();
        ask("Tracing.start", "{\"transferMode\":\"ReportEvents\",\"traceConfig\":{"
                + "\"includedCategories\":[\"disabled-by-default-devtools.timeline\"]}}");
        what.run();
        drawn();
        ask("Tracing.end", "{}");
        var events = new ArrayList<JsonObject>();
        for (var part = traced(); part.has("value"); part = traced())
            part.getAsJsonArray("value").forEach(event -> events.add(event.getAsJsonObject()));
        var mains = events.stream().filter(event -> is(event, "thread_name") && event
                .getAsJsonObject("args").get("name").getAsString().equals("CrRendererMain"))
                .map(Browser::thread).toList();
        return events.stream().filter(event -> is(event, "RunTask") && event.has("tdur")
                && mains.contains(thread(event))).mapToDouble(event -> event.get("tdur")
                .getAsDouble() / 1e3).sum();
    }

    private static boolean is(JsonObject event, String name) {
        return event.get("name").getAsString().equals(name);
    }

    private static String thread(JsonObject event) {
        return event.get("pid") + " " + event.get("tid");
    }

    /// The next part of the trace; without a value at its end.
    private JsonObject traced() throws IOException {
        try {
            return Optional.ofNullable(traced.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .orElseThrow(() -> new IOException("no trace"));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /// Every address that was asked for.
    public List<String> requests() { return List.copyOf(requests); }

    public void picture(Path file) throws IOException {
        Files.write(file, Base64.getDecoder().decode(ask("Page.captureScreenshot",
                "{\"format\":\"png\"}").get("data").getAsString()));
    }

    @Override public void close() throws IOException {
        client.shutdownNow();
        process.destroy();
        process.onExit().join();
        for (int i = 0; i < 3; i++)   // its children may still be writing
            try (var walk = Files.walk(profile)) {
                walk.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
                if (!Files.exists(profile)) return;
            } catch (UncheckedIOException e) {
                continue;
            }
    }
}
