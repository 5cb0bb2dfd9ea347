package p2psip.tools.dissect;

import module java.base;
import p2psip.std.Bytes;

/// The parts of what nodes say to each other below the ring: datagrams, frames, payloads.
///
/// The format is our own; `app/p2p` describes it, and a test holds these parts against its codec.
final class OverlayParts {
    private static final String OWN = "app/p2p";
    private static final int TAG = 16;
    private static final List<String> TYPES = List.of("Data", "Hello", "Cookie", "Init", "Accept",
            "Unknown", "Discover", "Found");

    private OverlayParts() {}

    static void packet(Knife knife, Bytes bytes) {
        int type = bytes.at(0) & 0x3f;
        if (type >= TYPES.size()) throw new IllegalArgumentException("no such packet: " + type);
        knife.number(2, "first", 3, "11", "No SIP, STUN or RTP begins like this.", OWN);
        knife.number(6, "type", type, TYPES.get(type) + ".", OWN);
        knife.bytes("magic", Bytes.utf8("p2"), "p2", "It is of the overlay.", OWN);
        knife.number(8, "version", 1, "Of this format.", OWN);
        switch (TYPES.get(type)) {
            case "Data" -> {
                number(knife, "session", "The number the receiver has given the session.");
                sequence(knife);
                var sealed = knife.next(knife.left() - TAG);
                knife.bytes("sealed", sealed, sealed.size() + " bytes", "A frame, encrypted with"
                        + " AES-GCM under the key of this direction.", OWN);
                take(knife, TAG, "tag", "Nobody without the key can make it: it covers the frame"
                        + " and the header.");
            }
            case "Hello" -> {
                caller(knife);
                ephemeral(knife);
            }
            case "Cookie" -> {
                caller(knife);
                cookie(knife);
            }
            case "Init" -> {
                caller(knife);
                ephemeral(knife);
                cookie(knife);
                signed(knife);
            }
            case "Accept" -> {
                caller(knife);
                number(knife, "callee's number", "The callee's number for the session.");
                ephemeral(knife);
                signed(knife);
            }
            case "Unknown" -> number(knife, "session", "The number nobody knows here.");
            case "Discover" -> {
                PeerParts.peer(knife);
                knife.number(8, "super-node", knife.next(1).at(0),
                        "1 if who asks is on the ring.", OWN);
            }
            default -> PeerParts.peer(knife);
        }
    }

    private static void caller(Knife knife) {
        number(knife, "caller's number", "The caller's number for the session, by chance.");
    }

    private static void ephemeral(Knife knife) {
        take(knife, 32, "ephemeral key", "An X25519 public key, made for this session.");
    }

    private static void cookie(Knife knife) {
        take(knife, 16, "cookie", "A hash of the caller's address: who knows it receives there.");
    }

    private static void signed(Knife knife) {
        take(knife, 32, "Ed25519 key", "Whose hash is the node's place on the ring.");
        PeerParts.address(knife);
        take(knife, 64, "signature", "By that key, over all before it (an Accept's also over the"
                + " Init it answers).");
    }

    private static void number(Knife knife, String name, String meaning) {
        long value = knife.next(8).buffer().getLong();
        knife.number(64, name, value, "0x%016x".formatted(value), meaning, OWN);
    }

    private static void sequence(Knife knife) {
        long value = knife.next(8).buffer().getLong();
        knife.number(64, "sequence", value, "Counts this direction's datagrams: the nonce of the"
                + " cipher, taken once.", OWN);
    }

    private static void take(Knife knife, int size, String name, String meaning) {
        var bytes = knife.next(size);
        knife.bytes(name, bytes, PeerParts.shortened(bytes), meaning, OWN);
    }

    /// What a Data datagram holds once it is opened.
    static void frame(Knife knife, Bytes frame) {
        int type = frame.at(0);
        switch (type) {
            case 1, 2 -> {
                boolean whole = frame.at(6) == 1;
                knife.number(8, "frame", type, type == 1 ? "A piece of a payload that is sent once."
                        : "A piece of a payload that is sent until it is acknowledged.", OWN);
                counter(knife, "number", "Of the payload, counted apart for either kind.");
                knife.number(8, "piece", frame.at(5), "Which piece of it, from 0.", OWN);
                knife.number(8, "pieces", frame.at(6), whole ? "It fits one datagram."
                        : "How many there are.", OWN);
                if (whole) payload(knife);
                else take(knife, knife.left(), "part", "A part of a payload.");
            }
            case 3 -> {
                knife.number(8, "frame", 3, "An acknowledgement.", OWN);
                counter(knife, "number", "Of the payload.");
                counter(knife, "pieces", "Bit i is set if piece i has arrived.");
            }
            case 4 -> knife.number(8, "frame", 4, "Goodbye: this session ends.", OWN);
            case 5 -> knife.number(8, "frame", 5, "I am here, and have the key.", OWN);
            default -> throw new IllegalArgumentException("no such frame: " + type);
        }
    }

    private static void counter(Knife knife, String name, String meaning) {
        knife.number(32, name, knife.next(4).buffer().getInt() & 0xffff_ffffL, meaning, OWN);
    }

    private static void clock(Knife knife) {
        long clock = knife.next(8).buffer().getLong();
        knife.number(64, "clock", clock, Instant.ofEpochMilli(clock).toString(),
                "The sender's time of day, milliseconds since 1970.", OWN);
    }

    private static void payload(Knife knife) {
        int type = knife.next(1).at(0);
        knife.number(8, "payload", type, switch (type) {
            case 0 -> "A message of the ring.";
            case 1 -> "Ask: are you a super-node, and whom do you know?";
            case 2 -> "Tell: what I am, and whom I know.";
            default -> throw new IllegalArgumentException("no such payload: " + type);
        }, OWN);
        if (type == 0) {
            RingParts.message(knife, knife.next(knife.left()));
        } else if (type == 2) {
            knife.number(8, "super-node", knife.next(1).at(0),
                    "1 if the sender is on the ring.", OWN);
            int count = knife.next(1).at(0);
            knife.number(8, "count", count, "Super-nodes named.", OWN);
            for (int i = 0; i < count; i++) PeerParts.peer(knife);
        }
        if (type != 0) clock(knife);
    }
}
