package p2psip.tools.stages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.*;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.*;
import p2psip.tools.rfc.Sources;

/// The INVITE client transaction as the guide builds it: each stage does what its flow says, and
/// the stage before does not. The last stage is the class itself, with tests of its own.
class StagesTest {
    private static final Bytes INVITE = Message.parse("""
            INVITE sip:bob@biloxi.com SIP/2.0
            Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bK776asdhds
            From: Alice <sip:alice@atlanta.com>;tag=1928301774
            To: Bob <sip:bob@biloxi.com>
            Call-ID: a84b4c76e66710
            CSeq: 314159 INVITE

            """).encode();

    private static final String SENT = flow("stage1");
    private static final String REPEATED = flow("stage2");
    private static final String GIVEN_UP = flow("stage3");
    private static final String ANSWERED = flow("stage4");
    private static final String REFUSED = flow("stage5");

    /// The flow of a stage, as the guide shows it.
    private static String flow(String stage) {
        try {
            return Files.readString(Sources.repository().orElseThrow()
                    .resolve("docs/src/stages/" + stage + ".txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test void stage_1_sends() {
        assertThat(first(SENT)).isEqualTo(SENT);
    }

    @Test void stage_2_sends_again() {
        assertThat(second(REPEATED)).isEqualTo(REPEATED);
        assertThat(first(REPEATED)).isNotEqualTo(REPEATED);
    }

    @Test void stage_3_gives_up() {
        assertThat(third(GIVEN_UP)).isEqualTo(GIVEN_UP);
        assertThat(second(GIVEN_UP)).isNotEqualTo(GIVEN_UP);
    }

    @Test void stage_4_hears_answers() {
        assertThat(fourth(ANSWERED)).isEqualTo(ANSWERED);
        assertThat(fourth(GIVEN_UP)).isEqualTo(GIVEN_UP);
        assertThat(third(ANSWERED)).isNotEqualTo(ANSWERED);
    }

    @Test void stage_5_acknowledges_a_refusal() {
        assertThat(fifth(REFUSED)).isEqualTo(REFUSED);
        assertThat(fifth(ANSWERED)).isEqualTo(ANSWERED);
        assertThat(fifth(GIVEN_UP)).isEqualTo(GIVEN_UP);
        assertThat(fourth(REFUSED)).isNotEqualTo(REFUSED);
    }

    private static String first(String script) {
        return play(new Stage1(INVITE), new Stage1.Input.Begin(), _ -> Optional.empty(), script);
    }

    private static String second(String script) {
        return play(new Stage2(INVITE), new Stage2.Input.Begin(), _ -> Optional.empty(), script);
    }

    private static String third(String script) {
        return play(new Stage3(INVITE), new Stage3.Input.Begin(), _ -> Optional.empty(), script);
    }

    private static String fourth(String script) {
        return play(new Stage4(INVITE), new Stage4.Input.Begin(),
                response -> Optional.of(new Stage4.Input.Received(response)), script);
    }

    private static String fifth(String script) {
        return play(new Stage5(INVITE), new Stage5.Input.Begin(),
                response -> Optional.of(new Stage5.Input.Received(response)), script);
    }

    /// What the machine does when the lines of the others happen to it, two minutes long.
    ///
    /// @param received an input for a response; none if the machine cannot hear it
    private static <I, O> String play(Machine<I, O> machine, I begin,
            Function<Response, Optional<I>> received, String ladder) {
        var seen = new StringBuilder();
        for (var line : ladder.lines().filter(l ->
                !l.strip().split(" +")[1].equals("client")).toList()) {
            var words = line.strip().split(" +");
            var at = Instant.ofEpochMilli(Long.parseLong(words[0]));
            run(machine, at, seen);
            seen.append(line).append('\n');
            (words[1].equals("TU") ? Optional.of(begin)
                    : received.apply(response(Integer.parseInt(words[4]))))
                    .ifPresent(input -> note(machine.handle(input, at), at, seen));
        }
        run(machine, Instant.ofEpochSecond(120), seen);
        return seen.toString();
    }

    private static void run(Machine<?, ?> machine, Instant until, StringBuilder seen) {
        while (machine.deadline().isBefore(until)) {
            var at = machine.deadline();
            note(machine.wake(at), at, seen);
        }
    }

    private static Response response(int status) {
        var headers = ((Request) Message.parse(INVITE)).headers();
        return new Response(status, "", headers, Bytes.EMPTY);
    }

    /// An output is a record of one part, whose name says what it is.
    private static void note(List<?> outputs, Instant at, StringBuilder seen) {
        for (var output : outputs) {
            var text = output.toString();
            var word = text.substring(text.indexOf('=') + 1, text.length() - 1);
            seen.append("%6d client %s%n".formatted(at.toEpochMilli(),
                    text.startsWith("Send") ? "-> server " + sent(output)
                    : text.startsWith("Inform")
                    ? "-> TU     " + text.replaceAll("(?s).*SIP/2.0 (\\d+).*", "$1")
                    : text.startsWith("Changed") ? " * " + word : "-> TU     " + word));
        }
    }

    private static String sent(Object output) {
        var bytes = switch (output) {
            case Stage1.Output.Send(var message) -> message;
            case Stage2.Output.Send(var message) -> message;
            case Stage3.Output.Send(var message) -> message;
            case Stage4.Output.Send(var message) -> message;
            case Stage5.Output.Send(var message) -> message;
            default -> throw new IllegalArgumentException(output.toString());
        };
        return ((Request) Message.parse(bytes)).method();
    }
}
