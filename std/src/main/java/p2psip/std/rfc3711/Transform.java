package p2psip.std.rfc3711;

/// What is done with packets by the session keys of one direction, for RTP or for RTCP: works in
/// the array that holds the packet.
///
/// An index is that of an RTP packet, 48 bits, or the word that stands behind an RTCP packet: its
/// index with the flag that it is encrypted.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3711#section-4 RFC 3711 §4
public interface Transform {
    /// How much longer the enciphered part becomes.
    int expansion();

    /// The size of the tag at the end of the packet.
    int tag();

    /// Enciphers `[clear, end)`; behind it there is room for the expansion.
    ///
    /// @param from where the packet begins
    void encipher(byte[] packet, int from, int clear, int end, long index);

    /// Deciphers `[clear, end)`, which with the expansion was longer.
    ///
    /// @return whether it is genuine, as far as this shows it; if not nothing has changed
    boolean decipher(byte[] packet, int from, int clear, int end, long index);

    /// Writes the tag of `[from, end)`.
    void sign(byte[] packet, int from, int end, long index, int tagAt);

    /// @return whether the tag proves `[from, end)`
    boolean proves(byte[] packet, int from, int end, long index, int tagAt);
}
