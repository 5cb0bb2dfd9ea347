package p2psip.std.rfc3711;

/// Enciphers a part of a packet by adding a stream of bytes that only the key can make: the same
/// deciphers it.
interface Keystream {
    /// @param from where the packet begins, whose `[clear, end)` is enciphered
    /// @param index as a [Transform] is told it
    void apply(byte[] packet, int from, int clear, int end, long index);
}
