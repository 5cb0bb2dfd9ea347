package p2psip.app.media;

import module java.base;
import p2psip.app.why.Tally;

/// One medium of a call, with what each side has of it here.
final class Stream {
    private final Map<Side, End> ends = new EnumMap<>(Side.class);
    /// What has come from each side.
    private final Map<Side, Tally> tallies = new EnumMap<>(Side.class);

    Optional<End> end(Side side) { return Optional.ofNullable(ends.get(side)); }

    /// The end at one side: this one if there was none.
    End end(Side side, Supplier<End> first) {
        return ends.computeIfAbsent(side, _ -> first.get());
    }

    Tally tally(Side from) { return tallies.computeIfAbsent(from, _ -> new Tally()); }

    /// Whether a side has this medium in a Link, or has not, as it said before.
    boolean suits(Side side, boolean tunnelled) {
        return ends.get(side) instanceof End.Channels == tunnelled;
    }

    /// The end of a browser, if it has one here.
    Optional<WebEnd> web() {
        return ends.values().stream().filter(WebEnd.class::isInstance).map(WebEnd.class::cast)
                .findFirst();
    }

    /// The sockets of both sides.
    java.util.stream.Stream<Leg> legs() {
        return ends.values().stream().flatMap(end -> end instanceof End.Sockets sockets
                ? sockets.leg().stream() : java.util.stream.Stream.empty());
    }
}
