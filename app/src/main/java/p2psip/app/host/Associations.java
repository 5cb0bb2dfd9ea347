package p2psip.app.host;

import module java.base;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import p2psip.std.Bytes;

/// The associations by DTLS of a [RealHost]. The library's engine waits for what comes, so each has
/// a virtual thread, which gets its datagrams by a queue and only posts to the loop: a peer that
/// floods it loses datagrams, one that is silent ends it, and it ends with its node or when it is
/// forgotten.
final class Associations {
    /// How many datagrams wait for one; those beyond are lost, as on the way.
    private static final int WAITING = 64;

    /// What a datagram may hold, at most, either way: it passes everywhere whole.
    private static final int LONGEST = 1 << 14, SENT = 1_200;

    /// How long one that is there waits at a time.
    private static final int PATIENCE = 600_000;

    private record Key(Resident owner, Id id) {}

    private final RealHost host;
    private final Map<Key, Association> all = new HashMap<>();

    Associations(RealHost host) { this.host = host; }

    void begin(Resident owner, Effect.Associate asked) {
        var key = new Key(owner, asked.id());
        end(owner, asked.id());
        if (all.size() >= Host.ASSOCIATIONS) {
            host.answer(owner, new Event.NotAssociated(asked.id(), "too many associations"));
            return;
        }
        var one = new Association(key, asked);
        all.put(key, one);
        one.thread = Thread.ofVirtual().name("dtls").start(one);
    }

    void hand(Resident owner, Id id, Bytes datagram) {
        var one = all.get(new Key(owner, id));
        if (one != null) one.inbox.offer(datagram);
    }

    void end(Resident owner, Id id) {
        var one = all.remove(new Key(owner, id));
        if (one != null) one.thread.interrupt();
    }

    void end(Resident owner) {
        all.keySet().stream().filter(key -> key.owner == owner).toList()
                .forEach(key -> end(key.owner, key.id));
    }

    /// How many there are.
    int size() { return all.size(); }

    private final class Association implements Runnable, DatagramTransport {
        private final Key key;
        private final Effect.Associate asked;
        private final BlockingQueue<Bytes> inbox = new ArrayBlockingQueue<>(WAITING);
        private Thread thread = Thread.currentThread();

        Association(Key key, Effect.Associate asked) {
            this.key = key;
            this.asked = asked;
        }

        @Override public void run() {
            var end = new DtlsEnd(asked, new BcTlsCrypto(new SecureRandom()));
            try {
                var there = asked.begins()
                        ? new DTLSClientProtocol().connect(new DtlsClient(end), this)
                        : new DTLSServerProtocol().accept(new DtlsServer(end), this);
                tell(new Event.Associated(key.id, end.keys(), end.certificate()));
                stay(there, end);
            //  the library throws what it likes at what a peer may send
            } catch (IOException | RuntimeException e) {
                tell(new Event.NotAssociated(key.id, why(e)));
                host.post(() -> all.remove(key, this));
            }
        }

        /// Answers a peer that sends again, until it has enough.
        private void stay(DTLSTransport there, DtlsEnd end) throws IOException {
            var unread = new byte[LONGEST];
            while (!end.closed()) there.receive(unread, 0, unread.length, PATIENCE);
            throw new EOFException("the peer has closed it");
        }

        private static String why(Exception e) {
            return switch (e) {
                case TlsTimeoutException _ ->
                        "no answer for " + Host.HANDSHAKE.toSeconds() + " s";
                case TlsFatalAlertReceived alert -> "the peer says " + alert.getMessage();
                case TlsFatalAlert alert -> alert.getMessage();
                default -> Objects.requireNonNullElse(e.getMessage(), e.toString());
            };
        }

        private void tell(Event event) {
            host.post(() -> {
                if (all.get(key) == this) host.tell(key.owner, event);
            });
        }

        @Override public int getReceiveLimit() { return LONGEST; }

        @Override public int getSendLimit() { return SENT; }

        @Override public int receive(byte[] into, int at, int size, int patience)
                throws IOException {
            try {
                var datagram = inbox.poll(patience, TimeUnit.MILLISECONDS);
                if (datagram == null) return -1;
                if (datagram.size() > size) return -1;
                datagram.buffer().get(into, at, datagram.size());
                return datagram.size();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("forgotten");
            }
        }

        @Override public void send(byte[] from, int at, int size) {
            tell(new Event.Flight(key.id, Bytes.from(ByteBuffer.wrap(from, at, size))));
        }

        @Override public void close() { }
    }
}
