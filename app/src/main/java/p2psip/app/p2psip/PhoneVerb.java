package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.Host;
import p2psip.app.host.RealHost;
import p2psip.app.trace.Trace;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.Transport;
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
            + " the peer received of those expected, those lost, and those sent; the line before it"
            + " begins with quality: and says how each end heard the other, as far as reports tell"
            + " (R: ITU-T G.107, 0 to 100; R=~90 is a guess). On a terminal a line that changes"
            + " says so while you talk. Exit code 0 if all"
            + " that happened, 1 if not (the last line says why) or if the peer was to be heard"
            + " and never was, 2 for a mistake."})
public final class PhoneVerb implements Verb {
    private static final Duration EVER = Duration.ofDays(365);

    @Mixin TrunkOptions trunk;
    @Mixin TaskOptions task;
    @Mixin SoundOptions sound;
    @Mixin StreamOptions streams;
    @Mixin TlsOption shown;
    @Mixin DnsOption dns;
    @Mixin Tracing tracing;
    @Spec CommandSpec spec;

    /// What is typed.
    InputStream in = System.in;

    private final Queue<Long> asked = new ConcurrentLinkedQueue<>();
    private boolean asking;
    private final Typescript typescript = new Typescript();
    private final AtomicReference<Telephone.Call> writing = new AtomicReference<>();
    private final LiveLine live = new LiveLine(Terminal.here());
    private Telephone telephone;

    @Override public Integer call() {
        trunk.mustBeSomebody(task.scripted(), PhoneVerb::free);
        task.resolve(trunk::uri);
        var wished = task.of(streams.of(sound.of(trunk.setup(task.peers(), new SecureRandom()),
                trunk.named())));
        var setup = tracing.traced() ? wished : wished.untraced();
        var announcer = new Announcer(trunk.aor, trunk::mark);
        return tracing.with(spec.commandLine().getOut(), tap -> task.scripted()
                ? run(setup, announcer, tap) : typed(setup, announcer, tap));
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
                throw TrunkOptions.notOpened("" + none.getMessage());
            }
        }
    }

    /// Where the phone lives, until somebody presses Ctrl-C.
    private RealHost host(Consumer<Trace> tap) {
        var host = new RealHost(RealHost.Options.of(Optional.empty(), tap).asking(dns.read())
                .with(shown.read()));
        host.stopOnInterrupt(new PhoneCommand.Leave());
        return host;
    }

    private synchronized void say(String line) {
        print(live.say(line));
    }

    private synchronized void print(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }

    /// Whether news is for the line that changes, which changes then.
    private synchronized boolean shown(News news) {
        boolean mine = live.hears(news);
        if (mine && news instanceof News.Measured(_, _, var statistics))
            print(live.show(statistics.quality()));
        print(live.end());
        return mine;
    }

    // Typed

    /// Does what is typed, and ends when that does.
    private int typed(PhoneSetup setup, Announcer announcer, Consumer<Trace> tap) {
        var board = new Switchboard(
                text -> trunk.uri("", text), trunk::mark, trunk.proxied());
        try (var host = host(tap)) {
            var line = host.start("phone", room -> new Phone(setup, room));
            task.approve.forEach(uri -> line.command(new PhoneCommand.Approve(uri)));
            task.block.forEach(uri -> line.command(new PhoneCommand.Block(uri)));
            if (!task.note.isEmpty()) line.command(new PhoneCommand.Show(true, task.note));
            for (var next = line.now(); !line.ended(); ) {
                for (var told : line.told(Terminal.here() ? LiveLine.PERIOD : EVER))
                    heard(told, board, announcer, line);
                if (next.isAfter(line.now())) continue;
                live.measured().ifPresent(call -> line.command(new PhoneCommand.Measure(call)));
                next = line.now().plus(LiveLine.PERIOD);
            }
        }
        return 0;
    }

    private void heard(Object told, Switchboard board, Announcer announcer, Host.Line line) {
        switch (told) {
            case News.NotReady(var wanted, var why) -> throw TrunkOptions.notOpened(
                    HostName.text(wanted) + ": " + why);
            case News.Ready ready -> {
                announcer.of(ready).ifPresent(this::say);
                say("type help to see what you can do");
                if (trunk.proxied())
                    line.command(new PhoneCommand.Register(Duration.ofHours(1)));
                Thread.ofVirtual().start(() -> keyboard(board, announcer, line));
            }
            case News news when shown(news) -> { }
            case News news ->
                    carry(board, new Switchboard.Input.Told(news), announcer, line);
            case Host.Died(_, var bug) -> throw new IllegalStateException(bug);
            default -> { }
        }
    }

    /// Until Ctrl-D, which ends all.
    private void keyboard(Switchboard board, Announcer announcer, Host.Line line) {
        for (var lines = new Scanner(in); lines.hasNextLine(); ) {
            var typed = lines.nextLine();
            typed();
            carry(board, new Switchboard.Input.Typed(typed), announcer, line);
        }
        line.command(new PhoneCommand.Leave());
    }

    private synchronized void typed() { live.typed(); }

    private synchronized void carry(Switchboard board, Switchboard.Input input,
            Announcer announcer, Host.Line line) {
        for (var output : board.handle(input)) switch (output) {
            case Switchboard.Output.Ask(var command) -> line.command(command);
            case Switchboard.Output.Say(var text) -> say(text);
            case Switchboard.Output.Pass(var news) -> announcer.of(news).ifPresent(this::say);
        }
    }

    // As options say

    private int run(PhoneSetup setup, Announcer announcer, Consumer<Trace> tap) {
        try (var host = host(tap); var phone = telephone(host, setup, announcer)) {
            telephone = phone;
            return new PhoneScript(task, sound, streams, phone, live, this::types, this::say)
                    .done() ? 0 : 1;
        }
    }

    private Telephone telephone(RealHost host, PhoneSetup setup, Announcer announcer) {
        try {
            return Telephone.start(host, "phone", setup, news -> {
                if (shown(news)) return;
                read(news);
                if (news instanceof News.Referred(long referral, _, var to)) referred(referral, to);
                else announcer.of(news).ifPresent(this::say);
            });
        } catch (Telephone.Failed e) {
            throw TrunkOptions.notOpened(e.getMessage());
        }
    }

    /// Says what a peer types, line by line.
    private void read(News news) {
        switch (news) {
            case News.Typed(long call, var text) -> {
                typescript.add(call, text).forEach(line -> say("text: " + line));
                typing(call);
            }
            case News.Ended ended -> typescript.end(ended.call())
                    .ifPresent(line -> say("text: " + line));
            default -> { }
        }
    }

    private synchronized void typing(long call) { print(live.typing(typescript.line(call))); }

    /// Types in a call what comes in: a terminal gives it line by line, a pipe as it comes.
    private void types(Telephone.Call call) {
        if (writing.getAndSet(call) == null) Thread.ofVirtual().start(this::write);
    }

    private void write() {
        var piece = new char[256];
        try (var keys = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            for (int count; (count = keys.read(piece)) >= 0; ) {
                var typed = new String(piece, 0, count);
                typed();
                if (asked.isEmpty()) writing.get().type(typed);
                else decide(typed);
            }
        } catch (IOException e) {
            say("nothing more is typed: " + e.getMessage());
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
        //  who types in the call answers there, too
        if (!asking && !streams.text) Thread.ofVirtual().start(this::answers);
        asking = true;
    }

    private void answers() {
        var lines = new Scanner(in);
        while (lines.hasNextLine()) decide(lines.nextLine());
    }

    private void decide(String answer) {
        boolean yes = answer.strip().startsWith("y");
        Optional.ofNullable(asked.poll()).ifPresent(
                yes ? telephone::follow : telephone::decline);
    }
}
