package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.Bytes;

/// Cuts a stream into the messages that it carries: STUN messages and ChannelData, each of which
/// says at its beginning how long it is. What is neither has no end that could be found, so the
/// stream is of no use from there on.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8656#section-12.6 RFC 8656 §12.6
public final class StreamFraming {
    private static final int STUN = 20, HEADER = 4;

    private final int last;
    private byte[] kept = new byte[0];
    private int size;
    private boolean broken;

    public StreamFraming() { this(ChannelData.LAST); }

    /// @param last up to which number channels go: [ChannelData#LAST]
    public StreamFraming(int last) { this.last = last; }

    /// Where STUN is all that comes, as at a STUN server's own port: no channels.
    public static StreamFraming ofStun() { return new StreamFraming(0); }

    /// Takes more of the stream and answers the messages that are whole now, with their padding.
    /// Not more is kept than one message, 65,555 bytes at most.
    public List<Bytes> feed(Bytes bytes) {
        if (broken) return List.of();
        if (size == 0 && bytes.size() >= HEADER && length(bytes) == bytes.size())
            return List.of(bytes);   // as most pieces are
        var in = joined(bytes);
        var messages = new ArrayList<Bytes>();
        int at = 0;
        while (size - at >= HEADER) {
            int length = length(in, at);
            if (length < 0) {
                broken = true;
                kept = new byte[size = 0];
                return messages;
            }
            if (size - at < length) break;
            messages.add(Bytes.slice(in, at, at + length));
            at += length;
        }
        kept = Arrays.copyOfRange(in, at, size);
        size -= at;
        return messages;
    }

    /// Whether something else than messages has come: nothing more will be found.
    public boolean broken() { return broken; }

    private byte[] joined(Bytes bytes) {
        var in = Arrays.copyOf(kept, size + bytes.size());
        bytes.copy(0, bytes.size(), in, size);
        size += bytes.size();
        return in;
    }

    private int length(Bytes head) {
        var start = new byte[HEADER];
        head.copy(0, HEADER, start, 0);
        return length(start, 0);
    }

    /// How long the message is that begins here, or -1 if none does.
    private int length(byte[] in, int at) {
        int said = (in[at + 2] & 0xff) << 8 | in[at + 3] & 0xff;
        if (in[at] >= ChannelData.FIRST >> 8 && in[at] <= last >> 8)
            return HEADER + said + 3 & ~3;
        return (in[at] & 0xfc) == 0 && said % 4 == 0 ? STUN + said : -1;
    }
}
