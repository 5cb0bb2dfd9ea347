package p2psip.app.trace;

import module java.base;
import p2psip.std.Bytes;

/// Reads capture files: those of [PcapngWriter], and those that `dumpcap` takes of an Ethernet, the
/// loopback or any interface.
///
/// @spec https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html pcapng
public final class PcapngReader {
    /// The longest block that is read: a packet of 64 KiB with much to say about it.
    private static final int BLOCK = 1 << 20;

    private static final int LOOPBACK = 0, ETHERNET = 1, COOKED = 113, COOKED_2 = 276;
    private static final int SIMPLE = 3;

    private record Interface(int linkType, long ticksPerSecond) {}

    private final List<Interface> interfaces = new ArrayList<>();
    private final List<Packet> packets = new ArrayList<>();
    private ByteOrder order = ByteOrder.BIG_ENDIAN;

    private PcapngReader() {}

    /// All UDP and TCP packets of a capture, in its order; what is neither is passed over.
    ///
    /// @throws SyntaxException if it is no capture, or a packet is not as it should be
    public static List<Packet> read(Bytes file) {
        var reader = new PcapngReader();
        try {
            reader.blocks(file.buffer());
        } catch (SyntaxException e) {
            throw e;
        } catch (BufferUnderflowException | IndexOutOfBoundsException
                | IllegalArgumentException e) {
            throw new SyntaxException("a capture cut short", e);
        } catch (DateTimeException e) {
            throw new SyntaxException("a time that no clock shows", e);
        }
        return List.copyOf(reader.packets);
    }

    /// The bytes of every TCP stream, each direction by itself, in order and without repetitions; a
    /// gap ends it, for what follows cannot be understood.
    public static SequencedMap<Stream, Bytes> streams(List<Packet> packets) {
        var flows = new LinkedHashMap<Stream, Assembly>();
        for (var packet : packets) {
            if (packet.transport() != Packet.Transport.TCP) continue;
            var stream = new Stream(packet.from(), packet.to());
            flows.computeIfAbsent(stream, _ -> new Assembly()).add(packet);
        }
        var bytes = new LinkedHashMap<Stream, Bytes>();
        flows.forEach((stream, assembly) -> bytes.put(stream, assembly.bytes()));
        return bytes;
    }

    /// One direction of a TCP connection.
    public record Stream(InetSocketAddress from, InetSocketAddress to) {}

    /// Segments by where they begin, counted from the first one seen.
    private static final class Assembly {
        private final SortedMap<Integer, Bytes> segments = new TreeMap<>();
        private OptionalInt first = OptionalInt.empty();

        void add(Packet packet) {
            int begins = packet.seq() + ((packet.flags() & Packet.SYN) != 0 ? 1 : 0);
            if (first.isEmpty() || (packet.flags() & Packet.SYN) != 0)
                first = OptionalInt.of(begins);
            segments.merge(begins - first.getAsInt(), packet.payload(),
                    (a, b) -> a.size() >= b.size() ? a : b);
        }

        Bytes bytes() {
            var all = new ByteArrayOutputStream();
            segments.forEach((at, bytes) -> {
                int known = all.size() - at;
                if (at <= all.size() && known < bytes.size())
                    all.writeBytes(bytes.slice(known, bytes.size()).toArray());
            });
            return Bytes.wrap(all.toByteArray());
        }
    }

    private void blocks(ByteBuffer in) {
        if (in.remaining() < 12 || in.getInt(0) != PcapngWriter.SECTION)
            throw new SyntaxException("not a pcapng file");
        while (in.hasRemaining()) {
            if (in.getInt(in.position()) == PcapngWriter.SECTION) begin(in);
            int at = in.position(), type = in.order(order).getInt(), size = in.getInt();
            if (size < 12 || size % 4 != 0 || size > BLOCK || in.getInt(at + size - 4) != size)
                throw new SyntaxException("block length " + size + " at " + at);
            block(type, in.slice(at + 8, size - 12).order(order));
            in.position(at + size);
        }
    }

    /// A section begins with a number that tells the order of its bytes; it has its own interfaces.
    private void begin(ByteBuffer in) {
        interfaces.clear();
        order = in.order(ByteOrder.BIG_ENDIAN).getInt(in.position() + 8) == PcapngWriter.MAGIC
                ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private void block(int type, ByteBuffer body) {
        switch (type) {
            case PcapngWriter.INTERFACE ->
                    interfaces.add(new Interface(body.getShort() & 0xffff, resolution(body)));
            case PcapngWriter.ENHANCED -> {
                var by = by(body.getInt());
                long ticks = (long) body.getInt() << 32 | body.getInt() & 0xffffffffL;
                int size = body.getInt();
                packet(by, instant(ticks, by.ticksPerSecond), body.slice(20, size));
            }
            case SIMPLE -> {
                int size = Math.min(body.getInt(), body.remaining());
                packet(by(0), Instant.EPOCH, body.slice(4, size));
            }
            default -> { }
        }
    }

    private Interface by(int number) {
        if (number < 0 || number >= interfaces.size())
            throw new SyntaxException("no interface " + number);
        return interfaces.get(number);
    }

    /// The option `if_tsresol`: a power of ten, or of two with the highest bit; else microseconds.
    private static long resolution(ByteBuffer body) {
        for (body.position(8); body.remaining() >= 4;) {
            int option = body.getShort(), size = body.getShort() & 0xffff;
            if (option == 0) break;
            int power = body.get(body.position());
            if (option == PcapngWriter.RESOLUTION)
                return power < 0 ? power(2, power & 0x7f, 62) : power(10, power, 18);
            body.position(body.position() + size + (-size & 3));
        }
        return 1_000_000;
    }

    private static long power(int base, int exponent, int most) {
        if (exponent > most) throw new SyntaxException("a resolution of " + base + "^-" + exponent);
        long power = 1;
        for (int i = 0; i < exponent; i++) power *= base;
        return power;
    }

    private static Instant instant(long ticks, long perSecond) {
        long rest = Long.remainderUnsigned(ticks, perSecond);
        return Instant.ofEpochSecond(Long.divideUnsigned(ticks, perSecond),
                (long) (rest * (1e9 / perSecond)));
    }

    private void packet(Interface by, Instant at, ByteBuffer frame) {
        int header = switch (by.linkType) {
            case PcapngWriter.RAW_IP -> 0;
            case LOOPBACK -> 4;
            case ETHERNET -> isIp(frame.getShort(12)) ? 14 : frame.limit();
            case COOKED -> isIp(frame.getShort(14)) ? 16 : frame.limit();
            case COOKED_2 -> isIp(frame.getShort(0)) ? 20 : frame.limit();
            default -> throw new SyntaxException("link type " + by.linkType);
        };
        Packet.parse(at, Bytes.from(frame.position(header))).ifPresent(packets::add);
    }

    private static boolean isIp(short etherType) {
        return etherType == 0x0800 || etherType == (short) 0x86dd;
    }
}
