package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.Host;
import p2psip.app.host.RealHost;
import p2psip.app.trace.Trace;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2617.Accounts;
import p2psip.std.rfc2617.Secret;
import p2psip.std.rfc2833.Dtmf;
import p2psip.std.rfc3261.Transport;
import p2psip.std.rfc3428.Messages;
import p2psip.std.rfc5626.*;
import p2psip.std.rfc8489.Credential;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `phone`: registers, sends a text, calls or is called, and says what became of it; or,
/// if it is told nothing of that, does what is typed, line by line ([Switchboard]).
@Command(name = "phone", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Be a telephone; it needs no sound card.",
    "Without any of --register, --call, --answer, --auto-respond, --message and --watch you type"
            + " what it is to do: help shows what there is. It registers, if there is a --proxy,"
            + " and rings when somebody calls.",
    "With them, as scripts want it: register, send a text, call, answer a call, in this order, as"
            + " far as asked to. What is heard of the peer is said, and silence of 5 s. The last"
            + " line of a call is `call: ok rtp=249/250 lost=1 jitter=0.4ms sent=251`: packets of"
            + " the peer received of those expected, those lost, and those sent. Exit code 0 if all"
            + " that happened, 1 if not (the last line says why) or if the peer was to be heard"
            + " and never was, 2 for a mistake."})
public final class PhoneVerb implements Verb {
    private static final Duration CALL = Duration.ofSeconds(5), EVER = Duration.ofDays(365);

    /// How many calls somebody can have at once who types, or meets others: four, and those that
    /// call while we call them.
    private static final int LINES = 8;

    private static final Pattern LOGIN = Pattern.compile("([^=]+)=([^:]+):(.+)");

    @Option(names = "--proxy", paramLabel = "HOST:PORT|URI",
            description = "Where every request goes first (default: straight to the callee):"
            + " example.com, 192.0.2.1:5060, sips:example.com, sip:example.com;transport=ws."
            + " With --outbound it may be given up to four times.")
    List<String> proxies = List.of();

    @Option(names = "--outbound", paramLabel = "FILE", description = "Be called by the flows that"
            + " we open ourselves, one to each --proxy, however we are hidden (RFC 5626). The file"
            + " has the name of this telephone among those of its user; it is made if there is"
            + " none, and is to be kept.")
    Path outbound;

    @Option(names = "--aor", paramLabel = "URI", description = "Who we are: sip:alice@example.com"
            + " (default, where you type: your name on this machine, at its address).")
    String aor;

    @Option(names = "--instance", paramLabel = "FILE", description = "Have a URI of our own (a"
            + " GRUU) that leads to this phone alone, where the registrar gives one. The file keeps"
            + " the name of this phone; one that is not there is made. --outbound does so too.")
    Path instance;

    @Option(names = "--user", paramLabel = "NAME",
            description = "Name for the password (default: that of --aor).")
    String user;

    @Option(names = "--password", paramLabel = "WORD",
            description = "Password, for servers that ask for one.")
    String password;

    @Option(names = "--login", paramLabel = "REALM=NAME:WORD", description = "Another name and"
            + " password, for servers that ask as this realm. May be given several times.")
    List<String> logins = List.of();

    @Option(names = "--register", description = "Be found by others.")
    boolean register;

    @Option(names = "--call", paramLabel = "URI", description = "Call somebody.")
    String call;

    @Option(names = "--subject", paramLabel = "TEXT", defaultValue = "",
            description = "What our call is about.")
    String subject;

    @Option(names = "--answer", description = "Wait for a call and take it.")
    boolean answer;

    @Option(names = "--auto-respond", paramLabel = "CODE", description = "Answer every call, one"
            + " after the other, with this status, until --wait is over or interrupted: 200 takes"
            + " it, 400 to 699 refuses it. Until then it rings.")
    Integer respond;

    @Option(names = "--auto-respond-after", paramLabel = "TIME", converter = Time.class,
            defaultValue = "0s", description = "How long it rings before --answer takes it, or"
            + " --auto-respond answers (default: ${DEFAULT-VALUE}).")
    Duration respondAfter;

    @Option(names = "--auto-terminate-after", paramLabel = "TIME", converter = Time.class,
            description = "Hang up what has lasted so long; the same as --for, in a call.")
    Duration terminateAfter;

    @Option(names = "--hold", description = "Ask the peer to wait, as soon as the call is there.")
    boolean hold;

    @Option(names = "--message", paramLabel = "TEXT", description = "Send a text to --to.")
    String message;

    @Option(names = "--to", paramLabel = "URI", description = "Who gets the text.")
    String to;

    @Option(names = "--watch", paramLabel = "URI", description = "Say whether somebody can be"
            + " reached, and each time that changes, for as long as --for says (default: until"
            + " interrupted). May be given several times.")
    List<String> watch = List.of();

    @Option(names = "--approve", paramLabel = "URI|*", description = "Let somebody see whether we"
            + " can be reached, or everybody; others have to wait. May be given several times.")
    List<String> approve = List.of();

    @Option(names = "--block", paramLabel = "URI", description = "Let somebody see that nobody is"
            + " there, whoever is. May be given several times.")
    List<String> block = List.of();

    @Option(names = "--note", paramLabel = "TEXT", defaultValue = "",
            description = "What those who may see it read of us.")
    String note;

    @Option(names = "--play", paramLabel = "tone|silence|microphone|FILE",
            defaultValue = "tone",
            description = "What we say: a tone, nothing, what the microphone hears, or a WAV file"
            + " of 8 kHz, 16 bits, mono (default: ${DEFAULT-VALUE}).")
    String play;

    @Option(names = "--echo", description = "Say what we hear, in place of --play.")
    boolean echo;

    @Option(names = "--record", paramLabel = "FILE",
            description = "Write what we hear to a WAV file.")
    Path record;

    @Option(names = "--dtmf", paramLabel = "KEYS", description = "Keys to press during the call.")
    String keys;

    @Option(names = "--transfer", paramLabel = "URI", description = "Ask the peer to call somebody"
            + " else, as soon as the call is there: how that gets on is said, status line by status"
            + " line, and the call ends if it has been taken.")
    String transfer;

    @Option(names = "--follow-transfers", description = "Call whom the peer of a call asks us to"
            + " call, and let that call go on in the place of the first (default: ask at a"
            + " terminal, else decline).")
    boolean follow;

    @Option(names = "--mesh", description = "Meet others in a conference of up to five, in which"
            + " each talks with each: whom --call and --invite name, or with --answer whoever"
            + " calls. The last lines say what was heard of each; exit code 1 if one was not.")
    boolean mesh;

    @Option(names = "--invite", paramLabel = "URI", description = "With --mesh: call somebody else"
            + " into the conference. May be given up to three times.")
    List<String> invite = List.of();

    @Option(names = "--for", paramLabel = "TIME", converter = Time.class, description =
            "How long the call lasts: 500ms, 5s, 2m (default: 5s if we call, else until the caller"
            + " hangs up). Without a call: how long to stay registered.")
    Duration time;

    @Option(names = "--wait", paramLabel = "TIME", converter = Time.class,
            description = "How long to wait for a call (default: as long as it takes).")
    Duration wait;

    @Option(names = "--transport", paramLabel = "udp|tcp|tls|ws|wss", description = "What we send"
            + " SIP by (default: as --proxy says, else udp). By tls and wss the certificate of the"
            + " proxy has to be for the name that --proxy gives.")
    String transport;

    @Mixin TlsOption shown;

    @Option(names = "--local", paramLabel = "HOST[:PORT]",
            description = "Our own address (default: the nearest to the proxy).")
    String local;

    @Option(names = "--ext-ip", paramLabel = "ADDRESS", description = "The address by which others"
            + " reach us, of a router that lets them in: it is named to them in place of our own,"
            + " and no other way is looked for (as by --ice off).")
    String external;

    @Option(names = "--strict-route", description = "The --proxy is a strict router, of RFC 2543:"
            + " it is given its own URI to route by.")
    boolean strict;

    @Option(names = "--ice", paramLabel = "on|off", defaultValue = "on", description =
            "Look for the best way for sound, by ICE, with a peer that does so too; another notices"
            + " nothing (default: ${DEFAULT-VALUE}).")
    String ice;

    @Option(names = "--stun", paramLabel = "URI", description = "A server that tells how we are"
            + " seen from outside: stun:stun.example.org. May be given several times.")
    List<String> stun = List.of();

    @Option(names = "--turn", paramLabel = "URI", description = "A server that lends us an address"
            + " where no straight way is found: turn:turn.example.org. May be given several times;"
            + " --turn-user and --turn-password are for all of them.")
    List<String> turn = List.of();

    @Option(names = "--turn-user", paramLabel = "NAME", description = "Who we are there.")
    String turnUser;

    @Option(names = "--turn-password", paramLabel = "WORD", description = "Password there.")
    String turnPassword;

    @Mixin DnsOption dns;
    @Mixin Tracing tracing;
    @Spec CommandSpec spec;

    /// What is typed.
    InputStream in = System.in;

    private final Queue<Long> asked = new ConcurrentLinkedQueue<>();
    private int calls = 1;
    private boolean asking;
    private Telephone telephone;

    @Override public Integer call() {
        boolean scripted = register || call != null || answer || respond != null || message != null
                || !watch.isEmpty();
        if (aor == null && scripted)
            throw new UserMistake("--aor is missing: say who we are, as sip:alice@example.com");
        if (aor == null) beSomebody();
        if (!scripted || mesh) calls = LINES;
        if (call != null) call = uri("--call", call);
        if (to != null) to = uri("--to", to);
        invite = invite.stream().map(uri -> uri("--invite", uri)).toList();
        if (!invite.isEmpty() && !(mesh && call != null) || mesh && call == null && !answer)
            throw new UserMistake("a conference takes --mesh with --call, and --invite for more;"
                    + " or --mesh with --answer");
        if (transfer != null) transfer = uri("--transfer", transfer);
        watch = watch.stream().map(uri -> uri("--watch", uri)).toList();
        approve = approve.stream().map(uri -> uri.equals("*") ? uri : uri("--approve", uri))
                .toList();
        block = block.stream().map(uri -> uri("--block", uri)).toList();
        var setup = setup();
        if (keys != null && !Dtmf.areKeys(keys))
            throw new UserMistake("--dtmf " + keys + ": keys are 0 to 9, *, # and A to D");
        if ((message == null) != (to == null))
            throw new UserMistake("--message and --to belong together: give both");
        if ((transfer != null || hold) && call == null && !answer && respond == null)
            throw new UserMistake((hold ? "--hold" : "--transfer")
                    + " needs a call: give --call or --answer");
        if (!subject.isEmpty() && call == null) throw new UserMistake(
                "--subject is of a call that we place: give --call, or say it with call");
        if (subject.chars().anyMatch(Character::isISOControl))
            throw new UserMistake("--subject is one line: leave control characters out");
        if (respond != null && respond != 200 && (respond < 400 || respond > 699))
            throw new UserMistake("--auto-respond " + respond
                    + ": 200 takes a call, 400 to 699 refuses it");
        if (respond != null && (answer || call != null)) throw new UserMistake(
                "--auto-respond answers all calls: leave --answer and --call out");
        if (terminateAfter != null && time == null) time = terminateAfter;
        if (message != null && message.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                > Messages.MAX_BYTES) throw new UserMistake("--message is longer than "
                        + Messages.MAX_BYTES + " bytes: send it in parts");
        return tracing.with(spec.commandLine().getOut(),
                tap -> scripted ? run(setup, tap) : typed(setup, tap));
    }

    /// Who says nothing of that has the name that he has on this machine: at the proxy, or where he
    /// can be called without one.
    private void beSomebody() {
        var name = "sip:" + Escapes.encodeUser(System.getProperty("user.name", "me")) + "@";
        if (!proxies.isEmpty()) {
            aor = name + hop(proxies.getFirst()).host();
            return;
        }
        var own = RealHost.Options.of(Optional.empty()).addresses();
        var at = local == null ? own.stream().filter(each -> !each.isLoopbackAddress()).findFirst()
                .orElse(own.getFirst())
                : Addresses.literal("--local", Addresses.host("--local", local).name());
        int port = local == null ? 0 : Addresses.host("--local", local).port().orElse(0);
        if (port == 0) port = free(at);
        local = HostName.text(new InetSocketAddress(at, port));
        aor = name + (port == Transport.UDP.defaultPort() ? HostName.text(at) : local);
    }

    /// The usual port if nobody has it, or another.
    private static int free(InetAddress at) {
        int usual = Transport.UDP.defaultPort();
        try (var _ = new DatagramSocket(usual, at); var _ = new ServerSocket(usual, 1, at)) {
            return usual;
        } catch (IOException e) {
            try (var any = new ServerSocket(0, 1, at)) {
                return any.getLocalPort();
            } catch (IOException none) {
                throw notOpened("" + none.getMessage());
            }
        }
    }

    /// Does what is typed, and ends when that does.
    private int typed(Phone.Setup setup, Consumer<Trace> tap) {
        var board = new Switchboard(text -> uri("", text), this::mark, !proxies.isEmpty());
        try (var host = host(tap)) {
            var line = host.start("phone", room -> new Phone(setup, room));
            approve.forEach(uri -> line.command(new PhoneCommand.Approve(uri)));
            block.forEach(uri -> line.command(new PhoneCommand.Block(uri)));
            if (!note.isEmpty()) line.command(new PhoneCommand.Show(true, note));
            while (!line.ended()) for (var told : line.told(EVER)) switch (told) {
                case News.NotReady(var wanted, var why) -> throw notOpened(
                        HostName.text(wanted) + ": " + why);
                case News.Ready ready -> {
                    print(ready);
                    say("type help to see what you can do");
                    if (!proxies.isEmpty())
                        line.command(new PhoneCommand.Register(Duration.ofHours(1)));
                    Thread.ofVirtual().start(() -> keyboard(board, line));
                }
                case News news -> carry(board, new Switchboard.Input.Told(news), line);
                case Host.Died(_, var bug) -> throw new IllegalStateException(bug);
                default -> { }
            }
        }
        return 0;
    }

    /// Until Ctrl-D, which ends all.
    private void keyboard(Switchboard board, Host.Line line) {
        for (var lines = new Scanner(in); lines.hasNextLine(); )
            carry(board, new Switchboard.Input.Typed(lines.nextLine()), line);
        line.command(new PhoneCommand.Leave());
    }

    private synchronized void carry(
            Switchboard board, Switchboard.Input input, Host.Line line) {
        for (var output : board.handle(input)) switch (output) {
            case Switchboard.Output.Ask(var command) -> line.command(command);
            case Switchboard.Output.Say(var text) -> say(text);
            case Switchboard.Output.Pass(var news) -> print(news);
        }
    }

    private static UserMistake notOpened(String why) {
        return new UserMistake(
                "cannot open a port for SIP: " + why + "; choose another with --local");
    }

    /// Where the phone lives, until somebody presses Ctrl-C.
    private RealHost host(Consumer<Trace> tap) {
        var host = new RealHost(RealHost.Options.of(Optional.empty(), tap).asking(dns.read())
                .with(shown.read()));
        host.stopOnInterrupt(new PhoneCommand.Leave());
        return host;
    }

    private int run(Phone.Setup setup, Consumer<Trace> tap) {
        try (var host = host(tap)) {
            try (var phone = telephone(host, setup)) {
                telephone = phone;
                return use(phone) ? 0 : 1;
            }
        }
    }

    private Telephone telephone(RealHost host, Phone.Setup setup) {
        try {
            return Telephone.start(host, "phone", setup, this::print);
        } catch (Telephone.Failed e) {
            throw notOpened(e.getMessage());
        }
    }

    private boolean use(Telephone phone) {
        var doing = "registration";
        try {
            approve.forEach(phone::approve);
            block.forEach(phone::block);
            if (!note.isEmpty()) phone.show(true, note);
            if (register) phone.register();
            watch.forEach(phone::watch);
            doing = "message";
            if (message != null) phone.message(to, message);
            doing = "call";
            if (mesh) return met(phone);
            if (call != null) return talked(phone.call(call, subject), CALL);
            if (answer) return answered(phone);
            if (respond != null) return responding(phone);
            if (!watch.isEmpty()) phone.pause(time == null ? EVER : time);
            else if (register && time != null) phone.pause(time);
            return true;
        } catch (Telephone.Failed e) {
            say(doing + ": failed " + e.getMessage());
            return false;
        }
    }

    private boolean met(Telephone phone) {
        phone.meet(Stream.concat(Stream.ofNullable(call), invite.stream()).toList());
        var time = this.time != null ? this.time : call != null ? CALL : EVER;
        boolean ok = true;
        var calls = phone.confer(time);
        for (var each : calls) {
            var statistics = each.hangUp();
            var failure = each.heardNothing() ? ": failed, nothing was heard " : ": ok ";
            ok &= !each.heardNothing();
            say("call with " + each.peer().map(peer -> peer.uri().toString()).orElse("?")
                    + failure + statistics);
        }
        if (calls.isEmpty()) say("conference: nobody is there");
        return ok && !calls.isEmpty();
    }

    private boolean answered(Telephone phone) {
        var rings = phone.ringing(wait == null ? EVER : wait);
        if (rings.isEmpty()) {
            say("call: failed, nobody called within " + wait.toMillis() / 1000.0 + " s");
            return false;
        }
        if (!respondAfter.isZero()) rings.get().talk(respondAfter);
        return talked(rings.get().take(), EVER);
    }

    /// Every call, one after the other, gets the same answer.
    private boolean responding(Telephone phone) {
        var end = Instant.now().plus(wait == null ? EVER : wait);
        while (true) {
            var rings = phone.ringing(Duration.between(Instant.now(), end));
            if (rings.isEmpty()) return true;
            if (rings.get().talk(respondAfter)) continue;   // the caller has given up
            try {
                if (respond == 200) talked(rings.get().take(), EVER);
                else rings.get().refuse(respond);
            } catch (Telephone.Failed e) {
                say("call: failed " + e.getMessage());
            }
        }
    }

    private boolean talked(Telephone.Call call, Duration usual) {
        if (hold) call.hold();
        if (transfer == null) return talk(call, usual);
        try {
            call.transfer(transfer);
            return true;
        } catch (Telephone.Failed e) {
            say("transfer: failed " + e.getMessage());
            return false;
        } finally {
            call.hangUp();
        }
    }

    private boolean talk(Telephone.Call call, Duration usual) {
        if (keys != null) call.press(keys);
        call.talk(time == null ? usual : time);
        call.hangUp();
        if (call.next().isPresent()) return talk(call.next().get(), usual);
        if (record != null) write(call.recorded());
        var end = call.end().orElseThrow();
        var failure = end.status() >= 300 ? " " + end.status() + " " + end.reason()
                : call.heardNothing() ? ", nothing was heard" : "";
        say("call: " + (failure.isEmpty() ? "ok" : "failed" + failure) + " " + end.statistics());
        return failure.isEmpty();
    }

    private void print(News news) {
        switch (news) {
            case News.Ready(var at) -> say("phone " + aor + " at " + HostName.text(at));
            case News.OtherPort(int wanted, int used) ->
                    say("nobody is at port " + wanted + " here: using the node at port " + used);
            case News.Unanswered _ -> say("nothing answers yet");
            case News.Registered(var expires) ->
                    say("registered for " + expires.toSeconds() + " s");
            case News.Unregistered _ -> say("unregistered");
            case News.Incoming(_, var from) -> say(from.uri() + mark(from) + " calls");
            case News.Refused(var from, int status, var reason) ->
                    say(from.uri() + " called: " + status + " " + reason);
            case News.Progress(_, int status, var reason) -> say(status + " " + reason);
            case News.Established(_, var peer) -> say("talking with " + peer.uri() + mark(peer));
            case News.Session(_, boolean sending, boolean receiving) -> say("agreed: "
                    + (sending && receiving ? "sound both ways" : sending ? "sound to the peer only"
                    : receiving ? "sound from the peer only" : "no sound"));
            case News.Way(_, var from, var to, boolean relay) -> say("sound goes from "
                    + HostName.text(from) + " to " + HostName.text(to)
                    + (relay ? ", over a relay" : ""));
            case News.WayLost(_, var why) -> say("no way for sound: " + why);
            case News.Referred(long referral, _, var to) -> referred(referral, to);
            case News.Following(_, _, var to) ->
                    say("the peer asks you to call " + to + ": calling");
            case News.Transferring(_, int status, var reason) ->
                    say("SIP/2.0 " + status + " " + printable(reason));
            case News.Transferred(_, int status, var reason) ->
                    say("transfer: " + status + " " + printable(reason));
            case News.Replaced _ -> say("another takes the place of the peer");
            case News.Heard _ -> say("the peer is heard");
            case News.Silent(_, var silence) ->
                    say("nothing heard for " + silence.toSeconds() + " s");
            case News.Reached(var uri) -> say("this phone alone is reached as " + uri);
            case News.Warned(var text) ->
                    say("warning: " + printable(text));
            case News.Key(_, char key) -> say("key " + key);
            case News.Message(var from, var text) ->
                    say("message from " + from.uri() + ": " + text);
            case News.Presence(_, var uri, boolean open, var notes) -> say(uri
                    + (open ? " can be reached" : " cannot be reached") + notes.stream()
                            .map(text -> ": " + text.replaceAll("\\p{Cntrl}", " "))
                            .collect(Collectors.joining()));
            case News.Unseen(_, var uri, var why, var pause) -> say("nothing is heard of " + uri
                    + ": " + why + pause.map(time -> ", tried again in " + time.toSeconds() + " s")
                            .orElse(""));
            case News.Watcher(var who, var seen) -> say(who.uri() + mark(who) + switch (seen) {
                case ALL -> " sees whether you can be reached";
                case NOTHING_YET -> " wants to see whether you can be reached: say --approve or"
                        + " --block " + who.uri();
                case NOBODY -> " wants to see whether you can be reached, and sees nobody";
                case NO_MORE -> " does not watch you any more";
            });
            case News.Meeting(var others) -> say("in the conference: "
                    + (others.isEmpty() ? "nobody else" : String.join(", ", others)));
            case News.Sent(_, int status, var reason) -> say("message: " + status + " " + reason);
            case News.Ended(_, int status, var reason, _) -> say("call ended: " + status + " "
                    + reason);
            case News.NotReady _, News.NotRegistered _, News.Recorded _, News.Lapsed _,
                    News.Measured _ -> { }
        }
    }

    /// Whoever is at a terminal is asked.
    private void referred(long referral, String to) {
        if (!Terminal.here()) {
            say("the peer asks you to call " + to
                    + ": declined; with --follow-transfers it is done");
            telephone.decline(referral);
            return;
        }
        say("the peer asks you to call " + to + ": type y and Enter to do so, or n");
        asked.add(referral);
        if (!asking) Thread.ofVirtual().start(this::answers);
        asking = true;
    }

    private void answers() {
        var lines = new Scanner(in);
        while (lines.hasNextLine()) {
            boolean yes = lines.nextLine().strip().startsWith("y");
            Optional.ofNullable(asked.poll()).ifPresent(
                    yes ? telephone::follow : telephone::decline);
        }
    }

    /// What a stranger says goes to a terminal.
    private static String printable(String text) { return text.replaceAll("\\p{Cntrl}", " "); }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private Phone.Setup setup() {
        var identity = identity();
        if (password == null && user != null)
            throw new UserMistake("--user without --password: give both");
        var name = user != null ? user : ((SipUri) identity.uri()).user();
        var at = local == null ? Optional.<HostName>empty()
                : Optional.of(Addresses.host("--local", local));
        var address = at.map(h -> Addresses.literal("--local", h.name()))
                .or(() -> loopback(call)).or(() -> loopback(to));
        checkRecord();
        var hops = proxies.stream().map(PhoneVerb::hop).toList();
        if (instance != null && outbound != null) throw new UserMistake(
                "--instance and --outbound both name the file of this phone: give one");
        if (hops.size() > 1 && outbound == null)
            throw new UserMistake("--proxy is there twice: only --outbound makes use of that");
        var flows = Optional.ofNullable(outbound).map(file -> outbound(file, hops));
        return new Phone.Setup(identity,
                hops.stream().findFirst(), transport(hops), logins(name),
                address, at.map(h -> h.port().orElse(0)).orElse(0), calls,
                mesh && answer, source(), record != null, tracing.traced(), ice(),
                new Phone.Manners(follow, mesh), flows, outside(flows.map(Outbound::instance)));
    }

    /// By which names we are known where.
    private Optional<Accounts> logins(String name) {
        var known = new HashMap<String, Accounts.Login>();
        for (var login : logins) {
            var parts = LOGIN.matcher(login);
            //  it is not shown, for it has a password in it
            if (!parts.matches()) throw new UserMistake("--login needs a realm, a name and a"
                    + " password: give them as example.com=alice:secret");
            known.put(parts.group(1), new Accounts.Login(parts.group(2),
                    new Secret.Password(parts.group(3))));
        }
        return known.isEmpty() && password == null ? Optional.empty()
                : Optional.of(Accounts.of(known, Optional.ofNullable(password).map(word ->
                        new Accounts.Login(name, new Secret.Password(word)))));
    }

    /// How we are known outside.
    ///
    /// @param flows the name by which flows are opened
    private Phone.Outside outside(Optional<Instance> flows) {
        if (strict && proxies.isEmpty())
            throw new UserMistake("--strict-route is of the proxy: give --proxy");
        return new Phone.Outside(Optional.ofNullable(external)
                .map(text -> HostName.literal(text).orElseThrow(() -> new UserMistake(
                        "--ext-ip " + text + " is no IP address: give that of the router"))),
                strict, flows.or(() -> Optional.ofNullable(instance)
                        .map(file -> instance("--instance", file))));
    }

    /// The name that a file has: one is made that stays.
    private static Instance instance(String option, Path file) {
        try {
            //= rfc5626#4.1-2,3 the device keeps it over each start, in every network
            if (Files.notExists(file))
                Files.writeString(file, Instance.random(new SecureRandom()).urn() + "\n");
            return new Instance(Files.readString(file).strip());
        } catch (IOException | SyntaxException e) {
            throw new UserMistake(option + " " + file + ": " + e.getMessage()
                    + "; name a file that is not there yet");
        }
    }

    /// The flows to open, under the name that a file has: one is made that stays.
    private static Outbound outbound(Path file, List<SipUri> hops) {
        if (hops.isEmpty() || hops.size() > Outbound.LIMIT) throw new UserMistake(
                "--outbound needs --proxy, up to " + Outbound.LIMIT + " times");
        return new Outbound(instance("--outbound", file), hops.stream().map(Address::of).toList());
    }

    private IceOptions ice() {
        if (!List.of("on", "off").contains(ice))
            throw new UserMistake("--ice " + ice + ": say on or off");
        if (ice.equals("off") && !(stun.isEmpty() && turn.isEmpty()))
            throw new UserMistake("--ice off asks nobody: leave --stun and --turn out");
        if (turn.isEmpty() != (turnUser == null) || turn.isEmpty() != (turnPassword == null))
            throw new UserMistake("--turn, --turn-user and --turn-password belong together");
        if (stun.size() + turn.size() > IceOptions.SERVERS) throw new UserMistake(
                "more than " + IceOptions.SERVERS + " servers: the nearest are enough");
        return new IceOptions(ice.equals("on") && external == null,
                stun.stream().map(PhoneVerb::stun).toList(),
                turn.stream().map(text -> new IceOptions.Turn(turn(text),
                        new Credential(turnUser, turnPassword))).toList());
    }

    private static StunUri stun(String text) {
        try {
            var uri = StunUri.parse(text);
            if (!uri.secure()) return uri;
            throw new UserMistake("--stun " + text + ": sound goes by UDP; give a stun URI");
        } catch (SyntaxException e) {
            throw new UserMistake("--stun " + text + ": " + e.getMessage()
                    + "; give a URI such as stun:stun.example.org");
        }
    }

    private static TurnUri turn(String text) {
        try {
            var uri = TurnUri.parse(text);
            if (!uri.secure() && uri.transport().orElse("udp").equals("udp")) return uri;
            throw new UserMistake("--turn " + text + ": it is asked by UDP; give a turn URI");
        } catch (SyntaxException e) {
            throw new UserMistake("--turn " + text + ": " + e.getMessage()
                    + "; give a URI such as turn:turn.example.org");
        }
    }

    /// Without a proxy, who calls somebody on this machine is best on loopback.
    private Optional<InetAddress> loopback(String peer) {
        return !proxies.isEmpty() || peer == null ? Optional.empty()
                : HostName.literal(SipUri.parse(peer).host())
                        .filter(InetAddress::isLoopbackAddress);
    }

    private Address identity() {
        try {
            var address = Address.parse(aor);
            if (address.uri() instanceof SipUri uri && !uri.user().isEmpty()) return address;
        } catch (SyntaxException e) {
            throw new UserMistake("--aor " + aor + ": " + e.getMessage()
                    + "; give a URI such as sip:alice@example.com");
        }
        throw new UserMistake("--aor " + aor + ": give a SIP URI with a user and a host");
    }

    /// A callee may be given as a URI, or as a user of our own domain.
    private String uri(String option, String text) {
        var own = (SipUri) identity().uri();
        var domain = text.contains("@") ? "" : "@" + own.host()
                + (own.port().isEmpty() ? "" : ":" + own.port().getAsInt());
        var said = (option + " " + text).strip();
        try {
            if (Uri.parse(text.contains(":") ? text : "sip:" + text + domain)
                    instanceof SipUri uri) return uri.toString();
            throw new UserMistake(said + ": only SIP URIs can be called");
        } catch (SyntaxException e) {
            throw new UserMistake(said + ": " + e.getMessage());
        }
    }

    /// What our node says of who calls, behind his name; from elsewhere anybody could say it.
    private String mark(Address peer) {
        return proxies.isEmpty() ? "" : Stream.of(" (verified)", " (unverified)")
                .filter(peer.displayName()::endsWith).findFirst().orElse("");
    }

    /// Where the first hop is: a host, or a URI that says by what it is reached.
    private static SipUri hop(String text) {
        if (!text.startsWith("sip:") && !text.startsWith("sips:")) {
            var host = Addresses.host("--proxy", text);
            return SipUri.of("", host.name(), host.port());
        }
        try {
            var uri = SipUri.parse(text);
            if (uri.user().isEmpty()) return uri;
        } catch (SyntaxException e) {
            throw new UserMistake("--proxy " + text + ": " + e.getMessage());
        }
        throw new UserMistake("--proxy " + text + ": a proxy has no user; give a host");
    }

    /// As it is said, or as the URI of the first hop says.
    private Transport transport(List<SipUri> hops) {
        if (transport != null) return Transport.named(transport)
                .filter(Listening.SERVED::contains).orElseThrow(() -> new UserMistake(
                        "--transport " + transport + ": say udp, tcp, tls, ws or wss"));
        var first = hops.stream().findFirst();
        boolean secure = first.filter(SipUri::secure).isPresent();
        var named = first.flatMap(uri -> uri.params().get("transport"));
        var by = named.map(name -> Transport.named(name).filter(Listening.SERVED::contains)
                        .orElseThrow(() -> new UserMistake("--proxy " + first.get()
                                + ": say udp, tcp, tls or ws")))
                .orElse(secure ? Transport.TCP : Transport.UDP);
        return !secure ? by : by.secured().orElseThrow(() -> new UserMistake(
                "--proxy " + first.get() + ": nothing is secure by udp"));
    }

    private Source source() {
        if (echo) return new Source.Echo();
        return switch (play) {
            case "tone" -> Source.Tone.A;
            case "silence" -> new Source.Silence();
            case "microphone" -> new Source.Microphone();
            default -> file();
        };
    }

    private Source file() {
        try {
            return new Source.Samples(Wav.parse(Files.readAllBytes(Path.of(play))));
        } catch (IOException e) {
            throw UserMistake.reading(play, e, "give --play a WAV file, or tone");
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--play " + play + ": " + e.getMessage());
        }
    }

    /// Better now than after the call.
    private void checkRecord() {
        if (record == null) return;
        var folder = record.toAbsolutePath().getParent();
        if (!Files.isWritable(Files.exists(record) ? record : folder))
            throw new UserMistake("cannot write " + record + ": give --record another file");
    }

    private void write(short[] samples) {
        try {
            Files.write(record, Wav.encode(samples));
        } catch (IOException e) {
            throw UserMistake.writing(record, e, "give --record another file");
        }
    }

    /// A time as it is written after an option.
    static final class Time implements ITypeConverter<Duration> {
        private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|)");

        @Override public Duration convert(String text) {
            var parts = TEXT.matcher(text);
            if (!parts.matches())
                throw new TypeConversionException(text + ": give a time such as 500ms, 5s or 2m");
            long n = Long.parseLong(parts.group(1));
            return switch (parts.group(2)) {
                case "ms" -> Duration.ofMillis(n);
                case "m" -> Duration.ofMinutes(n);
                case "h" -> Duration.ofHours(n);
                default -> Duration.ofSeconds(n);
            };
        }
    }
}
