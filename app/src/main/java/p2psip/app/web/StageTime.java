package p2psip.app.web;

import module java.base;
import com.google.gson.*;
import p2psip.app.crypto.*;
import p2psip.app.sim.LiveRing;
import p2psip.app.sim.LiveRing.Deed;

/// `/sim`: GET what time it is on a simulated ring and what was done to it; POST `{"do": ...}` does
/// something: `add`, `kill` (`id`), `cut` (`ids`), `heal`; `pause`, `go`, `step`, `speed`
/// (`speed`), `rewind` (`seconds`); `select` (`id`) chooses the node that is asked for records.
record StageTime(RingStage stage) implements Resource {
    /// Of what was done the last are told.
    private static final int TOLD = 50;

    @Override public String path() { return "/sim"; }

    @Override public List<Method> methods() { return List.of(Method.GET, Method.POST); }

    @Override public Answer answer(Request request) {
        if (request.method() == Method.POST) does(request.body());
        return stage.with(this::now).answer();
    }

    private void does(JsonObject body) {
        switch (Json.string(body, "do")) {
            case "add" -> stage.act(new Deed.Add());
            case "kill" -> stage.act(new Deed.Kill(NodeId.parse(Json.string(body, "id"))));
            case "cut" -> stage.act(new Deed.Cut(ids(body)));
            case "heal" -> stage.act(new Deed.Heal());
            case "pause" -> stage.pause(true);
            case "go" -> stage.pause(false);
            case "step" -> stage.step();
            case "speed" -> stage.speed(number(body, "speed", 0.01, RingStage.FASTEST));
            case "rewind" -> rewind(number(body, "seconds", 0, Integer.MAX_VALUE));
            case "select" -> stage.choose(NodeId.parse(Json.string(body, "id")));
            default -> throw new Refused(400, "do: give add, kill, cut, heal, pause, go, step,"
                    + " speed, rewind or select");
        }
    }

    private void rewind(double seconds) {
        var to = Duration.ofNanos((long) (seconds * 1e9));
        stage.with(ring -> {
            if (to.compareTo(ring.now()) > 0)
                throw new Refused(400, "seconds: it is not so late yet");
            ring.rewind(to);
            return ring;
        });
    }

    private static List<NodeId> ids(JsonObject body) {
        if (!(body.get("ids") instanceof JsonArray array) || array.size() > LiveRing.NODES
                || !array.asList().stream().allMatch(JsonElement::isJsonPrimitive))
            throw new Refused(400, "ids: give a list of nodes");
        return array.asList().stream().map(JsonElement::getAsString).map(NodeId::parse).toList();
    }

    private static double number(JsonObject body, String name, double least, double most) {
        if (body.get(name) instanceof JsonPrimitive value && value.isNumber()
                && value.getAsDouble() >= least && value.getAsDouble() <= most)
            return value.getAsDouble();
        throw new Refused(400, name + ": give a number from " + least + " to " + most);
    }

    private Values now(LiveRing ring) {
        var past = ring.past();
        return new Values().with("seconds", ring.now().toMillis() / 1e3)
                .with("paused", stage.paused()).with("speed", stage.speed())
                .with("cut", ring.cut()).with("sent", ring.sent())
                .with("past", Values.list(past.subList(Math.max(0, past.size() - TOLD),
                        past.size()), each -> new Values()
                        .with("seconds", each.at().toMillis() / 1e3)
                        .with("what", each.deed().getClass().getSimpleName()
                                .toLowerCase(Locale.ROOT))));
    }
}
