package p2psip.tools.figures;

import module java.base;
import p2psip.tools.figures.Comparison.Difference;

/// A machine with its transitions, found by running it, and the figures it is held against.
final class Figures {
    private static final List<Supplier<Figures>> KINDS = List.of(
            () -> new Figures(Transactions.inviteClient(), Rfc3261Figures.INVITE_CLIENT,
                    Rfc3261Figures.OLD_INVITE_CLIENT),
            () -> new Figures(Transactions.nonInviteClient(), Rfc3261Figures.NON_INVITE_CLIENT),
            () -> new Figures(Transactions.inviteServer(), Rfc3261Figures.INVITE_SERVER,
                    Rfc3261Figures.OLD_INVITE_SERVER),
            () -> new Figures(Transactions.nonInviteServer(), Rfc3261Figures.NON_INVITE_SERVER),
            () -> new Figures(ProxyBranch.kind()));

    private final Kind kind;
    private final SequencedMap<Edge, Set<String>> edges;
    private final List<Comparison> comparisons;

    private Figures(Kind kind, RfcFigure... figures) {
        this.kind = kind;
        this.edges = kind.edges();
        this.comparisons = Stream.of(figures)
                .map(figure -> Comparison.of(figure, edges.keySet())).toList();
    }

    private static final class All {
        static final List<Figures> LIST = KINDS.stream().map(Supplier::get).toList();
    }

    /// All that are drawn.
    static List<Figures> all() { return All.LIST; }

    Kind kind() { return kind; }

    SequencedMap<Edge, Set<String>> edges() { return edges; }

    List<Comparison> comparisons() { return comparisons; }

    /// The sections that describe it.
    Set<String> sections() {
        return Stream.concat(Stream.of(kind.citation()), comparisons.stream()
                .map(Comparison::figure).map(f -> "rfc" + f.rfc() + "#" + f.section()))
                .collect(Collectors.toSet());
    }

    /// The differences from the figure that counts, numbered as they are listed: those that the
    /// drawing has.
    Map<Edge, String> numbers() {
        var numbers = new HashMap<Edge, String>();
        if (comparisons.isEmpty()) return numbers;
        comparisons.getFirst().differences().stream().filter(d -> !d.drawn())
                .map(Difference::edge).forEach(e -> numbers.put(e, "" + (numbers.size() + 1)));
        return numbers;
    }

    /// @param address where a state's section is to be read
    String svg(Function<String, String> address) {
        return new Diagram(kind, edges, numbers(), address).svg();
    }
}
