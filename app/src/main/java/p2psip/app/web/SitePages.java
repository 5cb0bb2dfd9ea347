package p2psip.app.web;

import module java.base;
import p2psip.std.Bytes;

/// `GET /site/...`: the annotated pages, where they are built, so that an arrow of the console
/// leads to the rule and to the code that obeys it. They are for everybody: no token is needed.
///
/// @param folder where they are
public record SitePages(Path folder) implements Resource {
    private static final Map<String, String> TYPES = Map.of("html", "text/html", "css", "text/css",
            "js", "text/javascript", "svg", "image/svg+xml");

    private static final String POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'none'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    @Override public String path() { return "/site/**"; }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public boolean forEverybody() { return true; }

    @Override public Answer answer(Request request) {
        var name = request.variable();
        var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) throw new Refused(404, "there is nothing of that name");
        try {
            var root = folder.toRealPath();
            var file = root.resolve(name).toRealPath();
            if (!file.startsWith(root)) throw new Refused(404, "there is nothing of that name");
            return new Answer.File(type, Bytes.wrap(Files.readAllBytes(file)), POLICY);
        } catch (IOException e) {
            throw new Refused(404, "there is nothing of that name");
        }
    }
}
