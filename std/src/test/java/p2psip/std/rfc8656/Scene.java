package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Message.Kind;
import p2psip.std.rfc8656.FiveTuple.Carrier;
import p2psip.std.rfc8656.TurnServer.*;

/// A server, and those who ask it by hand: each has a path of his own, and what the server sends
/// and opens is written down.
final class Scene {
    static final Credential ALICE = new Credential("alice", "wonderland"),
            BOB = new Credential("bob", "builder");
    static final String REALM = "example.org";
    static final InetAddress RELAY = ip("198.51.100.1"), RELAY_6 = ip("2001:db8::1");
    static final InetSocketAddress SERVER = at("198.51.100.1", 3478), PEER = at("192.0.2.9", 4000),
            OTHER = at("192.0.2.10", 4000), PEER_6 = at("2001:db8:9::9", 4000);
    static final Bytes HELLO = Bytes.utf8("hello");

    final RandomGenerator random = new SplittableRandom(7);
    final Set<Integer> refused = new HashSet<>();
    final List<Output.ToPeer> toPeers = new ArrayList<>();
    final List<Output.ToClient> toClients = new ArrayList<>();
    final Set<InetSocketAddress> open = new LinkedHashSet<>();
    final List<String> states = new ArrayList<>();
    TurnServer server;
    boolean opens = true;
    Instant now = Instant.EPOCH;

    Scene() { this(Limits.USUAL); }

    Scene(Limits limits) {
        this(limits, Map.of(Family.IPV4, RELAY, Family.IPV6, RELAY_6), 50_000, 50_999);
    }

    Scene(Limits limits, Map<Family, InetAddress> relays, int low, int high) {
        server = new TurnServer(new TurnServer.Settings("test", relays, low, high, limits,
                new Peers(List.of(), Set.of(RELAY, RELAY_6))),
                new Guard.LongTerm(REALM, List.of(ALICE, BOB), Duration.ofMinutes(30), random),
                random);
    }

    static InetAddress ip(String text) { return InetAddress.ofLiteral(text); }

    static InetSocketAddress at(String ip, int port) { return new InetSocketAddress(ip(ip), port); }

    /// Somebody with a path, who remembers what the server has asked of him.
    final class Asker {
        final FiveTuple tuple;
        private final Authentication user;
        Bytes last = Bytes.EMPTY;

        Asker(Carrier carrier, InetSocketAddress from, Authentication user) {
            this.tuple = new FiveTuple(carrier, from, SERVER);
            this.user = user;
        }

        Message request(int method, Attribute... attributes) {
            return new Message(Kind.REQUEST, method, TransactionId.random(random),
                    List.of(attributes));
        }

        /// The answer, after those that ask for a proof or a fresh nonce.
        Message ask(int method, Attribute... attributes) {
            for (int i = 0; i < 3; i++) {
                var response = once(request(method, attributes));
                if (!(user.judge(response, last) instanceof Authentication.Verdict.Retry))
                    return response;
            }
            throw new AssertionError("no end of challenges");
        }

        Message once(Message request) {
            last = user.seal(request, TurnAttribute.TABLE);
            return again().orElseThrow();
        }

        /// Sends what was sent last once more.
        Optional<Message> again() {
            var before = toClients.size();
            send(last);
            if (toClients.size() == before) return Optional.empty();
            var answer = toClients.removeLast();
            if (!answer.tuple().equals(tuple)) throw new AssertionError("to another: " + answer);
            last = answer.message();
            return Optional.of(Message.parse(answer.message(), TurnAttribute.TABLE));
        }

        void send(Bytes message) { tell(new Input.FromClient(tuple, message)); }

        Message allocate(Attribute... more) {
            var all = new ArrayList<Attribute>(List.of(TurnAttribute.RequestedTransport.UDP));
            all.addAll(List.of(more));
            return ask(Method.ALLOCATE, all.toArray(Attribute[]::new));
        }

        /// Allocates, and answers the relayed address.
        InetSocketAddress relayed(Attribute... more) { return Scene.relayed(allocate(more)); }

        Message permit(InetSocketAddress... peers) {
            return ask(Method.CREATE_PERMISSION, Stream.of(peers)
                    .map(TurnAttribute.XorPeerAddress::new).toArray(Attribute[]::new));
        }

        Message bind(int channel, InetSocketAddress peer) {
            return ask(Method.CHANNEL_BIND, new TurnAttribute.ChannelNumber(channel),
                    new TurnAttribute.XorPeerAddress(peer));
        }

        Message refresh(int seconds) {
            return ask(Method.REFRESH, new TurnAttribute.Lifetime(Duration.ofSeconds(seconds)));
        }

        /// What reaches peers of a Send indication.
        List<Output.ToPeer> sends(InetSocketAddress peer, Bytes data) {
            toPeers.clear();
            send(Indication.encode(Method.SEND, peer, data, new Ids(random)));
            return List.copyOf(toPeers);
        }

        List<Output.ToPeer> sends(int channel, Bytes data) {
            toPeers.clear();
            send(ChannelData.encode(channel, data, tuple.carrier().stream()));
            return List.copyOf(toPeers);
        }
    }

    Asker alice() { return asker(at("203.0.113.5", 40_000), ALICE); }

    Asker asker(InetSocketAddress from, Credential user) {
        return new Asker(Carrier.UDP, from, new Authentication.LongTerm(user));
    }

    static InetSocketAddress relayed(Message response) {
        return response.first(TurnAttribute.XorRelayedAddress.class).orElseThrow().address();
    }

    /// What a client hears of a datagram that a peer sends to its relayed address.
    List<Output.ToClient> heard(InetSocketAddress relay, InetSocketAddress peer, Bytes data) {
        toClients.clear();
        tell(new Input.FromPeer(relay, peer, data));
        return List.copyOf(toClients);
    }

    void tell(Input input) { done(server.handle(input, now)); }

    /// Lets time pass, and has the server do what is due.
    void pass(Duration time) {
        var end = now.plus(time);
        while (!server.deadline().isAfter(end)) {
            now = server.deadline().isAfter(now) ? server.deadline() : now;
            done(server.wake(now));
        }
        now = end;
    }

    private void done(List<Output> outputs) {
        for (var output : outputs) switch (output) {
            case Output.ToPeer sent -> toPeers.add(sent);
            case Output.ToClient sent -> toClients.add(sent);
            case Output.Close(var relay) -> {
                if (!open.remove(relay)) throw new AssertionError("not open: " + relay);
            }
            case Output.Changed(_, var state) -> states.add(state.name());
            case Output.Open(_, var relay) -> {
                if (!opens) continue;
                if (refused.contains(relay.getPort())) tell(new Input.NotOpened(relay));
                else if (!open.add(relay)) throw new AssertionError("open already: " + relay);
                else tell(new Input.Opened(relay));
            }
        }
    }
}
