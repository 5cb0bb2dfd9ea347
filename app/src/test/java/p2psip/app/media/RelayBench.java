package p2psip.app.media;

import static java.nio.charset.StandardCharsets.US_ASCII;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.node.*;
import p2psip.app.p2p.Place;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc4566.SessionDescription;

/// Processor time of each packet of RTP that a relay passes on: of a node between two telephones,
/// of a node between a telephone and the Link of another node, and of rtpengine.
///
/// `RelayBench [ROUNDS [SECONDS [CALLS]]]` has calls through each, in which both sides say 50
/// packets a second of 172 bytes, and takes the relays in turn; it prints the microseconds that
/// each has used for a packet that came through, and how many times rtpengine's they are. Of one
/// call alone each packet is said when the one before has come, as fast as the relay is. Each relay
/// is a program of its own, and its first two rounds do not count.
final class RelayBench implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final int NG = 12_223, SIZE = 172;
    private static final Duration PACE = Duration.ofMillis(20);

    /// A relay with the calls that pass through it.
    private record Relay(String name, ProcessHandle process, List<Call> calls) {}

    /// Two sockets of telephones, and where each is to send.
    private record Call(DatagramChannel alice, DatagramChannel bob, InetSocketAddress fromAlice,
            InetSocketAddress fromBob) {}

    private final List<Process> programs = new ArrayList<>();
    private final ByteBuffer packet = ByteBuffer.allocateDirect(SIZE),
            heard = ByteBuffer.allocateDirect(2_048);
    private int sequence;

    private RelayBench() {}

    public static void main(String... words) throws Exception {
        if (words.length > 0 && words[0].equals("node")) {
            node(Arrays.stream(words).skip(1).mapToInt(Integer::parseInt)
                    .mapToObj(port -> new Place("127.0.0.1", port)).toList());
            return;
        }
        int rounds = words.length > 0 ? Integer.parseInt(words[0]) : 3;
        int seconds = words.length > 1 ? Integer.parseInt(words[1]) : 10;
        int calls = words.length > 2 ? Integer.parseInt(words[2]) : 50;
        try (var bench = new RelayBench()) {
            bench.measure(rounds, seconds, calls);
        }
    }

    private void measure(int rounds, int seconds, int calls) throws Exception {
        var link = link(calls);
        var relays = List.of(rtpengine(calls), phones(calls), link);
        for (int i = -1; i <= rounds; i++) {
            double engine = 0;
            for (var relay : relays) {
                for (var other : relays) greet(other.calls);
                double each = round(relay, seconds);
                if (engine == 0) engine = each;
                System.out.printf(", %.2f of rtpengine's%s%n", each / engine,
                        i < 1 ? " (warming)" : "");
            }
        }
    }

    /// Packets that were said, and that have come through.
    private record Count(int said, int through) {}

    /// Microseconds of a relay's processor time for each packet that came through.
    private double round(Relay relay, int seconds) throws IOException {
        var before = used(relay.process);
        var count = relay.calls.size() == 1 ? alone(relay.calls.getFirst(), seconds)
                : together(relay.calls, seconds);
        double each = used(relay.process).minus(before).toNanos() / 1e3 / count.through;
        System.out.printf("%-18s %d of %d packets, %.2f us each", relay.name, count.through,
                count.said, each);
        return each;
    }

    /// A call that is silent for 30 s is carried no longer.
    private void greet(List<Call> calls) throws IOException {
        sequence++;
        for (int i = 0; i < calls.size(); i++) {
            say(calls.get(i).alice, calls.get(i).fromAlice, i);
            say(calls.get(i).bob, calls.get(i).fromBob, -1 - i);
        }
        LockSupport.parkNanos(PACE.toNanos() * 10);
        for (var call : calls) {
            hears(call.alice);
            hears(call.bob);
        }
    }

    private Count together(List<Call> calls, int seconds) throws IOException {
        int passes = seconds * 50, through = 0;
        long begin = System.nanoTime(), step = PACE.toNanos() / calls.size();
        for (int pass = 0; pass < passes; pass++, sequence++)
            for (int i = 0; i < calls.size(); i++) {
                var call = calls.get(i);
                say(call.alice, call.fromAlice, i);
                say(call.bob, call.fromBob, -1 - i);
                // what both have heard of the last
                through += hears(call.alice) + hears(call.bob);
                long due = begin + pass * PACE.toNanos() + i * step;
                while (due > System.nanoTime()) LockSupport.parkNanos(due - System.nanoTime());
            }
        LockSupport.parkNanos(PACE.toNanos() * 10);
        for (var call : calls) through += hears(call.alice) + hears(call.bob);
        return new Count(passes * calls.size() * 2, through);
    }

    private Count alone(Call call, int seconds) throws IOException {
        int said = 0, through = 0;
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            boolean ours = said++ % 2 == 0;
            if (ours) sequence++;
            say(ours ? call.alice : call.bob, ours ? call.fromAlice : call.fromBob, ours ? 0 : -1);
            long patience = System.nanoTime() + PACE.toNanos();
            for (int came = 0; came == 0 && System.nanoTime() < patience; through += came) {
                came = hears(ours ? call.bob : call.alice);
                if (came == 0) Thread.yield();
            }
        }
        return new Count(said, through);
    }

    private void say(DatagramChannel from, InetSocketAddress to, int source) throws IOException {
        packet.clear().putShort((short) 0x8000).putShort((short) sequence)
                .putInt(sequence * 160).putInt(source).clear();
        from.send(packet, to);
    }

    private int hears(DatagramChannel at) throws IOException {
        int packets = 0;
        while (at.receive(heard.clear()) != null) packets++;
        return packets;
    }

    private static Duration used(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    // Calls

    private Relay phones(int calls) throws Exception {
        var node = start(List.of());
        return calls("telephones", node.process, node.sip, node.sip, calls);
    }

    private Relay link(int calls) throws Exception {
        var there = start(List.of());
        var node = start(List.of("" + there.overlay));
        return calls("telephone and Link", node.process, node.sip, there.sip, calls);
    }

    /// @param bobs where Bob is registered
    private Relay calls(String name, ProcessHandle process, InetSocketAddress node,
            InetSocketAddress bobs, int calls) throws Exception {
        try (var alice = new DatagramSocket(new InetSocketAddress(HERE, 0));
                var bob = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
            for (var socket : List.of(alice, bob)) socket.setSoTimeout(10_000);
            register(alice, node, "alice");
            register(bob, bobs, "bob");
            var all = new ArrayList<Call>();
            while (all.size() < calls) {
                all.add(call(alice, bob, node, all.size()));
                if (all.size() % 10 == 0) greet(all);
            }
            return new Relay(name, process, all);
        }
    }

    private static void register(DatagramSocket phone, InetSocketAddress node, String name)
            throws IOException {
        send(phone, node, request("REGISTER sip:example.com", phone, name, name, "r" + name), "");
        if (!(receive(phone).message instanceof Response ok) || !ok.success())
            throw new IOException(name + " cannot register");
    }

    private static String request(String line, DatagramSocket phone, String from, String to,
            String callId) {
        return line + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + phone.getLocalPort()
                + ";branch=z9hG4bK" + callId + "\r\nMax-Forwards: 70\r\nFrom: <sip:" + from
                + "@example.com>;tag=" + callId + "\r\nTo: <sip:" + to
                + "@example.com>\r\nCall-ID: " + callId + "\r\nCSeq: 1 " + line.split(" ")[0]
                + "\r\nContact: <sip:" + from + "@127.0.0.1:" + phone.getLocalPort() + ">\r\n";
    }

    private Call call(DatagramSocket alice, DatagramSocket bob, InetSocketAddress node, int number)
            throws Exception {
        var here = open();
        var there = open();
        // the ring may not have heard of Bob yet
        for (int tries = 0; ; tries++) {
            var callId = "c" + number + "t" + tries;
            send(alice, node, request(
                    "INVITE sip:bob@example.com", alice, "alice", "bob", callId), sdp(here));
            var response = answered(alice, bob, there, callId);
            if (response.isPresent()) return new Call(here, there, response.get().at(0),
                    response.get().at(1));
            if (tries == 60) throw new IOException("Bob is not found");
            Thread.sleep(Duration.ofMillis(500));
        }
    }

    /// Where Alice and Bob are to send.
    private record Places(InetSocketAddress... places) {
        InetSocketAddress at(int i) { return places[i]; }
    }

    /// Bob takes the call if it comes; nothing if Alice is told that it cannot.
    private static Optional<Places> answered(DatagramSocket alice, DatagramSocket bob,
            DatagramChannel media, String callId) throws IOException {
        Optional<InetSocketAddress> bobs = Optional.empty();
        bob.setSoTimeout(20);
        alice.setSoTimeout(20);
        for (int i = 0; i < 500; i++) {
            if (bobs.isEmpty()) try {
                var came = receive(bob);
                // who is slow hears one again
                if (!came.message.callId().equals(callId)) continue;
                bobs = Optional.of(media(came.message));
                send(bob, came.from, "SIP/2.0 200 OK\r\n" + came.message.toString().lines()
                        .takeWhile(line -> !line.isEmpty())
                        .filter(line -> line.matches("(Via|From|To|Call-ID|CSeq|Record-Route):.*"))
                        .map(line -> line.startsWith("To:") ? line + ";tag=bob" : line)
                        .collect(Collectors.joining("\r\n"))
                        + "\r\nContact: <sip:bob@127.0.0.1:" + bob.getLocalPort() + ">\r\n",
                        sdp(media));
            } catch (SocketTimeoutException e) {
                // not yet
            }
            try {
                if (receive(alice).message instanceof Response response && !response.provisional()
                        && response.callId().equals(callId))
                    return response.success() ? Optional.of(
                            new Places(media(response), bobs.orElseThrow())) : Optional.empty();
            } catch (SocketTimeoutException e) {
                // not yet
            }
        }
        throw new IOException("nobody answers");
    }

    private static InetSocketAddress media(Message message) {
        return media(SessionDescription.parse(message.body()));
    }

    private static InetSocketAddress media(SessionDescription description) {
        return new InetSocketAddress(HERE, description.media().getFirst().port());
    }

    private static String sdp(DatagramChannel at) throws IOException {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio "
                + ((InetSocketAddress) at.getLocalAddress()).getPort()
                + " RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n";
    }

    private static DatagramChannel open() throws IOException {
        var channel = DatagramChannel.open().bind(new InetSocketAddress(HERE, 0));
        channel.configureBlocking(false);
        return channel;
    }

    private record Came(Message message, InetSocketAddress from) {}

    private static Came receive(DatagramSocket at) throws IOException {
        var in = new DatagramPacket(new byte[4_096], 4_096);
        at.receive(in);
        return new Came(Message.parse(Bytes.slice(in.getData(), 0, in.getLength())),
                (InetSocketAddress) in.getSocketAddress());
    }

    private static void send(DatagramSocket from, InetSocketAddress to, String head, String body)
            throws IOException {
        var bytes = (head + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body).getBytes(US_ASCII);
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    // Programs

    private record Started(ProcessHandle process, InetSocketAddress sip, int overlay) {}

    private Started start(List<String> others) throws IOException {
        var line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                RelayBench.class.getName(), "node"));
        line.addAll(others);
        var process = program(line);
        var ports = process.inputReader().readLine().split(" ");
        return new Started(process.toHandle(), new InetSocketAddress(HERE,
                Integer.parseInt(ports[0])), Integer.parseInt(ports[1]));
    }

    private Process program(List<String> line) throws IOException {
        var process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        programs.add(process);
        return process;
    }

    /// A node of its own; all media pass through it.
    private static void node(List<Place> others) throws InterruptedException {
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var node = RunningNode.start(host, "node", Node.Options.at(HERE, others)
                    .with(MediaProxy.Mode.ALWAYS));
            System.out.println(node.sip().getPort() + " " + node.overlay().port());
            Thread.sleep(Duration.ofHours(1));
        }
    }

    /// rtpengine, told of calls as a proxy would tell it.
    private Relay rtpengine(int calls) throws Exception {
        var process = program(List.of("rtpengine", "-f", "-E", "--table=-1",
                "--interface=127.0.0.1", "--listen-ng=127.0.0.1:" + NG, "-m", "40000", "-M",
                "44000", "--num-threads=1", "--log-level=3"));
        var all = new ArrayList<Call>();
        try (var socket = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
            socket.setSoTimeout(500);
            while (all.size() < calls) {
                var here = open();
                var there = open();
                var tags = Map.of("call-id", "c" + all.size(), "from-tag", "a");
                var offer = ask(socket, "offer", tags, sdp(here));
                var more = new TreeMap<>(tags);
                more.put("to-tag", "b");
                all.add(new Call(here, there, ask(socket, "answer", more, sdp(there)), offer));
            }
        }
        return new Relay("rtpengine", process.toHandle(), all);
    }

    /// Where the side is to send that gets this description.
    private static InetSocketAddress ask(DatagramSocket socket, String command,
            Map<String, String> words, String sdp) throws IOException {
        var all = new TreeMap<>(words);
        all.put("command", command);
        all.put("sdp", sdp);
        all.put("ICE", "remove");
        var text = "1" + words.get("call-id") + command + " d" + all.entrySet().stream()
                .map(e -> bencoded(e.getKey()) + bencoded(e.getValue()))
                .collect(Collectors.joining()) + "e";
        for (int tries = 0; ; tries++) try {
            socket.send(new DatagramPacket(text.getBytes(US_ASCII), text.length(),
                    new InetSocketAddress(HERE, NG)));
            var in = new DatagramPacket(new byte[4_096], 4_096);
            socket.receive(in);
            var port = Pattern.compile("m=audio (\\d+)")
                    .matcher(new String(in.getData(), 0, in.getLength(), US_ASCII));
            if (!port.find()) throw new IOException("rtpengine has not taken a call");
            return new InetSocketAddress(HERE, Integer.parseInt(port.group(1)));
        } catch (SocketTimeoutException | PortUnreachableException e) {
            if (tries == 20) throw e;   // it was starting
        }
    }

    private static String bencoded(String text) { return text.length() + ":" + text; }

    @Override public void close() {
        programs.forEach(Process::destroy);
        programs.forEach(program -> program.onExit().join());
    }
}
