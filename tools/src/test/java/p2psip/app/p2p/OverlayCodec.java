package p2psip.app.p2p;

import module java.base;
import p2psip.app.dht.Dht;
import p2psip.std.Bytes;

/// The overlay's own codecs, for a test that holds what others say of its bytes against them.
public final class OverlayCodec {
    private OverlayCodec() {}

    /// What a datagram is: `Data[session=12, sequence=3, ...]`.
    public static String datagram(Bytes datagram) { return Packet.parse(datagram).toString(); }

    /// What a frame is; of a message of the ring, its summary.
    public static String frame(Bytes bytes) {
        return switch (Frame.parse(bytes)) {
            case Frame.Piece piece when piece.count() == 1 ->
                    "Piece[confirmed=" + piece.confirmed() + ", number=" + piece.number() + "] "
                            + payload(piece.bytes());
            case Frame other -> other.toString();
        };
    }

    private static String payload(Bytes payload) {
        return switch (Payload.parse(payload)) {
            case Payload.Ring(var message) -> Dht.summary(message);
            case Payload other -> other.toString();
        };
    }
}
