package p2psip.app.peers;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.*;
import p2psip.app.voip.*;

/// Calls with a program that plays what is written: responses that are acknowledged, sessions that
/// are changed by UPDATE, and timers. Each scenario checks what it gets. Needs sipp.
@Tag("peer")
class SessionPeerTest {
    private static final String HERE = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path folder;

    @BeforeAll static void sipp() { Programs.assumeThere("sipp"); }

    @Test void we_call_and_acknowledge_what_is_said_before_the_call_is_taken() throws Exception {
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()));
                var programs = new Programs(folder)) {
            var line = phone(host, true);
            int port = Ports.pair();
            var callee = Sipp.play(
                    programs, folder, "prack_callee.xml", "-p", "" + port);
            line.command(new PhoneCommand.Call(1, "sip:bob@" + HERE + ":" + port));
            told(line, news -> news instanceof News.Session(_, boolean sends, _) && !sends);
            line.command(new PhoneCommand.HangUp(1));
            callee.succeeds(PATIENCE);
        }
    }

    @Test void we_are_called_and_have_our_180_acknowledged() throws Exception {
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()));
                var programs = new Programs(folder)) {
            var line = phone(host, false);
            var caller = Sipp.play(programs, folder, "prack_caller.xml", at(line));
            var incoming = (News.Incoming) told(line, News.Incoming.class);
            //  the PRACK, and its 200
            await(caller, "CSeq: 4 PRACK", 2);
            line.command(new PhoneCommand.Answer(incoming.call()));
            caller.succeeds(PATIENCE);
        }
    }

    @Test void we_refresh_a_session_for_who_has_called() throws Exception {
        Programs.assumeNight();
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()));
                var programs = new Programs(folder)) {
            Files.write(folder.resolve("sound"), new byte[8000]);
            var caller = Sipp.play(programs, folder, "timer_caller.xml", "-mp",
                    "" + Ports.run(4), at(phone(host, true)));
            caller.succeeds(Duration.ofSeconds(70));
        }
    }

    private static Host.Line phone(RealHost host, boolean answers) {
        var setup = PhoneSetup.of("sip:alice@" + HERE).local(InetAddress.ofLiteral(HERE)).calls(4)
                .answering(answers).untraced();
        return host.start("alice", room -> new Phone(setup, room));
    }

    private static String at(Host.Line phone) {
        return HERE + ":" + ((News.Ready) told(phone, News.Ready.class)).address().getPort();
    }

    private static Object told(Host.Line line, Class<?> news) {
        return told(line, news::isInstance);
    }

    private static Object told(Host.Line line, Predicate<Object> news) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        var all = new ArrayList<Object>();
        while (System.nanoTime() < end) {
            all.addAll(line.told(Duration.ofSeconds(1)));
            var found = all.stream().filter(news).findFirst();
            if (found.isPresent()) return found.get();
        }
        throw new AssertionError("not among " + all);
    }

    /// Waits until messages of sipp have had this so many times.
    private static void await(Sipp sipp, String text, int times) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (sipp.messages().split(Pattern.quote(text), -1).length <= times) {
            if (System.nanoTime() > end) throw new AssertionError("no " + text);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
