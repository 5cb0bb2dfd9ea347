package p2psip.std.rfc6665;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3263.Locator;

/// Who watches and who is watched, with all layers below them, and a network between that loses,
/// delays and reorders datagrams. They are no neighbours: each has to prove that it is where it
/// says.
class EventsPairTest {
    private static final class Phone {
        final InetSocketAddress address;
        final UserAgent agent;
        final Stack stack;
        final List<String> heard = new ArrayList<>();

        Phone(String name, String host, RandomGenerator random) {
            this(name, name, host, random, Optional.empty(), Optional.empty());
        }

        /// @param user     as whom it logs in
        /// @param password of that user
        /// @param others   passwords of others
        Phone(String name, String user, String host, RandomGenerator random,
                Optional<String> password, Optional<DigestServer.Users> others) {
            try {
                address = new InetSocketAddress(InetAddress.ofLiteral(host), 5060);
            } catch (IllegalArgumentException e) {
                throw new AssertionError(e);
            }
            var uri = SipUri.of(name, address);
            agent = new UserAgent(new Profile(Address.of(uri), uri, List.of(),
                    password.map(word -> new DigestClient(user, new Secret.Password(word), random)),
                    "test", CallRules.PLAIN, Optional.empty()),
                    List.of(new Subscriptions(List.of(Weather.PACKAGE),
                            new Authentication(_ -> false, others.map(users -> new DigestServer(
                                    "here", users, DigestServer.Policy.RFC3261, random)), random))),
                    random);
            var points = List.of(new ListeningPoint(Transport.UDP, address));
            stack = new Stack(points, agent, new Locator(points, random), random, false);
        }
    }

    private record Flight(Instant at, long order, InetSocketAddress from, InetSocketAddress to,
            Bytes bytes) {}

    private final PriorityQueue<Flight> air = new PriorityQueue<>(
            Comparator.comparing(Flight::at).thenComparing(Flight::order));
    private Phone bob;
    private Phone alice;
    private RandomGenerator random;
    private double loss;
    private Instant now;
    private long order;
    private int sent;
    /// The last SUBSCRIBE that has arrived.
    private Bytes subscribed;

    private void start(long seed, double loss) {
        random = new SplittableRandom(seed);
        this.loss = loss;
        air.clear();
        sent = 0;
        now = Instant.EPOCH;
        alice = new Phone("alice", "192.0.2.1", random);
        bob = new Phone("bob", "192.0.2.2", random);
    }

    @Test void without_loss_everything_is_said_once() {
        start(1, 0);
        ask(alice, new Publish(1, "weather", new Weather("sun")));
        ask(bob, new Subscriber.Command.Subscribe(1, "sip:alice@192.0.2.1:5060", "weather"));
        run(Duration.ofSeconds(20));
        ask(alice, new Publish(2, "weather", new Weather("rain")));
        run(Duration.ofSeconds(20));
        ask(bob, new Subscriber.Command.Unsubscribe(1));
        run(Duration.ofSeconds(60));
        assertThat(bob.heard).extracting(line -> line.replaceFirst("1 \\w+ ", "")).containsExactly(
                "Notified active;expires=600 0:sun", "Notified active;expires=580 1:+rain",
                "Notified terminated;reason=timeout 2:rain", "Ended 1 200");
        assertThat(alice.heard).containsExactly("Watching -2 bob ALLOWED active;expires=0",
                "Watching -2 bob ALLOWED terminated;reason=timeout");
        assertNothingLeft();
    }

    /// A fifth of all datagrams is lost: whoever watches knows in the end how things are, and in
    /// the end nothing is left.
    @Property(tries = 60) void who_watches_knows_in_the_end(@ForAll long seed) {
        start(seed, 0.2);
        ask(alice, new Publish(1, "weather", new Weather("sun")));
        ask(bob, new Subscriber.Command.Subscribe(1, "sip:alice@192.0.2.1:5060", "weather",
                Optional.of(Duration.ofSeconds(90))));
        for (int i = 2; i < 12; i++) {
            run(Duration.ofSeconds(random.nextInt(40)));
            ask(alice, new Publish(i, "weather", new Weather("day " + i)));
        }
        loss = 0;
        run(Duration.ofSeconds(200));
        assertThat(bob.heard).filteredOn(line -> line.startsWith("Notified")
                && !line.contains("terminated")).last().asString().endsWith("day 11");
        loss = 0.2;
        ask(bob, new Subscriber.Command.Unsubscribe(1));
        run(Duration.ofSeconds(300));
        assertThat(bob.heard).last().isEqualTo("Ended 1 200");
        assertNothingLeft();
    }

    private void assertNothingLeft() {
        assertThat(List.of(alice.agent.legs(), bob.agent.legs(),
                alice.stack.transactions(), bob.stack.transactions())).containsOnly(0);
    }

    /// Whoever it comes from: one answer, no NOTIFY, and nothing kept.
    @Property(tries = 100) void no_more_bytes_come_of_it_than_it_brought(
            @ForAll @IntRange(min = 1, max = 254) int host,
            @ForAll @IntRange(min = 0, max = 70_000) int expires) {
        start(host, 0);
        var bytes = subscribe("sip:alice@192.0.2.1", "198.51.100." + host, expires, 1).encode();
        hear("198.51.100." + host, bytes);
        run(Duration.ofSeconds(200));
        assertThat(sent).isPositive().isLessThanOrEqualTo(bytes.size());
        assertNothingLeft();
        assertThat(alice.heard).isEmpty();
    }

    //= rfc6665#6.4-1 who is asked for a password must know it, and no replay helps
    //= rfc3856#6.6.1-1 so whoever subscribes is authenticated
    //= rfc3680#4.6-1 and registrations, authenticated
    @Test void who_knows_the_password_may_watch() {
        //= rfc4235#3.6-1,2 authentication by Digest, of who watches dialogs too
        startWithPasswords("bob", "secret");
        assertThat(alice.heard).as("refreshes, too").contains(
                "Watching -3 bob ALLOWED active;expires=0");
        assertThat(bob.heard).first().asString().endsWith("0:sun");
        assertThat(bob.heard).filteredOn(line -> line.contains("Notified")).hasSizeGreaterThan(1);
        ask(bob, new Subscriber.Command.Unsubscribe(1));
        run(Duration.ofSeconds(60));
        assertThat(bob.heard).last().isEqualTo("Ended 1 200");
        //= rfc4235#7-1 by Digest, in every request
        assertThat(alice.heard).last().asString().contains("terminated");
        assertNothingLeft();
    }

    //= rfc3842#3.7-1 who is not authenticated subscribes to nothing
    //= rfc3842#6-1 nor is who is somebody else authorized
    //= rfc3857#4.6-1 nor is he authorized
    @Test void who_does_not_may_not() {
        startWithPasswords("bob", "guess");
        assertThat(alice.heard).isEmpty();
        assertThat(bob.heard).last().isEqualTo("Ended 1 401");
        startWithPasswords("mallory", "secret");
        assertThat(alice.heard).isEmpty();
        assertThat(bob.heard).containsExactly("Ended 1 403");
    }

    /// Whoever knows the dialog, and not the password, ends no subscription.
    //= rfc3856#9.2-1 all implementations ask for Digest
    @Test void a_refresh_has_to_know_the_password_too() {
        startWithPasswords("bob", "secret");
        var refresh = (Request) Message.parse(subscribed);
        assertThat(refresh.to().tag()).isPresent();
        hear("192.0.2.2", refresh.without("Authorization").with("Expires", "0")
                .with("CSeq", (refresh.cseq().number() + 1) + " SUBSCRIBE")
                .with("Via", "SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKmallory").encode());
        assertThat(air.stream().map(flight -> flight.bytes.utf8().substring(0, 11)))
                .contains("SIP/2.0 401");
        run(Duration.ofSeconds(10));
        assertThat(alice.heard).noneMatch(line -> line.contains("terminated"));
    }

    /// Bob's password is secret, and so is mallory's, who calls himself bob.
    private void startWithPasswords(String user, String password) {
        start(1, 0);
        alice = new Phone("alice", "alice", "192.0.2.1", random, Optional.empty(), Optional.of(
                _ -> Optional.of(new Secret.Password("secret"))));
        bob = new Phone("bob", user, "192.0.2.2", random, Optional.of(password), Optional.empty());
        ask(alice, new Publish(1, "weather", new Weather("sun")));
        ask(bob, new Subscriber.Command.Subscribe(1, "sip:alice@192.0.2.1:5060", "weather",
                Optional.of(Duration.ofSeconds(90))));
        run(Duration.ofSeconds(200));
    }

    /// Not even the word that proves it, if that would be longer.
    @Test void who_brings_little_gets_less() {
        start(1, 0);
        var terse = Bytes.utf8("""
                SUBSCRIBE sip:alice@192.0.2.1 SIP/2.0
                Via: SIP/2.0/UDP 198.51.100.7;branch=z9hG4bK1
                From: <sip:b@b>;tag=1
                To: <sip:a@a>
                Call-ID: 1
                CSeq: 1 SUBSCRIBE
                Contact: <sip:b@198.51.100.7>
                Event: weather

                """.replace("\n", "\r\n"));
        hear("198.51.100.7", terse);
        assertThat(Message.parse(air.poll().bytes).startLine()).endsWith("503 Service Unavailable");
        assertThat(sent).isLessThanOrEqualTo(terse.size());
    }

    /// The word that proves it is good for who was told it, and for a while.
    @Test void who_comes_back_with_the_word_is_served() {
        var uri = word();
        hear("198.51.100.7", subscribe(uri, "198.51.100.7", 600, 2).encode());
        assertThat(alice.heard).hasSize(1);
        hear("198.51.100.8", subscribe(uri, "198.51.100.8", 600, 3).encode());
        assertThat(alice.heard).as("of another").hasSize(1);
        now = now.plus(Duration.ofHours(3));
        hear("198.51.100.7", subscribe(uri, "198.51.100.7", 600, 4).encode());
        assertThat(alice.heard).filteredOn(line -> !line.contains("terminated")).as("of old")
                .hasSize(1);
    }

    //= rfc6665#6.3-1 no attack on another place: who is to be told there must answer there first
    @Test void nothing_is_told_to_another_place_before_it_answers() {
        ask(start(), new Publish(1, "weather", new Weather("sun")));
        var uri = word();
        hear("198.51.100.7", subscribe(uri, "203.0.113.9", 600, 2).encode());
        var probe = (Request) Message.parse(air.stream().map(Flight::bytes)
                .filter(bytes -> bytes.utf8().startsWith("NOTIFY")).findFirst().orElseThrow());
        assertThat(probe.uri()).contains("203.0.113.9");
        assertThat(probe.body().isEmpty()).isTrue();
        air.clear();
        var reply = Reply.to(probe, 200, "");
        hear("203.0.113.9", reply.encode());
        assertThat(air).isEmpty();
        now = now.plusSeconds(10);
        carry(alice, alice.stack.wake(now));
        assertThat(air).anyMatch(flight -> flight.bytes.utf8().contains("0:sun"));
    }

    private Phone start() {
        start(1, 0);
        return alice;
    }

    /// The URI that who is not known is sent to.
    private String word() {
        if (alice == null) start(1, 0);
        hear("198.51.100.7", subscribe("sip:alice@192.0.2.1", "198.51.100.7", 600, 1).encode());
        var answer = (Response) Message.parse(air.poll().bytes);
        assertThat(answer.status()).isEqualTo(302);
        return Address.parse(answer.need("Contact")).uri().toString();
    }

    private static Request subscribe(String uri, String contact, int expires, int number) {
        return (Request) Message.parse("""
                SUBSCRIBE %s SIP/2.0
                Via: SIP/2.0/UDP %s:5060;branch=z9hG4bK%d;rport
                Max-Forwards: 70
                From: <sip:bob@biloxi.com>;tag=5f35a3
                To: <sip:alice@atlanta.com>
                Call-ID: 3c26700857a87f84@biloxi.com
                CSeq: %3$d SUBSCRIBE
                Contact: <sip:bob@%2$s:5060>
                Event: weather
                Expires: %4$d
                Accept: text/weather
                Content-Length: 0

                """.formatted(uri, contact, number, expires));
    }

    private void hear(String from, Bytes bytes) {
        carry(alice, alice.stack.handle(new Stack.Input.Datagram(alice.address,
                new InetSocketAddress(InetAddress.ofLiteral(from), 5060), bytes), now));
    }

    private void ask(Phone phone, Core.Command command) {
        carry(phone, phone.stack.handle(new Core.Input.Asked(command), now));
    }

    private void run(Duration span) {
        var end = now.plus(span);
        while (true) {
            var next = air.isEmpty() ? Instant.MAX : air.peek().at;
            for (var phone : List.of(alice, bob))
                if (phone.stack.deadline().isBefore(next)) next = phone.stack.deadline();
            if (next.isAfter(end)) break;
            now = next.isAfter(now) ? next : now;
            if (!air.isEmpty() && !air.peek().at.isAfter(now)) deliver(air.poll());
            for (var phone : List.of(alice, bob)) carry(phone, phone.stack.wake(now));
        }
        now = end;
    }

    private void deliver(Flight flight) {
        if (flight.bytes.utf8().startsWith("SUBSCRIBE")) subscribed = flight.bytes;
        for (var phone : List.of(alice, bob)) if (phone.address.equals(flight.to))
            carry(phone, phone.stack.handle(
                    new Stack.Input.Datagram(flight.to, flight.from, flight.bytes), now));
    }

    private void carry(Phone phone, List<Stack.Output> outputs) {
        for (var output : outputs) switch (output) {
            case Stack.Output.SendDatagram(var from, var to, var bytes) -> {
                sent += bytes.size();
                var delay = loss == 0 ? 20 : random.nextInt(1, 200);
                if (random.nextDouble() >= loss)
                    air.add(new Flight(now.plusMillis(delay), order++, from, to, bytes));
            }
            case Core.Output.Told(Usage.Event event) -> phone.heard.add(Weather.text(event));
            default -> { }
        }
    }
}
