package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;

/// A whole server with phones around it, in virtual time.
class SipdTest {
    private static final InetSocketAddress SERVER =
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 5060);
    private static final String BOB = "sip:bob@example.com";

    private Network network = new Network(7);
    private SimHost host;
    private Sipd.Options options;
    private Host.Line server;
    private final List<SimHost> phones = new ArrayList<>();

    private void server(String... users) {
        options = new Sipd.Options(new SipPort.Wish(List.of(SERVER.getAddress()), 5060, false,
                EnumSet.of(Transport.UDP, Transport.TCP)), List.of("example.com"),
                users.length == 0 ? Optional.empty() : Optional.of(Users.parse(List.of(users))),
                false);
        host = network.host("10.0.0.1");
        start();
    }

    private void start() {
        server = host.start("sipd", room -> new Sipd(options, room));
        assertThat(server.told(Duration.ofSeconds(1)))
                .singleElement().isInstanceOf(Sipd.Ready.class);
    }

    private SimHost next() {
        phones.add(network.host("10.0.0." + (10 + phones.size())));
        return phones.getLast();
    }

    /// @param calls how many at once; with none it is busy
    /// @param answers or lets it ring
    private static PhoneSetup setup(String user, Transport by, int calls, boolean answers) {
        return PhoneSetup.of("sip:" + user + "@example.com", SERVER).by(by)
                .withLogin(user, "secret").port(5060).calls(calls).answering(answers).untraced();
    }

    private static PhoneSetup setup(String user) {
        return setup(user, Transport.UDP, 10, true);
    }

    private Telephone phone(String user) { return phone(setup(user)); }

    private Telephone phone(PhoneSetup setup) { return Telephone.start(next(), "phone", setup); }

    private Telephone registered(String user) { return registered(setup(user)); }

    private Telephone registered(PhoneSetup setup) {
        var phone = phone(setup);
        phone.register();
        return phone;
    }

    /// A phone that is commanded without waiting for what comes of it.
    private Host.Line line(String user) {
        var line = next().start(user, room -> new Phone(setup(user), room));
        assertThat(line.told(Duration.ofSeconds(1)))
                .singleElement().isInstanceOf(News.Ready.class);
        return line;
    }

    /// A call that is taken, until the caller hangs up and the other hears of it.
    private static void talk(Telephone from, Telephone to, String uri) {
        var call = from.call(uri);
        var taken = to.answer(Duration.ofSeconds(2)).orElseThrow();
        call.hangUp();
        assertThat(taken.talk(Duration.ofSeconds(2))).as("hung up").isTrue();
        assertThat(taken.end().orElseThrow().status()).isEqualTo(200);
    }

    /// Whether somebody still calls, after a while.
    private static boolean rings(Telephone phone) {
        phone.pause(Duration.ofSeconds(3));
        return phone.answer(Duration.ZERO).isPresent();
    }

    private static void refused(int status, ThrowingCallable what) {
        assertThatThrownBy(what).isInstanceOfSatisfying(Telephone.Failed.class,
                failed -> assertThat(failed.status()).isEqualTo(status));
    }

    private Host.Line requester(String user) {
        var line = next().start(user, room -> new Requester(room, user, SERVER));
        assertThat(line.told(Duration.ofSeconds(1))).containsExactly("ready");
        return line;
    }

    private static String sends(Host.Line requester, String method, String uri, Header... more) {
        requester.command(new Requester.Send(method, uri, List.of(more)));
        return requester.told(Duration.ofSeconds(70)).toString();
    }

    private Sipd.Statistics count() {
        server.told(Duration.ZERO);
        server.command(new Sipd.Count());
        return (Sipd.Statistics) server.told(Duration.ofSeconds(1)).getLast();
    }

    //= rfc3261#6-1 one program is registrar and proxy
    //= rfc3261#10.1-1,2 of the same domain, and what the one has written the other reads
    @Test void two_phones_talk() {
        server();
        var bob = registered("bob");
        talk(registered("alice"), bob, BOB);
        network.run(Duration.ofSeconds(1));
        assertThat(count().contexts()).isEqualTo(1);
        network.run(Duration.ofSeconds(40));
        assertThat(count()).isEqualTo(new Sipd.Statistics(0, 0, 0, 0, 2, 2));
        phones.forEach(SimHost::kill);
        network.run(Duration.ofHours(1));
        assertThat(count()).isEqualTo(new Sipd.Statistics(0, 0, 0, 0, 0, 0));
    }

    @Test void one_phone_on_tcp_and_one_on_udp() {
        server();
        var bob = registered(setup("bob", Transport.TCP, 10, true));
        var alice = registered("alice");
        talk(alice, bob, BOB);
        talk(bob, alice, "sip:alice@example.com");
    }

    //= rfc3261#16.7-48 the phone that is too late is cancelled and forgotten
    @Test void two_phones_of_one_user() {
        server();
        registered(setup("bob", Transport.UDP, 0, true));
        var bob = registered("bob");
        var late = registered(setup("bob", Transport.UDP, 10, false));
        talk(registered("alice"), bob, BOB);
        assertThat(rings(late)).isFalse();
        network.run(Duration.ofSeconds(40));
        assertThat(count()).isEqualTo(new Sipd.Statistics(0, 0, 0, 0, 2, 4));
    }

    //= rfc3261#16.10-5 a CANCEL reaches the phone when the caller gives up
    @Test void the_caller_gives_up() {
        server();
        var bob = registered(setup("bob", Transport.UDP, 10, false));
        var alice = line("alice");
        alice.command(new PhoneCommand.Call(1, BOB));
        network.run(Duration.ofSeconds(3));
        assertThat(alice.told(Duration.ZERO)).contains(new News.Progress(1, 180, "Ringing"));
        alice.command(new PhoneCommand.HangUp(1));
        network.run(Duration.ofSeconds(1));
        assertThat(ended(alice.told(Duration.ZERO))).containsExactly(487);
        assertThat(rings(bob)).isFalse();
        network.run(Duration.ofSeconds(40));
        assertThat(count().transactions()).isZero();
    }

    private static List<Integer> ended(List<Object> told) {
        return told.stream().filter(News.Ended.class::isInstance)
                .map(news -> ((News.Ended) news).status()).toList();
    }

    //= rfc3261#16.5-15 a user that does not exist: not found
    //= rfc3261#16.5-16 a user who is temporarily unavailable
    @Test void nobody_there() {
        server();
        var alice = registered("alice");
        refused(404, () -> alice.call("sip:carol@example.com"));
        registered("bob").close();
        refused(480, () -> alice.call(BOB));
    }

    /// There is no TLS yet, and what was to be secure does not go on by UDP.
    //= rfc3261#16.3-8 a scheme that is not spoken: 416, whatever is asked of whom
    @Test void nothing_that_is_to_be_secure_goes_by_udp() {
        server();
        registered("bob");
        var alice = requester("alice");
        assertThat(sends(alice, "INVITE", "sips:bob@example.com")).isEqualTo("[INVITE 416]");
        assertThat(sends(alice, "REGISTER", "sips:example.com")).isEqualTo("[REGISTER 416]");
        assertThat(sends(alice, "OPTIONS", "sips:example.com")).isEqualTo("[OPTIONS 416]");
    }

    //= rfc3261#10.3-8 a REGISTER for another domain is forwarded there
    @Test void a_registration_elsewhere() {
        server();
        registered("bob");
        var alice = requester("alice");
        assertThat(sends(alice, "REGISTER", "sip:example.com")).isEqualTo("[REGISTER 200]");
        assertThat(sends(alice, "REGISTER", "sip:bob@10.0.0.10", new Header("Expires", "0")))
                .as("by the phone").isEqualTo("[REGISTER 405]");
        assertThat(count().contacts()).isEqualTo(2);
    }

    @Test void a_server_is_no_relay_for_strangers() {
        server();
        var bob = registered("bob");
        var stranger = phone("mallory");
        refused(403, () -> stranger.call("sip:victim@10.0.0.99"));
        talk(stranger, bob, BOB);
        talk(registered("alice"), bob, "sip:bob@10.0.0.10");
    }

    //= rfc3261#16.3-10 and without hops left as the final recipient
    @Test void the_server_answers_for_itself() {
        server();
        var alice = requester("alice");
        assertThat(sends(alice, "OPTIONS", "sip:example.com")).isEqualTo("[OPTIONS 200]");
        assertThat(sends(alice, "OPTIONS", "sip:10.0.0.1")).isEqualTo("[OPTIONS 200]");
        assertThat(sends(alice, "MESSAGE", "sip:10.0.0.1")).isEqualTo("[MESSAGE 404]");
        assertThat(sends(alice, "OPTIONS", "sip:bob@elsewhere.example",
                new Header("Max-Forwards", "0"))).isEqualTo("[OPTIONS 200]");
    }

    /// Once, the server never answered again after its disk had been full.
    @Test void who_registers_while_the_disk_is_full_is_told_to_come_back() {
        server();
        var bob = registered("bob");
        host.full(true);
        var alice = phone("alice");
        var before = network.now();
        refused(500, alice::register);
        refused(500, bob::register);
        assertThat(Duration.between(before, network.now())).isLessThan(Duration.ofMillis(100));
        talk(alice, bob, BOB);
        host.full(false);
        alice.register();
        assertThat(count().contacts()).isEqualTo(2);
    }

    /// Once, who registered while the disk hung waited for ever.
    @Test void who_registers_while_the_disk_hangs_is_told_to_come_back() {
        server();
        var bob = registered("bob");
        host.hangs(true);
        var alice = phone("alice");
        var before = network.now();
        refused(500, alice::register);
        assertThat(Duration.between(before, network.now()))
                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
        talk(alice, bob, BOB);
        host.hangs(false);
        network.run(Duration.ofSeconds(1));
        host.kill();
        start();
        assertThat(count().contacts()).as("what was refused is not there").isEqualTo(1);
    }

    //= rfc3261#10.3-10,12 the registrar authenticates who registers, and only of one's own address
    //= rfc3261#26.3.2.1-6 by challenging the REGISTER with a 401
    @Test void users_prove_who_they_are() {
        server("alice:secret", "bob:secret", "eve:other");
        var bob = registered("bob");
        var alice = registered("alice");
        talk(alice, bob, BOB);
        var eve = phone("eve");
        refused(401, eve::register);
        refused(407, () -> eve.call(BOB));
        refused(401, phone("nobody")::register);
        refused(480, () -> alice.call("sip:eve@example.com"));
        refused(404, () -> alice.call("sip:nobody@example.com"));
        assertThat(sends(requester("carol"), "INVITE", "sip:nobody@example.com",
                new Header("From", "<sip:carol@elsewhere.example>;tag=1")))
                .as("names are not tried out").isEqualTo("[INVITE 480]");
        assertThat(count().contacts()).isEqualTo(2);
    }

    /// With one datagram in five lost, late or doubled every call is picked up, and nothing is left
    /// behind.
    @Property(tries = 10) void calls_on_a_bad_network(@ForAll long seed) {
        network = new Network(seed);
        phones.clear();
        server();
        registered("bob");
        registered(setup("bob", Transport.UDP, 0, true));
        var alice = line("alice");
        alice.command(new PhoneCommand.Register(Duration.ofHours(1)));
        network.run(Duration.ofSeconds(1));
        network.wires(BAD);
        for (int i = 1; i <= 10; i++) alice.command(new PhoneCommand.Call(i, BOB));
        var told = new ArrayList<Object>();
        for (int second = 0; second < 110; second++) {
            network.run(Duration.ofSeconds(1));
            var heard = alice.told(Duration.ZERO);
            told.addAll(heard);
            for (var news : heard) if (news instanceof News.Established(long call, _))
                alice.command(new PhoneCommand.HangUp(call));
        }
        assertThat(told).filteredOn(News.Established.class::isInstance).hasSize(10);
        assertThat(ended(told)).hasSize(10).containsOnly(200);
        assertThat(count()).isEqualTo(new Sipd.Statistics(0, 0, 0, 0, 2, 3));
    }

    private static final Wire BAD =
            new Wire(Duration.ofMillis(10), Duration.ofMillis(60), 0.1, 0.05, 0.05);
}
