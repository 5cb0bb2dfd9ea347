package p2psip.std.rfc5627;

import static org.assertj.core.api.Assertions.*;
import static p2psip.std.rfc5627.GruuHome.*;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3327.*;
import p2psip.std.rfc3515.*;
import p2psip.std.rfc5626.*;
import p2psip.std.rfc5626.server.*;

/// Phones that are reached by their GRUUs: the flow of section 9, and what may happen to it.
class GruuFlowTest {
    private final GruuHome home = new GruuHome();
    private final SipNet net = home.net;
    private List<Core.Event> told = List.of();

    private void phone(String name, boolean temporary, Instance instance, Extension... more) {
        var all = new ArrayList<Extension>(List.of(new GruuUserAgent(instance, temporary)));
        all.addAll(List.of(more));
        told = net.phone(name, "bob@home", List.of(), all.toArray(Extension[]::new));
    }

    private String contact(String passage) {
        return net.last(passage).list("Contact").getFirst();
    }

    private void hangUp(String phone) {
        net.ask(phone, new Call.Command.HangUp(1));
        net.run(Duration.ofSeconds(1));
    }

    /// The flow of section 9, with a call in place of its subscription.
    @Test void a_call_gives_the_gruu_to_who_calls_again() {
        phone("bob", false, ONE);
        net.phone("alice", "alice@elsewhere", List.of());
        net.register("bob");
        net.call("alice", "sip:bob@home.example");
        //= rfc5627#4.4-1,2 the Contact of the 2xx is one of its GRUUs, its remote target
        assertThat(contact("home -> alice 200"))
                .isEqualTo("<" + SHOWN + ONE.urn() + ">");
        //= rfc5627#4.4-8 Supported of the response includes gruu
        assertThat(net.last("bob -> home 200").list("Supported")).contains("gruu");
        hangUp("alice");
        //= rfc5627#6.1¶2 the BYE is a mid-dialog request targeted to it
        assertThat(((Request) net.last("alice -> home BYE")).uri())
                .isEqualTo(SHOWN + ONE.urn());
        assertThat(((Request) net.last("home -> bob BYE")).uri())
                .isEqualTo("sip:bob@" + net.address("bob").getHostString() + ":5060");
        net.ask("alice", new Call.Command.Invite(2, SHOWN + ONE.urn(),
                Optional.of(Content.sdp("offer")), List.of()));
        assertThat(net.run(Duration.ofSeconds(1))).contains("home -> bob INVITE");
    }

    @Test void a_register_names_the_instance() {
        phone("bob", false, ONE);
        net.register("bob");
        var register = net.last("bob -> home REGISTER");
        //= rfc5627#4.1-1,2 Supported of the REGISTER has gruu
        assertThat(register.list("Supported")).contains("gruu");
        //= rfc5627#4.1-12 Proxy-Require is not there
        assertThat(register.has("Proxy-Require")).isFalse();
        //= rfc5627#4.1-3 sip.instance has the instance ID
        //= rfc5627#4.1-4 the Contact contains no GRUU, in no parameter
        assertThat(contact("bob -> home REGISTER")).endsWith(";+sip.instance=" + ONE.quoted());
    }

    @Test void the_caller_too_is_called_by_it() {
        phone("bob", false, ONE);
        net.phone("alice", "alice@home", List.of(), new GruuUserAgent(TWO, false));
        net.register("bob");
        net.register("alice");
        net.call("alice", "sip:bob@home.example");
        //= rfc5627#4.4.1-1 the GRUU of the address that it calls from
        assertThat(contact("alice -> home INVITE"))
                .isEqualTo("<sip:alice@home.example;gr=" + TWO.urn() + ">");
        //= rfc5627#6.2-1,3 the proxy of both has record-routed
        assertThat(net.last("home -> bob INVITE").has("Record-Route")).isTrue();
        hangUp("bob");
        net.ask("bob", new Call.Command.HangUp(-1));
        net.run(Duration.ofSeconds(1));
        assertThat(((Request) net.last("home -> alice BYE")).uri())
                .startsWith("sip:alice@" + net.address("alice").getHostString());
    }

    //= rfc5627#4.4-3 no GRUU before there is an active registration
    //= rfc5627#4.4-4 and none of one that has lapsed
    @Test void it_is_used_as_long_as_the_registration_holds() {
        phone("bob", true, ONE);
        net.phone("alice", "alice@elsewhere", List.of());
        var own = "sip:bob@" + net.address("bob").getHostString() + ":5060";
        assertThat(called("alice", own)).isEqualTo("<" + own + ">");
        net.register("bob");
        //= rfc5627#4.4-5,7 a temporary one, which is used to be anonymous
        assertThat(called("alice", own)).contains("tgruu.");
        //= rfc5627#4.1-7 identical Call-ID in a refresh
        var callId = net.last("bob -> home REGISTER").callId();
        net.run(Duration.ofMinutes(55));
        assertThat(net.last("bob -> home REGISTER").callId()).isEqualTo(callId);
        net.kill("home");
        //= rfc5627#4.2¶4 a refresh that fails has no impact on it
        net.run(Duration.ofMinutes(57));
        assertThat(called("alice", own)).contains("tgruu.");
        net.run(Duration.ofMinutes(5));
        assertThat(called("alice", own)).isEqualTo("<" + own + ">");
        net.revives("home");
        net.register("bob");
        assertThat(called("alice", own)).contains("tgruu.");
        net.ask("bob", new Registration.Command.Unregister(false));
        net.run(Duration.ofSeconds(1));
        assertThat(called("alice", own)).isEqualTo("<" + own + ">");
    }

    private long calls;

    /// The Contact of who is called.
    private String called(String caller, String uri) {
        net.ask(caller, new Call.Command.Invite(++calls, uri,
                Optional.of(Content.sdp("offer")), List.of()));
        net.run(Duration.ofSeconds(1));
        var contact = contact("bob -> alice 200");
        net.ask(caller, new Call.Command.HangUp(calls));
        net.run(Duration.ofSeconds(1));
        return contact;
    }

    @Test void each_registration_says_which_is_valid() {
        phone("bob", true, ONE);
        net.register("bob");
        //= rfc5627#4.2-1 a Contact with both, and the program is told
        assertThat(told).filteredOn(GruuUserAgent.Event.Assigned.class::isInstance).hasSize(1)
                .first().satisfies(event -> {
                    var assigned = (GruuUserAgent.Event.Assigned) event;
                    assertThat(assigned.shown()).contains(SipUri.parse(SHOWN + ONE.urn()));
                    //= rfc5627#4.6-1 rendered without gr it is the address of record
                    assertThat(Gruu.rendered(assigned.shown().orElseThrow()))
                            .hasToString("sip:bob@home.example");
                    assertThat(assigned.hidden().orElseThrow().user()).startsWith("tgruu.");
                });
    }

    /// The registration of one hour is refreshed after 54 minutes, that of one minute after half.
    @Test void it_is_refreshed_before_what_was_given_ends() {
        for (int seconds : List.of(3600, 600, 100, 60)) {
            var flow = new GruuHome();
            flow.net.add("short", domains -> answering(seconds), _ -> { });
            flow.net.phone("bob", "bob@short", List.of(), new GruuUserAgent(ONE, false));
            flow.net.register("bob");
            //= rfc5627#4.2-5 the refresh would complete or time out before it expires: 32 seconds
            //= rfc5627#4.2-6 with less than 64 seconds, halfway
            int due = seconds == 3600 ? 3240 : seconds == 600 ? 540 : seconds == 100 ? 68 : 30;
            assertThat(flow.net.run(Duration.ofSeconds(due - 2)))
                    .as("" + seconds).doesNotContain("bob -> short REGISTER");
            assertThat(flow.net.run(Duration.ofSeconds(2)))
                    .as("" + seconds).contains("bob -> short REGISTER");
        }
    }

    /// A registrar of somebody else.
    private static Core answering(int seconds) {
        return new Core() {
            @Override public Instant deadline() { return Instant.MAX; }

            @Override public List<Output> wake(Instant now) { return List.of(); }

            @Override public List<Output> handle(Input input, Instant now) {
                return input instanceof Input.Received(var id, var request, _)
                        ? List.of(new Output.Respond(id, Reply.to(request, 200, "t")
                                .with("Contact", request.need("Contact") + ";expires=" + seconds
                                        + ";pub-gruu=\"sip:b@short.example;gr=1\""))) : List.of();
            }
        };
    }

    @Test void what_is_no_gruu_is_none() {
        var agent = new GruuUserAgent(ONE, false);
        var before = "SIP/2.0 200 OK\nContact: <sip:b@a>;+sip.instance=" + ONE.quoted();
        for (var said : List.of("", ";pub-gruu=\"sip:b@c\"", ";pub-gruu=\"tel:1;gr\"",
                ";pub-gruu=\"\"", ";temp-gruu=\"sip:@;gr\"", ";pub-gruu"))
            assertThat(agent.target((Response) Message.parse(before + said + "\n\n")))
                    .as(said).isEmpty();
        //= rfc5627#7-1 a SIP URI in a quoted string, with escapes perhaps
        assertThat(agent.target((Response) Message.parse(
                before + ";pub-gruu=\"sip:b\\@c;gr\"\n\n"))).contains(SipUri.parse("sip:b@c;gr"));
        var other = before.replace("000000000001", "000000000009");
        assertThat(agent.target((Response) Message.parse(
                other + ";pub-gruu=\"sip:b@c;gr\"\n\n"))).isEmpty();
        //= rfc5627#4.2-10,11,12 not modified: no parameters removed or added
        //= rfc5627#4.2-9 user and host are opaque
        var odd = "sip:%62@c;gr=x;Odd=1;transport=tcp;lr";
        assertThat(agent.target((Response) Message.parse(
                before + ";pub-gruu=\"" + odd + "\"\n\n"))).hasToString("Optional[" + odd + "]");
        //= rfc5630#5.1.1.4-1 the scheme alone is replaced where it is the wrong one
        assertThat(new GruuUserAgent(ONE, false, true).target((Response) Message.parse(
                before + ";pub-gruu=\"sip:b@c;gr\"\n\n"))).hasToString("Optional[sips:b@c;gr]");
    }

    //= rfc5627#4.1-5 a contact that is equivalent to the AOR wants no GRUU
    @Test void a_contact_that_is_the_address_itself_names_no_instance() {
        net.add("peer", domains -> {
            var own = SipUri.of("peer", domains.listeners().getFirst().address());
            return new UserAgent(new Profile(Address.of(own), own,
                    List.of(Address.parse("<sip:home.example;lr>")), Optional.empty(), "test",
                    CallRules.PLAIN, Optional.empty()),
                    List.of(new GruuUserAgent(ONE, false)), net.random);
        }, _ -> { });
        net.register("peer");
        assertThat(contact("peer -> home REGISTER")).doesNotContain("instance");
    }

    /// A phone behind two edges, by flows: what is for its GRUU goes by one that lives.
    @Test void flows_lead_to_it() {
        for (var edge : List.of("ep1", "ep2"))
            net.proxy(edge, new PathEdgeProxy(false), new OutboundEdgeProxy());
        net.phone("bob", "bob@home", List.of(), Optional.of(new Outbound(ONE, Stream.of(
                "ep1", "ep2").map(p -> Address.parse("<sip:" + p + ".example;lr>")).toList())),
                new GruuUserAgent(ONE, false));
        net.phone("alice", "alice@elsewhere", List.of());
        net.register("bob");
        //= rfc5627#4.1-10 several contacts of an instance, by the procedures of RFC 5626
        assertThat(home.bound()).hasSize(2);
        net.call("alice", SHOWN + ONE.urn());
        assertThat(contact("home -> alice 200")).isEqualTo("<" + SHOWN + ONE.urn() + ">");
        hangUp("alice");
        assertThat(net.last("home -> alice 200")).isNotNull();
        //= rfc5627#6.2-3 the registration has a Path: the proxy record-routes
        assertThat(net.last("home -> " + way() + " INVITE").has("Record-Route")).isTrue();
        net.kill(way());
        net.ask("alice", new Call.Command.Invite(2, SHOWN + ONE.urn(),
                Optional.of(Content.sdp("offer")), List.of()));
        net.run(Duration.ofSeconds(40));
        assertThat(net.last("home -> " + way() + " INVITE")).isNotNull();
    }

    private String way() {
        try {
            net.last("home -> ep2 INVITE");
            return "ep2";
        } catch (AssertionError e) {
            return "ep1";
        }
    }

    /// A transfer: the REFER goes to the phone that is in the call, by its GRUU, and to no other.
    //= rfc7647#4-1 outside of the dialog, to the GRUU in Contact
    //= rfc7647#4-2 with Target-Dialog
    @Test void a_refer_goes_to_the_phone_in_the_call() {
        phone("bob", false, ONE, new Referrals());
        var events = told;
        phone("desk", false, TWO, new Referrals());
        net.phone("alice", "alice@elsewhere", List.of(), new Referrals());
        net.register("bob");
        net.call("alice", "sip:bob@home.example");
        net.register("desk");
        net.ask("alice", new Referrer.Command.Refer(7, 1, "sip:carol@elsewhere.example"));
        assertThat(net.run(Duration.ofMillis(200))).containsSubsequence(
                "alice -> home REFER", "home -> bob REFER").doesNotContain("home -> desk REFER");
        var refer = (Request) net.last("home -> bob REFER");
        assertThat(refer.to().tag()).isEmpty();
        assertThat(refer.has("Target-Dialog")).isTrue();
        assertThat(events).anyMatch(Referee.Event.Asked.class::isInstance);
        net.run(Duration.ofSeconds(1));
        //= rfc7647#3-1 who accepts a REFER has a GRUU in the Contact of the response
        //= rfc6665#4.5.1-1 which is the local target of the notifier
        //= rfc5589#7.5-2 and a Contact that is routable outside of the dialog
        assertThat(contact("home -> alice 200"))
                .isEqualTo("<" + SHOWN + ONE.urn() + ">");
    }
}
