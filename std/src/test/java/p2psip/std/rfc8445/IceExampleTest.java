package p2psip.std.rfc8445;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc8445.Wire.at;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc8445.Agent.*;

/// The example of the package's door.
class IceExampleTest {

    private static List<Output> exchange(Agent us, List<Output> said, Agent them, boolean bob,
            Instant now) {
        var heard = new ArrayList<Output>();
        for (var output : said) switch (output) {
            case Output.Described(int stream, var description) ->
                    heard.addAll(them.handle(new Input.Remote(stream, description), now));
            case Output.Local(int stream, var candidate) -> heard.addAll(them.handle(
                    new Input.RemoteCandidate(stream, candidate), now));
            case Output.LocalDone(int stream, _) ->
                    heard.addAll(them.handle(new Input.RemoteDone(stream), now));
            case Output.Send(var base, var to, var bytes) ->
                    heard.addAll(them.handle(new Input.Received(to, base, bytes), now));
            default -> { }
        }
        return heard;
    }

    @Test void the_example_of_the_package() {
        var dice = new SplittableRandom(1);
        var now = Instant.EPOCH;
        var pacer = new Pacer();
        var alice = new FullAgent(true, Settings.DEFAULT, pacer, dice);
        var bob = new FullAgent(false, Settings.DEFAULT, pacer, dice);
        var a = new ArrayList<>(alice.handle(new Input.Stream(1, 1), now));
        a.addAll(alice.handle(new Input.Host(1, 1, List.of(at("192.0.2.1", 5000))), now));
        a.addAll(alice.handle(new Input.Gathered(), now));
        var b = new ArrayList<>(bob.handle(new Input.Stream(1, 1), now));
        b.addAll(bob.handle(new Input.Host(1, 1, List.of(at("192.0.2.2", 6000))), now));
        b.addAll(bob.handle(new Input.Gathered(), now));
        for (int i = 0; i < 20; i++) {
            var toBob = List.copyOf(a);
            var toAlice = List.copyOf(b);
            a = new ArrayList<>(exchange(bob, toAlice, alice, true, now));
            b = new ArrayList<>(exchange(alice, toBob, bob, false, now));
            now = now.plusMillis(50);
            a.addAll(alice.wake(now));
            b.addAll(bob.wake(now));
        }
        assertThat(alice.state()).isEqualTo(State.COMPLETED);
        assertThat(alice.path(1, 1, now).map(Path::to)).contains(at("192.0.2.2", 6000));
        assertThat(bob.path(1, 1, now).map(Path::to)).contains(at("192.0.2.1", 5000));
        assertThat(alice.records()).singleElement().asString().contains("SUCCEEDED nominated");
    }
}
