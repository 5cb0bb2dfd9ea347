package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.Host;
import p2psip.app.host.RealHost;
import p2psip.app.trace.Trace;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.HostName;
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
    private static final Duration EVER = Duration.ofDays(365);

    @Mixin TrunkOptions trunk;
    @Mixin TaskOptions task;
    @Mixin SoundOptions sound;
    @Mixin TlsOption shown;
    @Mixin DnsOption dns;
    @Mixin Tracing tracing;
    @Spec CommandSpec spec;

    /// What is typed.
    InputStream in = System.in;

    private final Queue<Long> asked = new ConcurrentLinkedQueue<>();
    private boolean asking;
    private Telephone telephone;

    @Override public Integer call() {
        trunk.mustBeSomebody(task.scripted());
        task.resolve(trunk::uri);
        var wished = task.of(sound.of(trunk.setup(task.peers()), trunk.named()));
        var setup = tracing.traced() ? wished : wished.untraced();
        var announcer = new Announcer(trunk.aor, trunk::mark);
        return tracing.with(spec.commandLine().getOut(), tap -> task.scripted()
                ? run(setup, announcer, tap) : typed(setup, announcer, tap));
    }

    /// Where the phone lives, until somebody presses Ctrl-C.
    private RealHost host(Consumer<Trace> tap) {
        var host = new RealHost(RealHost.Options.of(Optional.empty(), tap).asking(dns.read())
                .with(shown.read()));
        host.stopOnInterrupt(new PhoneCommand.Leave());
        return host;
    }

    private synchronized void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
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
            while (!line.ended()) for (var told : line.told(EVER)) switch (told) {
                case News.NotReady(var wanted, var why) -> throw TrunkOptions.notOpened(
                        HostName.text(wanted) + ": " + why);
                case News.Ready ready -> {
                    announcer.of(ready).ifPresent(this::say);
                    say("type help to see what you can do");
                    if (trunk.proxied())
                        line.command(new PhoneCommand.Register(Duration.ofHours(1)));
                    Thread.ofVirtual().start(() -> keyboard(board, announcer, line));
                }
                case News news ->
                        carry(board, new Switchboard.Input.Told(news), announcer, line);
                case Host.Died(_, var bug) -> throw new IllegalStateException(bug);
                default -> { }
            }
        }
        return 0;
    }

    /// Until Ctrl-D, which ends all.
    private void keyboard(Switchboard board, Announcer announcer, Host.Line line) {
        for (var lines = new Scanner(in); lines.hasNextLine(); )
            carry(board, new Switchboard.Input.Typed(lines.nextLine()), announcer, line);
        line.command(new PhoneCommand.Leave());
    }

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
            return new PhoneScript(task, sound, phone, this::say).done() ? 0 : 1;
        }
    }

    private Telephone telephone(RealHost host, PhoneSetup setup, Announcer announcer) {
        try {
            return Telephone.start(host, "phone", setup, news -> {
                if (news instanceof News.Referred(long referral, _, var to)) referred(referral, to);
                else announcer.of(news).ifPresent(this::say);
            });
        } catch (Telephone.Failed e) {
            throw TrunkOptions.notOpened(e.getMessage());
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
}
