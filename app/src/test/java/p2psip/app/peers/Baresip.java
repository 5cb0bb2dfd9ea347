package p2psip.app.peers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;

/// A baresip process: a real phone without a sound card, that plays a tone and records sound.
final class Baresip implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int RTP_PORTS = 20;

    private final Path folder;
    private final int sip, rtp;
    private final Process process;
    private final Socket control;
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    /// Starts one and waits until it takes commands.
    ///
    /// @param aor   `sip:alice@example.com`
    /// @param proxy the node it talks to, with the transport: `sip:127.0.0.1:5062;transport=tcp`
    /// @param hertz the tone it plays
    Baresip(Path folder, String aor, String proxy, int hertz) throws Exception {
        this.folder = Files.createDirectories(folder.resolve("rec")).getParent();
        Tone.write(folder.resolve("tone.wav"), hertz, Duration.ofSeconds(60));
        int commands = Ports.pair();
        sip = Ports.pair();
        rtp = Ports.run(RTP_PORTS);
        Files.writeString(folder.resolve("config"), """
                poll_method epoll
                net_interface 127.0.0.1
                call_local_timeout 30
                sip_listen 127.0.0.1:%d
                rtp_ports %d-%d
                audio_player aubridge,sink
                audio_source aufile,%s
                audio_alert aubridge,alert
                module_path /usr/lib/baresip/modules
                module g711.so
                module aubridge.so
                module aufile.so
                module sndfile.so
                module_tmp uuid.so
                module_tmp account.so
                module_app menu.so
                module_app ctrl_tcp.so
                ctrl_tcp_listen 127.0.0.1:%d
                snd_path %s
                """.formatted(sip, rtp, rtp + RTP_PORTS - 1, folder.resolve("tone.wav"), commands,
                folder.resolve("rec")));
        Files.writeString(folder.resolve("accounts"), account(aor, proxy)
                + ";audio_codecs=PCMU/8000/1;answermode=auto\n");
        Files.writeString(folder.resolve("contacts"), "");
        this.process = new ProcessBuilder("baresip", "-4", "-f", folder.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        this.control = connect(commands);
        Thread.startVirtualThread(this::listen);
    }

    /// The line that the guide tells its readers to write, for another address and node.
    private static String account(String aor, String proxy) throws IOException {
        var line = Files.readString(Path.of("../docs/src/first-call/baresip.txt")).strip();
        return line.replace("sip:alice@example.com", aor)
                .replace("sip:127.0.0.1:5062;transport=udp", proxy)
                .replace("transport=udp", proxy.substring(proxy.indexOf(';') + 1));
    }

    static void assumeThere() {
        boolean found = Programs.isThere("baresip");
        System.out.println("peer baresip: " + (found ? "found" : "not on PATH, skipped"));
        assumeTrue(found, "baresip is not on PATH");
    }

    private static Socket connect(int port) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return new Socket("127.0.0.1", port);
            } catch (ConnectException e) {
                if (System.nanoTime() > end) throw e;
                LockSupport.parkNanos(50_000_000);
            }
        }
    }

    /// Its events come as JSON in netstrings: `12:{"event":...},`
    private void listen() {
        try (var in = new DataInputStream(new BufferedInputStream(control.getInputStream()))) {
            while (true) {
                int length = 0;
                for (int c = in.readUnsignedByte(); c != ':'; c = in.readUnsignedByte())
                    length = length * 10 + c - '0';
                var json = new String(in.readNBytes(length + 1), 0, length);
                events.add(json);
            }
        } catch (IOException e) {
            // the process has ended
        }
    }

    private void command(String command, String params) throws IOException {
        var json = "{\"command\":\"" + command + "\",\"params\":\"" + params + "\"}";
        control.getOutputStream().write((json.length() + ":" + json + ",").getBytes());
    }

    /// Its ports, for who captures what it says.
    String ports() { return "port " + sip + " or portrange " + rtp + "-" + (rtp + RTP_PORTS - 1); }

    void dial(String uri) throws IOException { command("dial", uri); }

    void hangUp() throws IOException { command("hangup", ""); }

    /// Waits for an event of this type: `REGISTER_OK`, `CALL_ESTABLISHED`, `CALL_CLOSED`.
    String await(String type) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var event = events.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (event == null)
                throw new AssertionError("no " + type + ":\n"
                        + Files.readString(folder.resolve("log")));
            if (event.contains("\"type\":\"" + type + "\"")) return event;
        }
    }

    /// Waits until it has recorded so much of its call.
    void hears(Duration length) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (Tone.seconds(recording()) < length.toSeconds()) {
            if (System.nanoTime() > end)
                throw new AssertionError("silence:\n" + Files.readString(folder.resolve("log")));
            LockSupport.parkNanos(100_000_000);
        }
    }

    /// What it heard in its last call.
    Path recording() throws IOException {
        try (var files = Files.list(folder.resolve("rec"))) {
            return files.filter(f -> f.toString().endsWith("dec.wav"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new AssertionError("nothing recorded in " + folder));
        }
    }

    @Override public void close() throws IOException {
        control.close();
        process.destroy();
        process.onExit().orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(_ -> process.destroyForcibly()).join();
    }
}
