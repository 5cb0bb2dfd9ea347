package p2psip.std.rfc6184;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.RtpPacket;

/// Makes pictures of the packets that come, in order: NAL units as they were sent, unopened. What
/// is not whole is left out.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6184#section-7 RFC 6184 §7
public final class NalAssembler {
    /// How large a picture may be, in bytes; of one that is larger the rest is lost.
    public static final int MAX_PICTURE = 1 << 23;

    private static final int STAP_A = 24;

    /// A picture that was sent.
    ///
    /// @param timestamp at 90 kHz
    /// @param whole     whether nothing of it is missing
    public record Picture(long timestamp, List<Bytes> units, boolean whole) {}

    private final List<Bytes> units = new ArrayList<>();
    private ByteArrayOutputStream fragments = new ByteArrayOutputStream();
    private int size;
    private boolean begun, whole = true, open;
    private long timestamp;
    private int next;

    /// Takes a packet; answers with a picture if that was its last one, or the first of another.
    public List<Picture> received(RtpPacket packet) {
        var out = new ArrayList<Picture>();
        boolean gap = begun && packet.sequence() != next;
        if (begun && packet.timestamp() != timestamp) close(out);
        if (gap) {
            whole = false;
            // the unit whose fragment is missing is not given on
            drop();
        }
        begun = true;
        timestamp = packet.timestamp();
        //= rfc6184#5.8-3 a unit is put together in the order of sequence numbers
        //= rfc6184#5.6-2 units come out in the order of decoding
        next = packet.sequence() + 1 & 0xffff;
        take(packet.payload());
        if (packet.marker()) close(out);
        return out;
    }

    /// What has come of the last picture, when no more comes.
    public List<Picture> end() {
        var out = new ArrayList<Picture>();
        close(out);
        return out;
    }

    private void close(List<Picture> out) {
        if (open) {
            whole = false;
            drop();
        }
        if (!units.isEmpty()) out.add(new Picture(timestamp, List.copyOf(units), whole));
        units.clear();
        size = 0;
        whole = true;
    }

    private void drop() {
        fragments = new ByteArrayOutputStream();
        open = false;
    }

    private void take(Bytes payload) {
        if (payload.isEmpty()) return;
        int type = NalUnits.type(payload);
        if (type == NalPacketizer.FU_A) fragment(payload);
        else if (type == STAP_A) several(payload);
        //= rfc6184#6.2-2 single units are read in every mode
        //= rfc6184#6.3-2 and so are the packets of the non-interleaved mode
        else if (NalUnits.isUnit(type)) add(payload);
        //  others belong to modes that were not agreed on: they are passed over
        else whole = false;
    }

    private void add(Bytes unit) {
        size += unit.size();
        if (size <= MAX_PICTURE) units.add(unit);
        else whole = false;
    }

    private void several(Bytes payload) {
        var in = payload.buffer();
        in.get();
        while (in.remaining() > 2) {
            int length = in.getShort() & 0xffff;
            if (length == 0 || length > in.remaining()) {
                whole = false;
                return;
            }
            add(Bytes.from(in.slice(in.position(), length)));
            in.position(in.position() + length);
        }
    }

    private void fragment(Bytes payload) {
        if (payload.size() < 2) return;
        int header = payload.at(1);
        if ((header & NalPacketizer.START) != 0) {
            drop();
            open = true;
            fragments.write(payload.at(0) & 0xe0 | header & 0x1f);
        }
        //= rfc6184#5.8-12 where one is lost all following fragments of that unit are discarded
        if (!open) {
            whole = false;
            return;
        }
        if (fragments.size() + payload.size() > MAX_PICTURE) {
            whole = false;
            drop();
            return;
        }
        payload.lend((array, from, length) -> {
            fragments.write(array, from + 2, length - 2);
            return length;
        });
        if ((header & NalPacketizer.END) == 0) return;
        add(Bytes.copyOf(fragments.toByteArray()));
        drop();
    }
}
