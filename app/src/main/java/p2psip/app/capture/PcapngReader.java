package p2psip.app.capture;

import module java.base;
import p2psip.std.Bytes;

/// Reads capture files: those of [PcapngWriter], and those that `dumpcap` takes of an Ethernet, the
/// loopback or any interface.
///
/// @spec https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html pcapng
final class PcapngReader {
    /// The longest block that is read: a packet of 64 KiB with much to say about it.
    private static final int BLOCK = 1 << 20;

    private static final int SIMPLE = 3;

    private record Interface(int linkType, long ticksPerSecond) {}

    private final List<Interface> interfaces = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private ByteOrder order = ByteOrder.BIG_ENDIAN;

    static boolean begins(Bytes file) {
        return file.size() >= 12 && file.buffer().getInt() == PcapngWriter.SECTION;
    }

    Capture read(Bytes file) { return Capture.upTo(frames, () -> blocks(file.buffer())); }

    private void blocks(ByteBuffer in) {
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
                int size = body.getInt(), original = body.getInt();
                frame(by, instant(ticks, by.ticksPerSecond), body.slice(20, size), original);
            }
            case SIMPLE -> {
                int original = body.getInt(), size = Math.min(original, body.remaining());
                frame(by(0), Instant.EPOCH, body.slice(4, size), original);
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

    private void frame(Interface by, Instant at, ByteBuffer bytes, int original) {
        int size = bytes.remaining();
        frames.add(new Frame(frames.size() + 1, at, by.linkType, Bytes.from(bytes),
                original - size));
    }
}
