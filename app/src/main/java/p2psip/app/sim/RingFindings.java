package p2psip.app.sim;

import module java.base;
import com.google.gson.JsonObject;

/// What was seen of a ring in a trial.
///
/// Counted is from the moment when the last node of the first crowd has had a minute on the ring.
public final class RingFindings {
    private static final long MINUTE = 60_000_000_000L;

    /// What happened in one minute.
    static final class Minute {
        long asked, right, consistent, bytes, datagrams, nodeSeconds;
        int nodes, births;
        final Sample latency = new Sample();
    }

    private final RingSetting setting;
    private final SequencedMap<Integer, Minute> minutes = new LinkedHashMap<>();
    final Sample hops = new Sample(), latency = new Sample(), stretch = new Sample();
    long asked, answered, right, consistent;
    /// Records that were acknowledged, and how many of them nobody finds at the end.
    int stored, lost;
    /// The same of those that were acknowledged in the second before many died.
    int young, youngLost;
    /// Gets that were answered while many died and a minute later, those that found nothing, and
    /// how long the others took.
    int reads, unread;
    final Sample reading = new Sample();

    RingFindings(RingSetting setting) { this.setting = setting; }

    /// @param counted nanoseconds since counting began
    Minute minute(long counted) {
        return minutes.computeIfAbsent((int) (counted / MINUTE), _ -> new Minute());
    }

    public RingSetting setting() { return setting; }

    /// Of hundred look-ups, so many named the node that stood nearest when they began or ended.
    public double right() { return percent(right); }

    /// Of hundred, so many said what most of the ten who asked at the same time were told.
    public double consistent() { return percent(consistent); }

    public long lookUps() { return asked; }

    public double hops() { return hops.mean(); }

    /// How many of hundred look-ups took each number of hops, from 0 on.
    public List<Double> hopShares() {
        return Arrays.stream(hops.histogram())
                .mapToObj(count -> 100.0 * count / Math.max(1, hops.size())).toList();
    }

    /// So long took as many of hundred look-ups at most, the silent ones not counted.
    public Duration latency(double percent) {
        return Duration.ofNanos(latency.percentile(percent));
    }

    /// How much longer a look-up took than one question straight to the root and its answer.
    public double stretch() { return stretch.mean() / 1_000; }

    public int stored() { return stored; }

    public int lost() { return lost; }

    public int young() { return young; }

    public int youngLost() { return youngLost; }

    public int reads() { return reads; }

    public int unread() { return unread; }

    /// So long took as many of hundred gets at most while many died.
    public Duration reading(double percent) {
        return Duration.ofNanos(reading.percentile(percent));
    }

    public int births() {
        return minutes.values().stream().mapToInt(minute -> minute.births).sum();
    }

    /// Bytes that a node sent in a second, with the headers of UDP and IP.
    public double bytes() { return perNode(minutes.values(), minute -> minute.bytes); }

    public double datagrams() { return perNode(minutes.values(), minute -> minute.datagrams); }

    /// The same in the last five whole minutes.
    public double lastBytes() {
        var whole = new ArrayList<>(minutes.values());
        if (whole.size() > 1) whole.removeLast();
        return perNode(whole.subList(Math.max(0, whole.size() - 5), whole.size()),
                minute -> minute.bytes);
    }

    private static double perNode(Collection<Minute> minutes, ToLongFunction<Minute> what) {
        return minutes.stream().mapToLong(what).sum() / (double) Math.max(1,
                minutes.stream().mapToLong(minute -> minute.nodeSeconds).sum());
    }

    private double percent(long count) { return asked == 0 ? 100 : 100.0 * count / asked; }

    /// The same findings give the same text.
    public JsonObject json() {
        var json = new JsonObject();
        json.add("setting", setting.json());
        json.addProperty("lookups", asked);
        json.addProperty("answered", answered);
        json.addProperty("right_percent", rounded(right()));
        json.addProperty("consistent_percent", rounded(consistent()));
        json.addProperty("hops", rounded(hops()));
        json.addProperty("latency_p50_ms", millis(50));
        json.addProperty("latency_p95_ms", millis(95));
        json.addProperty("latency_p99_ms", millis(99));
        json.addProperty("stretch", rounded(stretch()));
        json.addProperty("bytes_per_node_second", rounded(bytes()));
        json.addProperty("datagrams_per_node_second", rounded(datagrams()));
        json.addProperty("last_minutes_bytes_per_node_second", rounded(lastBytes()));
        json.addProperty("births", births());
        json.addProperty("values_stored", stored);
        json.addProperty("values_lost", lost);
        json.addProperty("young_values_stored", young);
        json.addProperty("young_values_lost", youngLost);
        json.addProperty("reads", reads);
        json.addProperty("reads_in_vain", unread);
        json.addProperty("read_p50_ms", reading(50).toMillis());
        json.addProperty("read_p99_ms", reading(99).toMillis());
        return json;
    }

    /// A line for each minute, and what its columns are.
    public String csv() {
        return "minute,nodes,births,lookups,right_percent,consistent_percent,latency_p50_ms,"
                + "latency_p99_ms,bytes_per_node_second,datagrams_per_node_second\n"
                + minutes.entrySet().stream().map(entry -> line(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining());
    }

    private static String line(int number, Minute minute) {
        double asked = Math.max(1, minute.asked), seconds = Math.max(1, minute.nodeSeconds);
        return "%d,%d,%d,%d,%.2f,%.2f,%d,%d,%.1f,%.2f%n".formatted(number, minute.nodes,
                minute.births, minute.asked, 100 * minute.right / asked,
                100 * minute.consistent / asked, minute.latency.percentile(50) / 1_000_000,
                minute.latency.percentile(99) / 1_000_000, minute.bytes / seconds,
                minute.datagrams / seconds);
    }

    private long millis(double percent) { return latency(percent).toMillis(); }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
    }
}
