package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.trace.Trace;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;

/// What a server does for calls where its owner likes, from the option on.
class FavoursTest {
    private static final InetSocketAddress SERVER =
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 5060);
    private static final String ASSERTED = "P-Asserted-Identity";

    /// What the server has sent.
    private final List<Message> sent = new ArrayList<>();
    private final Network network = new Network(7, this::note);
    private final SimHost host = network.host("10.0.0.1");

    private void note(Trace trace) {
        if (trace.node().equals("sipd") && trace.what() instanceof Trace.What.Message(
                boolean own, _, _, _, _, var text) && own)
            sent.add(Message.parse(Bytes.utf8(text)));
    }

    private Host.Line start(Sipd.Favours favours) {
        var line = host.start("sipd", room -> new Sipd(new Sipd.Options(new SipPort.Wish(
                List.of(SERVER.getAddress()), 5060, false, EnumSet.of(Transport.UDP)),
                List.of("example.com"), Optional.empty(), true).with(favours), room));
        line.told(Duration.ofSeconds(1));
        return line;
    }

    private Host.Line phone(String user, String ip, String... contact) {
        var line = network.host(ip).start(user, room -> new Requester(room, user, SERVER));
        line.told(Duration.ofSeconds(1));
        line.command(new Requester.Send("REGISTER", "sip:example.com", contact.length == 0
                ? List.of() : List.of(new Header("Contact", contact[0]))));
        assertThat(line.told(Duration.ofSeconds(1))).containsExactly("REGISTER 200");
        return line;
    }

    private void ask(Host.Line phone, String method, Header... fields) {
        phone.command(new Requester.Send(method, "sip:bob@example.com", List.of(fields)));
        network.run(Duration.ofSeconds(1));
    }

    private Request copy(String method) {
        return (Request) sent.reversed().stream().filter(message ->
                message instanceof Request request && request.is(method)).findFirst()
                .orElseThrow();
    }

    private Response answer() {
        return (Response) sent.reversed().stream().filter(Response.class::isInstance).findFirst()
                .orElseThrow();
    }

    private static Sipd.Favours favours(String trusted, boolean hides) {
        return new Sipd.Favours(Optional.empty(),
                trusted.isEmpty() ? List.of() : List.of(Net.parse(trusted)), hides, false);
    }

    @Test void calls_are_to_be_refreshed() {
        start(new Sipd.Favours(Optional.of(Duration.ofMinutes(10)), List.of(), false, false));
        phone("bob", "10.0.0.12");
        ask(phone("alice", "10.0.0.11"), "INVITE");
        assertThat(copy("INVITE").all("Session-Expires")).containsExactly("600");
    }

    @Test void else_nobody_speaks_of_it() {
        start(Sipd.Favours.NONE);
        phone("bob", "10.0.0.12");
        ask(phone("alice", "10.0.0.11"), "INVITE", new Header(ASSERTED, "<sip:boss@example.com>"),
                new Header("Privacy", "id;critical"));
        assertThat(copy("INVITE").has("Session-Expires")).isFalse();
        assertThat(copy("INVITE").has(ASSERTED)).as("none of its business").isTrue();
    }

    /// Whose phone is registered from there, and under no other name.
    @Test void it_says_who_calls_and_believes_no_stranger() {
        start(favours("10.0.0.99", false));
        phone("bob", "10.0.0.12");
        var alice = phone("alice", "10.0.0.11");
        ask(alice, "MESSAGE", new Header(ASSERTED, "<sip:boss@example.com>"));
        assertThat(copy("MESSAGE").all(ASSERTED)).containsExactly("<sip:alice@example.com>");
        ask(alice, "MESSAGE", new Header(ASSERTED, "<sip:boss@example.com>"),
                new Header("From", "<sip:bob@example.com>;tag=1"));
        assertThat(copy("MESSAGE").has(ASSERTED)).as("bob is not there").isFalse();
    }

    @Test void a_server_that_is_trusted_is_believed() {
        start(favours("10.0.0.96/28", false));
        phone("bob", "10.0.0.12");
        ask(phone("other", "10.0.0.99"), "MESSAGE", new Header(ASSERTED, "<sip:x@example.net>"));
        assertThat(copy("MESSAGE").all(ASSERTED)).containsExactly("<sip:x@example.net>");
    }

    @Test void who_wants_to_be_unknown_is() {
        start(favours("", true));
        phone("bob", "10.0.0.12");
        var alice = phone("alice", "10.0.0.11");
        ask(alice, "MESSAGE", new Header("Privacy", "id;critical"),
                new Header("Proxy-Require", "privacy"));
        assertThat(copy("MESSAGE").has(ASSERTED)).isFalse();
        assertThat(copy("MESSAGE").has("Privacy")).as("done").isFalse();
        ask(alice, "MESSAGE", new Header("Privacy", "session;critical"));
        assertThat(answer().status()).isEqualTo(500);
    }

    @Test void callers_are_obliged_where_the_owner_likes() {
        start(new Sipd.Favours(Optional.empty(), List.of(), false, true));
        phone("bob", "10.0.0.12", "<sip:bob@10.0.0.77>");
        ask(phone("alice", "10.0.0.11"), "MESSAGE", new Header("Request-Disposition", "redirect"));
        assertThat(answer().status()).isEqualTo(302);
        assertThat(answer().all("Contact")).containsExactly("<sip:bob@10.0.0.77>");
    }

    /// Of one who was never there nothing is known; of one who was, that he is away.
    @Test void an_instance_that_was_never_there_is_not_found() {
        start(Sipd.Favours.NONE);
        var one = "urn:uuid:00000000-0000-4000-8000-00000000000";
        var bob = phone("bob", "10.0.0.12",
                "<sip:bob@10.0.0.12>;expires=60;+sip.instance=\"<" + one + "A>\"");
        network.run(Duration.ofMinutes(2));
        for (boolean again : List.of(false, true)) {
            if (again) {
                host.kill();
                start(Sipd.Favours.NONE);
                bob.command(new Requester.Send("REGISTER", "sip:example.com"));
                assertThat(bob.told(Duration.ofSeconds(1))).containsExactly("REGISTER 200");
            }
            for (var each : List.of("a 480", "A 480", "2 404")) {
                bob.command(new Requester.Send("MESSAGE",
                        "sip:bob@example.com;gr=" + one + each.charAt(0)));
                assertThat(bob.told(Duration.ofSeconds(1))).as(each + again)
                        .containsExactly("MESSAGE" + each.substring(1));
            }
        }
    }

    /// Where there are passwords: who has shown his, for this request, by this way.
    @Test void a_name_is_as_good_as_what_was_shown_for_it() {
        var users = Optional.of(Users.parse(List.of("alice:secret")));
        var home = new Domains(List.of(
                new ListeningPoint(Transport.UDP, SERVER)), List.of("example.com"));
        var random = new SplittableRandom(1);
        var access = new Access(home, users, new Bindings(), random);
        var vouched = new Vouched(home, access, access, List.of());
        var flow = Flow.udp(SERVER, new InetSocketAddress(
                InetAddress.ofLiteral("10.0.0.9"), 5060));
        var plain = (Request) Message.parse("""
                MESSAGE sip:bob@example.com SIP/2.0
                Via: SIP/2.0/UDP 10.0.0.9;branch=z9hG4bK1
                From: <sip:alice@example.com>;tag=1
                To: <sip:bob@example.com>
                Call-ID: c
                CSeq: 1 MESSAGE

                """);
        var asked = vouched.refuses(plain, flow, Guard.Purpose.INBOUND, Instant.EPOCH);
        assertThat(vouched.identities(plain, flow)).isEmpty();
        var shown = plain.with("Proxy-Authorization", ((DigestClient.Answer.Authorize)
                new DigestClient("alice", new Secret.Password("secret"), random).answer(
                        Challenger.PROXY, List.of(asked.orElseThrow().headers().getFirst()
                                .value()), List.of(), "MESSAGE", plain.uri(), Bytes.EMPTY))
                .credentials().getFirst().text());
        //  by a way that was offered nobody is asked, so nothing is proven
        for (var purpose : List.of(Guard.Purpose.OFFERED, Guard.Purpose.IN_DIALOG)) {
            assertThat(vouched.refuses(shown, flow, purpose, Instant.EPOCH)).isEmpty();
            assertThat(vouched.identities(shown, flow)).as("" + purpose).isEmpty();
        }
        assertThat(vouched.refuses(shown, flow, Guard.Purpose.INBOUND, Instant.EPOCH)).isEmpty();
        assertThat(vouched.identities(shown, flow)).containsExactly(
                Address.parse("<sip:alice@example.com>;tag=1"));
        var elsewhere = Flow.udp(SERVER, new InetSocketAddress(
                InetAddress.ofLiteral("10.0.0.10"), 5060));
        assertThat(vouched.identities(shown, elsewhere)).as("another's copy of it").isEmpty();
        assertThat(vouched.identities(shown.with("CSeq", "2 MESSAGE"), flow)).isEmpty();
    }
}
