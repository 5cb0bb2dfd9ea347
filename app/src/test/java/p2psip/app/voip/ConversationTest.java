package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.voip.Conversation.Input;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.ua.Call;

/// A call without its phone: what it asks of the user agent and of the host.
class ConversationTest {
    private static final Id RTP = new Id(Id.Part.MEDIA, 0, 7), RTCP = new Id(Id.Part.MEDIA, 1, 7);

    private static final Input PLACE =
            new Input.Asked(new PhoneCommand.Call(7, "sip:bob@10.0.0.2"));

    private final InetAddress own = InetAddress.ofLiteral("10.0.0.1");
    private final RandomGenerator random = new SplittableRandom(1);

    private final Conversation call = new Conversation(7, Address.parse("sip:bob@10.0.0.2"), "",
            false, own, new Media.Habit(new PhoneSetup.Speech(
                    new Source.Silence(), Formats.USUAL, true),
                    new Keying.Means(Secrecy.NO, false, () -> {
                        throw new AssertionError("no handshake");
                    }), false),
            new Stock(7, own, new Helpers(IceOptions.OFF), random), random);

    private List<CallOutput> tell(Input input) { return call.handle(input, Instant.EPOCH); }

    private List<CallOutput> bound(boolean free, List<CallOutput> asked) {
        var said = new ArrayList<CallOutput>();
        for (var each : asked)
            if (each instanceof CallOutput.Do(Effect.Bind(var id, var local, _)))
                said.addAll(tell(new Input.Happened(free ? new Event.Bound(id, local)
                        : new Event.NotBound(id, local, "address already in use"))));
        return said;
    }

    @Test void it_has_its_ports_before_it_calls() {
        var asked = tell(PLACE);
        assertThat(asked).extracting(each -> ((Effect.Bind) ((CallOutput.Do) each).effect()).id())
                .containsExactly(RTP, RTCP);
        assertThat(bound(true, asked)).singleElement().isInstanceOfSatisfying(CallOutput.Ask.class,
                ask -> assertThat(ask.command()).isInstanceOfSatisfying(
                        Call.Command.Invite.class, invite -> assertThat(
                                invite.offer().orElseThrow().bytes().utf8())
                                .contains("m=audio " + call(asked).getPort() + " ")));
    }

    private static InetSocketAddress call(List<CallOutput> asked) {
        return ((Effect.Bind) ((CallOutput.Do) asked.getFirst()).effect()).local();
    }

    /// The user agent has not heard of it yet, so nobody else could end it.
    @Test void without_ports_it_is_over() {
        var said = tell(PLACE);
        for (int i = 1; i < MediaPorts.ATTEMPTS; i++) said = bound(false, said);
        assertThat(bound(false, said)).last().isEqualTo(new CallOutput.Do(new Effect.Tell(
                new News.Ended(7, 500, "No Free Ports For Sound", Statistics.NONE))));
        assertThat(call.terminated()).isTrue();
    }

    @Test void when_it_is_over_it_gives_its_ports_back_and_tells_what_it_heard() {
        var asked = tell(PLACE);
        bound(true, asked);
        var last = tell(new Input.Told(new Call.Event.Ended(7, 486, "Busy Here")));
        assertThat(last).contains(new CallOutput.Do(new Effect.Unbind(call(asked))))
                .endsWith(new CallOutput.Do(new Effect.Tell(
                        new News.Ended(7, 486, "Busy Here", Statistics.NONE))));
        assertThat(last).anyMatch(each -> each instanceof CallOutput.Do(
                Effect.Tell(News.Recorded(long number, var recording)))
                && number == 7 && recording.heard().length == 0);
        assertThat(call.terminated()).isTrue();
        assertThat(call.deadline()).isEqualTo(Instant.MAX);
    }
}
