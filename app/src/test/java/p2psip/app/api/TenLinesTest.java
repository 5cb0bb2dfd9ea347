package p2psip.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.*;
import p2psip.app.host.*;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.HostName;

/// The programs of the chapter on programs in ten lines, each run on real sockets, and what becomes
/// of them when somebody takes back what he wanted.
class TenLinesTest {
    private static final Duration EVER = Duration.ofDays(1), SOON = Duration.ofSeconds(10);

    private static final InetSocketAddress ANYWHERE =
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    // The programs

    /// Calls somebody, presses keys, and says how the sound has travelled.
    static Statistics call(Telephone alice, String whom) {
        try (var call = alice.call(whom, "Ten lines")) {
            call.press("159#");
            call.talk(Duration.ofMillis(400));
            return call.hangUp();
        }
    }

    /// Takes all calls, each for a minute at most, and does not mind how many there are.
    static void answer(Telephone bob) {
        for (var rings = bob.ringing(EVER); rings.isPresent(); rings = bob.ringing(EVER)) {
            var call = rings.get();
            Thread.startVirtualThread(() -> {
                try (var taken = call.take()) {
                    taken.talk(Duration.ofMinutes(1));
                }
            });
        }
    }

    /// Takes a call, asks a colleague, and brings the two together.
    static void transfer(Telephone desk, String colleague) {
        var caller = desk.answer(EVER).orElseThrow();
        caller.hold();
        try {
            caller.transfer(desk.call(colleague));
        } catch (Telephone.Failed busy) {
            caller.resume();
        }
    }

    /// Waits until somebody is there, and answers what she says of herself.
    static String await(Telephone alice, String whom) {
        alice.watch(whom);
        while (true) {
            var presence = alice.presence(EVER).orElseThrow();
            if (presence.open()) return String.join(", ", presence.notes());
        }
    }

    /// Answers every text.
    static void echo(Telephone bot) {
        for (var text = bot.received(EVER); text.isPresent(); text = bot.received(EVER))
            bot.message(text.get().from().uri().toString(), "You said: " + text.get().text());
    }

    /// A registrar, and a proxy for those who have registered.
    static void proxy(Incoming request) {
        if (request.is("REGISTER")) request.register();
        else request.proxy();
    }

    /// A redirect server: the caller goes on alone.
    static void redirect(Incoming request) {
        if (!request.is("INVITE")) request.reject(405);
        else if (request.uri().startsWith("sip:sales@")) request.redirect(
                "sip:bob@127.0.0.1:15092", "sip:carol@127.0.0.1:15091");
        else request.reject(404);
    }

    /// Who may do what: asks for passwords, hides from some, and takes nothing for granted.
    static Consumer<Incoming> guard(Map<String, String> passwords, Set<String> unwanted) {
        return request -> {
            if (unwanted.contains(request.from())) request.reject(603, "Not From You");
            else if (request.is("OPTIONS")) request.accept();
            else if (request.user("example.com", passwords::get).isEmpty())
                request.challenge("example.com");
            else if (request.is("REGISTER")) request.register();
            else request.proxy();
        };
    }

    /// All who are on duty ring, and the first who takes the call has it.
    static Consumer<Incoming> fork(Supplier<String[]> onDuty) {
        return request -> {
            var all = onDuty.get();   // as long as it takes: only this request waits
            if (all.length == 0) request.reject(480);
            else request.proxy(all);
        };
    }

    // As tests

    private static RealHost host;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll static void begin() { host = new RealHost(RealHost.Options.of(Optional.empty())); }

    @AfterAll static void end() { host.close(); }

    /// All at once, for each says goodbye first.
    @AfterEach void close() throws Exception {
        var closing = open.reversed().stream().map(each -> Thread.startVirtualThread(() -> {
            try {
                each.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        })).toList();
        for (var each : closing) each.join();
    }

    private Telephone phone(String user, int port) {
        return phone(user, PhoneSetup.at("sip:" + user + "@127.0.0.1:" + port));
    }

    private Telephone phone(String user, PhoneSetup setup) {
        var phone = Telephone.start(host, user, setup);
        open.add(phone);
        return phone;
    }

    /// One that is of example.com, and rings.
    private Telephone phone(String user, SipServer server) {
        return phone(user, PhoneSetup.of("sip:" + user + "@example.com", server.address())
                .withLogin(user, user + "'s").ringing());
    }

    private SipServer server(Consumer<Incoming> program) {
        var server = SipServer.start(host, ANYWHERE, "example.com", program);
        open.add(server);
        return server;
    }

    private static <T> CompletableFuture<T> meanwhile(Supplier<T> what) {
        var result = new CompletableFuture<T>();
        Thread.startVirtualThread(() -> {
            try {
                result.complete(what.get());
            } catch (RuntimeException | Error failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private static CompletableFuture<String> meanwhile(Runnable what) {
        return meanwhile(() -> {
            what.run();
            return "done";
        });
    }

    @Test void to_call_and_to_answer() throws Exception {
        var bob = phone("bob", PhoneSetup.at("sip:bob@127.0.0.1:15081").ringing());
        var answering = meanwhile(() -> answer(bob));
        var alice = phone("alice", 15082);
        var carol = phone("carol", 15083);
        var other = meanwhile(() -> call(carol, "sip:bob@127.0.0.1:15081"));
        assertThat(call(alice, "sip:bob@127.0.0.1:15081").received()).isGreaterThan(5);
        assertThat(other.get().received()).isGreaterThan(5);
        bob.close();
        assertThat(answering.get(5, TimeUnit.SECONDS)).isEqualTo("done");
    }

    @Test void to_transfer() throws Exception {
        var desk = phone("desk", 15084);
        var carol = phone("carol", 15085);
        var caller = phone("caller",
                PhoneSetup.at("sip:caller@127.0.0.1:15086").following());
        var transferring = meanwhile(() -> transfer(desk, "sip:carol@127.0.0.1:15085"));
        var call = caller.call("sip:desk@127.0.0.1:15084");
        assertThat(carol.answer(SOON)).as("asked").isPresent();
        assertThat(transferring.get(10, TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(call.next().orElseThrow().peer().orElseThrow().uri().toString())
                .startsWith("sip:carol@127.0.0.1");
    }

    @Test void who_does_not_want_to_be_talked_to_is_not_transferred_to() throws Exception {
        var desk = phone("desk", 15084);
        var carol = phone("carol", PhoneSetup.at("sip:carol@127.0.0.1:15085").ringing());
        var caller = phone("caller", 15086);
        var transferring = meanwhile(() -> transfer(desk, "sip:carol@127.0.0.1:15085"));
        var call = caller.call("sip:desk@127.0.0.1:15084");
        carol.ringing(SOON).orElseThrow().refuse(486);
        assertThat(transferring.get(10, TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(call.flows()).as("resumed").isTrue();
    }

    @Test void to_subscribe() {
        var carol = phone("carol", 15087);
        var alice = phone("alice", 15088);
        carol.approve("*");
        carol.show(true, "in the garden");
        assertThat(await(alice, "sip:carol@127.0.0.1:15087")).isEqualTo("in the garden");
    }

    @Test void to_send_a_text() throws Exception {
        var bot = phone("bot", 15089);
        var echoing = meanwhile(() -> echo(bot));
        var alice = phone("alice", 15090);
        alice.message("sip:bot@127.0.0.1:15089", "Hello");
        assertThat(alice.message(SOON)).contains("You said: Hello");
        bot.close();
        assertThat(echoing.get(5, TimeUnit.SECONDS)).isEqualTo("done");
    }

    @Test void to_be_a_proxy() throws Exception {
        var server = server(TenLinesTest::proxy);
        var bob = phone("bob", server);
        var alice = phone("alice", server);
        bob.register();
        var answering = meanwhile(() -> bob.ringing(SOON).orElseThrow().take().talk(EVER));
        assertThat(call(alice, "sip:bob@example.com").sent()).isGreaterThan(5);
        assertThat(answering.get(5, TimeUnit.SECONDS)).as("hung up, through the proxy").isTrue();
        alice.message("sip:bob@example.com", "Are you there?");
        assertThat(bob.message(SOON)).contains("Are you there?");
        assertThatThrownBy(() -> alice.call("sip:carol@example.com"))
                .hasMessageStartingWith("404");
    }

    @Test void to_be_a_redirect_server() {
        var bob = phone("bob", 15092);
        var alice = phone("alice", 15097);
        var at = HostName.text(server(TenLinesTest::redirect).address());
        alice.call("sip:sales@" + at).close();
        assertThat(bob.answer(SOON)).as("called straight").isPresent();
        assertThatThrownBy(() -> alice.call("sip:carol@" + at)).hasMessageStartingWith("404");
        assertThatThrownBy(() -> alice.message("sip:sales@" + at, "Hi"))
                .hasMessageStartingWith("405");
    }

    @Test void to_accept_to_reject_and_to_challenge() {
        var server = server(guard(Map.of("bob", "bob's", "alice", "alice's"),
                Set.of("sip:eve@example.com")));
        var bob = phone("bob", server);
        var alice = phone("alice", server);
        bob.register();
        alice.message("sip:bob@example.com", "It is me");
        assertThat(bob.message(SOON)).contains("It is me");
        assertThatThrownBy(phone("eve", server)::register).hasMessage("603 Not From You");
        assertThatThrownBy(phone("mallory", server)::register).hasMessageStartingWith("401");
    }

    @Test void to_fork() throws Exception {
        var server = server(fork(() -> new String[] {
                "sip:bob@127.0.0.1:15093", "sip:carol@127.0.0.1:15094"}));
        var bob = phone("bob", PhoneSetup.at("sip:bob@127.0.0.1:15093").ringing());
        var carol = phone("carol", 15094);
        var alice = phone("alice", server);
        try (var _ = alice.call("sip:support@anywhere.example")) {
            assertThat(carol.answer(SOON)).isPresent();
            var rings = bob.ringing(SOON).orElseThrow();
            assertThat(rings.talk(SOON)).as("cancelled").isTrue();
        }
    }

    // Taken back

    @Test void a_server_whose_port_is_taken_says_so() {
        var first = server(TenLinesTest::proxy);
        assertThatThrownBy(() -> SipServer.start(host, first.address(), "example.com", _ -> { }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("127.0.0.1:" + first.address().getPort() + ": ");
    }

    @Test void what_a_program_does_not_decide_is_answered() {
        var alice = phone("alice", server(request -> {
            if (request.is("REGISTER")) throw new IllegalStateException("a bug, as is meant here");
        }));
        assertThatThrownBy(() -> alice.message("sip:bob@example.com", "Hi"))
                .hasMessage("501 Not Implemented");
        assertThatThrownBy(alice::register).hasMessageStartingWith("500");
    }

    @Test void who_cancels_interrupts_the_program_that_decides() throws Exception {
        var interrupted = new CompletableFuture<Boolean>();
        var asked = new CountDownLatch(1);
        var server = server(_ -> {
            asked.countDown();
            LockSupport.parkNanos(SOON.toNanos());
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        var alice = phone("alice", server);
        var calling = meanwhile(() -> alice.call("sip:bob@example.com"));
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        alice.close();
        assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(calling::get).hasRootCauseMessage("487 Request Terminated");
    }

    @Test void who_closes_a_server_has_what_waits_refused() throws Exception {
        var asked = new CountDownLatch(1);
        var server = server(_ -> {
            asked.countDown();
            LockSupport.parkNanos(SOON.toNanos());
        });
        var alice = phone("alice", server);
        var saying = meanwhile(() -> alice.message("sip:bob@example.com", "Hi"));
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        server.close();
        assertThatThrownBy(saying::get).hasRootCauseMessage("503 Service Unavailable");
    }

    @Test void who_is_interrupted_has_called_in_vain() throws Exception {
        var bob = phone("bob", PhoneSetup.at("sip:bob@127.0.0.1:15095").ringing());
        var alice = phone("alice", 15096);
        var failed = new CompletableFuture<Throwable>();
        var calling = Thread.startVirtualThread(() -> {
            try {
                alice.call("sip:bob@127.0.0.1:15095");
            } catch (Telephone.Failed e) {
                failed.complete(e);
            }
        });
        var rings = bob.ringing(SOON).orElseThrow();
        calling.interrupt();
        assertThat(failed.get(5, TimeUnit.SECONDS)).hasMessage("487 Request Terminated");
        assertThat(rings.talk(SOON)).as("cancelled").isTrue();
        assertThatThrownBy(rings::take).hasMessageStartingWith("487");
    }
}
