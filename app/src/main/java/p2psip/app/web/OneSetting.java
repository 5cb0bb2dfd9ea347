package p2psip.app.web;

import module java.base;
import p2psip.app.config.*;
import p2psip.app.crypto.Json;

/// `/config/NAME`: one thing that can be chosen. PUT `{"value": ...}` writes it into the node's
/// file and answers when it counts; DELETE takes it out.
public record OneSetting(Settings settings) implements Resource {
    @Override public String path() { return "/config/*"; }

    @Override public List<Method> methods() {
        return List.of(Method.GET, Method.PUT, Method.DELETE);
    }

    @Override public Answer answer(Request request) {
        var key = named(request.variable());
        return switch (request.method()) {
            case GET -> values(trying(() -> settings.get(key))).answer();
            case PUT -> {
                var value = Json.string(request.body(), "value");
                yield changed(key, value, trying(() -> settings.set(key, value)));
            }
            case DELETE -> changed(key, key.usual(), trying(() -> settings.unset(key)));
            case POST -> throw new IllegalArgumentException("no method of this");
        };
    }

    private static Key<?> named(String name) {
        try {
            return Key.named(name);
        } catch (ConfigMistake e) {
            throw new Refused(404, e.getMessage());
        }
    }

    private static Answer changed(Key<?> key, String value, String when) {
        return new Values().with("key", key.name()).with("value", value).with("counts", when)
                .answer();
    }

    static Values values(Settings.Entry entry) {
        return new Values().with("key", entry.key().name()).with("value", entry.value())
                .with("running", entry.running()).with("from", "" + entry.from())
                .with("counts", "" + entry.key().when()).with("form", entry.key().kind().form())
                .with("about", entry.key().about());
    }

    /// What the user has written is his mistake.
    static <T> T trying(Supplier<T> what) {
        try {
            return what.get();
        } catch (ConfigMistake e) {
            throw new Refused(400, e.getMessage());
        }
    }
}
