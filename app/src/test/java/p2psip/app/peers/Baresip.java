package p2psip.app.peers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;

/// A baresip process: a real phone without a sound card, that plays a tone and records sound.
final class Baresip implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BaresipFolder folder;
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
        this(folder, aor, proxy, hertz, "127.0.0.1", "");
    }

    /// @param address from which it speaks
    /// @param nat     how it gets through routers: `;medianat=ice`, or nothing
    Baresip(Path folder, String aor, String proxy, int hertz, String address, String nat)
            throws Exception {
        this(folder, aor, proxy, hertz, address, nat.isEmpty() ? ""
                : "module ice.so\nmodule stun.so\nmodule turn.so\n", nat, "");
    }

    /// @param friend whose presence it shows, and whom it shows its own; nobody if empty
    static Baresip watching(Path folder, String aor, String proxy, String friend)
            throws Exception {
        return new Baresip(folder, aor, proxy, 440, "127.0.0.1",
                "module_app contact.so\nmodule_app presence.so\n", "",
                "\"Friend\" <" + friend + ">;presence=p2p\n");
    }

    /// One that asks whether messages are waiting.
    static Baresip asking(Path folder, String aor, String proxy) throws Exception {
        return new Baresip(folder, aor, proxy, 440, "127.0.0.1", "module_app mwi.so\n",
                ";mwi=yes", "");
    }

    /// One that shows a certificate by TLS, and believes those of an authority.
    ///
    /// @param shown the certificate and its key (PEM)
    static Baresip certified(Path folder, String aor, String proxy, Path shown, Path authority)
            throws Exception {
        return new Baresip(folder, aor, proxy, 440, "127.0.0.1", "sip_certificate " + shown
                + "\nsip_cafile " + authority + "\n", "", "");
    }

    /// One that talks in secret.
    ///
    /// @param encryption `srtp`, `srtp-mand` or `dtls_srtp`
    /// @param codec      as it calls it: `PCMU/8000/1`, `opus/48000/2`
    /// @param rate       of the sound that it needs for that, and in how many channels
    static Baresip secret(Path folder, String aor, String proxy, int hertz, String encryption,
            String codec, int rate, int channels) throws Exception {
        Files.createDirectories(folder);
        Tone.write(folder.resolve("plain.wav"), hertz, Duration.ofSeconds(60));
        var fit = folder.resolve("fit.wav");
        new ProcessBuilder("sox", folder.resolve("plain.wav").toString(), "-r", "" + rate, "-c",
                "" + channels, fit.toString()).start().waitFor();
        return new Baresip(folder, aor, proxy, hertz, "127.0.0.1", """
                module opus.so
                module g722.so
                module srtp.so
                module dtls_srtp.so
                audio_source aufile,%s
                """.formatted(fit), ";audio_codecs=" + codec + ";mediaenc=" + encryption, "");
    }

    private Baresip(Path folder, String aor, String proxy, int hertz, String address,
            String modules, String account, String contacts) throws Exception {
        int commands = Ports.pair();
        sip = Ports.pair();
        rtp = Ports.run(BaresipFolder.RTP_PORTS);
        this.folder = new BaresipFolder(folder, address, sip, rtp, modules + """
                module_app ctrl_tcp.so
                ctrl_tcp_listen 127.0.0.1:%d
                """.formatted(commands), account);
        this.folder.write(aor, proxy, hertz);
        if (!contacts.isEmpty()) Files.writeString(folder.resolve("contacts"), contacts);
        this.process = new ProcessBuilder(this.folder.command())
                .redirectErrorStream(true).redirectOutput(this.folder.log().toFile()).start();
        this.control = connect(commands);
        Thread.startVirtualThread(this::listen);
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

    /// Says that its user can be reached.
    void online() throws IOException { command("presence_online", ""); }

    /// Waits until its list of contacts says this.
    void shows(String state) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            command("contacts", "");
            var event = events.poll(1, TimeUnit.SECONDS);
            if (event != null && event.contains("Contacts") && event.contains(state)) return;
            if (System.nanoTime() > end)
                throw new AssertionError("not " + state + ":\n" + Files.readString(folder.log()));
            LockSupport.parkNanos(100_000_000);
        }
    }

    /// Its ports, for who captures what it says.
    String ports() {
        return "port " + sip + " or portrange " + rtp + "-" + (rtp + BaresipFolder.RTP_PORTS - 1);
    }

    void dial(String uri) throws IOException { command("dial", uri); }

    /// Has the peer of its call call somebody else.
    void transfer(String uri) throws IOException { command("transfer", uri); }

    void hangUp() throws IOException { command("hangup", ""); }

    /// Waits until it is registered, though that be before anybody listened to its events.
    void registered() throws Exception {
        for (int tries = 0; tries < 40; tries++) {
            if (Files.readString(folder.log()).contains(" 200 OK () [")) return;
            events.poll(500, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("not registered:\n" + Files.readString(folder.log()));
    }

    /// Waits for an event of this type: `REGISTER_OK`, `CALL_ESTABLISHED`, `CALL_CLOSED`.
    String await(String type) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var event = events.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (event == null)
                throw new AssertionError("no " + type + ":\n"
                        + Files.readString(folder.log()));
            if (event.contains("\"type\":\"" + type + "\"")) return event;
        }
    }

    /// Waits until it has recorded so much of its call.
    void hears(Duration length) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (Tone.seconds(recording()) < length.toSeconds()) {
            if (System.nanoTime() > end)
                throw new AssertionError("silence:\n" + Files.readString(folder.log()));
            LockSupport.parkNanos(100_000_000);
        }
    }

    /// Waits until it has written this for people, also what was there before we listened.
    void prints(String text) throws Exception { printsOneOf(text); }

    /// Waits until it has written one of these, and tells which.
    String printsOneOf(String... texts) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var log = log();
            for (var text : texts) if (log.contains(text)) return text;
            if (System.nanoTime() > end)
                throw new AssertionError("no " + String.join(" or ", texts) + ":\n" + log);
            LockSupport.parkNanos(100_000_000);
        }
    }

    /// What it has written for people.
    String log() throws IOException { return Files.readString(folder.log()); }

    /// What it heard in its last call.
    Path recording() throws IOException { return folder.recording(); }

    @Override public void close() throws IOException {
        control.close();
        process.destroy();
        process.onExit().orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(_ -> process.destroyForcibly()).join();
    }
}
