package p2psip.std.rfc4585;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;

/// What a receiver tells a sender at once: packets that it misses, pictures that it cannot show.
///
/// In RTCP it is a packet of two types that RFC 3550 does not know: [#packet()] and [#parse].
///
/// @spec https://www.rfc-editor.org/rfc/rfc4585#section-6.1 RFC 4585 §6.1
public sealed interface Feedback {
    /// The packet types of feedback about transport and about what is transported.
    int TRANSPORT = 205, PAYLOAD = 206;

    /// How many losses or slices one message holds; there are more messages for more.
    int MAX_ENTRIES = 64;

    /// Who tells.
    long sender();

    /// Whose packets it is about.
    long media();

    /// Packets that have not come.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc4585#section-6.2.1 RFC 4585 §6.2.1
    record GenericNack(long sender, long media, List<Loss> losses) implements Feedback {

        /// A packet, and which of the sixteen behind it.
        ///
        /// @param following a bit for each, the lowest for the next
        public record Loss(int sequence, int following) {
            public Loss {
                if (sequence >>> 16 != 0 || following >>> 16 != 0)
                    throw new IllegalArgumentException("16 bits: " + sequence + " " + following);
            }
        }

        public GenericNack {
            losses = List.copyOf(losses);
            //= rfc4585#6.2.1-1 at least one Generic NACK
            //= rfc4585#6.1-4 so the packet contains a message at least
            if (losses.isEmpty() || losses.size() > MAX_ENTRIES)
                throw new IllegalArgumentException(losses.size() + " losses");
        }

        /// Of any packets, as few entries as there can be.
        ///
        /// @param sequences at least one; so many are taken as one message holds
        public static GenericNack of(
                long sender, long media, SequencedCollection<Integer> sequences) {
            var left = new LinkedHashSet<>(sequences);
            var losses = new ArrayList<Loss>();
            while (!left.isEmpty() && losses.size() < MAX_ENTRIES) {
                int first = left.removeFirst(), following = 0;
                for (int i = 0; i < 16; i++)
                    if (left.remove(first + i + 1 & 0xffff)) following |= 1 << i;
                losses.add(new Loss(first, following));
            }
            return new GenericNack(sender, media, losses);
        }

        /// The numbers of all packets that are missed.
        //= rfc4585#6.2.1-3 where a bit is 0 nothing is said, not that the packet was received
        public SequencedSet<Integer> sequences() {
            var all = new LinkedHashSet<Integer>();
            for (var loss : losses) {
                all.add(loss.sequence);
                for (int i = 0; i < 16; i++)
                    if ((loss.following >> i & 1) == 1) all.add(loss.sequence + i + 1 & 0xffff);
            }
            return all;
        }
    }

    /// A whole picture that cannot be shown.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc4585#section-6.3.1 RFC 4585 §6.3.1
    record PictureLoss(long sender, long media) implements Feedback {}

    /// Parts of pictures that cannot be shown.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc4585#section-6.3.2 RFC 4585 §6.3.2
    record SliceLoss(long sender, long media, List<Slice> slices) implements Feedback {

        /// @param first macroblock, 13 bits
        /// @param count of macroblocks, 13 bits
        /// @param picture its number's lowest 6 bits
        public record Slice(int first, int count, int picture) {
            public Slice {
                if (first >>> 13 != 0 || count >>> 13 != 0 || picture >>> 6 != 0)
                    throw new IllegalArgumentException(first + " " + count + " " + picture);
            }
        }

        public SliceLoss {
            slices = List.copyOf(slices);
            //= rfc4585#6.3.2-1 at least one SLI
            if (slices.isEmpty() || slices.size() > MAX_ENTRIES)
                throw new IllegalArgumentException(slices.size() + " slices");
        }
    }

    /// A picture that is to be, or was, the reference of others.
    ///
    /// @param payloadType in whose words the picture is named
    /// @param name of the picture
    /// @param unused bits at its end
    /// @spec https://www.rfc-editor.org/rfc/rfc4585#section-6.3.3 RFC 4585 §6.3.3
    record ReferencePicture(long sender, long media, int payloadType, Bytes name, int unused)
            implements Feedback {
        public ReferencePicture {
            if (payloadType >>> 7 != 0 || unused < 0 || unused > 7 || name.isEmpty()
                    || name.size() > 64)
                throw new IllegalArgumentException(payloadType + " " + name + " " + unused);
        }
    }

    /// What an application has to say.
    ///
    /// @param data whole words, by which the application knows its own
    /// @spec https://www.rfc-editor.org/rfc/rfc4585#section-6.4 RFC 4585 §6.4
    record ApplicationFeedback(long sender, long media, Bytes data) implements Feedback {
        public ApplicationFeedback {
            //= rfc4585#6.4-3 aligned to 32 bits, by padding if need be, which is the application's
            if (data.size() % 4 != 0) throw new IllegalArgumentException("no words: " + data);
        }
    }

    /// What other documents define.
    record OtherFeedback(int type, int format, long sender, long media, Bytes data)
            implements Feedback {
        public OtherFeedback {
            if (type != TRANSPORT && type != PAYLOAD || format >>> 5 != 0 || data.size() % 4 != 0)
                throw new IllegalArgumentException(type + "/" + format + " " + data);
        }
    }

    /// The message in a packet; empty if it is none, or not as it should be.
    //= rfc4585#4.2-17 any kind is received, and discarded silently if it is not understood
    static Optional<Feedback> parse(RtcpPacket packet) {
        if (!(packet instanceof RtcpPacket.Unknown(int type, int format, var body))
                || type != TRANSPORT && type != PAYLOAD || body.size() < 8)
            return Optional.empty();
        try {
            return read(type, format, body);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Feedback> read(int type, int format, Bytes body) {
        var in = body.buffer();
        //= rfc4585#6.1-1 all have a common format: who tells, whose media, and what
        long sender = Integer.toUnsignedLong(in.getInt());
        long media = Integer.toUnsignedLong(in.getInt());
        int entries = in.remaining() / 4;
        return Optional.of(switch (type << 8 | format) {
            case TRANSPORT << 8 | 1 -> new GenericNack(sender, media, IntStream.range(0, entries)
                    .mapToObj(_ -> new GenericNack.Loss(in.getShort() & 0xffff,
                            in.getShort() & 0xffff)).toList());
            //= rfc4585#6.3.1.2-1 without any Feedback Control Information
            case PAYLOAD << 8 | 1 -> new PictureLoss(sender, media);
            case PAYLOAD << 8 | 2 -> new SliceLoss(sender, media, IntStream.range(0, entries)
                    .map(_ -> in.getInt()).mapToObj(word -> new SliceLoss.Slice(
                            word >>> 19, word >>> 6 & 0x1fff, word & 0x3f)).toList());
            case PAYLOAD << 8 | 3 -> reference(sender, media, in, body);
            //= rfc4585#6.4-1 exactly one message of an application
            case PAYLOAD << 8 | 15 -> new ApplicationFeedback(sender, media, body.rest(in));
            default -> new OtherFeedback(type, format, sender, media, body.rest(in));
        });
    }

    private static Feedback reference(long sender, long media, ByteBuffer in, Bytes body) {
        if (in.remaining() < 4) throw new IllegalArgumentException("no picture");
        //= rfc4585#6.3.3.2-3 PB says how many padding bits there are
        int padding = in.get() & 0xff;
        //= rfc4585#6.3.3.2-1 a bit that is ignored upon reception
        //= rfc4585#6.3.3.2-2 the payload type by which the bit string is interpreted
        int payloadType = in.get() & 0x7f;
        if (padding / 8 >= in.remaining()) throw new IllegalArgumentException("only padding");
        //= rfc4585#6.3.3-1 exactly one RPSI: it has all that is left
        return new ReferencePicture(sender, media, payloadType,
                body.next(in, in.remaining() - padding / 8), padding % 8);
    }

    /// The message as a packet of RTCP, to be told to a session.
    default RtcpPacket packet() {
        return switch (this) {
            //= rfc4585#6.2.1-4 the length comes to 2+n: the header and a word for each NACK
            case GenericNack nack -> fci(TRANSPORT, 1, nack.losses.stream()
                    .mapToInt(l -> l.sequence << 16 | l.following));
            //= rfc4585#6.3.1.2-1 of length 2
            //= rfc4585#6.3.1-1 the packet is the one PLI
            case PictureLoss _ -> fci(PAYLOAD, 1, IntStream.empty());
            //= rfc4585#6.3.2.2-1 the length of an SLI message is 2+n as well
            case SliceLoss loss -> fci(PAYLOAD, 2, loss.slices.stream()
                    .mapToInt(s -> s.first << 19 | s.count << 6 | s.picture));
            case ReferencePicture r -> {
                int bytes = 2 + r.name.size();
                int filled = bytes + 3 & ~3;
                var out = begin(filled).put((byte) (8 * (filled - bytes) + r.unused))
                        .put((byte) r.payloadType);
                r.name.to(out);
                yield new RtcpPacket.Unknown(PAYLOAD, 3, Bytes.wrap(out.array()));
            }
            case ApplicationFeedback a -> new RtcpPacket.Unknown(PAYLOAD, 15,
                    Bytes.wrap(a.data.to(begin(a.data.size())).array()));
            case OtherFeedback o -> new RtcpPacket.Unknown(o.type, o.format,
                    Bytes.wrap(o.data.to(begin(o.data.size())).array()));
        };
    }

    private ByteBuffer begin(int size) {
        return ByteBuffer.allocate(8 + size).putInt((int) sender()).putInt((int) media());
    }

    private RtcpPacket fci(int type, int format, IntStream words) {
        var all = words.toArray();
        var out = begin(4 * all.length);
        for (int word : all) out.putInt(word);
        return new RtcpPacket.Unknown(type, format, Bytes.wrap(out.array()));
    }

    /// Whether this says all that another message says, whoever says it.
    default boolean covers(Feedback other) {
        return media() == other.media() && switch (this) {
            case GenericNack nack -> other instanceof GenericNack o
                    && nack.sequences().containsAll(o.sequences());
            case PictureLoss _ -> other instanceof PictureLoss || other instanceof SliceLoss;
            case SliceLoss loss -> other instanceof SliceLoss o
                    && loss.slices.containsAll(o.slices);
            case ReferencePicture r -> other instanceof ReferencePicture o
                    && r.payloadType == o.payloadType && r.name.equals(o.name)
                    && r.unused == o.unused;
            //= rfc4585#3.5.2-19 what is not understood suppresses nothing
            case ApplicationFeedback _, OtherFeedback _ -> false;
        };
    }

    /// The same in fewer messages: what one of them says twice, and losses that one can hold.
    //= rfc4585#3.5.2-2 merged, to produce as few messages as possible
    static List<Feedback> merged(List<Feedback> messages) {
        var all = new ArrayList<Feedback>();
        var lost = new LinkedHashMap<List<Long>, LinkedHashSet<Integer>>();
        for (var message : messages)
            //= rfc4585#6.1-6 only those of one type, of the same FMT, come into one
            if (message instanceof GenericNack nack)
                lost.computeIfAbsent(List.of(nack.sender, nack.media), _ -> new LinkedHashSet<>())
                        .addAll(nack.sequences());
            //= rfc4585#6.1-7 of several types several messages
            else if (!all.contains(message)) all.add(message);
        lost.forEach((who, sequences) -> {
            while (!sequences.isEmpty()) {
                var nack = GenericNack.of(who.get(0), who.get(1), sequences);
                all.add(nack);
                sequences.removeAll(nack.sequences());
            }
        });
        return all;
    }
}
