package p2psip.std.rfc3327;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.ua.*;

/// The flows of §5.5: a phone that registers through proxies, of which some want its calls to come
/// by them, and others know nothing of paths.
class PathFlowTest {
    private final SipNet net = new SipNet();
    private Bindings bindings;
    private List<Core.Event> told;

    /// ua1 - p1 - p2 - p3 - home, of which p2 knows nothing of paths; and ua2 somewhere else.
    private void begin(boolean needed, boolean tolerant, Extension... extensions) {
        net.proxy("p1", new PathEdgeProxy(needed));
        net.proxy("p2");
        net.proxy("p3", new PathEdgeProxy(needed));
        bindings = net.home("home", List.of(new PathRegistrar(tolerant)),
                List.of(new PathHomeProxy()));
        told = net.phone("ua1", "ua1@home", List.of("p1", "p2", "p3"), extensions);
        net.phone("ua2", "ua2@elsewhere", List.of());
    }

    private static String host(String route) {
        return ((SipUri) Address.parse(route).uri()).host();
    }

    private List<String> hosts(Message message, String name) {
        return message.list(name).stream().map(PathFlowTest::host).toList();
    }

    private List<String> bound() {
        return bindings.of(new Aor("ua1", "home.example")).stream()
                .map(binding -> binding.contact().uri().toString()).toList();
    }

    @Test void a_register_collects_its_path() {
        begin(false, false, new PathUserAgent());
        net.register("ua1");
        //= rfc3327#4-5 the option tag in Supported says that it is understood
        //= rfc3327#5.1-3 a Supported header field with it is in the request
        assertThat(net.last("ua1 -> p1 REGISTER").list("Supported")).contains("path");
        //= rfc3327#4-1 a Path goes into the REGISTER, p1's first
        assertThat(hosts(net.last("p1 -> p2 REGISTER"), "Path")).containsExactly("192.0.2.1");
        assertThat(hosts(net.last("p2 -> p3 REGISTER"), "Path")).containsExactly("192.0.2.1");
        //= rfc3327#5.2¶1 each proxy inserts itself as the topmost value
        var sent = net.last("p3 -> home REGISTER").list("Path");
        assertThat(sent.stream().map(PathFlowTest::host)).containsExactly(
                "192.0.2.3", "192.0.2.1");
        //= rfc3327#4-4 all with the loose-routing parameter lr
        assertThat(sent).allMatch(value -> value.contains(";lr"));
        //= rfc3327#5.3¶1 the registrar stores the vector in that order, and copies it into the 200
        assertThat(bindings.of(new Aor("ua1", "home.example")).getFirst().notes())
                .extracting(Header::value).containsExactlyElementsOf(sent);
        assertThat(net.last("p1 -> ua1 200").list("Path")).containsExactlyElementsOf(sent);
    }

    @Test void the_response_passes_unaltered_and_is_told() {
        begin(false, false, new PathUserAgent());
        net.register("ua1");
        var path = net.last("home -> p3 200").list("Path");
        //= rfc3327#5.2-4 no proxy alters the Path values of the response
        for (var hop : List.of("p3 -> p2 200", "p2 -> p1 200", "p1 -> ua1 200"))
            assertThat(net.last(hop).list("Path")).containsExactlyElementsOf(path);
        //= rfc3327#6.2-3 a user agent that receives a Path renders it
        //= rfc3327#5.1-1 a response may contain a Path, and is as good without one
        assertThat(told).hasSize(2).last().isEqualTo(new PathUserAgent.Event.Led(0, path));
    }

    @Test void a_call_comes_by_the_path() {
        begin(false, false, new PathUserAgent());
        net.register("ua1");
        net.ask("ua2", new Call.Command.Invite(1, "sip:ua1@home.example",
                Optional.of(Content.sdp("offer")), List.of()));
        //= rfc3327#5.4¶2 the outgoing request transits the proxies of the path, and only these
        assertThat(net.run(Duration.ofMillis(500))).filteredOn(line -> line.endsWith("INVITE"))
                .containsExactly("ua2 -> home INVITE", "home -> p3 INVITE", "p3 -> p1 INVITE",
                        "p1 -> ua1 INVITE");
        var led = (Request) net.last("home -> p3 INVITE");
        assertThat(led.uri()).startsWith("sip:ua1@192.0.2.5");
        //= rfc3327#5.4¶2 the path vector is in Route, preloaded
        assertThat(hosts(led, "Route")).containsExactly("192.0.2.3", "192.0.2.1");
        assertThat(net.last("p1 -> ua1 INVITE").has("Route")).isFalse();
        assertThat(net.last("home -> ua2 200")).isNotNull();
        net.ask("ua2", new Call.Command.HangUp(1));
        //  within the dialog it is the Record-Route that counts
        assertThat(net.run(Duration.ofMillis(500))).containsSequence("ua2 -> home BYE",
                "home -> p3 BYE", "p3 -> p1 BYE", "p1 -> ua1 BYE", "ua1 -> p1 200");
    }

    /// Behind its NAT the phone is where its flow leads, whatever its Contact says.
    @Test void the_way_back_is_the_flow_of_the_register() {
        begin(false, false, new PathUserAgent());
        var register = (Request) Message.parse("""
                REGISTER sip:home.example SIP/2.0
                Via: SIP/2.0/UDP 10.0.0.7;branch=z9hG4bKnat;rport
                Route: <sip:p1.example;lr>
                From: <sip:ua1@home.example>;tag=1
                To: <sip:ua1@home.example>
                Call-ID: nat
                CSeq: 1 REGISTER
                Contact: <sip:ua1@10.0.0.7>
                Supported: path

                """);
        net.send("ua1", "p1", register);
        net.run(Duration.ofSeconds(1));
        assertThat(bound()).containsExactly("sip:ua1@10.0.0.7");
        net.call("ua2", "sip:ua1@home.example");
        assertThat(((Request) net.last("p1 -> ua1 INVITE")).uri()).isEqualTo("sip:ua1@10.0.0.7");
    }

    //= rfc3327#5.4¶3 the stored vector goes ahead of what Route the request still has
    @Test void a_route_that_is_left_is_visited_after_the_path() {
        var request = (Request) Message.parse("""
                MESSAGE sip:ua1@home.example SIP/2.0
                Max-Forwards: 70
                Route: <sip:later;lr>

                """);
        var to = new Destination(Uri.parse("sip:ua1@host"), 1, List.of(), false,
                List.of(new Header("Path", "<sip:p3;lr>"), new Header("Path", "<sip:p1;lr>"),
                        new Header("Other", "<sip:other;lr>")));
        assertThat(new PathHomeProxy().towards(request, to).list("Route")).containsExactly(
                "<sip:p3;lr>", "<sip:p1;lr>", "<sip:later;lr>");
        assertThat(new PathHomeProxy().towards(request, new Destination(Uri.parse("sip:a@b"), 1,
                List.of(), false, List.of(new Header("Path", "<sip:p3;lr")))))
                .isEqualTo(request);
        assertThat(new PathHomeProxy().towards(request, Destination.of(Uri.parse("sip:a@b"))))
                .isEqualTo(request);
    }

    @Test void who_has_not_said_that_it_knows_is_left_alone() {
        begin(false, false);
        net.register("ua1");
        //= rfc3327#5.2-1 no Path is added where the user agent has indicated no support
        assertThat(net.last("p3 -> home REGISTER").has("Path")).isFalse();
        assertThat(net.last("p1 -> ua1 200").has("Path")).isFalse();
        assertThat(bound()).hasSize(1);
    }

    @Test void where_a_path_is_needed_others_are_told() {
        begin(true, false);
        net.register("ua1");
        //= rfc3327#5.2-3 it is rejected with a 421 that names the extension
        assertThat(net.last("p1 -> ua1 421").list("Require")).containsExactly("path");
        assertThat(bound()).isEmpty();
    }

    @Test void where_a_path_is_needed_the_registrar_has_to_know_it() {
        begin(true, false, new PathUserAgent());
        net.register("ua1");
        //= rfc3327#5.2-2 the proxy inserts a Require for this extension
        assertThat(net.last("p1 -> p2 REGISTER").list("Require")).containsExactly("path");
        assertThat(bound()).hasSize(1);
    }

    @Test void a_registrar_that_knows_no_path_says_so() {
        net.proxy("p1", new PathEdgeProxy(true));
        net.home("home", List.of(), List.of());
        net.phone("ua1", "ua1@home", List.of("p1"), new PathUserAgent());
        net.register("ua1");
        assertThat(net.last("p1 -> ua1 420").list("Unsupported")).containsExactly("path");
    }

    @Test void a_path_that_the_phone_does_not_know_of() {
        begin(false, false);
        var register = net.last(registered()).with("Path", "<sip:intruder.example;lr>")
                .with("CSeq", "7 REGISTER").with("Via", "SIP/2.0/UDP 192.0.2.3;branch=z9hG4bKi");
        net.send("p3", "home", register);
        net.run(Duration.ofSeconds(1));
        //= rfc3327#5.3¶2 the recommended policy: 420 Bad Extension, indicating the path
        assertThat(net.last("home -> p3 420").list("Unsupported")).containsExactly("path");
        //= rfc3327#5.3-2 some registrars support the extension all the same
        assertThat(new PathRegistrar(true).refuses((Request) register, null)).isEmpty();
    }

    private String registered() {
        net.register("ua1");
        return "p3 -> home REGISTER";
    }

    @Test void a_path_that_is_none_is_refused() {
        var register = (Request) Message.parse("""
                REGISTER sip:home.example SIP/2.0
                Supported: path

                """);
        for (var bad : List.of("<sip:a", "<tel:123>", "<sip:a>, nonsense", String.join(", ",
                Collections.nCopies(PathHeader.LIMIT + 1, "<sip:a;lr>"))))
            assertThat(new PathRegistrar(true).refuses(register.with("Path", bad), null))
                    .as(bad).hasValueSatisfying(no -> assertThat(no.status()).isEqualTo(400));
        //= rfc3327#4-2 values of a field and several fields are one sequence
        assertThat(new PathRegistrar(true).notes(register.change(headers -> headers.addAll(List.of(
                new Header("Path", "<sip:a>, <sip:b>"), new Header("Path", "<sip:c>")))), null))
                .extracting(Header::value).containsExactly("<sip:a>", "<sip:b>", "<sip:c>");
    }
}
