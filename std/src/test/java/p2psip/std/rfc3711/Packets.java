package p2psip.std.rfc3711;

import module java.base;
import p2psip.std.Bytes;

/// Packets to protect, and what is needed for it.
final class Packets {
    static final MasterKey KEY = MasterKey.of(Bytes.hex("e1f97a0d3e018be0d64fa32c06de4139"),
            Bytes.hex("0ec675ad498afeebb6960b3aabe6"));
    static final MasterKey OTHER = MasterKey.of(Bytes.hex("000102030405060708090a0b0c0d0e0f"),
            Bytes.hex("f0f1f2f3f4f5f6f7f8f9fafbfcfd"));
    static final SrtpPolicy POLICY = SrtpPolicy.of(HmacSuite.AES_CM_128_HMAC_SHA1_80);
    static final int SSRC = 0xcafebabe;
    private static final int ROOM = 64;

    private Packets() {}

    /// A packet of which each byte of payload says what it is.
    static ByteBuffer rtp(int ssrc, int sequence, int size) {
        var packet = ByteBuffer.allocate(12 + size + ROOM)
                .putShort((short) 0x8000).putShort((short) sequence).putInt(160 * sequence)
                .putInt(ssrc);
        for (int i = 0; i < size; i++) packet.put((byte) (sequence + i));
        return packet.flip();
    }

    static ByteBuffer rtp(int sequence) { return rtp(SSRC, sequence, 20); }

    /// A receiver report with a CNAME of so many bytes.
    static ByteBuffer rtcp(int ssrc, int size) {
        var packet = ByteBuffer.allocate(8 + 12 + size + ROOM)
                .putInt(0x80c9_0001).putInt(ssrc).putInt(0x81ca_0000 + 2 + size / 4).putInt(ssrc)
                .put((byte) 1).put((byte) size);
        for (int i = 0; i < size; i++) packet.put((byte) 'a');
        return packet.putShort((short) 0).flip();
    }

    static Bytes bytes(ByteBuffer packet) { return Bytes.from(packet.duplicate()); }

    static ByteBuffer buffer(Bytes bytes) {
        return ByteBuffer.allocate(bytes.size() + ROOM).put(bytes.buffer()).flip();
    }

    /// What comes out of a sender.
    static Bytes sealed(SrtpSender sender, ByteBuffer rtp) {
        var verdict = sender.protectRtp(rtp);
        if (verdict != Verdict.DONE) throw new AssertionError(verdict);
        return bytes(rtp);
    }

    static Bytes sealedRtcp(SrtpSender sender, ByteBuffer rtcp) {
        var verdict = sender.protectRtcp(rtcp);
        if (verdict != Verdict.DONE) throw new AssertionError(verdict);
        return bytes(rtcp);
    }
}
