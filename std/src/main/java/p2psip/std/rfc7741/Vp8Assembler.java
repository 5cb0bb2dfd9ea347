package p2psip.std.rfc7741;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.RtpPacket;

/// Makes frames of the packets that come, in order; unopened. A frame of which something is missing
/// is told, and its data are not.
///
/// @spec https://www.rfc-editor.org/rfc/rfc7741#section-4.5.1 RFC 7741 §4.5.1
public final class Vp8Assembler {
    /// How large a frame may be, in bytes; one that is larger is not whole.
    public static final int MAX_FRAME = 1 << 23;

    /// A frame that was sent.
    ///
    /// @param timestamp at 90 kHz
    /// @param data      empty if it is not whole
    public record Frame(long timestamp, Optional<Bytes> data) {}

    private ByteArrayOutputStream data = new ByteArrayOutputStream();
    private boolean begun, open, whole;
    private long timestamp;
    private int next;

    /// Takes a packet; answers with a frame if that was its last one, or the first of another.
    public List<Frame> received(RtpPacket packet) {
        var out = new ArrayList<Frame>();
        boolean gap = begun && packet.sequence() != next;
        boolean another = !begun || packet.timestamp() != timestamp;
        if (another) close(false, out);
        var descriptor = Vp8Descriptor.parse(packet.payload().buffer());
        if (another || !open) {
            open = true;
            whole = descriptor.filter(d -> d.begins() && d.partition() == 0).isPresent();
        } else if (gap) whole = false;
        begun = true;
        timestamp = packet.timestamp();
        next = packet.sequence() + 1 & 0xffff;
        descriptor.ifPresentOrElse(d -> append(packet.payload(), d.size()), () -> whole = false);
        if (packet.marker()) close(true, out);
        return out;
    }

    private void append(Bytes payload, int header) {
        if (data.size() + payload.size() > MAX_FRAME) whole = false;
        else payload.lend((array, from, length) -> {
            data.write(array, from + header, length - header);
            return length;
        });
    }

    /// What has come of the last frame, when no more comes.
    public List<Frame> end() {
        var out = new ArrayList<Frame>();
        close(false, out);
        return out;
    }

    private void close(boolean marked, List<Frame> out) {
        if (open) out.add(new Frame(timestamp, whole && marked
                ? Optional.of(Bytes.copyOf(data.toByteArray())) : Optional.empty()));
        data = new ByteArrayOutputStream();
        open = false;
    }

    /// How wide and high a frame is, if it is one that needs no other.
    public static Optional<Dimensions> dimensions(Bytes frame) {
        if (frame.size() < 10 || (frame.at(0) & 1) != 0) return Optional.empty();
        var in = frame.buffer().order(ByteOrder.LITTLE_ENDIAN);
        return Optional.of(new Dimensions(in.getShort(6) & 0x3fff, in.getShort(8) & 0x3fff));
    }

    /// In pixels.
    public record Dimensions(int width, int height) {}
}
