package p2psip.std.rfc4566;

import module java.base;

/// An `a=rtpmap` attribute: what a payload type number stands for.
///
/// @param encoding name as IANA has it, in any case
/// @param clockRate in Hz
/// @param channels of audio
/// @spec https://www.rfc-editor.org/rfc/rfc4566#section-6 RFC 4566 §6
public record RtpMap(int payloadType, String encoding, int clockRate, int channels) {
    //= rfc4566#6-4 one channel need not be said
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,3}) +([^/ ]+)/(\\d{1,9})(?:/(\\d{1,4}))? *");

    public RtpMap {
        Fields.word(encoding);
        if (payloadType < 0 || payloadType > 127 || clockRate <= 0 || channels <= 0)
            throw new SyntaxException("rtpmap of " + payloadType + " " + encoding);
    }

    /// Empty if the value cannot be understood: then the format is one that is not understood.
    static Optional<RtpMap> parse(String value) {
        var m = FORM.matcher(value);
        if (!m.matches()) return Optional.empty();
        try {
            //= rfc4566#5.14-5 a payload type number, dynamic or not, and the encoding it maps to
            return Optional.of(new RtpMap(Integer.parseInt(m.group(1)), m.group(2),
                    Integer.parseInt(m.group(3)),
                    m.group(4) == null ? 1 : Integer.parseInt(m.group(4))));
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }

    /// Whether both stand for the same encoding, whatever their numbers.
    public boolean sameEncoding(RtpMap other) {
        return encoding.equalsIgnoreCase(other.encoding) && clockRate == other.clockRate
                && channels == other.channels;
    }

    /// The `a=rtpmap`.
    //= rfc4566#8.2.3-2 a dynamic payload type is specified by the rtpmap attribute
    public Attribute attribute() { return new Attribute("rtpmap", toString()); }

    /// The attribute's value.
    @Override public String toString() {
        return payloadType + " " + encoding + "/" + clockRate
                + (channels == 1 ? "" : "/" + channels);
    }
}
