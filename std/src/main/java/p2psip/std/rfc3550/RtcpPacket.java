package p2psip.std.rfc3550;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.RtcpPacket.SourceDescription.*;

/// One RTCP packet; what travels is a [CompoundPacket] of several.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.4 RFC 3550 §6.4
public sealed interface RtcpPacket {
    int SR = 200;
    int RR = 201;
    int SDES = 202;
    int BYE = 203;
    int APP = 204;

    /// A report with something to report on.
    sealed interface Report extends RtcpPacket {
        /// Who reports.
        long ssrc();

        List<ReportBlock> blocks();
    }

    /// @param packets sent in all
    /// @param octets of payload sent in all
    /// @param extension what the profile adds
    /// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.4.1 RFC 3550 §6.4.1
    record SenderReport(long ssrc, NtpTimestamp ntp, long rtp, long packets, long octets,
            List<ReportBlock> blocks, Bytes extension) implements Report {
        public SenderReport {
            blocks = counted(blocks);
            words(extension);
        }
    }

    /// @param extension what the profile adds
    /// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.4.2 RFC 3550 §6.4.2
    record ReceiverReport(long ssrc, List<ReportBlock> blocks, Bytes extension) implements Report {
        public ReceiverReport {
            blocks = counted(blocks);
            words(extension);
        }
    }

    /// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.5 RFC 3550 §6.5
    record SourceDescription(List<Chunk> chunks) implements RtcpPacket {
        public static final int CNAME = 1;
        public static final int NAME = 2;
        public static final int EMAIL = 3;
        public static final int PHONE = 4;
        public static final int LOC = 5;
        public static final int TOOL = 6;
        public static final int NOTE = 7;
        public static final int PRIV = 8;

        /// What is said of one source.
        public record Chunk(long ssrc, List<Item> items) {
            public Chunk { items = List.copyOf(items); }

            /// The items end with a null octet at least.
            int size() {
                return filled(5 + items.stream().mapToInt(i -> 2 + i.text.size()).sum());
            }
        }

        /// @param type 1 (CNAME) to 255
        /// @param text at most 255 bytes in UTF-8
        public record Item(int type, Bytes text) {
            public Item {
                if (type < 1 || type > 255 || text.size() > 255)
                    throw new IllegalArgumentException("item " + type + " " + text);
            }

            public static Item of(int type, String text) {
                return new Item(type, Bytes.utf8(text));
            }
        }

        public SourceDescription { chunks = counted(chunks); }

        public static SourceDescription cname(long ssrc, String cname) {
            return new SourceDescription(List.of(
                    new Chunk(ssrc, List.of(Item.of(CNAME, cname)))));
        }
    }

    /// @param reason empty if none is given; at most 255 bytes in UTF-8
    /// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.6 RFC 3550 §6.6
    record Bye(List<Long> ssrcs, String reason) implements RtcpPacket {
        public Bye {
            ssrcs = counted(ssrcs);
            if (reason.getBytes(UTF_8).length > 255)
                throw new IllegalArgumentException("reason too long: " + reason);
        }
    }

    /// @param name four characters of ASCII
    /// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.7 RFC 3550 §6.7
    record App(int subtype, long ssrc, String name, Bytes data) implements RtcpPacket {
        public App {
            if (subtype < 0 || subtype > 31 || name.length() != 4
                    || !name.chars().allMatch(c -> c < 128))
                throw new IllegalArgumentException("APP " + subtype + " " + name);
            //= rfc3550#6.7-5 the data is a multiple of 32 bits
            words(data);
        }
    }

    record Unknown(int type, int count, Bytes body) implements RtcpPacket {
        public Unknown {
            if (count < 0 || count > 31) throw new IllegalArgumentException("count " + count);
            words(body);
        }
    }

    private static <T> List<T> counted(List<T> list) {
        if (list.size() > ReportBlock.MAX)
            throw new IllegalArgumentException(list.size() + " do not fit the count's five bits");
        return List.copyOf(list);
    }

    private static void words(Bytes bytes) {
        if (bytes.size() % 4 != 0) throw new IllegalArgumentException("no whole words: " + bytes);
    }

    /// The body of a packet whose header has been read.
    static RtcpPacket parse(int type, int count, ByteBuffer body) {
        return switch (type) {
            case SR -> new SenderReport(ssrc(body), new NtpTimestamp(body.getLong()), ssrc(body),
                    ssrc(body), ssrc(body), blocks(count, body), Bytes.from(body));
            case RR -> new ReceiverReport(ssrc(body), blocks(count, body), Bytes.from(body));
            case SDES -> description(count, body);
            case BYE -> bye(count, body);
            case APP -> new App(count, ssrc(body), name(body), Bytes.from(body));
            //= rfc3550#A.2-6 packets of unknown type are let pass, and nobody looks at them
            default -> new Unknown(type, count, Bytes.from(body));
        };
    }

    private static long ssrc(ByteBuffer in) { return RtpPacket.unsigned(in.getInt()); }

    private static List<ReportBlock> blocks(int count, ByteBuffer in) {
        var blocks = new ReportBlock[count];
        for (int i = 0; i < count; i++) blocks[i] = ReportBlock.parse(in);
        return List.of(blocks);
    }

    private static SourceDescription description(int count, ByteBuffer in) {
        var chunks = new ArrayList<Chunk>();
        for (int i = 0; i < count; i++) {
            int start = in.position();
            long ssrc = ssrc(in);
            var items = new ArrayList<Item>();
            //= rfc3550#6.5-1 a null octet ends the list of items
            for (int type = in.get() & 0xff; type != 0; type = in.get() & 0xff)
                items.add(new Item(type, text(in)));
            //= rfc3550#6.5-2 more of them fill the chunk to the next 32-bit boundary
            while ((in.position() - start) % 4 != 0) in.get();
            chunks.add(new Chunk(ssrc, items));
        }
        return new SourceDescription(chunks);
    }

    private static Bye bye(int count, ByteBuffer in) {
        var ssrcs = IntStream.range(0, count).mapToObj(_ -> ssrc(in)).toList();
        return new Bye(ssrcs, in.hasRemaining() ? cut(text(in).utf8()) : "");
    }

    /// A text that was not UTF-8 may have become longer by being read.
    private static String cut(String text) {
        return text.getBytes(UTF_8).length <= 255 ? text : text.substring(0, 80);
    }

    private static String name(ByteBuffer in) {
        var name = new StringBuilder();
        for (int i = 0; i < 4; i++) name.append((char) (in.get() & 0x7f));
        return name.toString();
    }

    private static Bytes text(ByteBuffer in) { return Bytes.from(in, in.get() & 0xff); }

    /// The packet with its header, always whole words.
    default void encode(ByteBuffer out) {
        int start = out.position();
        out.putInt(0);
        int count = switch (this) {
            case SenderReport r -> {
                out.putInt((int) r.ssrc).putLong(r.ntp.bits()).putInt((int) r.rtp)
                        .putInt((int) r.packets).putInt((int) r.octets);
                r.blocks.forEach(b -> b.encode(out));
                out.put(r.extension.buffer());
                yield r.blocks.size();
            }
            case ReceiverReport r -> {
                out.putInt((int) r.ssrc);
                r.blocks.forEach(b -> b.encode(out));
                out.put(r.extension.buffer());
                yield r.blocks.size();
            }
            case SourceDescription d -> {
                d.chunks.forEach(chunk -> encode(chunk, out));
                yield d.chunks.size();
            }
            case Bye bye -> {
                bye.ssrcs.forEach(ssrc -> out.putInt(ssrc.intValue()));
                var reason = Bytes.utf8(bye.reason);
                //= rfc3550#6.6-4 a reason is a length and a text
                if (!reason.isEmpty()) out.put((byte) reason.size()).put(reason.buffer());
                yield bye.ssrcs.size();
            }
            case App app -> {
                out.putInt((int) app.ssrc).put(Bytes.utf8(app.name).buffer())
                        .put(app.data.buffer());
                yield app.subtype;
            }
            case Unknown unknown -> {
                out.put(unknown.body.buffer());
                yield unknown.count;
            }
        };
        //= rfc3550#6.6-5 what is no whole word is filled with null octets
        //= rfc3550#6.1-1 a packet ends on a 32-bit boundary
        while ((out.position() - start) % 4 != 0) out.put((byte) 0);
        out.put(start, (byte) (RtpPacket.VERSION << 6 | count)).put(start + 1, (byte) type())
                .putShort(start + 2, (short) ((out.position() - start) / 4 - 1));
    }

    private static void encode(Chunk chunk, ByteBuffer out) {
        int start = out.position();
        out.putInt((int) chunk.ssrc());
        for (var item : chunk.items())
            out.put((byte) item.type()).put((byte) item.text().size()).put(item.text().buffer());
        do out.put((byte) 0); while ((out.position() - start) % 4 != 0);
    }

    /// How many bytes it has with its header.
    default int size() {
        return 4 + switch (this) {
            case SenderReport r ->
                    24 + ReportBlock.SIZE * r.blocks.size() + r.extension.size();
            case ReceiverReport r ->
                    4 + ReportBlock.SIZE * r.blocks.size() + r.extension.size();
            case SourceDescription d -> d.chunks.stream().mapToInt(Chunk::size).sum();
            case Bye bye -> 4 * bye.ssrcs.size() + (bye.reason.isEmpty() ? 0
                    : filled(1 + Bytes.utf8(bye.reason).size()));
            case App app -> 8 + app.data.size();
            case Unknown unknown -> unknown.body.size();
        };
    }

    private static int filled(int size) { return size + 3 & ~3; }

    /// The packet type's number.
    default int type() {
        return switch (this) {
            case SenderReport _ -> SR;
            case ReceiverReport _ -> RR;
            case SourceDescription _ -> SDES;
            case Bye _ -> BYE;
            case App _ -> APP;
            case Unknown unknown -> unknown.type;
        };
    }
}
