package p2psip.tools.book;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.*;
import p2psip.app.trace.Trace;
import p2psip.app.voip.*;
import p2psip.std.rfc1035.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Transport;
import p2psip.std.rfc5626.*;

/// The runs of [Flow], as programs: phones and a server on a simulated network, and what people do
/// with them.
final class Run {
    private static final InetSocketAddress SERVER =
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 5060);
    private static final InetSocketAddress EDGE =
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.8"), 5060);
    private static final InetSocketAddress OTHER =
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.7"), 5060);
    private static final String ALICE = "sip:alice@example.com", BOB = "sip:bob@example.com";
    private static final Duration TALK = Duration.ofSeconds(1);

    /// All runs by name, and what happened in each.
    static final SortedMap<String, Function<Run, List<Trace>>> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("direct", Run::direct), Map.entry("lost", Run::lost),
            Map.entry("nobody", Run::nobody), Map.entry("busy", Run::busy),
            Map.entry("register", Run::register), Map.entry("call", Run::call),
            Map.entry("unknown", Run::unknown), Map.entry("forked", Run::forked),
            Map.entry("keys", Run::keys), Map.entry("edge", Run::edge),
            Map.entry("outbound", Run::outbound),
            Map.entry("redirected", Run::redirected), Map.entry("presence", Run::presence),
            Map.entry("patient", Run::patient),
            Map.entry("transfer", Run::transfer), Map.entry("attended", Run::attended),
            Map.entry("finding", Run::finding)));

    private final List<Trace> traces = new ArrayList<>();
    private final Network network = new Network(1, traces::add);
    private final Map<String, SimHost> hosts = new HashMap<>();
    private int phones;

    private SimHost host(String name, String address) {
        return hosts.computeIfAbsent(name, _ -> network.host(address));
    }

    /// A phone that knows no server: its address is where it is.
    private Telephone alone(String name, int calls) { return alone(name, calls, false); }

    /// @param follows whether it calls whom a peer asks it to call
    private Telephone alone(String name, int calls, boolean follows) {
        var address = "10.0.0." + ++phones;
        var setup = PhoneSetup.of("sip:" + name + "@" + address).port(5060).calls(calls);
        return Telephone.start(host(name, address), name, follows ? setup.following() : setup);
    }

    /// A phone of somebody at a server.
    private Telephone served(String name, String aor, boolean answers) {
        return served(name, aor, answers, SERVER);
    }

    private Telephone served(
            String name, String aor, boolean answers, InetSocketAddress server) {
        var address = "10.0.0." + ++phones;
        var setup = PhoneSetup.of(aor, server).port(5060).calls(1).answering(answers);
        return Telephone.start(host(name, address), name, name.equals("alice")
                ? setup.withLogin("alice", "wonderland") : setup);
    }

    private void server(String... users) {
        server("server", SERVER, List.of("example.com"), List.of(), Server.Mode.PROXY, users);
    }

    private void server(String name, InetSocketAddress at, List<String> domains,
            List<String> edge, Server.Mode mode, String... users) {
        var options = new Sipd.Options(new SipPort.Wish(List.of(at.getAddress()),
                at.getPort(), false, EnumSet.of(Transport.UDP)), domains,
                users.length == 0 ? Optional.empty() : Optional.of(Users.parse(List.of(users))),
                edge, List.of(), mode, true);
        host(name, at.getAddress().getHostAddress())
                .start(name, room -> new Sipd(options, room)).told(TALK);
    }

    private List<Trace> from(int begin) {
        return List.copyOf(traces.subList(begin, traces.size()));
    }

    private List<Trace> direct() {
        try (var alice = alone("alice", 1); var _ = alone("bob", 1)) {
            talk(alice, "sip:bob@10.0.0.2", "");
        }
        return from(0);
    }

    /// The wire is dead for two seconds, from the moment that alice calls.
    private List<Trace> lost() {
        try (var alice = alone("alice", 1); var _ = alone("bob", 1)) {
            network.cut(hosts.get("alice"));
            network.at(network.now().plusSeconds(2), network::heal);
            var call = alice.call("sip:bob@10.0.0.2");
            call.hangUp();
            alice.pause(TALK);
        }
        return from(0);
    }

    private List<Trace> nobody() {
        try (var alice = alone("alice", 1)) {
            network.cut(network.host("10.0.0.2"));
            failing(alice, "sip:bob@10.0.0.2");
        }
        return from(0);
    }

    private List<Trace> busy() {
        try (var alice = alone("alice", 1); var _ = alone("bob", 0)) {
            failing(alice, "sip:bob@10.0.0.2");
            alice.pause(TALK);
        }
        return from(0);
    }

    private List<Trace> register() {
        server("alice:wonderland");
        try (var alice = served("alice", ALICE, true)) {
            alice.register();
            return from(0);
        }
    }

    private List<Trace> call() {
        server();
        try (var alice = served("alice", ALICE, true); var bob = served("bob", BOB, true)) {
            bob.register();
            int begin = traces.size();
            talk(alice, BOB, "");
            return from(begin);
        }
    }

    private List<Trace> unknown() {
        server();
        try (var alice = served("alice", ALICE, true)) {
            int begin = traces.size();
            failing(alice, "sip:carol@example.com");
            alice.pause(TALK);
            return from(begin);
        }
    }

    private List<Trace> forked() {
        server();
        try (var alice = served("alice", ALICE, true);
                var desk = served("desk", BOB, false); var cell = served("cell", BOB, true)) {
            desk.register();
            cell.register();
            int begin = traces.size();
            talk(alice, BOB, "");
            return from(begin);
        }
    }

    /// Bob's house has a proxy of its own; from outside there is no other way to him.
    private List<Trace> edge() {
        var domain = SERVER.getAddress().getHostAddress();
        server("server", SERVER, List.of(), List.of(), Server.Mode.PROXY);
        server("edge", EDGE, List.of(), List.of(domain), Server.Mode.PROXY);
        try (var alice = served("alice", "sip:alice@" + domain, true);
                var bob = served("bob", "sip:bob@" + domain, true, EDGE)) {
            bob.register();
            talk(alice, "sip:bob@" + domain, "");
            return from(0);
        }
    }

    /// The first of two proxies dies, is found out by a call and by the phone, and comes back.
    private List<Trace> outbound() {
        var domain = SERVER.getAddress().getHostAddress();
        server("server", SERVER, List.of(), List.of(), Server.Mode.PROXY);
        server("edge", EDGE, List.of(), List.of(domain), Server.Mode.PROXY);
        server("other", OTHER, List.of(), List.of(domain), Server.Mode.PROXY);
        var proxies = Stream.of(EDGE, OTHER).map(at -> Address.of(SipUri.of("", at))).toList();
        var setup = PhoneSetup.of("sip:bob@" + domain).through(SipUri.of("", EDGE))
                .port(5060).calls(1)
                .withOutbound(new Outbound(new Instance(
                        "urn:uuid:00000000-0000-1000-8000-aabbccddeeff"), proxies));
        try (var alice = served("alice", "sip:alice@" + domain, true);
                var bob = Telephone.start(host("bob", "10.0.0." + ++phones), "bob", setup)) {
            bob.register();
            bob.pause(Duration.ofMinutes(1));
            hosts.get("edge").kill();
            talk(alice, "sip:bob@" + domain, "");
            bob.pause(Duration.ofSeconds(75));
            server("edge", EDGE, List.of(), List.of(domain), Server.Mode.PROXY);
            bob.pause(Duration.ofMinutes(3));
            return from(0);
        }
    }

    private List<Trace> redirected() {
        var domain = SERVER.getAddress().getHostAddress();
        server("server", SERVER, List.of(), List.of(), Server.Mode.REDIRECT);
        try (var alice = alone("alice", 1);
                var bob = served("bob", "sip:bob@" + domain, true)) {
            bob.register();
            int begin = traces.size();
            talk(alice, "sip:bob@" + domain, "");
            return from(begin);
        }
    }

    private List<Trace> keys() {
        try (var alice = alone("alice", 1); var _ = alone("bob", 1)) {
            talk(alice, "sip:bob@10.0.0.2", "7");
        }
        return from(0);
    }

    /// It rings at bob's for more than a minute.
    private List<Trace> patient() {
        try (var alice = alone("alice", 1)) {
            var setup = PhoneSetup.of("sip:bob@10.0.0.2").port(5060).calls(1).ringing();
            var bob = host("bob", "10.0.0.2").start("bob", room -> new Phone(setup, room));
            network.at(network.now().plusSeconds(65),
                    () -> bob.command(new PhoneCommand.Answer(-1)));
            talk(alice, "sip:bob@10.0.0.2", "");
        }
        return from(0);
    }

    /// Alice's domain has two servers, and the first has been switched off.
    private List<Trace> finding() {
        var service = "_sip._udp.example.com";
        records(new Question(service, Question.Type.SRV),
                new ResourceRecord.Server(service, TALK, 0, 0, 5060, "server1.example.com"),
                new ResourceRecord.Server(service, TALK, 1, 0, 5060, "server2.example.com"));
        network.name("server1.example.com", "10.0.0.8");
        network.name("server2.example.com", "10.0.0.9");
        host("server1", "10.0.0.8");
        server("server2", new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 5060),
                List.of("example.com"), List.of(), Server.Mode.PROXY);
        try (var alice = Telephone.start(host("alice", "10.0.0.1"), "alice", PhoneSetup.of(ALICE)
                .through(SipUri.parse("sip:example.com")).port(5060).calls(1))) {
            alice.register();
            return from(0);
        }
    }

    private void records(Question question, ResourceRecord... records) {
        network.zone(question, new Answer.Found(List.of(records)));
    }

    /// Bob lets alice see whether he is there, and goes.
    private List<Trace> presence() {
        try (var bob = alone("bob", 1); var alice = alone("alice", 1)) {
            bob.approve("*");
            bob.pause(TALK);
            int begin = traces.size();
            alice.watch("sip:bob@10.0.0.1");
            alice.pause(TALK);
            bob.show(false, "gone home");
            alice.pause(Duration.ofSeconds(6));
            return from(begin);
        }
    }

    /// Alice is in a call with bob, and would have him call carol.
    private List<Trace> transfer() {
        try (var alice = alone("alice", 1); var _ = alone("bob", 1, true);
                var _ = alone("carol", 1)) {
            var call = alice.call("sip:bob@10.0.0.2");
            call.talk(TALK);
            int begin = traces.size();
            call.transfer("sip:carol@10.0.0.3");
            alice.pause(TALK);
            return from(begin);
        }
    }

    /// Alice has spoken with carol before, and is in calls with both.
    private List<Trace> attended() {
        try (var alice = alone("alice", 2); var _ = alone("bob", 1, true);
                var _ = alone("carol", 1)) {
            var one = alice.call("sip:bob@10.0.0.2");
            one.hold();
            var other = alice.call("sip:carol@10.0.0.3");
            other.talk(TALK);
            int begin = traces.size();
            one.transfer(other);
            alice.pause(TALK);
            return from(begin);
        }
    }

    /// A call, the keys that are pressed in it, and its end.
    private static void talk(Telephone caller, String uri, String keys) {
        var call = caller.call(uri);
        if (!keys.isEmpty()) call.press(keys);
        call.talk(TALK);
        call.hangUp();
        caller.pause(TALK);
    }

    /// A call that shall come to nothing: the run is there to show how.
    private static void failing(Telephone caller, String uri) {
        try {
            caller.call(uri);
        } catch (Telephone.Failed _) {
            return;
        }
        throw new IllegalStateException("this call was to fail");
    }
}
