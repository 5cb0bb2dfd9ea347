package p2psip.tools.browser;

import module java.base;
import module java.net.http;
import com.google.gson.*;

/// A page in a real browser, if one is here: headless Chromium, driven over its DevTools protocol.
///
/// @spec https://chromedevtools.github.io/devtools-protocol/tot/ Chrome DevTools Protocol
public final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    private final List<JsonObject> events = new ArrayList<>();
    private int asked;

    private Chromium(Process process, Path profile, URI page) {
        this.process = process;
        this.profile = profile;
        socket = HttpClient.newHttpClient().newWebSocketBuilder()
                .buildAsync(page, new Listener()).join();
    }

    /// Where it is, if it is on the path.
    public static Optional<Path> program() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable).findFirst();
    }

    /// Starts it with an empty page of this size.
    public static Chromium start(Path program, int width, int height) throws Exception {
        var profile = Files.createTempDirectory("chromium");
        var process = new ProcessBuilder(program.toString(), "--headless=new", "--no-sandbox",
                "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
                "--remote-debugging-port=0", "--user-data-dir=" + profile,
                "--window-size=" + width + "," + height, "about:blank")
                .redirectErrorStream(true).redirectOutput(profile.resolve("log").toFile()).start();
        try {
            var chromium = new Chromium(process, profile, page(process, profile));
            chromium.ask("Page.enable");
            chromium.ask("Runtime.enable");
            chromium.ask("Network.enable");
            chromium.ask("Emulation.setDeviceMetricsOverride", "width", width, "height", height,
                    "deviceScaleFactor", 1, "mobile", false);
            return chromium;
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /// The address of its one page: the browser writes its port to a file when it listens.
    private static URI page(Process process, Path profile) throws Exception {
        var file = profile.resolve("DevToolsActivePort");
        var end = Instant.now().plus(PATIENCE);
        while (!Files.exists(file) || Files.size(file) == 0) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end))
                throw new IOException(Files.readString(profile.resolve("log")));
        }
        var list = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(
                "http://127.0.0.1:" + Files.readAllLines(file).getFirst() + "/json")).build(),
                HttpResponse.BodyHandlers.ofString()).body();
        for (var target : JsonParser.parseString(list).getAsJsonArray())
            if (target.getAsJsonObject().get("type").getAsString().equals("page"))
                return URI.create(target.getAsJsonObject().get("webSocketDebuggerUrl")
                        .getAsString());
        throw new IOException("no page: " + list);
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override public CompletionStage<?> onText(
                WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                heard.add(JsonParser.parseString(text.toString()).getAsJsonObject());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    /// Asks for something of the protocol and waits for the answer.
    ///
    /// @param parameters names and values in turn
    public JsonObject ask(String method, Object... parameters) throws Exception {
        var named = new LinkedHashMap<String, Object>();
        for (int i = 0; i < parameters.length; i += 2)
            named.put((String) parameters[i], parameters[i + 1]);
        int id = ++asked;
        socket.sendText(new Gson().toJson(Map.of("id", id, "method", method, "params", named)),
                true).join();
        while (true) {
            var message = next(method);
            if (!message.has("id")) events.add(message);
            else if (message.get("id").getAsInt() != id) continue;
            else if (message.has("error")) throw new IOException(method + ": " + message);
            else return message.getAsJsonObject("result");
        }
    }

    private JsonObject next(String why) throws Exception {
        return Optional.ofNullable(heard.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .orElseThrow(() -> new IOException("no answer to " + why));
    }

    /// Waits for an event, or takes one that has come since it was last asked for.
    public JsonObject await(String event) throws Exception {
        while (true) {
            for (var each : events) if (each.get("method").getAsString().equals(event)) {
                events.remove(each);
                return each.getAsJsonObject("params");
            }
            events.add(next(event));
        }
    }

    /// Opens a page and waits until it is loaded and drawn.
    public void open(URI page) throws Exception {
        events.clear();
        ask("Page.navigate", "url", "about:blank");
        await("Page.loadEventFired");
        ask("Page.navigate", "url", page.toString());
        await("Page.loadEventFired");
        drawn();
    }

    /// Waits until what was last changed is drawn.
    public void drawn() throws Exception {
        eval("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /// The value of an expression of JavaScript in the page, as text; of a promise, what it brings.
    public String eval(String expression) throws Exception {
        var answer = ask("Runtime.evaluate", "expression", expression, "awaitPromise", true,
                "returnByValue", true);
        if (answer.has("exceptionDetails")) throw new IOException(expression + ": " + answer);
        var result = answer.getAsJsonObject("result");
        return result.has("value") ? result.get("value").getAsString() : "";
    }

    /// Presses and releases a key: `Enter`, `Tab`, `ArrowDown`, `p`.
    public void press(String key) throws Exception {
        var code = switch (key) {
            case "Enter" -> 13;
            case "Tab" -> 9;
            case "Escape" -> 27;
            case "ArrowLeft" -> 37;
            case "ArrowUp" -> 38;
            case "ArrowRight" -> 39;
            case "ArrowDown" -> 40;
            default -> key.toUpperCase(Locale.ROOT).charAt(0);
        };
        ask("Input.dispatchKeyEvent", "type", "keyDown", "key", key, "windowsVirtualKeyCode", code,
                "text", key.equals("Enter") ? "\r" : key.length() == 1 ? key : "");
        ask("Input.dispatchKeyEvent", "type", "keyUp", "key", key, "windowsVirtualKeyCode", code);
    }

    /// Moves the mouse to the middle of an element.
    public void hover(String selector) throws Exception {
        var at = eval("{const b = document.querySelector(" + new Gson().toJson(selector)
                + ").getBoundingClientRect(); (b.x + b.width / 2) + ' ' + (b.y + b.height / 2)}")
                .split(" ");
        ask("Input.dispatchMouseEvent", "type", "mouseMoved", "x", Double.parseDouble(at[0]), "y",
                Double.parseDouble(at[1]));
    }

    /// How long the main thread was at work so far, in milliseconds.
    public double busy() throws Exception {
        for (var each : ask("Performance.getMetrics").getAsJsonArray("metrics"))
            if (each.getAsJsonObject().get("name").getAsString().equals("TaskDuration"))
                return 1e3 * each.getAsJsonObject().get("value").getAsDouble();
        throw new IOException("no TaskDuration");
    }

    /// What the page has asked for since it was opened.
    public List<String> requests() throws Exception {
        eval("0");   // all that came before is here now
        return events.stream().filter(e -> e.get("method").getAsString()
                .equals("Network.requestWillBeSent")).map(e -> e.getAsJsonObject("params")
                .getAsJsonObject("request").get("url").getAsString()).toList();
    }

    /// A picture of what is seen.
    public void picture(Path png) throws Exception {
        Files.write(png, Base64.getDecoder().decode(ask("Page.captureScreenshot")
                .get("data").getAsString()));
    }

    @Override public void close() throws IOException {
        socket.abort();
        process.destroy();
        process.onExit().join();
        try (var files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
