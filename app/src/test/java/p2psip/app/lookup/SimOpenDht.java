package p2psip.app.lookup;

import module java.base;
import p2psip.app.crypto.Json;
import p2psip.app.host.*;

/// What a node of OpenDHT says by HTTP, written down from `dhtnode --proxyserver` (2.4.12): values
/// of a hash, each a line; who listens hears those that are there and those that come.
final class SimOpenDht implements SimSite {
    private static final Pattern PATH = Pattern.compile("/key/([0-9a-f]{40})(/listen)?");

    /// Whether it knows no other node: then it keeps nothing for anybody.
    boolean alone;

    /// Whether it is there, and says nothing.
    boolean silent;

    final Map<String, SequencedMap<String, String>> values = new HashMap<>();   // by hash, by id
    private final Map<String, List<SimRequest>> listening = new HashMap<>();

    @Override public void asked(Effect.Http http, SimRequest request) {
        var path = PATH.matcher(http.url().getPath());
        if (silent) return;
        if (!path.matches()) request.reply(200, "{\"node_id\":\"1\"}\n");
        else if (http.method().equals("POST")) put(path.group(1), http.body().utf8(), request);
        else if (path.group(2) == null) request.reply(200, lines(path.group(1)));
        else {
            request.begin();
            of(path.group(1)).values().forEach(request::line);
            listening.computeIfAbsent(path.group(1), _ -> new ArrayList<>()).add(request);
        }
    }

    private SequencedMap<String, String> of(String hash) {
        return values.computeIfAbsent(hash, _ -> new LinkedHashMap<>());
    }

    private String lines(String hash) {
        return of(hash).values().stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private void put(String hash, String value, SimRequest request) {
        if (alone) {
            request.reply(502, "{\"err\":\"Put failed\"}");
            return;
        }
        of(hash).put(Json.string(Json.object(value), "id"), value);
        listening.getOrDefault(hash, List.of()).forEach(each -> each.line(value));
        request.reply(200, value + "\n");
    }

    /// How many listen to a key.
    long listeners() {
        return listening.values().stream().flatMap(List::stream).filter(SimRequest::awaited)
                .count();
    }

    /// Goes down and comes up again: who listened hears no more.
    void restart() {
        listening.values().forEach(all -> all.forEach(SimRequest::cut));
        listening.clear();
    }
}
