package p2psip.std.rfc7741;

import module java.base;

/// What goes before the VP8 data of a packet.
///
/// ```text
///     0 1 2 3 4 5 6 7
///    |X|R|N|S|R| PID |   X: extended, N: nobody refers to it, S: a partition begins
/// X: |I|L|T|K| RSV   |   which of the three below there are
/// I: |M| PictureID   |   and a second octet of it if M is set
/// L: |   TL0PICIDX   |
/// T/K: |TID|Y| KEYIDX|
/// ```
///
/// @param begins    whether its data are the beginning of a partition
/// @param partition the number of that
/// @param size      of the descriptor itself, in bytes
/// @spec https://www.rfc-editor.org/rfc/rfc7741#section-4.2 RFC 7741 §4.2
record Vp8Descriptor(boolean begins, int partition, int size) {
    private static final int EXTENDED = 0x80, BEGINS = 0x10, INDEX = 0x07, PICTURE = 0x80,
            BASE = 0x40, LAYER = 0x20, KEY = 0x10, LONG = 0x80;

    /// Of one octet: no extension is sent.
    //= rfc7741#4.2-2,11,13 the X bit is zero, all optional fields and the PictureID omitted
    //= rfc7741#4.2-19,23 no octet of TID/Y/KEYIDX is present: neither T nor K is set
    //= rfc7741#4.2-3,4 reserved bits are set to 0, and the N bit: reference status is unknown
    static byte first(boolean begins) { return (byte) (begins ? BEGINS : 0); }

    /// Empty if it is cut short.
    static Optional<Vp8Descriptor> parse(ByteBuffer in) {
        int start = in.position();
        try {
            int head = in.get();
            if ((head & EXTENDED) != 0) skip(in);
            return Optional.of(new Vp8Descriptor((head & BEGINS) != 0, head & INDEX,
                    in.position() - start));
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static void skip(ByteBuffer in) {
        //= rfc7741#4.2-10 the octet of extended control bits is the second
        //= rfc7741#4.2-24 what is reserved in it is ignored by the receiver
        int which = in.get();
        //= rfc7741#4.2-12,26 the PictureID has seven bits, or fifteen if M is set
        //= rfc7741#4.2-28 which may be another in each packet: its bits are counted anew
        if ((which & PICTURE) != 0 && (in.get() & LONG) != 0) in.get();
        if ((which & BASE) != 0) in.get();
        //= rfc7741#4.2-16,20 with T or K set there is an octet of TID/Y/KEYIDX
        if ((which & (LAYER | KEY)) != 0) in.get();
    }
}
