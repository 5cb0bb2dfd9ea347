package p2psip.std.rfc5626;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3327.*;
import p2psip.std.rfc5626.server.*;

/// A phone that is registered by two proxies, of which one may die.
class OutboundUserAgentTest {
    private static final Instance BOB =
            new Instance("urn:uuid:00000000-0000-1000-8000-aabbccddeeff");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SipNet net = new SipNet();
    private List<Core.Event> told;
    private Bindings bindings;
    private boolean busy;

    @BeforeEach void begin() {
        net.proxy("ep1", new PathEdgeProxy(false), new OutboundEdgeProxy());
        net.proxy("ep2", new PathEdgeProxy(false), new OutboundEdgeProxy());
        bindings = net.home("home", List.of(new PathRegistrar(false), new OutboundRegistrar()),
                List.of(new PathHomeProxy()));
        told = phone("bob", "ep1", "ep2");
        net.phone("alice", "alice@elsewhere", List.of());
    }

    private List<Core.Event> phone(String name, String... proxies) {
        return net.phone(name, "bob@home", List.of(), Optional.of(new Outbound(BOB,
                Stream.of(proxies).map(p -> Address.parse("<sip:" + p + ".example;lr>"))
                        .toList())));
    }

    private List<Binding> bound() { return bindings.of(new Aor("bob", "home.example")); }

    private Request sent(String proxy) {
        return (Request) net.last("bob -> " + proxy + " REGISTER");
    }

    @Test void each_proxy_gets_a_register_of_its_own() {
        net.register("bob");
        for (var proxy : List.of("ep1", "ep2")) {
            var register = sent(proxy);
            //= rfc5626#4.2.1-2,3 this proxy is the default outbound proxy of its REGISTER
            assertThat(register.list("Route")).containsExactly("<sip:" + proxy + ".example;lr>");
            //= rfc5626#4.2.1-4,8 outbound and path are supported
            assertThat(register.list("Supported")).contains("outbound", "path");
        }
        assertThat(sent("ep1").callId()).isNotEqualTo(sent("ep2").callId());
        assertThat(bound()).hasSize(2);
        assertThat(told).hasSize(2).allMatch(Registration.Event.Registered.class::isInstance);
    }

    @Test void each_says_which_flow_of_which_phone_it_is() {
        net.register("bob");
        var contacts = Stream.of("ep1", "ep2").map(proxy ->
                Address.parse(sent(proxy).list("Contact").getFirst())).toList();
        //= rfc5626#4.2.1-5 with the instance-id
        //= rfc5626#4.1-1 the URN that names this user agent
        assertThat(contacts).extracting(c -> c.params().get("+sip.instance").orElse(""))
                .containsOnly("<" + BOB.urn() + ">");
        //= rfc5626#4.2.1-6 distinct reg-ids
        //= rfc5626#10-1 whose value is not 0, and less than 2^31
        assertThat(contacts).extracting(c -> c.params().get("reg-id").orElse(""))
                .containsExactly("1", "2");
    }

    /// The same numbers after a restart: the registrar replaces what was there.
    //= rfc5626#4.2.1-7 exactly the same sequence each time it starts
    @Test void a_phone_that_starts_again_takes_its_own_place() {
        net.register("bob");
        phone("again", "ep1", "ep2");
        net.register("again");
        assertThat(bound()).extracting(b -> ((SipUri) b.contact().uri()).user())
                .containsExactly("again", "again");
    }

    @Test void a_flow_is_tried_again_and_again() {
        net.register("bob");
        net.run(Duration.ofMinutes(5));
        //= rfc5626#4.4.2-3 24 to 29 seconds between two keep-alives of a flow
        //= rfc5626#4.4.2-1 of STUN, by UDP
        assertThat(net.pings).hasSizeBetween(20, 25);
    }

    @Test void a_dead_proxy_is_found_out_and_calls_come_by_the_other() {
        net.register("bob");
        net.kill("ep1");
        net.run(Duration.ofSeconds(80));
        assertThat(told).endsWith(new Registration.Event.Lost(1));
        net.call("alice", "sip:bob@home.example");
        //  who is dead says no 430: it takes the time of a transaction
        net.run(Duration.ofSeconds(32));
        assertThat(net.last("ep2 -> bob INVITE")).isNotNull();
    }

    /// The ladder of the book.
    @Test void a_flow_that_has_failed_is_made_anew() {
        net.register("bob");
        net.run(Duration.ofSeconds(60));
        net.kill("ep1");
        net.run(Duration.ofSeconds(70));
        //= rfc5626#4.5-1 the new registration has the reg-id of the one that it replaces
        net.revives("ep1");
        var passed = net.run(Duration.ofMinutes(5));
        assertThat(passed).contains("bob -> ep1 REGISTER");
        assertThat(sent("ep1").list("Contact").getFirst()).contains("reg-id=1");
        assertThat(bound()).hasSize(2);
    }

    @Test void a_proxy_that_stays_dead_is_asked_ever_more_seldom() {
        net.register("bob");
        net.run(Duration.ofSeconds(60));
        net.kill("ep1");
        net.run(Duration.ofHours(3));
        long before = told.stream().filter(Registration.Event.Lost.class::isInstance).count();
        //= rfc5626#4.5-3 at least half of min(1800, 90 * 2^n) seconds between two attempts
        assertThat(before).isBetween(8L, 15L);
    }

    @Test void another_mapped_address_is_another_flow() {
        net.register("bob");
        net.run(Duration.ofSeconds(60));
        net.forgets();
        //= rfc5626#4.4.2-4 the XOR-MAPPED-ADDRESS has changed: treated as a failure of the flow
        var passed = net.run(Duration.ofSeconds(35));
        assertThat(passed).contains("bob -> ep1 REGISTER", "bob -> ep2 REGISTER");
    }

    @Test void calls_go_and_come_by_a_flow() {
        net.register("bob");
        net.call("bob", "sip:alice@" + net.address("alice").getHostString());
        var invite = net.last("bob -> ep1 INVITE");
        assertThat(((SipUri) Address.parse(invite.list("Contact").getFirst()).uri()).params()
                .has("ob")).isTrue();
        //= rfc5626#4.3-1 outbound is supported in what is no REGISTER, too
        assertThat(invite.list("Supported")).contains("outbound");
        net.ask("alice", new Call.Command.HangUp(-1));
        // by the flow that is there
        assertThat(net.run(SECOND)).contains("alice -> ep1 BYE", "ep1 -> bob BYE");
    }

    /// The registrar is busy, the flow is fine.
    @Test void a_flow_outlives_a_refresh_that_is_put_off() {
        busy = true;
        net.home("work", List.of(new PathRegistrar(false), new OutboundRegistrar(),
                new RegistrarExtension() {
                    @Override public Optional<Guard.Refusal> refuses(Request register, Flow by) {
                        return busy ? Optional.of(Guard.Refusal.of(503)) : Optional.empty();
                    }
                }), List.of(new PathHomeProxy()));
        net.phone("dora", "dora@work", List.of(), Optional.of(new Outbound(BOB,
                List.of(Address.parse("<sip:ep1.example;lr>")))));
        busy = false;
        net.register("dora");
        busy = true;
        net.run(Duration.ofMinutes(56));
        int before = net.pings.size();
        net.run(Duration.ofSeconds(31));
        //= rfc5626#4.2.2-1 it is not torn down for that
        //= rfc5626#4.2.2-2 and kept active as long as it is answered
        assertThat(net.pings.size()).isGreaterThan(before);
        busy = false;
        net.run(Duration.ofMinutes(40));
        assertThat(((Response) net.last("ep1 -> dora 200")).cseq().method())
                .isEqualTo("REGISTER");
    }

    @Test void all_flows_are_given_up() {
        net.register("bob");
        net.ask("bob", new Registration.Command.Unregister(false));
        net.run(SECOND);
        assertThat(bound()).isEmpty();
        assertThat(told.stream().filter(Registration.Event.Unregistered.class::isInstance))
                .hasSize(1);
        int before = net.pings.size();
        net.run(Duration.ofMinutes(2));
        assertThat(net.pings).hasSize(before);
    }

    @Test void all_contacts_are_removed_by_one_request_without_reg_id() {
        net.register("bob");
        net.ask("bob", new Registration.Command.Unregister(true));
        assertThat(net.run(SECOND)).containsOnlyOnce("bob -> ep1 REGISTER")
                .doesNotContain("bob -> ep2 REGISTER");
        //= rfc5626#4.2.3-2 neither instance-id nor reg-id beside the star
        assertThat(sent("ep1").list("Contact")).containsExactly("*");
        assertThat(bound()).isEmpty();
    }

    @Test void without_a_first_hop_that_knows_flows_it_registers_as_others_do() {
        net.proxy("plain", new PathEdgeProxy(false));
        phone("carl", "plain");
        net.register("carl");
        //= rfc5626#4.2.1-9 439, and then without
        var last = net.last("carl -> plain REGISTER").list("Contact").getFirst();
        assertThat(last).contains("+sip.instance").doesNotContain("reg-id");
        assertThat(bound()).hasSize(1);
        net.run(Duration.ofMinutes(5));
        assertThat(net.pings).isEmpty();
    }
}
