package p2psip.app.capture;

import module java.base;
import p2psip.app.trace.Trace;
import p2psip.app.trace.Trace.What.Wire;
import p2psip.std.Bytes;

/// Writes what crosses the edge of hosts as a capture file that Wireshark reads.
///
/// Hosts see datagrams and bytes of streams, not packets: the headers are made up here, with
/// lengths, checksums and sequence numbers as they would be, so that a reader can put streams
/// together again. Several hosts of one program may share a writer: what passes between them is
/// written once.
///
/// @spec https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html pcapng
public final class PcapngWriter implements Consumer<Trace>, Closeable {
    static final int SECTION = 0x0a0d0d0a, INTERFACE = 1, ENHANCED = 6;
    static final int MAGIC = 0x1a2b3c4d, RESOLUTION = 9;

    /// How many streams are followed; beyond it the one longest silent is no longer written.
    private static final int STREAMS = 10_000;

    /// How many addresses are known to be of this program.
    private static final int OURS = 10_000;

    /// What one made-up segment carries at most.
    private static final int SEGMENT = 1_460;

    private record Pair(InetSocketAddress from, InetSocketAddress to) {
        Pair back() { return new Pair(to, from); }
    }

    private final OutputStream out;
    private final Map<Pair, Integer> next = latest(2 * STREAMS);   // sequence number, each way
    private final Map<InetSocketAddress, Boolean> ours = latest(OURS);
    private Optional<IOException> failure = Optional.empty();

    public PcapngWriter(OutputStream out) {
        this.out = out;
        write(SECTION, buffer(16).putInt(MAGIC).putShort((short) 1).putShort((short) 0)
                .putLong(-1));
        write(INTERFACE, buffer(20).putShort((short) Frame.RAW_IP).putShort((short) 0).putInt(0)
                .putShort((short) RESOLUTION).putShort((short) 1).putInt(9 << 24)   // nanoseconds
                .putInt(0));
    }

    private static <K, V> Map<K, V> latest(int limit) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > limit;
            }
        };
    }

    /// The disk's failure after which nothing more was written.
    public synchronized Optional<IOException> failure() { return failure; }

    @Override public synchronized void accept(Trace trace) {
        if (!(trace.what() instanceof Wire wire)) return;
        ours.put(wire.local(), true);
        boolean written = !wire.sent() && ours.containsKey(wire.remote());   // by its sender
        var way = wire.sent() ? new Pair(wire.local(), wire.remote())
                : new Pair(wire.remote(), wire.local());
        switch (wire.kind()) {
            case DATAGRAM -> {
                if (!written) write(trace.node(),
                        Packet.udp(trace.at(), way.from, way.to, wire.bytes()));
            }
            case OPEN -> open(trace, way);
            case DATA -> {
                if (!written) data(trace, way, wire.bytes());
            }
            case END -> end(trace, way);
        }
    }

    private void open(Trace trace, Pair way) {
        if (next.containsKey(way)) return;
        next.put(way, 0);
        next.put(way.back(), 0);
        segment(trace, way, Packet.SYN, Bytes.EMPTY);
        segment(trace, way.back(), Packet.SYN | Packet.ACK, Bytes.EMPTY);
        segment(trace, way, Packet.ACK, Bytes.EMPTY);
    }

    private void data(Trace trace, Pair way, Bytes bytes) {
        for (int i = 0; i < bytes.size() && next.containsKey(way); i += SEGMENT)
            segment(trace, way, Packet.PSH | Packet.ACK,
                    bytes.slice(i, Math.min(bytes.size(), i + SEGMENT)));
    }

    private void end(Trace trace, Pair way) {
        if (!next.containsKey(way)) return;
        segment(trace, way, Packet.FIN | Packet.ACK, Bytes.EMPTY);
        segment(trace, way.back(), Packet.FIN | Packet.ACK, Bytes.EMPTY);
        segment(trace, way, Packet.ACK, Bytes.EMPTY);
        next.remove(way);
        next.remove(way.back());
    }

    private void segment(Trace trace, Pair way, int flags, Bytes bytes) {
        int seq = next.get(way), ack = next.getOrDefault(way.back(), 0);
        int counts = (flags & (Packet.SYN | Packet.FIN)) == 0 ? bytes.size() : 1;
        next.put(way, seq + counts);
        write(trace.node(), new Packet(trace.at(), Packet.Transport.TCP, way.from, way.to, seq,
                (flags & Packet.ACK) == 0 ? 0 : ack, flags, bytes));
    }

    /// One packet, with the name of the node as its comment.
    private void write(String node, Packet packet) {
        var bytes = packet.encode();
        var comment = Bytes.utf8(node);
        long nanos = packet.at().getEpochSecond() * 1_000_000_000 + packet.at().getNano();
        write(ENHANCED, buffer(28 + padded(bytes.size()) + padded(comment.size()) + 4)
                .putInt(0).putInt((int) (nanos >>> 32)).putInt((int) nanos)
                .putInt(bytes.size()).putInt(bytes.size())
                .put(bytes.buffer()).put(new byte[padding(bytes.size())])
                .putShort((short) 1).putShort((short) comment.size())
                .put(comment.buffer()).put(new byte[padding(comment.size())])
                .putInt(0));
    }

    /// A block: its type, its length, its body, its length again.
    private void write(int type, ByteBuffer body) {
        if (failure.isPresent()) return;
        int size = 12 + body.position();
        try {
            out.write(buffer(size).putInt(type).putInt(size).put(body.flip()).putInt(size).array());
            out.flush();
        } catch (IOException e) {
            failure = Optional.of(e);
        }
    }

    @Override public synchronized void close() throws IOException { out.close(); }

    private static ByteBuffer buffer(int size) { return ByteBuffer.allocate(size); }

    private static int padding(int size) { return -size & 3; }

    private static int padded(int size) { return size + padding(size); }
}
