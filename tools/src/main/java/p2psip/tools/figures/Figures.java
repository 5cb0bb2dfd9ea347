package p2psip.tools.figures;

import module java.base;
import p2psip.tools.figures.Comparison.Difference;

/// A machine with its transitions, found by running it, and the figures it is held against.
final class Figures {
    private static final List<Supplier<Kind>> KINDS = List.of(Transactions::inviteClient,
            Transactions::nonInviteClient, Transactions::inviteServer,
            Transactions::nonInviteServer, ProxyBranch::kind);

    /// Those that are drawn, before they have been run.
    static List<Kind> kinds() { return KINDS.stream().map(Supplier::get).toList(); }

    private final Kind kind;
    private final SequencedMap<Edge, Set<String>> edges;
    private final List<Comparison> comparisons;

    private Figures(Kind kind) {
        this.kind = kind;
        this.edges = kind.edges();
        this.comparisons = RfcFigure.of(kind.name()).stream()
                .map(figure -> Comparison.of(figure, edges.keySet())).toList();
    }

    private static final class All {
        static final List<Figures> LIST =
                kinds().stream().map(Figures::new).toList();
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
