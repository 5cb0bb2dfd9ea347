package p2psip.app.web;

import module java.base;
import p2psip.std.Bytes;

/// `GET /console` and the files of that page, for the browser of whoever has the node: to look at
/// the ring, the records, the calls. There is no secret in them, so they need no token; what the
/// page shows it asks for as all others do, with the token that it comes by as [Entrance] says.
///
/// It runs no script but its own and asks nobody but this node.
public record ConsolePage(String path) implements Resource {
    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("console.css", "text/css"), Map.entry("favicon.svg", "image/svg+xml"),
            Map.entry("console.js", "text/javascript"), Map.entry("channel.js", "text/javascript"),
            Map.entry("dom.js", "text/javascript"), Map.entry("ring.js", "text/javascript"),
            Map.entry("calls.js", "text/javascript"), Map.entry("tables.js", "text/javascript"),
            Map.entry("stage.js", "text/javascript"));

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    /// Both paths.
    public static List<Resource> all() {
        return List.of(new ConsolePage("/console"), new ConsolePage("/console/*"));
    }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public boolean forEverybody() { return true; }

    @Override public Answer answer(Request request) {
        var name = request.variable().isEmpty() ? "index.html" : request.variable();
        var type = name.equals("index.html") && request.variable().isEmpty() ? "text/html"
                : FILES.get(name);
        if (type == null) throw new Refused(404, "there is nothing of that name");
        try (var file = ConsolePage.class.getResourceAsStream("console/" + name)) {
            return new Answer.File(type, Bytes.wrap(file.readAllBytes()), POLICY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
