package p2psip.app.lookup;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.*;

/// Answers every question asked in a group with the same texts, by the description of the format
/// alone.
final class LanForger implements Machine<Event, Effect> {
    private record Late(Instant at, Effect effect) {}

    private final InetSocketAddress group;
    private final InetSocketAddress from;
    private final List<String> texts;
    private final Optional<Duration> after;
    private final Queue<Late> late = new ArrayDeque<>();
    private Instant due = Instant.MIN;

    LanForger(InetSocketAddress group, InetSocketAddress from, List<String> texts,
            Optional<Duration> after) {
        this.group = group;
        this.from = from;
        this.texts = texts;
        this.after = after;
    }

    @Override public Instant deadline() {
        return late.isEmpty() ? due : late.element().at;
    }

    @Override public List<Effect> wake(Instant now) {
        if (due.equals(Instant.MIN)) {
            due = Instant.MAX;
            return List.of(new Effect.Bind(Id.PROGRAM, from),
                    new Effect.JoinGroup(Id.PROGRAM.with(1), group));
        }
        var effects = new ArrayList<Effect>();
        while (!late.isEmpty() && !late.element().at.isAfter(now))
            effects.add(late.remove().effect);
        return effects;
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        if (event instanceof Event.Datagram(_, _, var asker, var bytes) && after.isPresent()
                && bytes.at(0) == (byte) 0xc0)
            late.add(new Late(now.plus(after.get()), new Effect.Datagram(from, asker,
                    answer(bytes.slice(4, 12), texts))));
        return List.of();
    }

    /// @param id of the question, 8 bytes
    static Bytes answer(Bytes id, List<String> texts) {
        var out = ByteBuffer.allocate(60_000).put((byte) 0xc1).put((byte) 'l').put((byte) '2')
                .put((byte) 1).put(id.buffer());
        for (var text : texts) {
            var utf8 = Bytes.utf8(text);
            out.putShort((short) utf8.size()).put(utf8.buffer());
        }
        return Bytes.from(out.flip());
    }
}
