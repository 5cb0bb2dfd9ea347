package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Errands;
import p2psip.app.host.*;
import p2psip.app.lookup.*;
import p2psip.std.*;

/// The overlay as a lookup: super-nodes that find each other by multicast; and an ordinary node
/// whose only super-node is a forger.
class OverlayContractTest extends LookupContract {

    @Override protected Lookup lookup(Host.Room room) {
        return overlay(room, true, List.of(), Optional.of(Overlay.GROUP));
    }

    @Override protected Lookup deceived(Host.Room room) {
        return overlay(room, false, List.of(new Place("10.0.0.9", FORGER.getPort())),
                Optional.empty());
    }

    private static Lookup overlay(Host.Room room, boolean superNode, List<Place> bootstrap,
            Optional<InetSocketAddress> group) {
        return new Overlay(0, Identity.generate("node", room.random()), new OverlayConfig(
                new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0), false,
                room.addresses(), superNode, bootstrap, group), room.random(), room.wall(),
                new Outbox<>());
    }

    @Override protected Machine<Event, Effect> forger(
            List<String> texts, Optional<Duration> after) {
        return new Forger(texts, after);
    }

    /// Says that it is a super-node, and answers errands with lies.
    private static final class Forger implements Machine<Event, Effect> {
        private record Late(Instant at, Peer to, Bytes message) {}

        private final Sessions sessions = new Sessions(
                Identity.generate("forger", new SplittableRandom(9)), FORGER,
                new SplittableRandom(9));
        private final List<String> texts;
        private final Optional<Duration> after;
        private final Queue<Late> late = new ArrayDeque<>();
        private boolean begun;

        Forger(List<String> texts, Optional<Duration> after) {
            this.texts = texts;
            this.after = after;
        }

        @Override public Instant deadline() {
            if (!begun) return Instant.MIN;
            return late.isEmpty() || sessions.deadline().isBefore(late.element().at)
                    ? sessions.deadline() : late.element().at;
        }

        @Override public List<Effect> wake(Instant now) {
            if (!begun) {
                begun = true;
                return List.of(new Effect.Bind(Id.PROGRAM, FORGER));
            }
            var effects = new ArrayList<>(effects(sessions.wake(now), now));
            while (!late.isEmpty() && !late.element().at.isAfter(now)) {
                var answer = late.remove();
                effects.addAll(say(answer.to, new Payload.Ring(answer.message), now));
            }
            return effects;
        }

        @Override public List<Effect> handle(Event event, Instant now) {
            return event instanceof Event.Datagram(_, _, var remote, var bytes) ? effects(
                    sessions.handle(new Sessions.Input.Received(remote, bytes), now), now)
                    : List.of();
        }

        private List<Effect> say(Peer to, Payload payload, Instant now) {
            return effects(sessions.handle(
                    new Sessions.Input.Send(to, payload.encode(), true), now), now);
        }

        private List<Effect> effects(List<Sessions.Output> outputs, Instant now) {
            return outputs.stream().flatMap(output -> switch (output) {
                case Sessions.Output.Transmit(var remote, var datagram, _) ->
                        Stream.of(new Effect.Datagram(FORGER, remote, datagram));
                case Sessions.Output.Delivered(var from, _, var payload) ->
                        delivered(from, Payload.parse(payload), now).stream();
                default -> Stream.<Effect>of();
            }).toList();
        }

        private List<Effect> delivered(Peer from, Payload payload, Instant now) {
            return switch (payload) {
                case Payload.Ask(var clock) ->
                        say(from, new Payload.Tell(true, List.of(), clock, Optional.empty()), now);
                case Payload.Ring(var message) -> {
                    after.ifPresent(wait -> Errands.answer(message, texts).forEach(
                            answer -> late.add(new Late(now.plus(wait), from, answer))));
                    yield List.of();
                }
                case Payload.Tell _, Payload.OfLink _ -> List.of();
            };
        }
    }
}
