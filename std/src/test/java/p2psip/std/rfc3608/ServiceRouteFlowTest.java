package p2psip.std.rfc3608;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc3261.ua.*;

/// The flows of §6.4: a phone that registers through p1 is told to call through p2 and hsp.
class ServiceRouteFlowTest {
    private final SipNet net = new SipNet();
    private List<String> route = List.of("sip:p2.example", "sip:hsp.example;lr");
    private boolean refusing;
    private long calls;

    /// A registrar whose mind can be changed.
    private final class Changing implements RegistrarExtension {
        @Override public Optional<Refusal> refuses(Request register, Flow flow) {
            return refusing ? Optional.of(Refusal.of(403)) : Optional.empty();
        }

        @Override public Response accepted(Response ok, Request register, List<Binding> all) {
            return new ServiceRouteRegistrar(route.stream().map(SipUri::parse).toList())
                    .accepted(ok, register, all);
        }
    }

    ServiceRouteFlowTest() {
        for (var proxy : List.of("p1", "p2", "hsp")) net.proxy(proxy);
        net.home("home", List.of(new Changing()), List.of());
        net.phone("ua1", "ua1@home", List.of("p1"), new ServiceRouteUserAgent());
        net.phone("ua2", "ua2@elsewhere", List.of());
    }

    /// The hosts that a call of ua1 visits on its way to ua2.
    private List<String> visited() {
        net.ask("ua1", new Call.Command.Invite(++calls,
                "sip:ua2@" + net.address("ua2").getHostString(),
                Optional.of(Content.sdp("offer")), List.of()));
        var passed = net.run(Duration.ofSeconds(1));
        net.ask("ua1", new Call.Command.HangUp(calls));
        net.run(Duration.ofSeconds(1));
        return passed.stream().filter(line -> line.endsWith("INVITE"))
                .map(line -> line.split(" ")[2]).toList();
    }

    @Test void calls_visit_the_proxies_that_the_registrar_has_named() {
        assertThat(visited()).containsExactly("p1", "ua2");
        net.register("ua1");
        var told = net.last("p1 -> ua1 200").list("Service-Route");
        //= rfc3608#5-1,2 values with the syntax of a Route element, all of them with lr
        //= rfc3608#6.3-4 the registrar may return more than one, the order is top-down
        assertThat(told).containsExactly("<sip:p2.example;lr>", "<sip:hsp.example;lr>");
        //= rfc3608#6.1-3 the service route is exercised for requests that come after
        //= rfc3608#6.1-5 appended to the route that is configured, which combination routes
        assertThat(visited()).containsExactly("p1", "p2", "hsp", "ua2");
        //= rfc3608#6.1-4 the order is preserved
        assertThat(net.last("ua1 -> p1 INVITE").list("Route")).containsExactly(
                "<sip:p1.example;lr>", "<sip:p2.example;lr>", "<sip:hsp.example;lr>");
    }

    //= rfc3608#6.3-1 of the 200 class response alone, where the registrar chooses to
    @Test void a_refusal_names_no_route_and_takes_the_old_one_back() {
        net.register("ua1");
        refusing = true;
        net.register("ua1");
        assertThat(net.last("p1 -> ua1 403").has("Service-Route")).isFalse();
        //= rfc3608#6.1-2 once the re-registration is refused the stored route is discarded
        assertThat(visited()).containsExactly("p1", "ua2");
    }

    @Test void each_registration_replaces_the_route() {
        net.register("ua1");
        route = List.of("sip:hsp.example");
        net.register("ua1");
        //= rfc3608#6.1-1 what is stored is the value of the latest response
        assertThat(visited()).containsExactly("p1", "hsp", "ua2");
        //  a REGISTER visits none of them
        assertThat(net.last("ua1 -> p1 REGISTER").list("Route")).containsExactly(
                "<sip:p1.example;lr>");
        route = List.of();
        net.register("ua1");
        assertThat(visited()).containsExactly("p1", "ua2");
    }

    @Test void who_is_no_more_registered_has_no_route() {
        net.register("ua1");
        net.ask("ua1", new Registration.Command.Unregister(false));
        net.run(Duration.ofSeconds(1));
        //= rfc3608#6.1-2 the registration has expired, and is not made again
        assertThat(visited()).containsExactly("p1", "ua2");
    }

    //= rfc3608#6.3-2 fetching bindings returns the same value
    //= rfc3608#6.3-5,6 which conforms to the syntax of a Route element, with lr
    @Test void who_fetches_bindings_is_told_the_same() {
        net.register("ua1");
        var fetch = net.last("p1 -> home REGISTER").without("Contact")
                .with("CSeq", "9 REGISTER").with("Via", "SIP/2.0/UDP a;branch=z9hG4bKfetch");
        net.send("p1", "home", fetch);
        net.run(Duration.ofMillis(100));
        assertThat(net.last("home -> p1 200").list("Service-Route")).containsExactly(
                "<sip:p2.example;lr>", "<sip:hsp.example;lr>");
    }

    //= rfc3608#6.2-1 no proxy on the way back alters the value
    @Test void proxies_pass_it_as_it_is() {
        net.register("ua1");
        assertThat(net.last("p1 -> ua1 200").all("Service-Route"))
                .isEqualTo(net.last("home -> p1 200").all("Service-Route"));
    }

    @Test void a_route_that_cannot_be_followed_is_none() {
        var ok = (Response) Message.parse("SIP/2.0 200 OK\r\nCall-ID: 1\r\n\r\n");
        var reader = new ServiceRouteUserAgent();
        for (var bad : List.of("<sip:a", "<sip:a;lr>, nonsense", "<tel:1>", String.join(",",
                Collections.nCopies(ServiceRouteUserAgent.LIMIT + 1, "<sip:a;lr>"))))
            assertThat(reader.routes(ok.with("Service-Route", bad))).as(bad).isEmpty();
        assertThat(reader.routes(ok.change(list -> list.addAll(List.of(
                new Header("Service-Route", "<sip:a;lr>, <sip:b;lr>"),
                new Header("service-route", "<sip:c;lr>")))))).extracting(Address::toString)
                .containsExactly("<sip:a;lr>", "<sip:b;lr>", "<sip:c;lr>");
    }
}
