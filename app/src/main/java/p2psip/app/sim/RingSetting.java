package p2psip.app.sim;

import module java.base;
import com.google.gson.JsonObject;

/// What is tried on a ring. Deaths and the cut begin in the middle of the counted time.
///
/// @param kind    whose nodes they are
/// @param session how long half of the nodes live at least; none: for ever
/// @param length  how long it is counted
/// @param rate    look-ups of a node in a second
/// @param growth  between two births of the first crowd
/// @param loss    which share of datagrams is lost, from 0 to 1
/// @param values  records put at the beginning
/// @param deaths  which share dies within ten seconds
/// @param slow    which share needs half a second for whatever comes in
/// @param cut     how long the network is in two parts
public record RingSetting(RingKind kind, int nodes, Optional<Duration> session, Duration length,
        double rate, long seed, Latency latency, Duration growth, double loss, int values,
        double deaths, double slow, Duration cut) {

    /// Nothing goes wrong in it but what is said here.
    public static RingSetting of(
            int nodes, Optional<Duration> session, Duration length, long seed) {
        return new RingSetting(RingKind.RING, nodes, session, length, 0.1, seed, Latency.PLANE,
                RingKind.RING.growth(), 0, 0, 0, 0, Duration.ZERO);
    }

    RingSetting kind(RingKind other) {
        return new RingSetting(other, nodes, session, length, rate, seed, latency, other.growth(),
                loss, values, deaths, slow, cut);
    }

    RingSetting nodes(int other) {
        return new RingSetting(kind, other, session, length, rate, seed, latency, growth, loss,
                values, deaths, slow, cut);
    }

    RingSetting deaths(double share) {
        return new RingSetting(kind, nodes, session, length, rate, seed, latency, growth, loss,
                values, share, slow, cut);
    }

    JsonObject json() {
        var json = new JsonObject();
        json.addProperty("overlay", kind.name().toLowerCase(Locale.ROOT));
        json.addProperty("nodes", nodes);
        json.addProperty("session", session.map(Duration::toString).orElse("none"));
        json.addProperty("length", length.toString());
        json.addProperty("rate", rate);
        json.addProperty("seed", seed);
        json.addProperty("latency", latency.name().toLowerCase(Locale.ROOT));
        json.addProperty("growth", growth.toString());
        json.addProperty("loss", loss);
        json.addProperty("values", values);
        json.addProperty("deaths", deaths);
        json.addProperty("slow", slow);
        json.addProperty("cut", cut.toString());
        return json;
    }
}
