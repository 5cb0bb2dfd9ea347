package p2psip.app.lookup;

import module java.base;
import p2psip.std.Outbox;

/// A lookup that says what it is told to say, when it is woken next, and remembers what it is
/// asked.
public final class Scripted implements Lookup {
    private final Outbox<Output> saying = new Outbox<>();
    private final Outbox<Input> hearing = new Outbox<>();
    private Instant due = Instant.MAX;
    private Optional<InetSocketAddress> place = Optional.empty();

    public void says(Output... outputs) {
        saying.addAll(List.of(outputs));
        due = Instant.MIN;
    }

    /// What it was asked since the last call.
    public List<Input.Ask> heard() {
        return inputs().stream().filter(Input.Ask.class::isInstance)
                .map(Input.Ask.class::cast).toList();
    }

    /// All that it was told since the last call.
    public List<Input> inputs() { return hearing.take(); }

    /// Where others find it from now on.
    public void place(InetSocketAddress address) { place = Optional.of(address); }

    @Override public Optional<InetSocketAddress> address() { return place; }

    @Override public SortedMap<String, Integer> sizes() { return new TreeMap<>(); }

    @Override public List<Output> handle(Input input, Instant now) {
        hearing.add(input);
        return List.of();
    }

    @Override public List<Output> wake(Instant now) {
        due = Instant.MAX;
        return saying.take();
    }

    @Override public Instant deadline() { return due; }
}
