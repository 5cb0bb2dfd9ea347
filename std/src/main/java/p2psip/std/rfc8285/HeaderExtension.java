package p2psip.std.rfc8285;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.RtpPacket;

/// What an RTP packet says of itself beside its fixed header: a few small elements, each with a
/// local number for what it is.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8285#section-4 RFC 8285 §4
public record HeaderExtension(List<Element> elements) {
    public static final HeaderExtension NONE = new HeaderExtension(List.of());

    /// The largest number of an element.
    public static final int MAX_ID = 255;

    /// How the numbers and sizes of the elements are written.
    public enum Form {
        /// A byte for both: numbers to 14, sizes of 1 to 16.
        ONE_BYTE(14, 1, 16),
        /// A byte for each.
        TWO_BYTE(MAX_ID, 0, 255);

        private final int maxId, minSize, maxSize;

        Form(int maxId, int minSize, int maxSize) {
            this.maxId = maxId;
            this.minSize = minSize;
            this.maxSize = maxSize;
        }

        /// Whether an element can be written so.
        public boolean fits(Element element) {
            return element.id <= maxId && element.data.size() >= minSize
                    && element.data.size() <= maxSize;
        }
    }

    private static final int ONE_BYTE = 0xbede;
    private static final int TWO_BYTE = 0x1000;
    /// Padding has this number, and no size.
    private static final int PADDING = 0;
    /// In the form of one byte this ends it all.
    private static final int RESERVED = 15;

    /// @param id 1 to 255; what it stands for is agreed on elsewhere
    /// @param data at most 255 bytes
    public record Element(int id, Bytes data) {
        public Element {
            //= rfc8285#4.1.2-3 zero is for padding, and no identifier
            //= rfc8285#4.1.2-4 so nothing has an ID of 0 with a length
            if (id <= PADDING || id > MAX_ID || data.size() > 255)
                throw new IllegalArgumentException("element " + id + " of " + data);
        }
    }

    public HeaderExtension {
        elements = List.copyOf(elements);
        //= rfc8285#4.2-3 15 is kept for the future in both forms: whoever knows one may read it
        if (elements.stream().anyMatch(e -> e.id == RESERVED))
            throw new IllegalArgumentException("15 is no identifier");
    }

    public Optional<Bytes> element(int id) {
        return elements.stream().filter(e -> e.id == id).map(Element::data).findFirst();
    }

    /// The form in which a packet's extension is written, if it is one of these at all.
    public static Optional<Form> form(RtpPacket.Extension extension) {
        //= rfc8285#4.2-1 the bit pattern 0xBEDE says that it is the one-byte form
        if (extension.profile() == ONE_BYTE) return Optional.of(Form.ONE_BYTE);
        //= rfc8285#4.3-2 four bits, appbits, are ignored by the receiver
        return (extension.profile() & 0xfff0) == TWO_BYTE ? Optional.of(Form.TWO_BYTE)
                : Optional.empty();
    }

    /// The elements of a packet's extension; none of one that is something else. What is cut short
    /// ends the list.
    public static HeaderExtension of(RtpPacket.Extension extension) {
        var form = form(extension);
        //= rfc8285#4.1-1 header extensions do not extend RTP itself: without them it is as ever
        if (form.isEmpty()) return NONE;
        var elements = new ArrayList<Element>();
        var in = extension.data().buffer();
        //= rfc8285#4.1.2-6 one-byte headers and two-byte ones are read, mixed as they come
        while (in.hasRemaining() && (form.get() == Form.ONE_BYTE
                ? one(in, extension.data(), elements) : two(in, extension.data(), elements))) { }
        return new HeaderExtension(elements);
    }

    /// Reads the next element; false ends it.
    private static boolean one(ByteBuffer in, Bytes data, List<Element> elements) {
        //= rfc8285#4.2-2 it starts with a byte of ID and length, which is less by one
        int first = in.get() & 0xff;
        int id = first >> 4, size = (first & 15) + 1;
        //= rfc8285#4.1.2-12 padding may be anywhere
        if (first == PADDING) return true;
        //= rfc8285#4.1.2-5 with a length ID 0 terminates it; what came prior to it is considered
        //= rfc8285#4.2-4 so does 15, whatever its length field
        if (id == PADDING || id == RESERVED || size > in.remaining()) return false;
        elements.add(new Element(id, data.next(in, size)));
        return true;
    }

    private static boolean two(ByteBuffer in, Bytes data, List<Element> elements) {
        int id = in.get() & 0xff;
        if (id == PADDING) return true;
        if (!in.hasRemaining()) return false;
        int size = in.get() & 0xff;
        if (size > in.remaining()) return false;
        if (id != RESERVED) elements.add(new Element(id, data.next(in, size)));
        else in.position(in.position() + size);
        return true;
    }

    /// The form to write in: the shorter one where all fit into it.
    public Form form() {
        //= rfc8285#4.1.2-9 no two-byte form where all are small enough for one byte
        return elements.stream().allMatch(Form.ONE_BYTE::fits) ? Form.ONE_BYTE : Form.TWO_BYTE;
    }

    public RtpPacket.Extension encode() { return encode(form()); }

    /// @throws IllegalArgumentException if an element does not fit into the form
    public RtpPacket.Extension encode(Form form) {
        //= rfc8285#4.1.1-1 without an element there is no extension
        if (elements.isEmpty()) return RtpPacket.Extension.NONE;
        int size = elements.stream()
                .mapToInt(e -> e.data.size() + (form == Form.ONE_BYTE ? 1 : 2)).sum();
        var out = ByteBuffer.allocate(size + 3 & ~3);
        for (var element : elements) {
            //= rfc8285#4.1.2-8 what does not match the format is not used in the packet
            if (!form.fits(element))
                throw new IllegalArgumentException(element + " has no form of " + form);
            if (form == Form.ONE_BYTE) out.put((byte) (element.id << 4 | element.data.size() - 1));
            else out.put((byte) element.id).put((byte) element.data.size());
            element.data.to(out);
        }
        //= rfc8285#4.1.2-12 after the last element padding fills the word
        return new RtpPacket.Extension(form == Form.ONE_BYTE ? ONE_BYTE : TWO_BYTE,
                Bytes.wrap(out.array()));
    }
}
