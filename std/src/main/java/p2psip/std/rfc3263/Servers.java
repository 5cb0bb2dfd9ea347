package p2psip.std.rfc3263;

import module java.base;
import p2psip.std.rfc1035.ResourceRecord.Server;

/// In which order servers are tried: by priority, and among equals by chance, so that each takes
/// the share that its weight says: the usage rules of RFC 2782.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3263#section-4.3 RFC 3263 §4.3
final class Servers {
    private Servers() {}

    /// @param chance none: the same order each time
    static List<Server> inOrder(List<Server> records, Optional<RandomGenerator> chance) {
        var steady = records.stream().sorted(STEADY).toList();
        return chance.map(random -> {
            //= rfc3263#4.2¶5 by the usage rules of RFC 2782, however the SRV records were found
            var levels = steady.stream().collect(Collectors.groupingBy(
                    Server::priority, TreeMap::new, Collectors.toCollection(ArrayList::new)));
            return levels.values().stream().flatMap(level -> drawn(level, random).stream())
                    .toList();
        }).orElse(steady);
    }

    //= rfc3263#4.4-2 a deterministic order: the heaviest, then by name and port
    private static final Comparator<Server> STEADY = Comparator.comparingInt(Server::priority)
            .thenComparing(Comparator.comparingInt(Server::weight).reversed())
            .thenComparing(Server::target).thenComparingInt(Server::port);

    /// Draws one after the other out of those of one priority.
    private static List<Server> drawn(List<Server> level, RandomGenerator random) {
        var order = new ArrayList<Server>(level.size());
        // those of weight 0 at the beginning, where they have a small chance
        level.sort(Comparator.comparingInt(server -> server.weight() == 0 ? 0 : 1));
        while (!level.isEmpty()) {
            int sum = level.stream().mapToInt(Server::weight).sum();
            int drawn = random.nextInt(sum + 1), i = 0;
            for (int running = level.getFirst().weight(); running < drawn; )
                running += level.get(++i).weight();
            order.add(level.remove(i));
        }
        return order;
    }
}
