package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;

/// §16.12.1: proxies that route loosely, and the one of RFC 2543 among them.
class StrictRoutingTest {
    private final SipNet net = new SipNet();

    private void strict(String name, String domain) {
        net.add(name, _ -> new StrictRouter(name + ".example", domain + ".example", net.random),
                event -> { throw new AssertionError(event); });
    }

    /// The hosts that a method visits, in a second.
    private List<String> visited(String method) {
        return net.run(Duration.ofSeconds(1)).stream().filter(line -> line.endsWith(" " + method))
                .map(line -> line.split(" ")[2]).toList();
    }

    /// Request-URI and Route of a request, as the hosts that they name.
    private String routing(String passage) {
        var request = (Request) net.last(passage);
        return host(Uri.parse(request.uri())) + ":" + request.list("Route").stream()
                .map(route -> " " + host(Address.parse(route).uri()))
                .collect(Collectors.joining());
    }

    private String host(Uri uri) {
        var host = ((SipUri) uri).host();
        return Stream.of("u1", "u2", "p1", "p2", "p3", "p4").filter(name ->
                host.equals(name + ".example")
                        || net.address(name).getHostString().equals(host)).findFirst().orElse(host);
    }

    private void call(String uri) {
        net.ask("u1", new Call.Command.Invite(1, uri, Optional.of(Content.sdp("offer")),
                List.of()));
    }

    /// The flow of §16.12.1.2: u1 - p1 - p2 - p3 - p4 - u2, where p3 is a strict router.
    private void traversing() {
        net.proxy("p1");
        net.proxy("p2");
        strict("p3", "p4");
        net.home("p4", List.of(), List.of());
        net.phone("u1", "u1@somewhere", List.of("p1", "p2"));
        net.phone("u2", "u2@p4", List.of());
        net.register("u2");
        call("sip:u2@p3.example");
        assertThat(visited("INVITE")).containsExactly("p1", "p2", "p3", "p4", "u2");
        assertThat(net.last("p1 -> u1 200").list("Record-Route")).hasSize(4);
    }

    @Test void the_callee_hangs_up_through_a_strict_router() {
        traversing();
        net.ask("u2", new Call.Command.HangUp(-1));
        assertThat(visited("BYE")).containsExactly("p4", "p3", "p2", "p1", "u1");
        assertThat(routing("u2 -> p4 BYE")).isEqualTo("u1: p4 p3 p2 p1");
        //= rfc3261#16.6-43,44 the first Route value is in the Request-URI, which stands last
        assertThat(routing("p4 -> p3 BYE")).isEqualTo("p3: p2 p1 u1");
        assertThat(routing("p3 -> p2 BYE")).isEqualTo("p2: p1 u1");
        //= rfc3261#16.4-1 p2 finds its own Record-Route value in the Request-URI
        //= rfc3261#16.4-2 and replaces it with the last Route value
        assertThat(routing("p2 -> p1 BYE")).isEqualTo("u1: p1");
        assertThat(routing("p1 -> u1 BYE")).isEqualTo("u1:");
        assertThat(net.last("p4 -> u2 200")).isNotNull();
    }

    @Test void the_caller_hangs_up_through_a_strict_router() {
        traversing();
        net.ask("u1", new Call.Command.HangUp(1));
        assertThat(visited("BYE")).containsExactly("p1", "p2", "p3", "p4", "u2");
        assertThat(routing("u1 -> p1 BYE")).isEqualTo("u2: p1 p2 p3 p4");
        assertThat(routing("p1 -> p2 BYE")).isEqualTo("u2: p2 p3 p4");
        //= rfc3261#16.6-41,42 its first Route value has no lr: it is modified for the strict p3
        assertThat(routing("p2 -> p3 BYE")).isEqualTo("p3: p4 u2");
        assertThat(routing("p3 -> p4 BYE")).isEqualTo("p4: u2");
        assertThat(routing("p4 -> u2 BYE")).isEqualTo("u2:");
    }

    /// The ACK goes as the BYE will.
    @Test void an_ack_passes_as_well() {
        net.proxy("p1");
        strict("p2", "p4");
        net.home("p4", List.of(), List.of());
        var heard = net.phone("u1", "u1@somewhere", List.of("p1"));
        var taken = net.phone("u2", "u2@p4", List.of());
        net.register("u2");
        call("sip:u2@p2.example");
        assertThat(visited("ACK")).containsExactly("p1", "p2", "p4", "u2");
        assertThat(heard).anyMatch(event -> event instanceof Call.Event.Answered);
        assertThat(taken).anyMatch(event -> event instanceof Call.Event.Confirmed);
    }

    /// §12.2.1.1: the first of the route set is a strict router, so the user agent itself writes
    /// the request for it.
    @Test void a_user_agent_behind_a_strict_router() {
        for (var other : List.of("p1", "p2")) net.proxy(other);
        strict("p3", "p4");
        net.home("p4", List.of(), List.of());
        net.phone("u1", "u1@somewhere", List.of());
        net.phone("u2", "u2@p4", List.of());
        net.register("u2");
        call("sip:u2@p3.example");
        assertThat(visited("INVITE")).containsExactly("p3", "p4", "u2");
        net.ask("u1", new Call.Command.HangUp(1));
        assertThat(visited("BYE")).containsExactly("p3", "p4", "u2");
        //= rfc3261#12.2.1.1-14 the strict router's URI in the Request-URI
        //= rfc3261#12.2.1.1-15,16 the rest of the route set, then the remote target, in Route
        assertThat(routing("u1 -> p3 BYE")).isEqualTo("p3: p4 u2");
        assertThat(routing("p3 -> p4 BYE")).isEqualTo("p4: u2");
        assertThat(routing("p4 -> u2 BYE")).isEqualTo("u2:");
    }

    /// §16.12.1.1, the same with loose routers alone: nothing but Route changes.
    @Test void loose_routers_leave_the_request_uri_alone() {
        for (var loose : List.of("p1", "p2", "p3")) net.proxy(loose);
        net.home("p4", List.of(), List.of());
        net.phone("u1", "u1@somewhere", List.of("p1", "p2"));
        net.phone("u2", "u2@p4", List.of());
        net.register("u2");
        call("sip:u2@p4.example");
        assertThat(visited("INVITE")).containsExactly("p1", "p2", "p4", "u2");
        net.ask("u2", new Call.Command.HangUp(-1));
        assertThat(visited("BYE")).containsExactly("p4", "p2", "p1", "u1");
        for (var hop : List.of("u2 -> p4 BYE", "p4 -> p2 BYE", "p2 -> p1 BYE", "p1 -> u1 BYE"))
            assertThat(((Request) net.last(hop)).uri()).isEqualTo(
                    ((Request) net.last("u2 -> p4 BYE")).uri());
        //= rfc3261#12.2.1.1-13 the Request-URI is the remote target, for the first has lr
        assertThat(routing("u2 -> p4 BYE")).isEqualTo("u1: p4 p2 p1");
        assertThat(routing("p1 -> u1 BYE")).isEqualTo("u1:");
    }
}
