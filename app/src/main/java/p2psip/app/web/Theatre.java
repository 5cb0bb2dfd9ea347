package p2psip.app.web;

import module java.base;

/// All that is served of a simulated ring: the page of the console, and what it asks for.
public final class Theatre {
    private Theatre() {}

    /// @param events what listens to the ring
    public static List<Resource> of(RingStage stage, Events events) {
        return Stream.concat(ConsolePage.all().stream(), Stream.of(new StageTime(stage),
                new StageRing("/ring", stage), new StageRing("/ring/*", stage),
                new StageRecords("/records", stage), new StageRecords("/dht/*", stage), events,
                new Views(List.of("ring", "records", "stage"), false))).toList();
    }
}
