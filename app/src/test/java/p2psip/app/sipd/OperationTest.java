package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.*;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.Inquiry.Reply;
import p2psip.app.trace.Trace;
import p2psip.app.voip.*;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.server.Aor;

/// What an operator asks of a server that runs, and what it tells him: in virtual time.
class OperationTest {
    private static final InetSocketAddress SERVER =
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 5060);
    private static final List<String> USERS =
            List.of("alice:secret", "bob:example.com:" + "0".repeat(32), "carol:secret");

    private final List<Message> sent = new ArrayList<>();
    private final Network network = new Network(7, this::note);
    private final SimHost host = network.host("10.0.0.1");
    private final List<Object> told = new ArrayList<>();
    private Host.Line server;
    private int phones;

    /// What the server has sent.
    private void note(Trace trace) {
        if (trace.node().equals("sipd") && trace.what() instanceof Trace.What.Message(
                boolean own, _, _, _, _, var text) && own)
            sent.add(Message.parse(Bytes.utf8(text)));
    }

    @BeforeEach void start() {
        var wish = new SipPort.Wish(List.of(SERVER.getAddress()), 5060, false,
                EnumSet.of(Transport.UDP, Transport.TCP));
        server = host.start("sipd", room -> new Sipd(new Sipd.Options(wish,
                List.of("example.com", "example.org"), Optional.of(Users.parse(USERS)), true)
                .with(new Sipd.Conduct(Optional.of("Exchange/1"), true, false)), room));
        assertThat(server.told(Duration.ofSeconds(1)))
                .singleElement().isInstanceOf(Sipd.Ready.class);
    }

    private Telephone phone(String user, String domain) {
        return Telephone.start(network.host("10.0.0." + (10 + phones++)), user,
                PhoneSetup.of("sip:" + user + "@" + domain, SERVER).withLogin(user, "secret")
                        .port(5060).calls(10).untraced());
    }

    private Telephone registered(String user, String domain) {
        var phone = phone(user, domain);
        phone.register();
        return phone;
    }

    private <T extends Reply> T ask(Class<T> awaited, Inquiry inquiry) {
        lines();
        server.command(new Inquiry.Ask(5, inquiry));
        network.run(Duration.ofMillis(100));
        var all = server.told(Duration.ZERO);
        told.addAll(all);
        return awaited.cast(all.stream().filter(Inquiry.Answered.class::isInstance)
                .map(each -> ((Inquiry.Answered) each).reply()).findFirst().orElseThrow());
    }

    private Map<String, Integer> sizes() {
        return ask(Reply.Counted.class, new Inquiry.Count()).sizes();
    }

    /// What was written down since the start.
    private List<String> lines() {
        told.addAll(server.told(Duration.ZERO));
        return told.stream().filter(Logbook.Line.class::isInstance)
                .map(each -> ((Logbook.Line) each).text()).toList();
    }

    @Test void a_user_of_two_domains_is_two() {
        registered("alice", "example.com");
        registered("alice", "example.org");
        assertThat(ask(Reply.Contacts.class, new Inquiry.Contacts()).contacts())
                .extracting(each -> each.aor() + " " + each.contact()).containsExactly(
                        "sip:alice@example.com sip:alice@10.0.0.10:5060",
                        "sip:alice@example.org sip:alice@10.0.0.11:5060");
        assertThat(lines()).containsExactly(
                "registered user=sip:alice@example.com contact=sip:alice@10.0.0.10:5060"
                        + " seconds=3599",
                "registered user=sip:alice@example.org contact=sip:alice@10.0.0.11:5060"
                        + " seconds=3599");
    }

    //= rfc3261#20.35-1 the Server field is a configurable option: it is there where it is told so
    @Test void its_name_is_its_operators_choice() {
        var carol = registered("carol", "example.com");
        registered("alice", "example.com").call("sip:carol@example.com").hangUp();
        carol.answer(Duration.ofSeconds(2));
        for (var each : sent) assertThat(each.first("Server")).as(each.summary()).isEqualTo(
                each.cseq().method().equals("REGISTER") ? Optional.of("Exchange/1")
                        : Optional.empty());
        assertThat(sent).isNotEmpty();
    }

    @Test void who_is_kicked_is_gone_for_good_and_may_come_back() {
        var alice = registered("alice", "example.com");
        var kick = new Inquiry.Kick(new Aor("alice", "example.com"));
        assertThat(ask(Reply.Done.class, kick).number()).isEqualTo(1);
        assertThat(ask(Reply.Done.class, kick).number()).isZero();
        host.kill();
        start();
        assertThat(ask(Reply.Contacts.class, new Inquiry.Contacts()).contacts()).isEmpty();
        alice.register();
        assertThat(ask(Reply.Contacts.class, new Inquiry.Contacts()).contacts()).hasSize(1);
    }

    @Test void users_are_shown_without_their_secrets() {
        assertThat(ask(Reply.Listed.class, new Inquiry.Listing()).users()).containsExactly(
                new Users.User("alice", "", "password"),
                new Users.User("bob", "example.com", "MD5"),
                new Users.User("carol", "", "password"));
    }

    @Test void who_is_no_user_any_more_is_not_reached_any_more() {
        registered("alice", "example.com");
        registered("carol", "example.com");
        assertThat(ask(Reply.Done.class, new Inquiry.Renew(Optional.of(
                Users.parse(List.of("carol:secret", "dan:secret"))))).number()).isEqualTo(1);
        registered("dan", "example.com");
        assertThat(ask(Reply.Contacts.class, new Inquiry.Contacts()).contacts())
                .extracting(each -> each.aor().user()).containsExactly("carol", "dan");
        assertThatThrownBy(() -> phone("alice", "example.com").register());
    }

    /// Nothing of it is looked at, whatever it is, until the operator or time forgives.
    @Test void who_guesses_is_banned() {
        var eve = Telephone.start(network.host("10.0.0.66"), "eve",
                PhoneSetup.of("sip:alice@example.com", SERVER).withLogin("alice", "guess")
                        .port(5060).calls(10).untraced());
        for (int i = 0; i < 2 * Logins.GUESSER
                && ask(Reply.Banned.class, new Inquiry.Bans()).bans().isEmpty(); i++) {
            assertThatThrownBy(eve::register);
            network.run(Logins.LAST_WAIT.plusSeconds(2));
        }
        assertThatThrownBy(eve::register).hasMessageStartingWith("503");
        assertThatThrownBy(() -> eve.call("sip:carol@example.com")).hasMessageStartingWith("503");
        assertThat(ask(Reply.Banned.class, new Inquiry.Bans()).bans()).singleElement()
                .extracting(Logins.Ban::source).isEqualTo("10.0.0.66");
        var counted = ask(Reply.Counted.class, new Inquiry.Count());
        assertThat(counted.sizes()).containsEntry("bans", 1);
        assertThat(counted.counters().happened()).containsEntry(Logbook.Kind.BANNED, 1L);
        assertThat(counted.counters().refused()).containsEntry(401, 20L).containsKey(503);
        assertThat(told).filteredOn(Host.Notice.class::isInstance).last().asString()
                .contains("10.0.0.66 has given 20 wrong passwords");
        assertThat(ask(Reply.Done.class, new Inquiry.Unban(InetAddress.ofLiteral("10.0.0.66")))
                .number()).isEqualTo(1);
        assertThat(ask(Reply.Banned.class, new Inquiry.Bans()).bans()).isEmpty();
        assertThat(lines()).contains("unbanned source=10.0.0.66");
    }

    @Test void a_call_is_a_line_when_it_begins_and_one_when_it_ends() {
        var carol = registered("carol", "example.com");
        var alice = registered("alice", "example.com");
        var call = alice.call("sip:carol@example.com");
        carol.answer(Duration.ofSeconds(2)).orElseThrow();
        assertThat(sizes()).containsEntry("calls", 1);
        call.hangUp();
        network.run(Duration.ofSeconds(1));
        assertThat(sizes()).containsEntry("calls", 0);
        assertThat(lines()).filteredOn(line -> line.startsWith("call")).satisfiesExactly(
                line -> assertThat(line).startsWith("call-begun from=sip:alice@example.com"
                        + " to=sip:carol@example.com id="),
                line -> assertThat(line).startsWith("call-ended from=sip:alice@example.com"));
    }

    /// What begins is sent away until the call is over; then the server ends by itself.
    @Test void a_server_that_drains_waits_for_its_calls() {
        var carol = registered("carol", "example.com");
        var alice = registered("alice", "example.com");
        var call = alice.call("sip:carol@example.com");
        carol.answer(Duration.ofSeconds(2)).orElseThrow();
        server.command(new Sipd.Drain(Duration.ofMinutes(5)));
        network.run(Duration.ofSeconds(1));
        assertThatThrownBy(() -> alice.call("sip:carol@example.com"))
                .hasMessageStartingWith("503");
        alice.register();
        assertThat(server.ended()).isFalse();
        call.hangUp();
        network.run(Duration.ofSeconds(1));
        assertThat(server.ended()).isTrue();
    }

    @Test void and_not_for_ever() {
        var carol = registered("carol", "example.com");
        registered("alice", "example.com").call("sip:carol@example.com");
        carol.answer(Duration.ofSeconds(2)).orElseThrow();
        server.command(new Sipd.Drain(Duration.ofMinutes(5)));
        network.run(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(server.ended()).isFalse();
        network.run(Duration.ofSeconds(2));
        assertThat(server.ended()).isTrue();
    }
}
