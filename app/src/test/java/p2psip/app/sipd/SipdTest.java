package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import p2psip.app.sip.SipPort;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.std.rfc3261.*;

/// A whole server with phones around it, in virtual time.
class SipdTest {
    private static final InetSocketAddress SERVER =
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 5060);
    private static final TestPhone.Habit PICKS_UP =
            new TestPhone.Habit(200, Duration.ofMillis(1500));

    private Network network = new Network(7);
    private SimHost host;
    private Sipd.Options options;
    private Host.Line server;
    private int phones;

    private void server(String... users) {
        var options = new Sipd.Options(new SipPort.Wish(List.of(SERVER.getAddress()), 5060, false,
                EnumSet.of(Transport.UDP, Transport.TCP)), List.of("example.com"),
                users.length == 0 ? Optional.empty() : Optional.of(Users.parse(List.of(users))),
                false);
        host = network.host("10.0.0.1");
        start(options);
    }

    private void start(Sipd.Options options) {
        this.options = options;
        server = host.start("sipd", room -> new Sipd(options, room));
        assertThat(server.told(Duration.ofSeconds(1)))
                .singleElement().isInstanceOf(Sipd.Ready.class);
    }

    private Host.Line phone(String user, TestPhone.Habit habit, Transport transport) {
        var phone = network.host("10.0.0." + (10 + phones++)).start(user,
                room -> new TestPhone(room, user, SERVER, habit, transport));
        assertThat(phone.told(Duration.ofSeconds(1))).containsExactly("ready");
        return phone;
    }

    private Host.Line registered(String user, TestPhone.Habit habit) {
        var phone = phone(user, habit, Transport.UDP);
        assertThat(sends(phone, "REGISTER", "sip:example.com")).isEqualTo("REGISTER 200");
        return phone;
    }

    private String sends(Host.Line phone, String method, String uri) {
        phone.command(new TestPhone.Send(method, uri));
        return hear(phone);
    }

    private static String hear(Host.Line phone) {
        return String.join(", ",
                phone.told(Duration.ofSeconds(70)).stream().map(Object::toString).toList());
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
        registered("bob", PICKS_UP);
        var alice = registered("alice", PICKS_UP);
        assertThat(sends(alice, "INVITE", "sip:bob@example.com")).isEqualTo("INVITE 200 bob");
        assertThat(hear(alice)).isEqualTo("BYE 200");
        assertThat(count().contexts()).isEqualTo(1);
        network.run(Duration.ofSeconds(40));
        assertThat(count()).isEqualTo(new Sipd.Statistics(0, 0, 0, 0, 2, 2));
        network.run(Duration.ofHours(1));
        assertThat(count()).isEqualTo(new Sipd.Statistics(0, 0, 0, 0, 0, 0));
    }

    @Test void one_phone_on_tcp_and_one_on_udp() {
        server();
        var bob = phone("bob", PICKS_UP, Transport.TCP);
        assertThat(sends(bob, "REGISTER", "sip:example.com")).isEqualTo("REGISTER 200");
        var alice = registered("alice", PICKS_UP);
        assertThat(sends(alice, "INVITE", "sip:bob@example.com")).isEqualTo("INVITE 200 bob");
        assertThat(hear(alice)).isEqualTo("BYE 200");
        assertThat(sends(bob, "INVITE", "sip:alice@example.com")).isEqualTo("INVITE 200 alice");
        assertThat(hear(bob)).isEqualTo("BYE 200");
    }

    //= rfc3261#16.7-48 the phone that is too late is cancelled and forgotten
    @Test void two_phones_of_one_user() {
        server();
        registered("bob", new TestPhone.Habit(486, Duration.ofMillis(100)));
        registered("bob", PICKS_UP);
        registered("bob", new TestPhone.Habit(200, Duration.ofMinutes(1)));
        var alice = registered("alice", PICKS_UP);
        assertThat(sends(alice, "INVITE", "sip:bob@example.com")).isEqualTo("INVITE 200 bob");
        assertThat(hear(alice)).isEqualTo("BYE 200");
        network.run(Duration.ofSeconds(40));
        assertThat(count()).isEqualTo(new Sipd.Statistics(0, 0, 0, 0, 2, 4));
    }

    //= rfc3261#16.10-5 a CANCEL reaches the phone when the caller gives up
    @Test void the_caller_gives_up() {
        server();
        registered("bob", new TestPhone.Habit(200, Duration.ofMinutes(2)));
        var alice = registered("alice", PICKS_UP);
        alice.command(new TestPhone.Send("INVITE", "sip:bob@example.com"));
        network.run(Duration.ofSeconds(3));
        alice.command(new TestPhone.GiveUp());
        assertThat(hear(alice)).isEqualTo("INVITE 487");
        network.run(Duration.ofSeconds(40));
        assertThat(count().transactions()).isZero();
    }

    //= rfc3261#16.5-15 a user that does not exist: not found
    //= rfc3261#16.5-16 a user who is temporarily unavailable
    @Test void nobody_there() {
        server();
        var alice = registered("alice", PICKS_UP);
        assertThat(sends(alice, "INVITE", "sip:carol@example.com")).isEqualTo("INVITE 404");
        var bob = registered("bob", PICKS_UP);
        bob.command(new TestPhone.Send("REGISTER", "sip:example.com",
                List.of(new Header("Expires", "0"))));
        assertThat(hear(bob)).isEqualTo("REGISTER 200");
        assertThat(sends(alice, "INVITE", "sip:bob@example.com")).isEqualTo("INVITE 480");
    }

    /// There is no TLS yet, and what was to be secure does not go on by UDP.
    //= rfc3261#16.3-8 a scheme that is not spoken: 416, whatever is asked of whom
    @Test void nothing_that_is_to_be_secure_goes_by_udp() {
        server();
        registered("bob", PICKS_UP);
        var alice = registered("alice", PICKS_UP);
        assertThat(sends(alice, "INVITE", "sips:bob@example.com")).isEqualTo("INVITE 416");
        assertThat(sends(alice, "REGISTER", "sips:example.com")).isEqualTo("REGISTER 416");
        assertThat(sends(alice, "OPTIONS", "sips:example.com")).isEqualTo("OPTIONS 416");
    }

    //= rfc3261#10.3-8 a REGISTER for another domain is forwarded there
    @Test void a_registration_elsewhere() {
        server();
        registered("bob", PICKS_UP);
        var alice = registered("alice", PICKS_UP);
        alice.command(new TestPhone.Send("REGISTER", "sip:10.0.0.10",
                List.of(new Header("Expires", "0"))));
        assertThat(hear(alice)).isEqualTo("REGISTER 200");
        assertThat(count().contacts()).isEqualTo(2);
    }

    @Test void a_server_is_no_relay_for_strangers() {
        server();
        registered("bob", PICKS_UP);
        var stranger = phone("mallory", PICKS_UP, Transport.UDP);
        assertThat(sends(stranger, "INVITE", "sip:victim@10.0.0.99")).isEqualTo("INVITE 403");
        assertThat(sends(stranger, "INVITE", "sip:bob@example.com")).isEqualTo("INVITE 200 bob");
        assertThat(hear(stranger)).isEqualTo("BYE 200");
        var alice = registered("alice", PICKS_UP);
        assertThat(sends(alice, "INVITE", "sip:x@10.0.0.10")).isEqualTo("INVITE 200 bob");
    }

    //= rfc3261#16.3-10 and without hops left as the final recipient
    @Test void the_server_answers_for_itself() {
        server();
        var alice = phone("alice", PICKS_UP, Transport.UDP);
        assertThat(sends(alice, "OPTIONS", "sip:example.com")).isEqualTo("OPTIONS 200");
        assertThat(sends(alice, "OPTIONS", "sip:10.0.0.1")).isEqualTo("OPTIONS 200");
        assertThat(sends(alice, "MESSAGE", "sip:10.0.0.1")).isEqualTo("MESSAGE 404");
        alice.command(new TestPhone.Send("OPTIONS", "sip:bob@elsewhere.example",
                List.of(new Header("Max-Forwards", "0"))));
        assertThat(hear(alice)).isEqualTo("OPTIONS 200");
    }

    /// Once, the server never answered again after its disk had been full.
    @Test void who_registers_while_the_disk_is_full_is_told_to_come_back() {
        server();
        var bob = registered("bob", PICKS_UP);
        host.full(true);
        var alice = phone("alice", PICKS_UP, Transport.UDP);
        var before = network.now();
        for (var phone : List.of(alice, bob))
            assertThat(sends(phone, "REGISTER", "sip:example.com")).isEqualTo("REGISTER 503");
        assertThat(Duration.between(before, network.now())).isLessThan(Duration.ofMillis(100));
        assertThat(sends(alice, "INVITE", "sip:bob@example.com")).isEqualTo("INVITE 200 bob");
        hear(alice);
        host.full(false);
        assertThat(sends(alice, "REGISTER", "sip:example.com")).isEqualTo("REGISTER 200");
        assertThat(count().contacts()).isEqualTo(2);
    }

    /// Once, who registered while the disk hung waited for ever.
    @Test void who_registers_while_the_disk_hangs_is_told_to_come_back() {
        server();
        var bob = registered("bob", PICKS_UP);
        host.hangs(true);
        var alice = phone("alice", PICKS_UP, Transport.UDP);
        var before = network.now();
        assertThat(sends(alice, "REGISTER", "sip:example.com")).isEqualTo("REGISTER 503");
        assertThat(Duration.between(before, network.now()))
                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
        assertThat(sends(alice, "INVITE", "sip:bob@example.com")).isEqualTo("INVITE 200 bob");
        hear(alice);
        host.hangs(false);
        network.run(Duration.ofSeconds(1));
        host.kill();
        start(options);
        assertThat(count().contacts()).as("what was refused is not there").isEqualTo(1);
    }

    //= rfc3261#10.3-10,12 the registrar authenticates who registers, and only of one's own address
    //= rfc3261#26.3.2.1-6 by challenging the REGISTER with a 401
    @Test void users_prove_who_they_are() {
        server("alice:secret", "bob:secret", "eve:other");
        registered("bob", PICKS_UP);
        var alice = registered("alice", PICKS_UP);
        assertThat(sends(alice, "INVITE", "sip:bob@example.com")).isEqualTo("INVITE 200 bob");
        assertThat(hear(alice)).isEqualTo("BYE 200");
        var eve = phone("eve", PICKS_UP, Transport.UDP);
        assertThat(sends(eve, "REGISTER", "sip:example.com")).isEqualTo("REGISTER 401");
        assertThat(sends(eve, "INVITE", "sip:bob@example.com")).isEqualTo("INVITE 407");
        var nobody = phone("nobody", PICKS_UP, Transport.UDP);
        assertThat(sends(nobody, "REGISTER", "sip:example.com")).isEqualTo("REGISTER 401");
        assertThat(sends(alice, "INVITE", "sip:eve@example.com")).isEqualTo("INVITE 480");
        assertThat(sends(alice, "INVITE", "sip:nobody@example.com")).isEqualTo("INVITE 404");
        var stranger = phone("carol", PICKS_UP, Transport.UDP);
        stranger.command(new TestPhone.Send("INVITE", "sip:nobody@example.com",
                List.of(new Header("From", "<sip:carol@elsewhere.example>;tag=1"))));
        assertThat(hear(stranger)).as("names are not tried out").isEqualTo("INVITE 480");
        assertThat(count().contacts()).isEqualTo(2);
    }

    /// With one datagram in five lost, late or doubled every request has one answer, every call is
    /// picked up, and nothing is left behind.
    @Property(tries = 10) void calls_on_a_bad_network(@ForAll long seed) {
        network = new Network(seed);
        phones = 0;
        server();
        registered("bob", PICKS_UP);
        registered("bob", new TestPhone.Habit(486, Duration.ofMillis(10)));
        var alice = registered("alice", PICKS_UP);
        network.wires(BAD);
        for (int i = 0; i < 10; i++)
            alice.command(new TestPhone.Send("INVITE", "sip:bob@example.com"));
        network.run(Duration.ofSeconds(110));
        var heard = alice.told(Duration.ZERO);
        assertThat(heard).filteredOn(h -> h.toString().startsWith("INVITE"))
                .hasSize(10).containsOnly("INVITE 200 bob");
        assertThat(heard).filteredOn(h -> h.toString().startsWith("BYE")).hasSize(10);
        assertThat(count()).isEqualTo(new Sipd.Statistics(0, 0, 0, 0, 2, 3));
        alice.command(new TestPhone.Count());
        assertThat(hear(alice)).isEqualTo("transactions 0");
    }

    private static final Wire BAD =
            new Wire(Duration.ofMillis(10), Duration.ofMillis(60), 0.1, 0.05, 0.05);
}
