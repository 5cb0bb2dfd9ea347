package p2psip.app.host;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import p2psip.app.host.Puppet.Strings;
import p2psip.std.Bytes;
import p2psip.std.rfc1035.Answer;
import p2psip.std.rfc1035.Question;
import p2psip.std.rfc1035.ResourceRecord;

class RealHostTest extends HostContract {
    @TempDir Path folder;
    private Home home;
    private RealHost host;

    @BeforeEach void begin() {
        home = Home.open(folder.resolve("home"));
        host = new RealHost(RealHost.Options.of(Optional.of(home)));
    }

    @AfterEach void end() {
        host.close();
        home.close();
    }

    @Override Host host() { return host; }

    @Override Host restarted() {
        end();
        begin();
        return host;
    }

    /// A peer that never reads: what the system buffers for it is not enough for ever.
    @Test void a_stuck_peer_is_closed_at_the_limit() throws IOException {
        var alice = new Strings(host, "alice");
        try (var stuck = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            alice.pull(new Effect.Open(id(1), TCP, at("127.0.0.1", stuck.getLocalPort())));
            alice.hear(Event.Connected.class);
            var much = Bytes.wrap(new byte[Host.UNWRITTEN / 2]);
            var closed = List.<Object>of();
            for (int i = 0; closed.isEmpty() && i < 1_000; i++) {
                alice.pull(new Effect.Write(id(1), much));
                closed = alice.rest(Duration.ZERO);
            }
            assertThat(closed.isEmpty() ? alice.rest(Duration.ofSeconds(5)) : closed)
                    .containsExactly(new Event.Closed(id(1), "the peer reads too slowly"));
        }
    }

    @Test void a_peer_that_is_cut_off_does_not_hold_up_the_others() throws IOException {
        var alice = new Strings(host, "alice");
        alice.pull(new Effect.Open(id(1), TCP, at("192.0.2.1", 9)),
                new Puppet.Alarm(Duration.ofMillis(1)));
        assertThat(alice.hear(Puppet.Rang.class)).isNotNull();
    }

    @Test void names_are_asked_of_the_name_server_and_unknown_ones_have_no_address()
            throws IOException {
        try (var server = new DatagramSocket(at("127.0.0.1", 0));
                var asking = new RealHost(new RealHost.Options(Optional.empty(), List.of(),
                        Optional.of(at("127.0.0.1", server.getLocalPort())), _ -> {}))) {
            Thread.startVirtualThread(() -> serveNames(server));
            var alice = new Strings(asking, "alice");
            alice.pull(new Effect.Resolve(id(1), "phone.example"),
                    new Effect.Resolve(id(2), "no.example"),
                    new Effect.Resolve(id(3), "not a.name..at all"));
            var heard = new HashMap<Id, List<InetAddress>>();
            while (heard.size() < 3) {
                var resolved = alice.hear(Event.Resolved.class);
                heard.put(resolved.id(), resolved.addresses());
            }
            assertThat(heard).isEqualTo(Map.of(id(1),
                    List.of(InetAddress.ofLiteral("192.0.2.7")),
                    id(2), List.of(), id(3), List.of()));
        }
    }

    @Test void records_are_asked_of_the_name_server_and_so_is_what_is_not_there()
            throws IOException {
        try (var server = new DatagramSocket(at("127.0.0.1", 0));
                var asking = new RealHost(new RealHost.Options(Optional.empty(), List.of(),
                        Optional.of(at("127.0.0.1", server.getLocalPort())), _ -> {}))) {
            Thread.startVirtualThread(() -> serve(server, RealHostTest::serviceOf));
            var alice = new Strings(asking, "alice");
            assertThat(records(alice, "_sip._udp.phone.example")).isEqualTo(new Answer.Found(
                    List.of(new ResourceRecord.Server("_sip._udp.phone.example",
                            Duration.ofSeconds(60), 1, 2, 5070, "host.example")),
                    List.of(new ResourceRecord.Address("host.example", Duration.ofSeconds(30),
                            InetAddress.ofLiteral("192.0.2.7")))));
            assertThat(records(alice, "no.example"))
                    .as("as long as the zone says").isEqualTo(
                            new Answer.None(Duration.ofSeconds(20)));
            assertThat(records(alice, "broken.example")).isEqualTo(
                    new Answer.Failed("the name server says SERVFAIL"));
            assertThat(records(alice, "not a.name..at all")).isInstanceOf(Answer.None.class);
        }
    }

    private static Answer records(Strings alice, String name) {
        alice.pull(new Effect.Query(id(1), new Question(name, Question.Type.SRV)));
        return alice.hear(Event.Answered.class).answer();
    }

    private static void serviceOf(Message answer) {
        var name = answer.getQuestion().getName();
        if (name.toString().startsWith("broken")) {
            answer.getHeader().setRcode(Rcode.SERVFAIL);
        } else if (name.toString().startsWith("no")) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
            answer.addRecord(new SOARecord(Name.root, DClass.IN, 30, Name.root, Name.root,
                    1, 1, 1, 1, 20), Section.AUTHORITY);
        } else {
            var host = Name.fromConstantString("host.example.");
            answer.addRecord(new SRVRecord(name, DClass.IN, 60, 1, 2, 5070, host),
                    Section.ANSWER);
            answer.addRecord(new ARecord(host, DClass.IN, 30,
                    InetAddress.ofLiteral("192.0.2.7")), Section.ADDITIONAL);
        }
    }

    /// A name server that knows one name and one address.
    private static void serveNames(DatagramSocket server) {
        serve(server, RealHostTest::addressOf);
    }

    private static void addressOf(Message answer) {
        var question = answer.getQuestion();
        if (!question.getName().toString().equals("phone.example."))
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        else if (question.getType() == Type.A)
            answer.addRecord(new ARecord(question.getName(), DClass.IN, 60,
                    InetAddress.ofLiteral("192.0.2.7")), Section.ANSWER);
    }

    private static void serve(DatagramSocket server, Consumer<Message> answering) {
        try {
            var packet = new DatagramPacket(new byte[512], 512);
            while (true) {
                server.receive(packet);
                var query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                var question = query.getQuestion();
                var answer = new Message(query.getHeader().getID());
                answer.getHeader().setFlag(Flags.QR);
                answer.addRecord(question, Section.QUESTION);
                answering.accept(answer);
                var wire = answer.toWire();
                server.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    @Test void a_host_that_stops_gives_its_nodes_time_to_say_good_bye() {
        var alice = new Strings(host, "alice");
        alice.bind(at("127.0.0.1", 0));
        host.stop(new Effect.Exit());
        assertThat(alice.ended()).isTrue();
    }

    @Test void streams_that_have_ended_leave_no_file_open() throws Exception {
        var alice = new Strings(host, "alice");
        var bob = new Strings(host, "bob");
        var b = bob.listen(at("127.0.0.1", 0));
        long before = openFiles();
        for (int i = 1; i <= 30; i++) {
            alice.pull(new Effect.Open(id(i), TCP, b),
                    new Effect.Write(id(i), Bytes.utf8("hello")));
            var flow = bob.hear(Event.Accepted.class).id();
            bob.read(5);
            bob.pull(new Effect.Write(flow, Bytes.utf8("bye")));
            if (i % 2 == 0) bob.pull(new Effect.Close(flow));
            else alice.pull(new Effect.Close(id(i)));
            alice.hear(Event.Closed.class);
            bob.hear(Event.Closed.class);
        }
        for (int i = 0; i < 1_000 && openFiles() > before; i++) LockSupport.parkNanos(1_000_000);
        assertThat(openFiles()).isLessThanOrEqualTo(before);
    }

    private static long openFiles() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    /// What Ctrl-C and `kill` do: the node hears the command and has time to send its last
    /// datagram.
    @Test void a_program_that_is_told_to_terminate_says_good_bye() throws Exception {
        try (var socket = new DatagramSocket(at("127.0.0.1", 0))) {
            socket.setSoTimeout(20_000);
            var child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java")
                    .toString(), "-cp", System.getProperty("surefire.test.class.path",
                    System.getProperty("java.class.path")), RealHostTest.class.getName(),
                    "" + socket.getLocalPort())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            assertThat(receive(socket)).isEqualTo("here");
            child.toHandle().destroy();
            assertThat(receive(socket)).isEqualTo("bye");
            assertThat(child.waitFor(RealHost.FAREWELL.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    private static String receive(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[9], 9);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    /// The program that is terminated.
    public static void main(String[] args) {
        var host = new RealHost(RealHost.Options.of(Optional.empty()));
        var node = new Strings(host, "node");
        var local = node.bind(at("127.0.0.1", 0));
        var parent = at("127.0.0.1", Integer.parseInt(args[0]));
        host.stopOnInterrupt(List.of(new Effect.Datagram(local, parent, Bytes.utf8("bye")),
                new Effect.Exit()));
        node.pull(new Effect.Datagram(local, parent, Bytes.utf8("here")));
    }

    //= rfc8489#5-5 the dice of a program are cryptographic ones
    @Test void chance_is_cryptographic() {
        var dice = new ArrayList<RandomGenerator>();
        host.start("alice", room -> {
            dice.add(room.random());
            return new Puppet();
        });
        assertThat(dice).singleElement().isInstanceOf(SecureRandom.class);
    }

    @Test void addresses_begin_with_loopback() {
        var addresses = RealHost.Options.of(Optional.empty()).addresses();
        assertThat(addresses.getFirst().isLoopbackAddress()).isTrue();
    }
}
