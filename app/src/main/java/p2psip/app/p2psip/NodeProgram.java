package p2psip.app.p2psip;

import module java.base;
import p2psip.app.config.*;
import p2psip.app.host.*;
import p2psip.app.node.*;
import p2psip.app.p2p.*;
import p2psip.app.pipe.PipeSockets;
import p2psip.app.sip.SipPort;
import p2psip.app.trace.Trace;
import p2psip.app.web.*;
import p2psip.std.Net;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.*;
import picocli.CommandLine;

/// A node that runs for its user: made as it is configured, heard, asked and changed until it ends.
final class NodeProgram {
    private final Home home;
    private final Store store;
    private final Config config;
    private final CommandLine terminal;
    private final UsersOption users;
    private final TlsOption shown;
    private final StatsOption stats;
    private String ready = "";
    private OptionalInt control = OptionalInt.empty();

    /// @param terminal where its user reads what it says
    NodeProgram(Home home, Store store, Config config, CommandLine terminal, UsersOption users,
            TlsOption shown, StatsOption stats) {
        this.home = home;
        this.store = store;
        this.config = config;
        this.terminal = terminal;
        this.users = users;
        this.shown = shown;
        this.stats = stats;
        users.use(file(Key.USERS), config.get(Key.ALGORITHMS));
        shown.use(file(Key.CERT), file(Key.CERT_KEY), file(Key.CA));
        stats.every(config.get(Key.STATS));
    }

    /// What was typed is a file from here, what is kept one of the home.
    private Optional<Path> file(Key<Optional<String>> key) {
        return config.get(key).map(name -> config.isGiven(key) ? Path.of(name)
                : home.path().resolve(name));
    }

    /// Answers the exit code when it has ended.
    ///
    /// @param tap hears what happens
    int run(Consumer<Trace> tap) {
        var door = door();
        var events = new Events();
        var usual = RealHost.Options.of(Optional.of(home), tap.andThen(events));
        var only = config.get(Key.HOST);
        var host = new RealHost.Options(usual.home(), only.isEmpty() ? usual.addresses() : only,
                config.get(Key.DNS), usual.tap());
        var credentials = shown.read();
        var page = page(credentials);
        var options = options(host.addresses(), door, credentials, page);
        try (AutoCloseableQuietly _ = () -> page.ifPresent(PhonePage::close);
                var real = new RealHost(host.with(credentials))) {
            var line = real.start("node", room -> new Node(options, room));
            real.stopOnInterrupt(new Node.Leave());
            var asker = Asker.of(line);
            var pipes = new PipeSockets(line);
            try (var way = new PipeDoor(pipes);
                    var _ = control(asker, events.of(asker), way)) {
                return stats.listen(line, new Node.Count(), told -> {
                    if (told instanceof Pipe.Event event) pipes.told(event);
                    else told(told, door, asker, page);
                });
            }
        }
    }

    /// The page that is a telephone, if its user likes: the node has to know where it is from.
    private Optional<PhonePage> page(Credentials credentials) {
        try {
            return config.get(Key.PAGE).map(port -> credentials.own().isEmpty()
                    ? PhonePage.here(port) : PhonePage.elsewhere(everywhere(), port,
                            credentials.own().getFirst()));
        } catch (Control.NotOpen e) {
            throw new UserMistake(e.getMessage());
        }
    }

    /// Where it listens for all addresses that it is to use; of several, where others reach it.
    private InetAddress everywhere() {
        var only = config.get(Key.HOST);
        return only.stream().filter(ip -> !ip.isLoopbackAddress()).findFirst()
                .or(() -> only.stream().findFirst())
                .orElseGet(() -> InetAddress.ofLiteral("0.0.0.0"));
    }

    /// Has the node be asked, if its user likes.
    private AutoCloseableQuietly control(Asker<Question, Question.Reply> asker, Events events,
            PipeDoor pipes) {
        var wish = config.get(Key.CONTROL);
        Control.forget(home.path());
        if (wish.isEmpty()) return () -> { };
        var settings = new Settings(store, config, now -> {
            asker.apply(new Question.Decide(now.get(Key.POLICY)));
            now.get(Key.INVITATION).ifPresent(invitation ->
                    asker.apply(new Question.Join(invitation)));
            stats.every(now.get(Key.STATS));
            asker.apply(new Question.Count());   // wakes who listens, and now waits less long
        });
        try {
            var resources = new ArrayList<Resource>(List.of(new Peers(asker),
                    new Inviting(asker), new Healthy(asker), new DhtKey(asker), new Records(asker),
                    new Calls(asker), new Stats(asker, stats::program), new AllSettings(settings),
                    new OneSetting(settings), new AllPins(asker), new OnePin(asker), events,
                    new OpenPipe(pipes), new PipeOutcome(pipes)));
            resources.addAll(Explaining.of(asker));
            resources.addAll(console(asker));
            var open = new Control(home.path(), wish.get(), resources);
            if (wish.get() != 0 && open.port() != wish.get()) terminal.getOut().println("port "
                    + wish.get() + " of 127.0.0.1 is taken: this node is asked at port "
                    + open.port());
            control = OptionalInt.of(open.port());
            return open::close;
        } catch (Control.NotOpen e) {
            terminal.getErr().println("p2psip: " + e.getMessage());
            return () -> { };
        }
    }

    /// What the page of the console is made of, and asks for beside what others do.
    private static List<Resource> console(Asker<Question, Question.Reply> asker) {
        var site = BuiltSite.here().folder();
        return Stream.of(ConsolePage.all(), RingShape.of(asker), List.of(
                new PassingMedia(asker), new Views(List.of("ring", "records", "peers", "calls",
                        "settings", "keys"), site.isPresent())),
                site.stream().<Resource>map(SitePages::new).toList())
                .<Resource>flatMap(List::stream).toList();
    }

    private interface AutoCloseableQuietly extends AutoCloseable {
        @Override void close();
    }

    private Door door() {
        var listed = users.read();
        boolean open = config.get(Key.OPEN);
        if (open && listed.isPresent())
            throw new UserMistake("--open asks nobody for a password, --users does: give one");
        if (listed.isPresent()) return new Door.Listed(listed.get());
        return open ? new Door.Open() : new Door.Word(PasswordVerb.of(home));
    }

    private SipPort.Wish sip(List<InetAddress> addresses, Credentials credentials,
            Optional<PhonePage> page) {
        var port = config.get(Key.SIP_PORT);
        var transports = new HashSet<>(config.get(Key.TRANSPORT));
        page.map(PhonePage::transport).ifPresent(transports::add);
        var wish = new SipPort.Wish(addresses, port.orElse(Main.SIP_PORT), port.isEmpty(),
                transports).from(Stream.concat(config.get(Key.WS_ORIGIN).stream(),
                        page.stream().flatMap(each -> each.origins().stream())).toList());
        //  a record that other nodes find says where it is in plain
        if (!wish.transports().contains(Transport.UDP)
                && !wish.transports().contains(Transport.TCP)) throw new UserMistake("-t "
                + config.text(Key.TRANSPORT) + " leaves no way to other nodes: add udp or tcp");
        return wish.transports().stream().noneMatch(Transport::secure) ? wish
                : wish.in(TlsOption.name(credentials, "TLS"));
    }

    private Node.Options options(
            List<InetAddress> addresses, Door door, Credentials credentials,
            Optional<PhonePage> page) {
        var overlay = config.get(Key.OVERLAY_PORT);
        var others = Stream.concat(config.get(Key.INVITATION).stream().map(Invitation::places)
                .flatMap(List::stream), config.get(Key.BOOTSTRAP).stream()).toList();
        var bind = new InetSocketAddress(everywhere(), overlay.orElse(Main.OVERLAY_PORT));
        // As the ancestor has it: who says where the overlay is wants to be found there only.
        var group = others.isEmpty() && overlay.isEmpty()
                ? Optional.of(Overlay.GROUP) : Optional.<InetSocketAddress>empty();
        return new Node.Options(sip(addresses, credentials, page), config.get(Key.LOOKUP),
                new OverlayConfig(bind, overlay.isEmpty(), addresses, config.get(Key.SUPER_NODE),
                        others, group, config.get(Key.STUN),
                        config.get(Key.MAP_PORT).orElse(isPrivate(addresses))),
                door, config.get(Key.ALLOW_PLAIN), config.get(Key.POLICY),
                !config.get(Key.TRACE).isEmpty(), config.get(Key.MEDIA),
                config.get(Key.REDIRECT), config.get(Key.OPENDHT));
    }

    /// Whether nobody of another network reaches any of these.
    private static boolean isPrivate(List<InetAddress> addresses) {
        var outside = addresses.stream().filter(ip -> !ip.isLoopbackAddress()).toList();
        return !outside.isEmpty() && outside.stream().allMatch(Net::isPrivate);
    }

    private void told(Object told, Door door, Asker<Question, Question.Reply> asker,
            Optional<PhonePage> page) {
        switch (told) {
            case Node.Ready ready -> {
                page.ifPresent(each -> each.ready(ready.points()));
                ready(text(ready, elsewhere(door), page));
            }
            case Node.NotReady problem -> throw new UserMistake(text(problem));
            case Question.Statistics sizes -> stats.print(text(sizes));
            case Question.Answered(long id, var reply) -> asker.told(id, reply);
            default -> { }
        }
    }

    /// The first line again if it says more than before; what to do only once.
    private void ready(List<String> lines) {
        if (lines.getFirst().equals(ready)) return;
        lines.stream().limit(ready.isEmpty() ? lines.size() : 1)
                .forEach(terminal.getOut()::println);
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

    private List<String> text(
            Node.Ready ready, String elsewhere, Optional<PhonePage> page) {
        var first = ready.points().getFirst();
        var places = ready.points().stream().filter(p -> p.transport() == first.transport())
                .map(ListeningPoint::address).toList();
        var lines = new ArrayList<String>();
        lines.add("ready sip=" + HostName.text(first.address()) + Listening.beside(ready.points())
                + ready.overlay().map(at -> " overlay=" + HostName.text(at)).orElse("")
                + " id=" + ready.id()
                + (control.isPresent() ? " control=127.0.0.1:" + control.getAsInt() : ""));
        lines.add("In a phone enter an address of your choice, sip:YOU@example.com, and as outbound"
                + " proxy and registrar");
        for (var address : places)
            lines.add("  sip:" + HostName.text(address) + (first.transport() == Transport.UDP ? ""
                    : ";transport=tcp") + (address.getAddress().isLoopbackAddress()
                    ? "   on this machine" : "   " + elsewhere));
        page.ifPresent(each -> lines.add("A telephone in a browser: " + each.address()));
        return lines;
    }

    private static String text(Question.Statistics s) {
        return "transactions=%d contexts=%d pending=%d connections=%d addresses=%d contacts=%d"
                .formatted(s.transactions(), s.contexts(), s.pending(), s.connections(),
                        s.addresses(), s.contacts()) + " published=" + s.published()
                + s.overlay().entrySet().stream().map(e -> " " + e).collect(Collectors.joining());
    }

    private static String text(Node.NotReady problem) {
        if (problem.what().equals("key"))
            return problem.why() + "; another folder is named with --home DIR";
        return "cannot open " + problem.what() + ": " + problem.why() + "; choose another with "
                + (problem.what().startsWith("SIP") ? "-p"
                : problem.what().startsWith("overlay") ? "-P" : "--lookup");
    }
}
