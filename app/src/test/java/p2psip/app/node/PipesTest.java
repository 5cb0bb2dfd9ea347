package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.*;
import p2psip.app.p2p.Links;
import p2psip.std.Bytes;

/// What a node makes of its pipes: whom it calls, whom it lets in, and what each is told.
class PipesTest {
    private static final String BOB = "sip:bob@example.com", ALICE = "sip:alice@example.com";
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Identity OWNER = Identity.generate("bob", new SplittableRandom(1)),
            THEIRS = Identity.generate("node", new SplittableRandom(2)),
            OURS = Identity.generate("self", new SplittableRandom(3));

    private final Pipes pipes = new Pipes(OURS.key(), new Pins(Pins.Policy.TOFU),
            InstantSource.fixed(T), _ -> Optional.empty());
    private List<Pipes.Output> said = List.of();

    private void ask(Pipe.Command command) {
        said = pipes.handle(new Pipes.Input.Asked(command), T);
    }

    private void told(Links.Event.OfStreams event) {
        said = pipes.handle(new Pipes.Input.Told(event), T);
    }

    /// The record of an address that a node serves.
    private static SignedRecord record(Bytes node, Optional<InetSocketAddress> at) {
        return SignedRecord.sign(OWNER, BOB, new Contact(node,
                List.of(new Contact.Address("sip:x@x")), at), 1, T, Duration.ofHours(1));
    }

    private static final InetSocketAddress THERE =
            new InetSocketAddress(InetAddress.ofLiteral("203.0.113.9"), 5063);

    private void found(SignedRecord... records) {
        long id = said.stream().flatMap(output -> output instanceof Pipes.Output.Ask(long asked, _)
                ? Stream.of(asked) : Stream.empty()).findFirst().orElseThrow();
        said = pipes.handle(new Pipes.Input.Looked(id, new Answer.Found(List.of(records))), T);
    }

    private void stored() {
        var store = said.stream().flatMap(output -> output instanceof Pipes.Output.Do(
                Effect.Store effect) ? Stream.of(effect.id()) : Stream.empty()).toList();
        assertThat(store).hasSize(1).allMatch(id -> id.part() == Id.Part.PIPES);
        said = pipes.handle(new Pipes.Input.Pinned(store.getFirst().number()), T);
    }

    private List<Links.Command> commands() {
        return said.stream().flatMap(output -> output instanceof Pipes.Output.Link(var command)
                ? Stream.of(command) : Stream.empty()).toList();
    }

    private List<String> ended() {
        return said.stream().flatMap(output -> output instanceof Pipes.Output.Tell(
                Pipe.Ended(_, boolean well, var why)) ? Stream.of(well + " " + why)
                : Stream.empty()).toList();
    }

    private List<Pipe.Event> events() {
        return said.stream().flatMap(output -> output instanceof Pipes.Output.Tell(var event)
                ? Stream.of(event) : Stream.empty()).toList();
    }

    private void connect() {
        ask(new Pipe.Connect(1, BOB, Optional.empty()));
        found(record(THEIRS.key(), Optional.of(THERE)));
        stored();
    }

    private static Bytes answer(String why) { return PipeEnd.framed(Bytes.utf8(why)); }

    private static Bytes greeting(String called, String caller) {
        var text = new ByteArrayOutputStream();
        for (var part : List.of(called, caller, "")) PipeEnd.put(text, Bytes.utf8(part));
        return PipeEnd.framed(Bytes.wrap(text.toByteArray()));
    }

    /// What the node has written to a stream until now.
    private String written() {
        return commands().stream().flatMap(command -> command instanceof Links.Command.Write(_,
                var bytes) ? Stream.of(bytes.slice(2, bytes.size()).utf8()) : Stream.empty())
                .collect(Collectors.joining());
    }

    @Test void who_is_called_is_found_believed_on_disk_and_then_greeted() {
        connect();
        assertThat(commands()).hasSize(4)
                .contains(new Links.Command.Open(1, THEIRS.key(), Links.PIPE));
        assertThat(written()).contains(BOB);
        told(new Links.Event.Arrived(1, answer("").slice(0, 1)));
        assertThat(commands()).containsExactly(new Links.Command.Read(1, 1));
        told(new Links.Event.Arrived(1, answer("").slice(1, 2)));
        assertThat(events()).containsExactly(new Pipe.Connected(1));
        told(new Links.Event.Arrived(1, Bytes.utf8("hello")));
        assertThat(events()).containsExactly(new Pipe.Arrived(1, Bytes.utf8("hello")));
    }

    @Test void what_the_greeting_takes_the_program_may_not_write() {
        connect();
        int greeting = greeting(BOB, "").size();
        told(new Links.Event.Writable(1, 1_000));
        assertThat(events()).isEmpty();
        told(new Links.Event.Arrived(1, answer("")));
        assertThat(events()).containsExactly(
                new Pipe.Writable(1, 1_000 - greeting), new Pipe.Connected(1));
    }

    @Test void why_it_does_not_come_to_be_is_one_line() {
        ask(new Pipe.Connect(1, "bob", Optional.empty()));
        assertThat(ended()).containsExactly(
                "false bob: no address: give one such as sip:bob@example.com");
        ask(new Pipe.Connect(1, BOB, Optional.empty()));
        found();
        assertThat(ended()).containsExactly("false " + BOB + ": nobody is there; a program has"
                + " to listen there first");
        ask(new Pipe.Connect(1, BOB, Optional.empty()));
        found(record(OURS.key(), Optional.of(THERE)));
        stored();
        assertThat(ended()).containsExactly("false " + BOB
                + ": it is served by this node itself: call it from another");
        ask(new Pipe.Connect(1, BOB, Optional.empty()));
        found(record(THEIRS.key(), Optional.empty()));
        assertThat(ended()).containsExactly("false " + BOB + ": its node cannot be reached");
        assertThat(pipes.size()).isZero();
    }

    @Test void what_the_other_node_says_against_it_is_told() {
        connect();
        told(new Links.Event.Arrived(1, answer("only some may call\n there")));
        assertThat(ended()).containsExactly("false " + BOB + ": only some may call  there");
        connect1();
        told(new Links.Event.Ended(1, Links.How.NO_SERVICE));
        assertThat(ended()).containsExactly("false " + BOB + ": no program listens there");
        connect1();
        told(new Links.Event.Finished(1));
        assertThat(ended()).containsExactly("false " + BOB + ": the other end has said nothing");
        connect1();
        told(new Links.Event.Arrived(1, Bytes.hex("ffff")));
        assertThat(ended()).containsExactly(
                "false " + BOB + ": what the other end says is no pipe");
        connect1();
        said = pipes.wake(T.plus(Pipes.PATIENCE));
        assertThat(ended()).containsExactly("false " + BOB + ": no answer within 10 s");
        assertThat(pipes.size()).isZero();
    }

    /// The key is believed already.
    private void connect1() {
        ask(new Pipe.Connect(1, BOB, Optional.empty()));
        found(record(THEIRS.key(), Optional.of(THERE)));
        assertThat(commands()).hasSize(4);
    }

    @Test void one_that_is_open_ends_with_one_line_too() {
        connect();
        told(new Links.Event.Arrived(1, answer("")));
        told(new Links.Event.Ended(1, Links.How.RESET));
        assertThat(events()).containsExactly(
                new Pipe.Ended(1, false, "the other end has given it up"));
        told(new Links.Event.Ended(1, Links.How.FINISHED));
        assertThat(events()).containsExactly(new Pipe.Ended(1, true, "finished"));
    }

    private void listen(String... from) {
        ask(new Pipe.Listen(5, BOB, Set.of(from)));
        assertThat(said).anyMatch(output -> output instanceof Pipes.Output.Serve);
        said = pipes.handle(new Pipes.Input.Served(5), T);
        assertThat(events()).containsExactly(new Pipe.Listening(5));
    }

    @Test void who_calls_is_offered_and_taken() {
        listen();
        told(new Links.Event.Came(-1, THEIRS.key(), Links.PIPE));
        told(new Links.Event.Arrived(-1, greeting(BOB, "")));
        assertThat(events()).containsExactly(new Pipe.Caller(-1, 5, "", false));
        ask(new Pipe.Accept(-1));
        assertThat(written()).isEmpty();
        assertThat(commands()).containsExactly(new Links.Command.Write(-1, answer("")));
    }

    @Test void who_may_not_call_is_told_why() {
        listen(ALICE);
        told(new Links.Event.Came(-1, THEIRS.key(), Links.PIPE));
        told(new Links.Event.Arrived(-1, greeting(BOB, "")));
        assertThat(written()).isEqualTo("only some may call there, and who calls is not verified");
        assertThat(events()).isEmpty();
        told(new Links.Event.Came(-2, THEIRS.key(), Links.PIPE));
        told(new Links.Event.Arrived(-2, greeting("sip:carol@example.com", "")));
        assertThat(written()).isEqualTo("no program listens there");
        told(new Links.Event.Came(-3, THEIRS.key(), Links.PIPE));
        told(new Links.Event.Arrived(-3, Bytes.hex("00020007")));
        assertThat(commands()).containsExactly(
                new Links.Command.Reset(-3, Links.How.RESET));
    }

    @Test void so_many_are_opened_at_a_time_and_no_more() {
        listen();
        for (int i = 1; i <= Pipes.PENDING; i++)
            told(new Links.Event.Came(-i, THEIRS.key(), Links.PIPE));
        told(new Links.Event.Came(-100, THEIRS.key(), Links.PIPE));
        assertThat(commands()).containsExactly(
                new Links.Command.Reset(-100, Links.How.TOO_MANY));
        ask(new Pipe.Connect(1, BOB, Optional.empty()));
        assertThat(ended()).containsExactly("false " + BOB
                + ": 64 pipes are being opened already");
    }

    @Test void an_address_has_one_listener() {
        listen();
        ask(new Pipe.Listen(6, BOB, Set.of()));
        assertThat(ended()).containsExactly("false " + BOB + ": somebody listens there"
                + " already; stop that program, or give another address");
        ask(new Pipe.Listen(6, "bob", Set.of()));
        assertThat(ended()).first().asString().startsWith("false bob: no address");
        ask(new Pipe.Drop(5));
        assertThat(said).anyMatch(output -> output instanceof Pipes.Output.Withdraw);
        assertThat(commands()).contains(new Links.Command.Offer(Links.PIPE, false));
        listen();
    }
}
