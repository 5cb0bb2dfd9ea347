package p2psip.app.web;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.app.crypto.Json;
import p2psip.app.node.Question;
import p2psip.app.node.Question.Reply;
import p2psip.app.trace.Trace;
import p2psip.app.why.*;

/// `GET /why`: why the last call failed, if it did; `GET /why/CALL-ID` the same of another one,
/// and `POST /why` with `{"callId": ...}` of one whose name no path may have.
public record Explaining(String path, Function<Question, Reply> node) implements Resource {
    /// Both paths.
    public static List<Resource> of(Function<Question, Reply> node) {
        return List.of(new Explaining("/why", node), new Explaining("/why/*", node));
    }

    @Override public List<Method> methods() {
        return path.endsWith("*") ? List.of(Method.GET) : List.of(Method.GET, Method.POST);
    }

    @Override public Answer answer(Request request) {
        var callId = switch (request.method()) {
            case POST -> Optional.of(Json.string(request.body(), "callId"));
            case GET, PUT, DELETE -> Optional.of(request.variable())
                    .filter(name -> !name.isEmpty() && !name.equals("last"));
        };
        var account = Replies.of(Reply.Told.class, node.apply(new Question.Why(callId))).account()
                .orElseThrow(() -> new Refused(404,
                        "no call of that name has come by, or it was forgotten"));
        return values(callId.isPresent() ? Explanation.of(account)
                : Explanation.ofLast(account)).answer();
    }

    private static Values values(Explanation why) {
        return new Values().with("callId", why.callId()).with("from", why.from())
                .with("to", why.to()).with("verdict", why.verdict()).with("what", why.what())
                .with("cause", why.cause().map(cause -> new Values().with("name", cause.name())
                        .with("citation", cause.citation()).with("missing", cause.missing())
                        .with("advice", cause.advice()).json()))
                .with("seen", Values.list(why.lines(), line -> new Values()
                        .with("after", line.after().toMillis()).with("times", line.times())
                        .with("about", line.subject()).with("text", line.text())
                        .with("citation", line.citation()).with("cause", line.marked())))
                .with("forgotten", why.forgotten());
    }

    /// What was answered, as it was before it became JSON.
    public static Explanation read(JsonObject object) {
        var cause = Optional.ofNullable(object.getAsJsonObject("cause"))
                .map(c -> new Explanation.Named(text(c, "name"), text(c, "citation"),
                        text(c, "missing"), text(c, "advice")));
        var lines = object.getAsJsonArray("seen").asList().stream().map(each -> {
            var line = each.getAsJsonObject();
            return new Explanation.Line(Duration.ofMillis(line.get("after").getAsLong()),
                    line.get("times").getAsInt(), word(Trace.Subject.class, line, "about"),
                    text(line, "text"), text(line, "citation"),
                    line.get("cause").getAsBoolean());
        }).toList();
        return new Explanation(text(object, "callId"), text(object, "from"), text(object, "to"),
                word(Explanation.Verdict.class, object, "verdict"), text(object, "what"), cause,
                lines, object.get("forgotten").getAsLong());
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).getAsString();
    }

    private static <E extends Enum<E>> E word(Class<E> kind, JsonObject object, String name) {
        return Enum.valueOf(kind, text(object, name).toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
