package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.lookup.Pins;
import p2psip.app.node.*;
import p2psip.app.p2p.*;
import p2psip.app.sip.SipPort;
import p2psip.std.rfc3261.*;
import picocli.CommandLine;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The command `p2psip`: without a verb a node, else the verb that [ServiceLoader] finds.
@Command(name = "p2psip", mixinStandardHelpOptions = true, version = Main.VERSION,
        sortOptions = false, description = {
    "An internet telephone without servers.",
    "Without a command: run a node, which phones register at and which finds the other nodes"
            + " by itself. It prints a line that begins with `ready` when phones may register;"
            + " Ctrl-C leaves properly. Phones of this machine may register as they like, others"
            + " with the password that `p2psip password` shows."})
public final class Main implements Callable<Integer> {
    static final String VERSION = "p2psip 0.1";
    private static final int SIP_PORT = 5062, OVERLAY_PORT = 5063;

    @Option(names = "-s", description = "Be a super-node: keep records for others.")
    boolean superNode;

    @Option(names = "-p", paramLabel = "PORT",
            description = "SIP port (default: " + SIP_PORT + ", or another if that is taken).")
    Integer sipPort;

    @Option(names = "-P", paramLabel = "PORT",
            description = "Overlay port (default: " + OVERLAY_PORT + ", or another if that is"
            + " taken).")
    Integer overlayPort;

    @Option(names = "-S", paramLabel = "HOST:PORT,...", defaultValue = "",
            description = "Super-nodes to begin with; without it they are found by multicast.")
    String bootstrap;

    @Option(names = "--lookup", paramLabel = "dht,lan", split = ",", hideParamSyntax = true,
            defaultValue = "dht", description = "How others are found: on the ring of super-nodes"
            + " (dht), by asking the local network (lan), or both (default: ${DEFAULT-VALUE}).")
    List<LookupChoice> lookups;

    @Option(names = "--home", paramLabel = "DIR",
            description = "Where keys and records are kept (default: ~/.p2psip).")
    Path home;

    @Option(names = "--host", paramLabel = "ADDRESS,...", split = ",", hideParamSyntax = true,
            description = "Use only these addresses of this machine (default: all).")
    List<String> only = List.of();

    @Option(names = "--policy", paramLabel = "tofu|strict|open", defaultValue = "tofu",
            description = "Which key to believe when several claim one address: the one that was"
            + " first alone, else the one known longest, with a warning (tofu); that or none"
            + " (strict); the newest (open) (default: ${DEFAULT-VALUE}). See id pins.")
    String policy;

    @Option(names = "--open", description = "Let every phone of the network register any address"
            + " without a password.")
    boolean open;

    @Mixin UsersOption users;
    @Mixin StatsOption stats;
    @Mixin Tracing tracing;

    @Spec CommandSpec spec;

    private String ready = "";

    private Main() {}

    public static void main(String[] args) { System.exit(run(args)); }

    /// Runs one command line and answers its exit code; `System.exit` is left to [#main].
    public static int run(String... args) { return command().execute(args); }

    /// The command with all its verbs, which says what is wrong in one line.
    public static CommandLine command() {
        var command = new CommandLine(new Main());
        ServiceLoader.load(Verb.class).forEach(command::addSubcommand);
        command.getSubcommands().values().forEach(Main::version);
        command.setUsageHelpAutoWidth(true);   // as wide as the terminal
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setExecutionExceptionHandler((failure, line, _) -> {
            if (!(failure instanceof UserMistake) && !(failure instanceof Home.Unusable))
                throw failure;
            line.getErr().println("p2psip: " + failure.getMessage());
            return 2;
        });
        command.setParameterExceptionHandler(Mistakes::told);
        return command;
    }

    /// What a verb does that was not told which of its commands is meant.
    static int help(CommandSpec verb) {
        verb.commandLine().usage(verb.commandLine().getErr());
        return 2;
    }

    /// Every verb is of the version of the whole.
    private static void version(CommandLine verb) {
        verb.getCommandSpec().version(VERSION);
        verb.getSubcommands().values().forEach(Main::version);
    }

    @Override public Integer call() {
        return tracing.with(spec.commandLine().getOut(), tap -> {
            try (var folder = Home.open(home == null ? Home.usual() : home)) {
                folder.taken().ifPresent(spec.commandLine().getOut()::println);
                return run(RealHost.Options.of(Optional.of(folder), tap), door(folder));
            }
        });
    }

    private Door door(Home folder) {
        var listed = users.read();
        if (open && listed.isPresent())
            throw new UserMistake("--open asks nobody for a password, --users does: give one");
        if (listed.isPresent()) return new Door.Listed(listed.get());
        return open ? new Door.Open() : new Door.Word(PasswordVerb.of(folder));
    }

    private int run(RealHost.Options usual, Door door) {
        var addresses = only.isEmpty() ? usual.addresses()
                : only.stream().map(a -> Addresses.literal("--host", a)).toList();
        var host = new RealHost.Options(usual.home(), addresses, usual.dns(), usual.tap());
        var options = options(addresses, door);
        try (var real = new RealHost(host)) {
            var line = real.start("node", room -> new Node(options, room));
            real.stopOnInterrupt(new Node.Leave());
            return stats.listen(line, new Node.Count(), told -> told(told, door));
        }
    }

    private Node.Options options(List<InetAddress> addresses, Door door) {
        var wish = new SipPort.Wish(addresses, sipPort == null ? SIP_PORT : port(sipPort, "-p"),
                sipPort == null, EnumSet.of(Transport.UDP, Transport.TCP));
        var everywhere = only.isEmpty() ? InetAddress.ofLiteral("0.0.0.0") : addresses.getFirst();
        var bind = new InetSocketAddress(everywhere,
                overlayPort == null ? OVERLAY_PORT : port(overlayPort, "-P"));
        // As the ancestor has it: who says where the overlay is wants to be found there only.
        var group = bootstrap.isEmpty() && overlayPort == null
                ? Optional.of(Overlay.GROUP) : Optional.<InetSocketAddress>empty();
        return new Node.Options(wish, List.copyOf(new LinkedHashSet<>(lookups)),
                new OverlayConfig(bind, overlayPort == null, addresses, superNode, places(),
                group), door, policy(policy), tracing.traced());
    }

    private void told(Object told, Door door) {
        switch (told) {
            case Node.Ready ready -> ready(text(ready, elsewhere(door)));
            case Node.NotReady problem -> throw new UserMistake(text(problem));
            case Node.Statistics sizes -> stats.print(text(sizes));
            default -> { }
        }
    }

    /// The first line again if it says more than before; what to do only once.
    private void ready(List<String> lines) {
        if (lines.getFirst().equals(ready)) return;
        lines.stream().limit(ready.isEmpty() ? lines.size() : 1)
                .forEach(spec.commandLine().getOut()::println);
        ready = lines.getFirst();
    }

    /// What is to be said beside an address that other machines reach.
    private static String elsewhere(Door door) {
        return "on this network" + switch (door) {
            //  a log or a pipe is read by others, and later
            case Door.Word(var password) -> Terminal.here() ? ", password " + password
                    : ", with the password that `p2psip password` shows";
            case Door.Listed _, Door.Open _ -> "";
        };
    }

    private static List<String> text(Node.Ready ready, String elsewhere) {
        var udp = ready.points().stream().filter(p -> p.transport() == Transport.UDP)
                .map(ListeningPoint::address).toList();
        var lines = new ArrayList<String>();
        lines.add("ready sip=" + text(udp.getFirst())
                + ready.overlay().map(at -> " overlay=" + text(at)).orElse("")
                + " id=" + ready.id());
        lines.add("In a phone enter an address of your choice, sip:YOU@example.com, and as outbound"
                + " proxy and registrar");
        for (var address : udp)
            lines.add("  sip:" + text(address) + (address.getAddress().isLoopbackAddress()
                    ? "   on this machine" : "   " + elsewhere));
        return lines;
    }

    private static String text(Node.Statistics s) {
        return "transactions=%d contexts=%d pending=%d connections=%d addresses=%d contacts=%d"
                .formatted(s.transactions(), s.contexts(), s.pending(), s.connections(),
                        s.addresses(), s.contacts()) + " published=" + s.published()
                + s.overlay().entrySet().stream().map(e -> " " + e).collect(Collectors.joining());
    }

    private String text(Node.NotReady problem) {
        if (problem.what().equals("key"))
            return problem.why() + "; another folder is named with --home DIR";
        return "cannot open " + problem.what() + ": " + problem.why() + "; choose another with "
                + (problem.what().startsWith("SIP") ? "-p"
                : problem.what().startsWith("overlay") ? "-P" : "--lookup");
    }

    private static String text(InetSocketAddress address) {
        return p2psip.std.rfc2396.HostName.text(address);
    }

    private static int port(int port, String option) {
        if (port < 0 || port > 65535) throw new UserMistake(
                option + " " + port + " is no port: give one from 1 to 65535, or 0 for any");
        return port;
    }

    private static Pins.Policy policy(String name) {
        for (var p : Pins.Policy.values()) if (p.name().equalsIgnoreCase(name)) return p;
        throw new UserMistake("--policy " + name + " is none: give tofu, strict or open");
    }

    private List<Place> places() {
        try {
            return Place.parseList(bootstrap);
        } catch (p2psip.app.p2p.SyntaxException e) {
            throw new UserMistake("-S " + bootstrap + ": " + e.getMessage()
                    + "; give host:port, with commas between");
        }
    }
}
