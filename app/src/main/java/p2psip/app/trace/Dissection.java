package p2psip.app.trace;

import module java.base;
import p2psip.std.Bytes;

/// Bytes taken apart: the fields together are every bit, each once and in order.
///
/// @param protocol `SIP`, `RTP`, `RTCP`, `STUN`, `overlay`, or `bytes` of none of these
/// @param summary  in a line for a ladder: `INVITE sip:bob@example.com`, `RTP PCMU`
/// @param trouble  what is wrong with it; empty if it is well formed
public record Dissection(
        String protocol, Bytes bytes, String summary, String trouble, List<Field> fields) {
    public Dissection {
        fields = List.copyOf(fields);
        int at = 0;
        for (var field : fields) {
            if (field.from() != at || field.to() <= at)
                throw new IllegalArgumentException(
                        "bit " + at + " is not where " + field + " begins");
            at = field.to();
        }
        if (at != 8 * bytes.size())
            throw new IllegalArgumentException(at + " bits of " + 8 * bytes.size());
    }

    /// Of bytes that are not well formed: nobody says what they mean.
    static Dissection broken(String protocol, Bytes bytes, String trouble) {
        var knife = new Knife(bytes);
        if (protocol.equals("SIP")) SipParts.lines(knife);
        else knife.bytes("bytes", bytes, bytes.size() + " bytes", trouble + ".", "");
        return new Dissection(protocol, bytes, protocol.equals("bytes")
                ? bytes.size() + " bytes" : protocol + "? " + bytes.size() + " bytes", trouble,
                knife.fields());
    }

    /// Whether it is read as text, not drawn bit by bit.
    boolean isText() { return protocol.equals("SIP"); }

    /// The fields of a name.
    public Optional<Field> field(String name) {
        return fields.stream().filter(f -> f.name().equals(name)).findFirst();
    }
}
