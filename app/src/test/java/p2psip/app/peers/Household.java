package p2psip.app.peers;

import module java.base;
import p2psip.app.crypto.NodeId;
import p2psip.app.host.*;
import p2psip.app.lookup.Neighbour;
import p2psip.app.node.*;
import p2psip.app.p2p.*;
import p2psip.app.sip.SipPort;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Transport;

/// A program for a host of a [Lab]: a node and two telephones beside it, of which one answers
/// whoever calls, and the other calls whom it is told to.
///
/// Arguments: its address, its name (`-` for a super-node without telephones), and super-nodes as
/// `IP:PORT`. It prints `ready ID`. To `call NAME SECONDS` it answers `talking ID=direct`, or
/// `ID=RELAY` for each of its Links, and at the end `call heard=true lost=0`, or what went wrong;
/// each call that it has answered it tells as `called heard=true ...`.
public final class Household {
    static final int OVERLAY = 5063;

    private static final Duration BEGIN = Duration.ofMillis(1_500), SOON = Duration.ofSeconds(3);

    private final RunningNode node;
    private final List<Telephone> phones = new ArrayList<>();

    private Household(Host host, InetAddress at, String name, List<Place> others) {
        boolean superNode = name.equals("-");
        var usual = Node.Options.at(at, others);
        node = RunningNode.start(host, "node", new Node.Options(
                new SipPort.Wish(List.of(at), 5062, false, EnumSet.of(Transport.UDP)),
                usual.lookups(), new OverlayConfig(new InetSocketAddress(at, OVERLAY), false,
                        List.of(at), superNode, others, Optional.empty()),
                usual.door(), usual.trust(), false));
        if (superNode) return;
        for (var aor : List.of(aor(name), aor(name + "-calls"))) {
            phones.add(Telephone.start(host, aor, PhoneSetup.of(aor, node.sip())));
            phones.getLast().register();
        }
        node.publishes(2);
    }

    private static String aor(String name) { return "sip:" + name + "@example.com"; }

    public static void main(String[] args) throws IOException {
        var at = InetAddress.ofLiteral(args[0]);
        var others = Arrays.stream(args).skip(2).map(Place::parse).toList();
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var household = new Household(host, at, args[1], others);
            System.out.println("ready " + household.node.ready().id());
            if (!household.phones.isEmpty()) Thread.startVirtualThread(household::answers);
            var in = new BufferedReader(new InputStreamReader(System.in));
            for (var line = in.readLine(); line != null && !line.equals("end");
                    line = in.readLine())
                System.out.println(household.calls(line.substring("call ".length())));
        }
        System.exit(0);
    }

    private void answers() {
        while (true)
            phones.getFirst().answer(SOON).ifPresent(call -> {
                call.talk(Duration.ofSeconds(20));
                System.out.println("called heard=" + call.hears() + " lost="
                        + call.hangUp().lost() + " by="
                        + call.peer().map(Address::displayName).orElse("?"));
            });
    }

    private String calls(String order) {
        var words = order.split(" ");
        try {
            var call = phones.getLast().call(aor(words[0]));
            call.talk(BEGIN);
            System.out.println("talking " + ways());
            call.talk(Duration.ofSeconds(Long.parseLong(words[1])));
            boolean heard = call.hears();
            return "call heard=" + heard + " lost=" + call.hangUp().lost();
        } catch (RuntimeException e) {
            return "call failed: " + e.getMessage();
        }
    }

    private String ways() {
        return ((Question.Reply.Peers) node.ask(new Question.Peers())).peers().stream()
                .filter(Neighbour::link).map(peer -> peer.peer().id() + "="
                        + peer.relay().map(NodeId::toString).orElse("direct"))
                .collect(Collectors.joining(","));
    }
}
