package p2psip.app.node;

import module java.base;
import p2psip.app.host.Host;
import p2psip.app.sipd.Users;
import p2psip.app.voip.*;

/// Two nodes and a phone at each, ready for one call with sound both ways and digits.
public final class Demonstration implements AutoCloseable {
    private static final String ALICE = "sip:alice@example.com", BOB = "sip:bob@example.com";
    private static final String KEYS = "123";
    /// So short an offer that all of SIP goes by datagrams.
    private static final Formats PLAIN = Formats.of("pcmu,pcma", false);
    private static final Duration PATIENCE = Duration.ofSeconds(20), TALK = Duration.ofSeconds(3);

    /// Addresses for node A, node B, alice and bob on a simulated network.
    public static final List<InetAddress> PLACES = IntStream.rangeClosed(1, 4)
            .mapToObj(i -> InetAddress.ofLiteral("10.0.0." + i)).toList();

    /// Makes the host of each participant.
    public interface Hosts {
        Host host(InetAddress address);
    }

    private final RunningNode first, second;
    private final Telephone alice, bob;

    /// @param at    as [#PLACES]
    /// @param login what node A has alice's phone prove; anybody may register where there is none
    /// @throws RunningNode.Failed if a node does not start
    /// @throws Telephone.Failed if a phone does not
    public Demonstration(Hosts hosts, List<InetAddress> at, Optional<PhoneSetup.Login> login) {
        var open = Node.Options.at(at.get(0), List.of());
        var door = login.<Door>map(l -> new Door.Listed(Users.parse(List.of(
                l.user() + ":" + l.password())))).orElse(open.door());
        var options = new Node.Options(open.sip(), open.lookups(), open.overlay(), door,
                open.trust(), open.traced());
        first = RunningNode.start(hosts.host(at.get(0)), "node A", options);
        second = RunningNode.start(hosts.host(at.get(1)), "node B",
                Node.Options.at(at.get(1), List.of(first.overlay())));
        var setup = PhoneSetup.of(ALICE, first.sip()).speaking(PLAIN).recording();
        alice = Telephone.start(hosts.host(at.get(2)), "alice",
                login.map(l -> setup.withLogin(l.user(), l.password())).orElse(setup));
        bob = Telephone.start(hosts.host(at.get(3)), "bob",
                PhoneSetup.of(BOB, second.sip()).speaking(PLAIN).recording());
    }

    /// Where alice's node has its SIP.
    public InetSocketAddress proxy() { return first.sip(); }

    /// Registers both phones: then the ring knows, too.
    ///
    /// @throws Telephone.Failed if a node refuses
    public void register() {
        alice.register();
        bob.register();
    }

    /// Has alice call bob, press keys, talk and hang up.
    ///
    /// @return what both have heard, as [Statistics#heard] says it: `rtp=N/N lost=0`
    /// @throws Telephone.Failed with the status and reason of who refused the call
    /// @throws IllegalStateException if one side did not hear what it should
    public String call() {
        var caller = alice.call(BOB);
        var callee = bob.answer(PATIENCE).orElseThrow(() -> new NoCall("nobody called bob"));
        caller.press(KEYS);
        caller.talk(TALK);
        var mine = caller.hangUp();
        callee.talk(PATIENCE);   // until it is over
        var theirs = callee.hangUp();
        if (!callee.keys().equals(KEYS))
            throw new NoCall("bob heard the keys '" + callee.keys() + "', not '" + KEYS + "'");
        for (var recorded : List.of(caller.recorded().heard(), callee.recorded().heard()))
            if (isSilent(recorded)) throw new NoCall("one side heard nothing");
        return Statistics.heard(mine, theirs);
    }

    /// Hangs up, unregisters, and has the nodes leave the ring.
    @Override public void close() {
        bob.close();
        alice.close();
        first.line().command(new Node.Leave());
        second.line().command(new Node.Leave());
    }

    /// What did not happen though nothing failed.
    public static final class NoCall extends IllegalStateException {
        private static final long serialVersionUID = 1;

        NoCall(String why) { super(why); }
    }

    private static boolean isSilent(short[] samples) {
        long energy = 0;
        for (short s : samples) energy += s * s;
        return samples.length == 0 || energy / samples.length < 1_000_000;
    }
}
