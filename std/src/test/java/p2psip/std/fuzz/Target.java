package p2psip.std.fuzz;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc2396.Uri;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc4566.SessionDescription;
import p2psip.std.rfc6455.*;
import p2psip.std.rfc8489.Fingerprints;
import p2psip.std.xml.*;

/// A parser, to be given whatever bytes: it reads them or says by its syntax exception that it
/// cannot, and what it has read can be written and read again, as the same. All else is a bug.
///
/// Whoever throws bytes at it is not its business: `CorpusTest` does, and Jazzer (the profile
/// `fuzz`), which sees by which ways through the code they lead.
public enum Target {
    /// A datagram, and a stream of the same bytes in two parts.
    SIP {
        @Override void read(byte[] data) {
            int cut = data.length == 0 ? 0 : (data[0] & 0xff) % data.length;
            var framing = new Framing();
            framing.take(Bytes.slice(data, 0, cut));
            framing.take(Bytes.slice(data, cut, data.length));
            Validator.read(Bytes.wrap(data));
            var message = p2psip.std.rfc3261.Message.parse(Bytes.wrap(data));
            same(message.encode(), p2psip.std.rfc3261.Message.parse(message.encode()).encode());
        }
    },

    SDP {
        @Override void read(byte[] data) {
            var description = SessionDescription.parse(Bytes.wrap(data));
            same(description, SessionDescription.parse(description.toString()));
            description.media().forEach(p2psip.std.rfc3264.Format::of);
        }
    },

    URI {
        @Override void read(byte[] data) {
            var uri = Uri.parse(text(data));
            var again = Uri.parse(uri.toString());
            same(uri, again);
            if (!uri.matches(again)) throw new AssertionError(uri + " is not as itself");
        }
    },

    ADDRESS {
        @Override void read(byte[] data) {
            var address = Address.parse(text(data));
            same(address.toString(), Address.parse(address.toString()).toString());
        }
    },

    /// The value of one of the four header fields, by its first byte.
    DIGEST {
        @Override void read(byte[] data) {
            if (data.length == 0) return;
            var text = text(Arrays.copyOfRange(data, 1, data.length));
            if (data[0] % 2 == 0) Challenge.parse(text);
            else {
                var credentials = Credentials.parse(text);
                same(credentials.text(), Credentials.parse(credentials.text()).text());
                server().verify(List.of(text), "REGISTER", "sip:example.com", Bytes.EMPTY,
                        Instant.EPOCH);
            }
        }
    },

    VIA {
        @Override void read(byte[] data) {
            var via = Via.parse(text(data));
            same(via.toString(), Via.parse(via.toString()).toString());
        }
    },

    STUN {
        @Override void read(byte[] data) {
            p2psip.std.rfc8489.Message.isStun(Bytes.wrap(data));
            Fingerprints.parse(Bytes.wrap(data), p2psip.std.rfc8489.Table.RFC8489);
            p2psip.std.rfc8489.Message.parse(Bytes.wrap(data)).toString();
        }
    },

    RTP {
        @Override void read(byte[] data) {
            var packet = RtpPacket.parse(ByteBuffer.wrap(data));
            same(packet, RtpPacket.parse(packet.encode().buffer()));
        }
    },

    RTCP {
        @Override void read(byte[] data) {
            CompoundPacket.parseReducedSize(ByteBuffer.wrap(data));
            var packet = CompoundPacket.parse(ByteBuffer.wrap(data));
            same(packet, CompoundPacket.parse(packet.encode().buffer()));
        }
    },

    /// At once, and in two parts: the events are the same.
    XML {
        @Override void read(byte[] data) {
            int cut = data.length / 2;
            var whole = Parser.ofDocument(Limits.WIRE);
            var parts = Parser.ofDocument(Limits.WIRE);
            var expected = new ArrayList<>(whole.feed(Bytes.wrap(data)));
            expected.addAll(whole.end());
            var events = new ArrayList<>(parts.feed(Bytes.slice(data, 0, cut)));
            events.addAll(parts.feed(Bytes.slice(data, cut, data.length)));
            events.addAll(parts.end());
            same(expected, events);
            var element = Element.parse(Bytes.wrap(data));
            same(element, Element.parse(element.toString()));
        }
    },

    /// A handshake, or what a client says after one, by the first byte.
    WEBSOCKET {
        @Override void read(byte[] data) {
            if (data.length == 0) return;
            var socket = WebSocket.server(new Door(_ -> true, _ -> true, _ -> true, List.of("sip")),
                    WebSocket.Limits.USUAL, new SplittableRandom(1));
            socket.wake(Instant.EPOCH);
            if (data[0] % 2 == 0) socket.handle(
                    new WebSocket.Input.Received(HANDSHAKE), Instant.EPOCH);
            int cut = 1 + (data.length - 1) / 3;
            for (var part : List.of(Bytes.slice(data, 1, cut),
                    Bytes.slice(data, cut, data.length)))
                socket.handle(new WebSocket.Input.Received(part), Instant.EPOCH);
        }
    };

    private static final Bytes HANDSHAKE = Bytes.utf8("""
            GET /ws HTTP/1.1\r
            Host: example.com\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Protocol: sip\r
            Sec-WebSocket-Version: 13\r
            \r
            """);

    private static DigestServer server() {
        return new DigestServer("example.com", _ -> Optional.of(new Secret.Password("secret")),
                DigestServer.Policy.RFC8760, new SplittableRandom(1));
    }

    abstract void read(byte[] data);

    /// Gives it these bytes, which nobody has promised to be anything.
    public void take(byte[] data) {
        try {
            read(data);
        } catch (p2psip.std.SyntaxException expected) {
            if (expected.getMessage() == null) throw new AssertionError("says nothing", expected);
        }
    }

    private static void same(Object one, Object other) {
        if (!one.equals(other)) throw new AssertionError(one + "\nis read again as\n" + other);
    }

    private static String text(byte[] data) {
        return new String(data, java.nio.charset.StandardCharsets.UTF_8);
    }

    /// What Jazzer calls where it is started by itself: the system property `target` says which.
    public static void fuzzerTestOneInput(byte[] data) {
        valueOf(System.getProperty("target", "SIP")).take(data);
    }
}
