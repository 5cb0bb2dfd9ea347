package p2psip.app.pipe;

import module java.base;
import java.security.cert.X509Certificate;
import javax.net.ssl.*;
import p2psip.app.host.*;
import p2psip.app.node.*;
import p2psip.app.p2p.Place;
import p2psip.std.Bytes;

/// Processor time of 100 MB through two nodes on loopback, each a program of its own, beside the
/// same through TLS 1.3 over TCP: `StreamBench [MEGABYTES [WARM]]` prints both and the ratio.
///
/// Both programs are warmed by so many megabytes before, as many again if nothing is said; what is
/// counted is what both have used from then on, the compiler of the JVM included.
final class StreamBench {
    private static final String BOB = "sip:bob@example.com";
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final int CHUNK = 64 * 1024;

    private StreamBench() {}

    public static void main(String... words) throws Exception {
        if (words.length > 2) {
            side(words[0], words[1], Long.parseLong(words[2]), Long.parseLong(words[3]));
            return;
        }
        long size = 1_000_000L * (words.length == 0 ? 100 : Integer.parseInt(words[0]));
        long warm = words.length < 2 ? size : 1_000_000L * Integer.parseInt(words[1]);
        double tls = both("tls", size, warm), streams = both("node", size, warm);
        System.out.printf("%d MB: TLS over TCP %.2f s, streams %.2f s, ratio %.2f%n",
                size / 1_000_000, tls, streams, streams / tls);
    }

    /// Seconds of processor time of both sides together.
    private static double both(String how, long size, long warm) throws Exception {
        var server = start(how + "-server", "0", "" + size, "" + warm);
        var out = server.inputReader();
        var client = start(how + "-client", out.readLine(), "" + size, "" + warm);
        var seconds = Double.parseDouble(out.readLine())
                + Double.parseDouble(client.inputReader().readLine());
        server.waitFor();
        client.waitFor();
        return seconds;
    }

    private static Process start(String... words) throws IOException {
        var line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-cp", System.getProperty("java.class.path"),
                StreamBench.class.getName()));
        line.addAll(List.of(words));
        return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static Duration used() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static void say(Duration before) {
        System.out.println(used().minus(before).toNanos() / 1e9);
        System.out.flush();
    }

    private static void side(String side, String at, long size, long warm)
            throws Exception {
        switch (side) {
            case "tls-server" -> {
                try (var door = context().getServerSocketFactory().createServerSocket(0, 1, HERE)) {
                    System.out.println(door.getLocalPort());
                    try (var socket = door.accept()) {
                        read(socket, warm);
                        var before = used();
                        read(socket, size);
                        say(before);
                        socket.getOutputStream().write(1);
                    }
                }
            }
            case "tls-client" -> {
                try (var socket = context().getSocketFactory().createSocket(
                        HERE, Integer.parseInt(at))) {
                    write(socket, warm);
                    var before = used();
                    write(socket, size);
                    socket.getInputStream().read();
                    say(before);
                }
            }
            case "node-server" -> {
                try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
                    var node = RunningNode.start(host, "bob", Node.Options.at(HERE, List.of()));
                    var sockets = PipeSockets.of(node.line());
                    var server = sockets.bind(BOB);
                    System.out.println(node.overlay().port());
                    var pipe = server.accept();
                    read(pipe, warm);
                    var before = used();
                    read(pipe, size);
                    say(before);
                    pipe.send(Bytes.utf8("all"));
                    pipe.end();
                }
            }
            case "node-client" -> {
                try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
                    var node = RunningNode.start(host, "alice", Node.Options.at(HERE,
                            List.of(new Place("127.0.0.1", Integer.parseInt(at)))));
                    var pipe = connect(PipeSockets.of(node.line()));
                    write(pipe, warm);
                    var before = used();
                    write(pipe, size);
                    pipe.recv();
                    say(before);
                    pipe.drop();
                }
            }
            default -> throw new IllegalArgumentException(side);
        }
    }

    /// The two rings take a moment to become one.
    private static PipeSocket connect(PipeSockets sockets) throws InterruptedException {
        for (int tries = 0; ; tries++) try {
            return sockets.connect(BOB);
        } catch (PipeFailed e) {
            if (tries == 60) throw e;
            Thread.sleep(Duration.ofMillis(500));
        }
    }

    private static void read(Socket socket, long size) throws IOException {
        var bytes = new byte[CHUNK];
        for (long left = size; left > 0; )
            left -= socket.getInputStream().read(bytes, 0, (int) Math.min(left, CHUNK));
    }

    private static void write(Socket socket, long size) throws IOException {
        var bytes = new byte[CHUNK];
        for (long left = size; left > 0; left -= CHUNK)
            socket.getOutputStream().write(bytes, 0, (int) Math.min(left, CHUNK));
    }

    private static void read(PipeSocket pipe, long size) throws InterruptedException {
        for (long left = size - over; left > 0; over = (int) -left) left -= pipe.recv().size();
    }

    /// Bytes of the second half that came with the first.
    private static int over;

    private static void write(PipeSocket pipe, long size) throws InterruptedException {
        var bytes = Bytes.wrap(new byte[CHUNK]);
        for (long left = size; left > 0; left -= CHUNK)
            pipe.send(bytes.slice(0, (int) Math.min(left, CHUNK)));
    }

    /// Both sides have the same certificate, and believe it.
    private static SSLContext context() throws Exception {
        var context = SSLContext.getInstance("TLSv1.3");
        var pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("bench", pair.getPrivate(), new char[0],
                new java.security.cert.Certificate[] {certificate(pair)});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        context.init(keys.getKeyManagers(), new TrustManager[] {new Everybody()}, null);
        return context;
    }

    private static X509Certificate certificate(KeyPair pair) throws Exception {
        var name = new org.bouncycastle.asn1.x500.X500Name("CN=bench");
        var now = System.currentTimeMillis();
        return new org.bouncycastle.cert.jcajce.JcaX509CertificateConverter().getCertificate(
                new org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder(name, BigInteger.ONE,
                        new Date(now - 60_000), new Date(now + 3_600_000), name, pair.getPublic())
                        .build(new org.bouncycastle.operator.jcajce.JcaContentSignerBuilder(
                                "SHA256withECDSA").build(pair.getPrivate())));
    }

    /// Believes whoever is there: it is this machine.
    private static final class Everybody extends X509ExtendedTrustManager {
        @Override public void checkClientTrusted(X509Certificate[] chain, String how) {}

        @Override public void checkServerTrusted(X509Certificate[] chain, String how) {}

        @Override public void checkClientTrusted(X509Certificate[] chain, String how, Socket at) {}

        @Override public void checkServerTrusted(X509Certificate[] chain, String how, Socket at) {}

        @Override public void checkClientTrusted(
                X509Certificate[] chain, String how, SSLEngine at) {}

        @Override public void checkServerTrusted(
                X509Certificate[] chain, String how, SSLEngine at) {}

        @Override public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; }
    }
}
