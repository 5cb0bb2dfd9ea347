package p2psip.app.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.*;
import p2psip.app.host.*;
import p2psip.app.lookup.Neighbour;
import p2psip.app.node.*;
import p2psip.std.Bytes;

/// Programs at two nodes of this machine, each with a thread that waits.
class PipeTest {
    private static final String BOB = "sip:bob@example.com", ALICE = "sip:alice@example.com";
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private final RealHost one = new RealHost(RealHost.Options.of(Optional.empty())),
            two = new RealHost(RealHost.Options.of(Optional.empty()));
    private PipeSockets bobs, alices;

    @BeforeEach void start() {
        var bob = RunningNode.start(one, "bob", Node.Options.at(HERE, List.of()));
        var alice = RunningNode.start(two, "alice",
                Node.Options.at(HERE, List.of(bob.overlay())));
        meets(alice);
        meets(bob);
        bobs = PipeSockets.of(bob.line());
        alices = PipeSockets.of(alice.line());
    }

    /// A super-node is ready as a ring of one; until it has met the other it finds nobody.
    private static void meets(RunningNode node) {
        while (!(node.ask(new Question.Peers()) instanceof Question.Reply.Peers all
                && all.peers().stream().anyMatch(
                        each -> each.role() == Neighbour.Role.NEIGHBOUR)))
            node.line().told(Duration.ofMillis(50));
    }

    @AfterEach void end() {
        bobs.close();
        alices.close();
        one.close();
        two.close();
    }

    /// The ten lines of the package's description.
    @Test void what_is_sent_is_received_and_the_caller_is_known() throws Exception {
        var server = bobs.bind(BOB);
        var echo = Thread.ofVirtual().start(() -> {
            try {
                var caller = server.accept();
                assertThat(caller.verified()).isFalse();
                caller.send(caller.recv());
                caller.close();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        var pipe = alices.connect(BOB);
        pipe.send(Bytes.utf8("hello"));
        assertThat(pipe.recv().utf8()).isEqualTo("hello");
        assertThat(pipe.recv()).isEqualTo(Bytes.EMPTY);
        pipe.close();
        assertThat(pipe.end()).isEmpty();
        echo.join();
    }

    @Test void who_calls_in_his_own_name_is_verified_and_others_are_kept_out() throws Exception {
        var server = bobs.bind(BOB, ALICE);
        alices.bind(ALICE);
        assertThatThrownBy(() -> alices.connect(BOB))
                .isInstanceOf(PipeFailed.class).hasMessageContaining("only some may call");
        var caller = CompletableFuture.supplyAsync(() -> {
            try {
                return server.accept();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        var pipe = alices.connect(BOB, Optional.of(ALICE));
        assertThat(caller.get().peer()).isEqualTo(ALICE);
        assertThat(caller.get().verified()).isTrue();
        pipe.drop();
    }

    @Test void one_side_that_does_not_read_stops_the_other() throws Exception {
        var server = bobs.bind(BOB);
        var pipe = CompletableFuture.supplyAsync(() -> {
            try {
                return alices.connect(BOB);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        var caller = server.accept();
        var sent = new AtomicLong();
        var writer = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 1_000; i++) {
                    pipe.get().send(Bytes.wrap(new byte[10_000]));
                    sent.addAndGet(10_000);
                }
                pipe.get().finish();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        });
        while (sent.get() < 500_000) Thread.onSpinWait();
        long read = 0;
        for (var bytes = caller.recv(); !bytes.isEmpty(); bytes = caller.recv()) {
            read += bytes.size();
            // two windows of the Link, one of each program, and what is on its way between them
            assertThat(sent.get() - read).isLessThan(1_500_000);
        }
        assertThat(read).isEqualTo(10_000_000);
        writer.join();
    }

    @Test void nobody_is_where_nobody_listens() {
        assertThatThrownBy(() -> alices.connect(BOB)).isInstanceOf(PipeFailed.class)
                .hasMessage(BOB + ": nobody is there; a program has to listen there first");
        assertThatThrownBy(() -> alices.connect("bob")).isInstanceOf(PipeFailed.class)
                .hasMessageContaining("give one such as");
    }
}
