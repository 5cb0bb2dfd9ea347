package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.ua.*;

/// The example at the door of the user agent, word for word, from outside of its room.
class AddingAMethodTest {

    record Ping(Self self) implements Usage {
        public String name() { return "ping"; }
        public boolean terminated() { return true; }
        public List<Output> handle(Input input, Instant now) {
            return input instanceof Input.Received(var id, var request, _, _)
                    ? List.of(new Output.Respond(id, self.reply(request, 200))) : List.of();
        }
    }
    record Pings() implements Extension {
        public List<String> methods() { return List.of("PING"); }
        public Usage begin(Request ping, Optional<Dialog> in, long number, Self self) {
            return new Ping(self);
        }
    }

    @Test void a_method_is_added() {
        var profile = new Profile(Address.parse("<sip:alice@atlanta.com>"),
                SipUri.parse("sip:alice@atlanta.com"), List.of(), Optional.empty(), "test",
                CallRules.PLAIN, Optional.empty());
        var random = new SplittableRandom(1);
        var agent = new UserAgent(profile, List.of(new Pings()), random);
        var here = new InetSocketAddress("127.0.0.1", 5060);
        var ping = (Request) Message.parse("""
                PING sip:alice@atlanta.com SIP/2.0
                Via: SIP/2.0/UDP a;branch=z9hG4bK1
                From: <sip:bob@biloxi.com>;tag=1
                To: <sip:alice@atlanta.com>
                Call-ID: 1
                CSeq: 1 PING

                """);
        var pong = agent.handle(new Core.Input.Received(new TransactionId("z9hG4bK1", "a", "PING"),
                ping, Flow.udp(here, here)), Instant.EPOCH);
        assertThat(pong).singleElement().extracting(output ->
                ((Core.Output.Respond) output).response().status()).isEqualTo(200);
        assertThat(agent.legs()).isZero();
    }

    @Test void the_door_shows_what_is_tested() throws IOException {
        var door = Files.readString(Path.of(
                "src/main/java/p2psip/std/rfc3261/ua/package-info.java"));
        var test = lines(Files.readString(Path.of(
                "src/test/java/p2psip/std/rfc3261/AddingAMethodTest.java")));
        var example = lines(door.substring(door.indexOf("```java") + 7, door.lastIndexOf("```"))
                .replace("///", ""));
        assertThat(example).hasSize(15).isSubsetOf(test);
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
