package p2psip.app.voip;

import module java.base;
import p2psip.app.host.Effect;
import p2psip.std.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8656.*;

/// The addresses that a call borrows of TURN servers, and what goes by them.
final class Relays {
    sealed interface Output {
        record Do(Effect effect) implements Output {}

        /// @param mapped how the server sees our own address
        record Lent(Place place, InetSocketAddress relayed, InetSocketAddress mapped)
                implements Output {}

        /// @param code the server's, 0 if it has not answered
        record NotLent(Place place, int code, String why) implements Output {}

        record Data(InetSocketAddress relayed, InetSocketAddress from, Bytes data)
                implements Output {}

        /// It was lent, and is no more.
        record Gone(InetSocketAddress relayed, String why) implements Output {}
    }

    /// Who is asked, and from where.
    record Place(InetSocketAddress local, InetSocketAddress server) {}

    private final RandomGenerator random;
    private final Machines<Place, TurnClient> clients =
            new Machines<>(2 * IceOptions.SERVERS);
    private final Map<Place, InetSocketAddress> lent = new LinkedHashMap<>(),
            spokenTo = new LinkedHashMap<>();
    private final Outbox<Output> out = new Outbox<>();

    Relays(RandomGenerator random) { this.random = random; }

    Instant deadline() { return clients.deadline(); }

    List<Output> wake(Instant now) {
        clients.wake(now, client -> client.wake(now), this::said);
        return out.take();
    }

    List<Output> borrow(Place place, Credential credential, Instant now) {
        var wish = place.local.getAddress() instanceof Inet6Address ? Wish.IPV6 : Wish.IPV4;
        //= rfc8445#5.1.1.2-6 Allocate requests are authenticated by a long-term credential
        clients.add(place, new TurnClient(place.server, wish,
                new Authentication.LongTerm(credential), Timing.UDP, "p2psip", random));
        return tell(place, client -> client.wake(now));
    }

    /// Whether a datagram is of a server that has lent something, or is asked to.
    boolean isFrom(InetSocketAddress local, InetSocketAddress from) {
        return place(local, from).isPresent();
    }

    private Optional<Place> place(InetSocketAddress local, InetSocketAddress from) {
        return spokenTo.entrySet().stream().filter(one -> one.getKey().local.equals(local)
                && one.getValue().equals(from)).map(Map.Entry::getKey).findFirst();
    }

    List<Output> received(InetSocketAddress local, InetSocketAddress from, Bytes bytes,
            Instant now) {
        return place(local, from).map(place -> tell(place, client -> client.handle(
                new TurnClient.Input.Received(from, bytes), now))).orElse(List.of());
    }

    boolean lends(InetSocketAddress relayed) { return lent.containsValue(relayed); }

    //= rfc8445#12.1-3 from a relayed candidate through a channel, which the TURN client creates
    List<Output> send(InetSocketAddress relayed, InetSocketAddress to, Bytes data, Instant now) {
        return by(relayed, new TurnClient.Input.Send(to, data), now);
    }

    /// Lets a peer in.
    List<Output> permit(InetSocketAddress relayed, InetAddress peer, Instant now) {
        return by(relayed, new TurnClient.Input.Permit(List.of(peer)), now);
    }

    List<Output> giveBack(InetSocketAddress relayed, Instant now) {
        var said = by(relayed, new TurnClient.Input.Close(), now);
        lent.values().remove(relayed);
        return said;
    }

    List<Output> close(Instant now) {
        var all = new ArrayList<Output>();
        lent.clear();
        for (var place : clients.keys()) all.addAll(
                tell(place, client -> client.handle(new TurnClient.Input.Close(), now)));
        return all;
    }

    private List<Output> by(InetSocketAddress relayed, TurnClient.Input input, Instant now) {
        return lent.entrySet().stream().filter(one -> one.getValue().equals(relayed))
                .map(Map.Entry::getKey).findFirst()
                .map(place -> tell(place, client -> client.handle(input, now)))
                .orElse(List.of());
    }

    private List<Output> tell(Place place, Function<TurnClient, List<TurnClient.Output>> what) {
        clients.tell(place, what, this::said);
        return out.take();
    }

    private void said(Place place, TurnClient from, List<TurnClient.Output> outputs) {
        for (var output : outputs) switch (output) {
            case TurnClient.Output.Send(var to, var bytes) -> {
                spokenTo.put(place, to);
                out.add(new Output.Do(new Effect.Datagram(place.local, to, bytes)));
            }
            case TurnClient.Output.Allocated(var relayed, var mapped, _, _) -> {
                lent.put(place, relayed.getFirst());
                out.add(new Output.Lent(place, relayed.getFirst(), mapped));
            }
            case TurnClient.Output.Data(var peer, var data) ->
                    Optional.ofNullable(lent.get(place)).ifPresent(relayed ->
                            out.add(new Output.Data(relayed, peer, data)));
            case TurnClient.Output.Failed(int code, var why, _) -> ended(place, code, why);
            // the port is that of the sound: no other can be taken
            case TurnClient.Output.Renew _ -> {
                clients.remove(place);
                ended(place, 437, "it takes our address for another's");
            }
            case TurnClient.Output.Closed _ -> spokenTo.remove(place);
            case TurnClient.Output.Undelivered _, TurnClient.Output.Refused _,
                    TurnClient.Output.Changed _ -> { }
        }
    }

    private void ended(Place place, int code, String why) {
        spokenTo.remove(place);
        var relayed = Optional.ofNullable(lent.remove(place));
        out.add(relayed.<Output>map(one -> new Output.Gone(one, why))
                .orElseGet(() -> new Output.NotLent(place, code, why)));
    }
}
