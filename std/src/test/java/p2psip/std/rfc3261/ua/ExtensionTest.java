package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;

/// What an extension adds, and that the room itself knows of none.
class ExtensionTest {
    private static final Pattern METHODS = Pattern.compile(
            "\"(MESSAGE|REFER|SUBSCRIBE|NOTIFY|PUBLISH|INFO|PRACK|UPDATE)\\b");

    @Test void no_method_of_an_extension_stands_in_the_code() throws IOException {
        var room = Path.of("src/main/java/p2psip/std/rfc3261");
        try (var files = Files.walk(room)) {
            var sources = files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(60);
            for (var source : sources) assertThat(Files.readAllLines(source)).as("%s", source)
                    .noneMatch(line -> METHODS.matcher(line.replaceAll("//.*", "")).find());
        }
    }

    @Test void what_the_extension_adds_is_told_and_required() {
        var flow = play(List.of(new Flying()), Asking.WORDS, """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                   50 b1    -> alice OPTIONS 1 Call-ID=o To=<sip:alice@atlanta.com> Require=wings
                   50 alice -> b1    200 OPTIONS Accept-Encoding=identity
                   60 b1    -> alice FLY 2 Call-ID=f To=<sip:alice@atlanta.com> Require=wings,_feet
                   60 alice -> b1    420 FLY Unsupported=feet
                   70 b1    -> alice FLY 3 Call-ID=f To=<sip:alice@atlanta.com> Require=wings \
                        Content-Type=x/air body
                   70 alice -> b1    200 FLY
                   80 b1    -> alice FLY 4 Call-ID=g To=<sip:alice@atlanta.com> Content-Type=x/sea \
                        body
                   80 alice -> b1    415 FLY
                   90 b1    -> alice SWIM 5 Call-ID=h To=<sip:alice@atlanta.com>
                   90 alice -> b1    501 SWIM
                """);
        assertThat(flow.sent("INVITE").list("Allow")).endsWith("OPTIONS", "FLY");
        //= rfc3261#8.1.1.9-1 Supported lists the option tags of the extensions that are supported
        assertThat(flow.sent("INVITE").need("Supported")).isEqualTo("wings");
        assertThat(flow.sent("INVITE").need("Birds")).isEqualTo("all");
        assertThat(flow.answer("OPTIONS").list("Accept")).containsExactly(
                "application/sdp", "x/air");
        assertThat(flow.answer("OPTIONS").need("Birds")).isEqualTo("all");
    }

    private static final class Flying implements Extension {
        @Override public List<String> methods() { return List.of("FLY"); }

        @Override public List<String> options() { return List.of("wings"); }

        @Override public List<String> bodies() { return List.of("x/air"); }

        @Override public List<Header> introduction() { return List.of(new Header("Birds", "all")); }

        @Override public Usage begin(
                Request request, Optional<Dialog> dialog, long number, Self self) {
            return new Asking.Quiet(self);
        }
    }

    /// The usages of a dialog, and the dialogs of a request, are limited.
    @Test void no_more_usages_share_a_dialog_than_are_allowed() {
        var script = new StringBuilder("""
                    0 TU    -> alice invite 100 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 200 sdp2
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  100 alice -> TU    Answered 100 sdp2
                """);
        for (int i = 1; i <= Dialogs.MAX_USAGES; i++) script.append("""
                  200 TU    -> alice share %d
                """.formatted(i)).append(i < Dialogs.MAX_USAGES ? """
                  200 alice -> b1    FLY %d sip:b1@127.0.0.2
                """.formatted(i + 1) : """
                  200 alice -> TU    Refused %d 503
                """.formatted(i));
        var flow = play(List.of(new Sharing()), Sharing.WORDS, script.toString());
        assertThat(flow.all("FLY")).hasSize(Dialogs.MAX_USAGES - 1);
    }

    /// A request that is part of no usage: only what says that there is no call ends the call.
    @Test void a_lone_request_in_a_call_counts_as_the_call() {
        var begin = """
                    0 TU    -> alice invite 100 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 200 sdp2
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  100 alice -> TU    Answered 100 sdp2
                  200 TU    -> alice share 1
                  200 alice -> b1    FLY 2 sip:b1@127.0.0.2
                """;
        for (int status : List.of(405, 480, 500)) play(List.of(new Sharing()), Sharing.WORDS,
                begin + """
                  300 b1    -> alice %d FLY
                  300 alice -> TU    Refused 1 %<d
                  400 TU    -> alice hangup 100
                  400 alice -> b1    BYE 3 sip:b1@127.0.0.2
                  400 alice -> TU    Ended 100 200
                """.formatted(status));
        for (int status : List.of(481, 404, 408)) play(List.of(new Sharing()), Sharing.WORDS,
                begin + """
                  300 b1    -> alice %d FLY
                  300 alice -> b1    BYE 3 sip:b1@127.0.0.2
                  300 alice -> TU    Ended 100 %<d
                  300 alice -> TU    Refused 1 %<d
                """.formatted(status));
    }

    /// Each command makes a usage that asks in the dialog of call 100.
    private static final class Sharing implements Extension {
        record Share(long usage) implements Usage.Command {}

        record Refused(long usage, int status) implements Usage.Event {}

        static final CallFlow.Words WORDS = new CallFlow.Words() {
            @Override public Core.Command command(String[] words) {
                return new Share(Long.parseLong(words[1]));
            }

            @Override public String text(Usage.Event event) {
                return "Refused " + event.usage() + " " + ((Refused) event).status();
            }
        };

        @Override public Usage begin(
                Request request, Optional<Dialog> dialog, long number, Self self) {
            throw new AssertionError(request);
        }

        @Override public Optional<Usage> begin(Usage.Command command, Self self) {
            return Optional.of(new Asking.InCall(command.usage(), self,
                    status -> new Refused(command.usage(), status)));
        }
    }
}
