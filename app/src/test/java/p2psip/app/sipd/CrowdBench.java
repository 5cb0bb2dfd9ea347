package p2psip.app.sipd;

import static java.nio.charset.StandardCharsets.US_ASCII;

import module java.base;
import javax.net.ssl.*;

/// The memory of a server that has many to remember.
///
/// `CrowdBench HOST:PORT PID registrations|tcp|tls COUNT` has that many register at a `sipd` that
/// runs, or opens that many connections and leaves them be; then it has the server collect all
/// garbage (`jcmd PID GC.class_histogram`) and prints the bytes of what is left, as before.
final class CrowdBench {
    private static final double MEGABYTE = 1 << 20;

    /// Of so many addresses of this machine they come, for each has its share of the server's time.
    private static final int SOURCES = 100;

    /// So many are asked for at a time, and so long nothing may come.
    private static final int WINDOW = 32;

    private final InetSocketAddress server;
    private final long pid;

    private CrowdBench(InetSocketAddress server, long pid) {
        this.server = server;
        this.pid = pid;
    }

    public static void main(String... words) throws Exception {
        var at = words[0].split(":");
        var bench = new CrowdBench(new InetSocketAddress(InetAddress.ofLiteral(at[0]),
                Integer.parseInt(at[1])), Long.parseLong(words[1]));
        int count = Integer.parseInt(words[3]);
        double before = bench.left();
        var begun = System.nanoTime();
        var kept = switch (words[2]) {
            case "registrations" -> bench.register(count);
            case "tcp" -> bench.connect(count, SocketFactory.plain());
            case "tls" -> bench.connect(count, SocketFactory.tls());
            default -> throw new IllegalArgumentException(words[2]);
        };
        double seconds = (System.nanoTime() - begun) / 1e9;
        double after = bench.left();
        System.out.printf(Locale.ROOT, "%s: %d in %.0f s; heap %.1f MB before, %.1f MB after, "
                + "%.0f bytes each%n", words[2], kept.size(), seconds, before, after,
                (after - before) * MEGABYTE / kept.size());
        System.exit(kept.size() == count ? 0 : 1);
    }

    /// The megabytes of what lives in the server's heap.
    private double left() throws Exception {
        for (int i = 0; i < 2; i++) jcmd("GC.run");
        var total = jcmd("GC.class_histogram").lines().filter(line -> line.startsWith("Total"))
                .findFirst().orElseThrow().strip().split("\\s+");
        return Long.parseLong(total[2]) / MEGABYTE;
    }

    private String jcmd(String what) throws Exception {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd")
                .toString(), "" + pid, what).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes());
    }

    /// Everybody, as they are answered 200.
    private Set<Integer> register(int count) throws Exception {
        var done = new HashSet<Integer>();
        try (var selector = Selector.open()) {
            var channels = new ArrayList<DatagramChannel>();
            for (int i = 0; i < SOURCES; i++) {
                var channel = DatagramChannel.open().bind(new InetSocketAddress(
                        InetAddress.ofLiteral("127.0.1." + (1 + i)), 0));
                channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
                channels.add(channel);
            }
            var buffer = ByteBuffer.allocate(4_000);
            int next = 0;
            while (done.size() < count) {
                var pending = new LinkedHashSet<Integer>();
                while (pending.size() < WINDOW && next < count) pending.add(next++);
                if (pending.isEmpty()) break;
                while (!pending.isEmpty()) {
                    for (int user : pending) send(channels.get(user % SOURCES), user);
                    long end = System.nanoTime() + 1_000_000_000L;
                    while (!pending.isEmpty() && System.nanoTime() < end) {
                        selector.select(100);
                        for (var key : selector.selectedKeys())
                            while (((DatagramChannel) key.channel()).receive(buffer.clear())
                                    != null) {
                                int user = user(new String(buffer.array(), 0, buffer.position(),
                                        US_ASCII));
                                if (pending.remove(user)) done.add(user);
                            }
                        selector.selectedKeys().clear();
                    }
                }
            }
        }
        return done;
    }

    /// Who was answered 200; -1 if it was none.
    private static int user(String response) {
        var call = Pattern.compile("Call-ID: (\\d+)").matcher(response);
        return response.startsWith("SIP/2.0 200") && call.find()
                ? Integer.parseInt(call.group(1)) : -1;
    }

    private void send(DatagramChannel channel, int user) throws IOException {
        var own = (InetSocketAddress) channel.getLocalAddress();
        var at = own.getAddress().getHostAddress() + ":" + own.getPort();
        channel.send(ByteBuffer.wrap(("""
                REGISTER sip:example.com SIP/2.0\r
                Via: SIP/2.0/UDP %1$s;branch=z9hG4bKcrowd%2$d\r
                Max-Forwards: 70\r
                From: <sip:user%2$d@example.com>;tag=%2$d\r
                To: <sip:user%2$d@example.com>\r
                Call-ID: %2$d\r
                CSeq: 1 REGISTER\r
                Contact: <sip:user%2$d@%1$s>\r
                Expires: 86400\r
                Content-Length: 0\r
                \r
                """).formatted(at, user).getBytes(US_ASCII)), server);
    }

    /// How a connection is made.
    private interface SocketFactory {
        Socket to(InetSocketAddress server) throws IOException;

        static SocketFactory plain() { return at -> new Socket(at.getAddress(), at.getPort()); }

        /// Whatever certificate is shown.
        static SocketFactory tls() throws GeneralSecurityException {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new X509ExtendedTrustManager() {
                @Override public void checkClientTrusted(
                        java.security.cert.X509Certificate[] chain, String type) { }
                @Override public void checkServerTrusted(
                        java.security.cert.X509Certificate[] chain, String type) { }
                @Override public void checkClientTrusted(
                        java.security.cert.X509Certificate[] chain, String type, Socket socket) { }
                @Override public void checkServerTrusted(
                        java.security.cert.X509Certificate[] chain, String type, Socket socket) { }
                @Override public void checkClientTrusted(java.security.cert.X509Certificate[] chain,
                        String type, SSLEngine engine) { }
                @Override public void checkServerTrusted(java.security.cert.X509Certificate[] chain,
                        String type, SSLEngine engine) { }
                @Override public java.security.cert.X509Certificate[] getAcceptedIssuers() {
                    return new java.security.cert.X509Certificate[0];
                }
            }}, null);
            return at -> context.getSocketFactory().createSocket(at.getAddress(), at.getPort());
        }
    }

    /// Connections that have each asked once, and been answered.
    private List<Socket> connect(int count, SocketFactory how) throws IOException {
        var open = new ArrayList<Socket>();
        for (int i = 0; i < count; i++) {
            var socket = how.to(server);
            socket.getOutputStream().write(("""
                    OPTIONS sip:example.com SIP/2.0\r
                    Via: SIP/2.0/%s 127.0.0.1:9;branch=z9hG4bKcrowd%d\r
                    Max-Forwards: 70\r
                    From: <sip:a@example.com>;tag=1\r
                    To: <sip:example.com>\r
                    Call-ID: %d\r
                    CSeq: 1 OPTIONS\r
                    Content-Length: 0\r
                    \r
                    """).formatted(socket instanceof SSLSocket ? "TLS" : "TCP", i, i)
                    .getBytes(US_ASCII));
            var status = new byte[11];
            if (socket.getInputStream().readNBytes(status, 0, status.length) < status.length
                    || !new String(status, US_ASCII).equals("SIP/2.0 200"))
                throw new IOException(i + " was answered " + new String(status, US_ASCII));
            open.add(socket);
        }
        return open;
    }
}
