package p2psip.app.web;

import module java.base;
import com.google.gson.*;
import p2psip.app.crypto.Json;
import p2psip.app.pipe.*;

/// `POST /pipes`: `{"connect": ADDRESS}`, with `"as": ADDRESS` if in somebody's name, or
/// `{"listen": ADDRESS}`, with `"from": [ADDRESS, ...]` if only some may call. Answered by a port
/// and a ticket for a connection there, as [PipeDoor] says.
public record OpenPipe(PipeDoor door) implements Resource {
    @Override public String path() { return "/pipes"; }

    @Override public List<Method> methods() { return List.of(Method.POST); }

    @Override public Answer answer(Request request) {
        var body = request.body();
        var errand = body.has("connect") ? connecting(Json.string(body, "connect"),
                body.has("as") ? Optional.of(Json.string(body, "as")) : Optional.empty())
                : listening(Json.string(body, "listen"), from(body));
        return new Values().with("port", door.port()).with("ticket", door.ticket(errand)).answer();
    }

    private static String[] from(JsonObject body) {
        if (!body.has("from")) return new String[0];
        if (!(body.get("from") instanceof JsonArray array) || !array.asList().stream().allMatch(
                each -> each instanceof JsonPrimitive word && word.isString()))
            throw new Refused(400, "from: give a list of addresses");
        return array.asList().stream().map(JsonElement::getAsString).toArray(String[]::new);
    }

    private PipeDoor.Errand connecting(String address, Optional<String> as) {
        return connection -> {
            try {
                var pipe = door.sockets().connect(address, as);
                PipeDoor.say(connection, "ok");
                return PipeDoor.carry(pipe, connection);
            } catch (PipeFailed e) {
                PipeDoor.say(connection, e.getMessage());
                return Optional.of(e.getMessage());
            }
        };
    }

    private PipeDoor.Errand listening(String address, String... from) {
        return connection -> {
            try (var server = door.sockets().bind(address, from)) {
                PipeDoor.say(connection, "ok");
                Thread.ofVirtual().start(() -> gone(connection, server));
                while (true) {
                    var pipe = server.accept();
                    PipeDoor.say(connection, door.ticket(bytes(pipe)) + " "
                            + (pipe.verified() ? "verified " : "unverified ") + pipe.peer());
                }
            } catch (PipeFailed e) {
                PipeDoor.say(connection, e.getMessage());
                return Optional.of(e.getMessage());
            }
        };
    }

    /// Who listens says nothing; when he closes he has gone.
    private static void gone(Socket connection, PipeServer server) {
        try {
            while (connection.getInputStream().read() >= 0) { }
        } catch (IOException e) {
            // that is the same
        }
        server.close();
    }

    private static PipeDoor.Errand bytes(PipeSocket pipe) {
        return new PipeDoor.Errand() {
            @Override public Optional<String> run(Socket connection)
                    throws IOException, InterruptedException {
                return PipeDoor.carry(pipe, connection);
            }

            @Override public void tooLate() { pipe.drop(); }
        };
    }
}
