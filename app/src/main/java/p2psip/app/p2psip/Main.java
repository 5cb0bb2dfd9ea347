package p2psip.app.p2psip;

import module java.base;
import p2psip.app.config.*;
import p2psip.app.host.Home;
import p2psip.app.node.LookupChoice;
import p2psip.app.web.Client;
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
            + " with the password that `p2psip password` shows. What is chosen here can be chosen"
            + " for good by `p2psip config set`; this line overrides that."})
public final class Main implements Callable<Integer> {
    static final String VERSION = "p2psip 0.1";
    static final int SIP_PORT = 5062, OVERLAY_PORT = 5063;

    @Option(names = "-s", description = "Be a super-node: keep records for others.")
    boolean superNode;

    @Option(names = "-p", paramLabel = "PORT",
            description = "SIP port (default: " + SIP_PORT + ", or another if that is taken).")
    Integer sipPort;

    @Option(names = {"-t", "--transport"}, paramLabel = "udp,tcp,tls,ws,wss",
            description = "By what phones speak with it (default: udp,tcp): by TLS at the next"
            + " port, by WebSocket (ws) at the port that is six higher, by that over TLS (wss) at"
            + " the one after it.")
    String transports;

    @Option(names = "--ws-origin", paramLabel = "ORIGIN,...", description = "Pages from there,"
            + " https://example.com or http://127.0.0.1:8000, may be telephones (default: none; who"
            + " is no browser may).")
    String origins;

    @Option(names = "-P", paramLabel = "PORT",
            description = "Overlay port (default: " + OVERLAY_PORT + ", or another if that is"
            + " taken).")
    Integer overlayPort;

    @Option(names = "-S", paramLabel = "HOST:PORT,...",
            description = "Super-nodes to begin with; without it they are found by multicast.")
    String bootstrap;

    @Option(names = "--stun", paramLabel = "HOST:PORT,...",
            description = "STUN servers that tell from where they see this node, for who has no"
            + " super-node outside its network (default: none).")
    String stun;
    @Option(names = "--join", paramLabel = "LINE", description = "Join the ring of who has sent"
            + " this line, now and whenever it is started: p2psip invite prints one.")
    String invitation;

    @Option(names = "--lookup", paramLabel = "dht,lan,opendht", split = ",", hideParamSyntax = true,
            description = "How others are found: on the ring of super-nodes"
            + " (dht), by asking the local network (lan), by a node of OpenDHT (opendht), or"
            + " several (default: dht).")
    List<LookupChoice> lookups;

    @Option(names = "--opendht", paramLabel = "URL", description = "The node of OpenDHT that is"
            + " asked with --lookup opendht: it runs as dhtnode --proxyserver PORT (default:"
            + " http://127.0.0.1:8080).")
    String opendht;

    @Option(names = "--home", paramLabel = "DIR",
            description = "Where keys and records are kept (default: ~/.p2psip).")
    Path home;

    @Option(names = "--host", paramLabel = "ADDRESS,...", split = ",", hideParamSyntax = true,
            description = "Use only these addresses of this machine (default: all).")
    List<String> only = List.of();

    @Option(names = "--map-port", paramLabel = "yes|no|auto", description = "Ask the router to let"
            + " others in, by PCP, NAT-PMP or UPnP (default: auto, where all addresses of this"
            + " machine are private).")
    String mapPort;

    @Option(names = "--dns", paramLabel = "ADDRESS[:PORT]", description = "Ask this name server"
            + " (default: those of the system).")
    String dns;

    @Option(names = "--policy", paramLabel = "tofu|strict|open",
            description = "Which key to believe when several claim one address: the one that was"
            + " first alone, else the one known longest, with a warning (tofu); that or none"
            + " (strict); the newest (open) (default: tofu). See id pins.")
    String policy;

    @Option(names = "--open", description = "Let every phone of the network register any address"
            + " without a password.")
    boolean open;

    @Option(names = "--allow-plain", paramLabel = "ADDRESS[/BITS]", split = ",",
            hideParamSyntax = true, description = "Let calls in from there that come without a"
            + " node, so that nobody vouches for who calls; may be repeated (default: nowhere).")
    List<String> plain = List.of();

    @Option(names = "--media", paramLabel = "direct|needed|always",
            description = "Whose sound goes through the two nodes of a call, sealed between them:"
            + " nobody's (direct), of phones that cannot send to each other (needed), everybody's"
            + " (always) (default: needed).")
    String media;

    @Option(names = "--redirect", description = "Tell phones where those are whom they call, for"
            + " them to call there on their own, in clear (302); other nodes have to let them in,"
            + " by --allow-plain.")
    boolean redirect;

    @Option(names = "--control", paramLabel = "PORT", description = "The port of 127.0.0.1 where"
            + " the running node can be asked (default: 9080, or another if that is taken).")
    Integer control;

    @Option(names = "--no-control", description = "Let nobody ask the running node.")
    boolean noControl;

    @Option(names = "--page", paramLabel = "PORT", arity = "0..1", fallbackValue = "9082",
            description = "Serve a page that is a telephone: to the browsers of this machine or,"
            + " with --cert and --key, by https to those of others (default: none; without PORT"
            + " 9082, or another if that is taken).")
    Integer page;

    @Mixin UsersOption users;
    @Mixin TlsOption shown;
    @Mixin StatsOption stats;
    @Mixin Tracing tracing;

    @Spec CommandSpec spec;

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
            int code = switch (failure) {
                case UserMistake _, Home.Unusable _, ConfigMistake _ -> 2;
                case Client.Failed failed -> failed.isMistake() ? 2 : 1;
                default -> throw failure;
            };
            line.getErr().println("p2psip: " + failure.getMessage());
            return code;
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
        try (var folder = Home.open(home == null ? Home.usual() : home)) {
            folder.taken().ifPresent(spec.commandLine().getOut()::println);
            var store = new Store(folder.path());
            var given = given();
            var file = store.read();
            if (given.containsKey(Key.INVITATION)) {   // remembered
                file = file.with(Key.INVITATION, given.remove(Key.INVITATION).strip());
                store.write(file);
            }
            var config = new Config(file, given);
            tracing.show(config.get(Key.TRACE));
            return tracing.with(spec.commandLine().getOut(), tap ->
                    new NodeProgram(folder, store, config, spec.commandLine(), users, shown, stats)
                            .run(tap));
        }
    }

    /// What the command line says of what the file may say, too.
    private Map<Key<?>, String> given() {
        var given = new HashMap<Key<?>, String>();
        for (var key : Key.ALL) {
            var option = spec.commandLine().getParseResult().matchedOption(key.option());
            if (option != null) given.put(key, key == Key.TRACE ? tracing.kinds()
                    : option.typeInfo().isBoolean() ? "yes"
                    : String.join(",", option.originalStringValues()));
        }
        if (noControl) given.put(Key.CONTROL, "off");
        return given;
    }
}
