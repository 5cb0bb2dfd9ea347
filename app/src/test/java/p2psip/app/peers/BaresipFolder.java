package p2psip.app.peers;

import module java.base;

/// The folder of a baresip: what it is told before it starts, and what it leaves behind.
///
/// @param address from which it speaks
/// @param rtp     the first of its ports for media
/// @param more    lines of its configuration
/// @param account what else its account says: `;medianat=ice`, for example
record BaresipFolder(Path path, String address, int sip, int rtp, String more, String account) {
    static final int RTP_PORTS = 20;

    BaresipFolder(Path path, String address, int sip, int rtp, String more) {
        this(path, address, sip, rtp, more, "");
    }

    /// Writes all that it needs to start.
    ///
    /// @param aor   `sip:alice@example.com`
    /// @param proxy the node it talks to, with the transport: `sip:127.0.0.1:5062;transport=tcp`
    /// @param hertz the tone it plays
    void write(String aor, String proxy, int hertz) throws IOException {
        Files.createDirectories(recordings());
        Tone.write(path.resolve("tone.wav"), hertz, Duration.ofSeconds(60));
        Files.writeString(path.resolve("config"), """
                poll_method epoll
                net_interface %s
                call_local_timeout 30
                sip_listen %s:%d
                rtp_ports %d-%d
                audio_player aubridge,sink
                %saudio_alert aubridge,alert
                module_path /usr/lib/baresip/modules
                module g711.so
                module aubridge.so
                module aufile.so
                module sndfile.so
                module_tmp uuid.so
                module_tmp account.so
                module_app menu.so
                snd_path %s
                """.formatted(address, address, sip, rtp, rtp + RTP_PORTS - 1,
                more.contains("audio_source") ? ""
                        : "audio_source aufile," + path.resolve("tone.wav") + "\n",
                recordings()) + more);
        Files.writeString(path.resolve("accounts"), line(aor, proxy)
                + (account.contains("audio_codecs") ? "" : ";audio_codecs=PCMU/8000/1")
                + ";answermode=auto" + account + "\n");
        Files.writeString(path.resolve("contacts"), "");
    }

    /// The line that the guide tells its readers to write, for another address and node.
    private static String line(String aor, String proxy) throws IOException {
        var line = Files.readString(Path.of("../docs/src/first-call/baresip.txt")).strip();
        return line.replace("sip:alice@example.com", aor)
                .replace("sip:127.0.0.1:5062;transport=udp", proxy)
                .replace("transport=udp", proxy.substring(proxy.indexOf(';') + 1));
    }

    private Path recordings() { return path.resolve("rec"); }

    /// The command that starts it.
    List<String> command(String... options) {
        var command = new ArrayList<>(List.of("baresip", "-4", "-f", path.toString()));
        command.addAll(List.of(options));
        return command;
    }

    Path log() { return path.resolve("log"); }

    /// What it heard in its last call.
    Path recording() throws IOException {
        try (var files = Files.list(recordings())) {
            return files.filter(f -> f.toString().endsWith("dec.wav"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new AssertionError("nothing recorded in " + path));
        }
    }
}
