package p2psip.app.sim;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Dht.*;

/// The host of a laboratory's ring: gives each node what happens to it, wakes it when it wants to
/// be, and has the modelled transport carry what is said. Whoever owns it sees all of it pass.
final class RingHost {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    /// Who owns it.
    interface Owner {
        /// Something is about to happen to a node.
        default void hears(RingMember member, Input input) {}

        /// A node says something, which is carried out next if it is for the transport.
        void says(RingMember member, Output output);
    }

    final Agenda agenda = new Agenda();
    final RingTransport transport;
    private final Owner owner;

    /// @param chance what is lost, and how unlike watches are
    RingHost(Latency latency, double loss, RandomGenerator chance, Owner owner) {
        this.owner = owner;
        this.transport = new RingTransport(agenda, latency, loss, chance, this::happens);
    }

    Instant wall() { return BEGIN.plusNanos(agenda.now()); }

    /// Where the overlay of the node is that was born as this one of all.
    static InetSocketAddress address(int number, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("10." + (number >> 16 & 255) + "."
                + (number >> 8 & 255) + "." + (number & 255)), port);
    }

    /// A member is there from now on, and joins those it knows.
    void born(RingMember member, List<Peer> known) {
        transport.born(member);
        happens(member, new Input.Join(known));
    }

    void happens(RingMember member, Input input) {
        owner.hears(member, input);
        carryOut(member, member.node.handle(input, wall()));
    }

    private void wake(RingMember member, long due) {
        if (!member.alive || member.due != due) return;
        member.due = Long.MAX_VALUE;
        carryOut(member, member.node.wake(wall()));
    }

    void carryOut(RingMember member, List<Output> outputs) {
        said(member, outputs);
        var deadline = member.node.deadline();
        if (deadline.equals(Instant.MAX)) return;
        long due = deadline.isBefore(BEGIN) ? agenda.now()
                : Math.max(agenda.now(), Duration.between(BEGIN, deadline).toNanos());
        if (due >= member.due) return;
        member.due = due;
        agenda.at(due, () -> wake(member, due));
    }

    private void said(RingMember member, List<Output> outputs) {
        for (var output : outputs) {
            owner.says(member, output);
            switch (output) {
                case Output.Send send -> transport.send(member, send);
                case Output.Neighbours(var peers, var silence) ->
                        transport.watch(member, peers, silence);
                case Output.Keep(_, var then) -> said(member, then);
                case Output.Told _, Output.Sought _, Output.Remark _, Output.Left _ -> { }
            }
        }
    }
}
