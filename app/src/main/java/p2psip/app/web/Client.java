package p2psip.app.web;

import module java.base;
import module java.net.http;
import com.google.gson.*;
import p2psip.app.config.*;
import p2psip.app.crypto.*;
import p2psip.app.host.*;

/// Asks a running node, which it finds by its home.
public final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// What could not be asked for: one line for the user.
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final boolean mistake, nothing, later;

        Failed(String why, boolean mistake) { this(why, mistake, false, false); }

        Failed(String why, boolean mistake, boolean nothing, boolean later) {
            super(why);
            this.mistake = mistake;
            this.nothing = nothing;
            this.later = later;
        }

        /// Whether it may be asked again.
        public boolean isForLater() { return later; }

        /// Whether there is nothing of the name that was asked for.
        public boolean isOfNothing() { return nothing; }

        /// Whether who has asked did something wrong; else it is the node.
        public boolean isMistake() { return mistake; }
    }

    private final Path home;
    private final Plate plate;

    private Client(Path home, Plate plate) {
        this.home = home;
        this.plate = plate;
    }

    /// The node that runs in a home.
    ///
    /// @throws Failed if none can be asked there
    public static Client of(Path home) {
        return find(home).orElseThrow(() -> new Failed(nobody(home), false));
    }

    /// The first node that runs in the user's home, or in a folder within where second ones live.
    ///
    /// @throws Failed if none does
    public static Client first() {
        return Home.all(Home.usual()).stream().flatMap(home -> find(home).stream()).findFirst()
                .orElseThrow(() -> new Failed(nobody(Home.usual()), false));
    }

    /// The node that runs in a home, if one does that can be asked. One that was killed is none
    /// though its files are there: its home is free.
    ///
    /// @throws Failed if one should answer and does not
    public static Optional<Client> find(Path home) {
        var client = Plate.read(home).map(plate -> new Client(home, plate));
        return client.filter(Client::answers);
    }

    private static String nobody(Path home) {
        if (!Files.isDirectory(home)) return "no node has lived in " + home
                + "; name its folder with --home";
        if (Home.inhabited(home)) return "the node in " + home + " cannot be asked: it was"
                + " started with --no-control, or is starting";
        return "no node is running in " + home + (Plate.read(home).isPresent()
                ? ", where one was killed" : "") + "; start one with p2psip, or name another"
                + " folder with --home";
    }

    /// What a node would answer to `GET /config` if it ran.
    public static JsonObject offline(Settings settings) {
        return new Values().with("settings", Values.list(settings.all(), OneSetting::values))
                .json();
    }

    /// What it would answer about one of them.
    public static JsonObject offline(Settings settings, Key<?> key) {
        return OneSetting.values(settings.get(key)).json();
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), plate.port()),
                    (int) PATIENCE.toMillis());
            return Home.inhabited(home);
        } catch (IOException e) {
            if (!Home.inhabited(home)) return false;
            throw silent(Why.of(e));
        }
    }

    private Failed silent(String why) {
        return new Failed("the node in " + home + " does not answer: " + why, false);
    }

    public JsonObject get(String... segments) { return ask("GET", "", segments); }

    public JsonObject put(JsonObject body, String... segments) {
        return ask("PUT", "" + body, segments);
    }

    public JsonObject post(JsonObject body, String... segments) {
        return ask("POST", "" + body, segments);
    }

    public JsonObject delete(String... segments) { return ask("DELETE", "", segments); }

    /// @throws Failed if the node does not answer, or refuses
    private JsonObject ask(String method, String body, String... segments) {
        //  by no proxy, whatever the system is set to: the token is for nobody else
        try (var http = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY)
                .version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build()) {
            var answer = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                    + plate.port() + Paths.path(List.of(segments))))
                            .timeout(PATIENCE).header("Authorization", "Bearer " + plate.token())
                            .method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer(answer.statusCode(), Json.object(answer.body()));
        } catch (IOException e) {
            throw silent(Why.of(e));
        } catch (SyntaxException e) {
            throw silent("what is there is no node");
        } catch (InterruptedException e) {
            throw silent("interrupted");
        }
    }

    private JsonObject answer(int status, JsonObject object) {
        if (status == 200) return object;
        var why = Json.string(object, "error");
        if (status == 401) throw silent("it has another token than its home says");
        throw new Failed(why, status < 500, status == 404, status == 503);
    }
}
