package p2psip.std;

import module java.base;

/// What a machine has to say, gathered while it works: the one thing that the parts of a machine
/// write to, and the only thing of the machine that they hold.
///
/// @param <O> the outputs of the machine
public final class Outbox<O> {
    /// Few things are said at once.
    private static final int USUAL = 4;

    private List<O> said = new ArrayList<>(USUAL);

    public void add(O output) { said.add(output); }

    public void addAll(Collection<? extends O> outputs) { said.addAll(outputs); }

    /// All that was said since the last time, in order.
    public List<O> take() {
        if (said.isEmpty()) return List.of();
        var all = said;
        said = new ArrayList<>(USUAL);
        return all;
    }
}
