package p2psip.app.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc4566.SessionDescription;
import p2psip.std.rfc7983.PacketKind;

/// Takes datagrams and messages apart, in the order in which they were sent: what a payload type of
/// RTP means has been said before.
///
/// It reads what strangers have sent: whatever that is, a dissection comes of it, if only one that
/// says what is wrong.
final class Surgeon {
    private final Dissector own;
    private final Formats formats = new Formats();
    /// What was sealed in several datagrams: by who says it to whom, and its mark.
    private final Map<List<Object>, Bytes[]> pieces = new HashMap<>();

    Surgeon(Dissector own) { this.own = own; }

    /// @param from  who sent it, `to` to whom: the formats of RTP are theirs
    /// @param frame what is sealed in it, if that is known; else empty
    Dissection cut(Bytes bytes, Bytes frame, InetSocketAddress from, InetSocketAddress to) {
        var protocol = protocol(bytes);
        return whole(protocol, bytes, knife -> switch (protocol) {
            case "overlay" -> {
                own.datagram(knife, bytes);
                yield own.summary(bytes, frame);
            }
            case "RTCP" -> {
                RtcpParts.datagram(knife, bytes);
                yield RtcpParts.summary(bytes);
            }
            case "RTP" -> {
                var format = formats.of(RtpParts.payloadType(bytes), from, to);
                RtpParts.packet(knife, bytes, format);
                yield RtpParts.summary(bytes, format);
            }
            case "STUN" -> {
                StunParts.message(knife, bytes);
                yield StunParts.summary(bytes);
            }
            case "SIP" -> sip(knife, bytes);
            default -> throw new IllegalArgumentException("of no protocol that is known here");
        });
    }

    /// @param how cuts all of it, and answers a summary
    private static Dissection whole(String protocol, Bytes bytes, Function<Knife, String> how) {
        try {
            var knife = new Knife(bytes);
            var summary = how.apply(knife);
            return new Dissection(protocol, bytes, summary, "", knife.fields());
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException
                | BufferUnderflowException | DateTimeException e) {
            return Dissection.broken(protocol, bytes,
                    Objects.toString(e.getMessage(), "cut short"));
        }
    }

    private String sip(Knife knife, Bytes bytes) {
        if (bytes.utf8().isBlank()) {
            knife.bytes("keep-alive", bytes, "CR LF", "I am still here: a NAT sees it and keeps its"
                    + " door open.", "rfc5626#3.5.1¶1");
            return "keep-alive";
        }
        var message = Message.parse(bytes);
        SipParts.message(knife, message);
        if (SdpParts.isBodyOf(message)) learn(message.body());
        return message.summary();
    }

    private void learn(Bytes description) {
        try {
            formats.learn(SessionDescription.parse(description));
        } catch (p2psip.std.SyntaxException e) {
            // its lines are shown; media that it would have described are shown without names
        }
    }

    /// What was sealed in a datagram of the overlay, from without to within: the frame; the whole
    /// payload, if this is the last of several pieces; the SIP message in it, if there is one.
    List<Dissection> sealed(Bytes frame, InetSocketAddress from, InetSocketAddress to) {
        var layers = new ArrayList<Dissection>();
        layers.add(whole("frame", frame, knife -> {
            own.sealed(knife, frame);
            return "";
        }));
        if (!layers.getFirst().trouble().isEmpty()) return layers;
        own.piece(frame).ifPresent(piece -> joined(piece, from, to).ifPresent(payload -> {
            if (piece.count() > 1) layers.add(whole("payload", payload, knife -> {
                own.payload(knife, payload);
                return "";
            }));
            if (layers.getLast().trouble().isEmpty()) own.sip(payload).ifPresent(message ->
                    layers.add(whole("SIP", message, knife -> sip(knife, message))));
        }));
        return layers;
    }

    /// The payload, when its last piece comes and all before it have come.
    private Optional<Bytes> joined(
            Dissector.Piece piece, InetSocketAddress from, InetSocketAddress to) {
        if (piece.count() == 1) return Optional.of(piece.bytes());
        var all = pieces.computeIfAbsent(List.of(from, to, piece.of(), piece.count()),
                _ -> new Bytes[piece.count()]);
        all[piece.index()] = piece.bytes();
        if (piece.index() < piece.count() - 1 || Stream.of(all).anyMatch(Objects::isNull))
            return Optional.empty();
        var out = new ByteArrayOutputStream();
        for (var each : all) out.writeBytes(each.toArray());
        return Optional.of(Bytes.wrap(out.toByteArray()));
    }

    /// Its first byte says what it is, and the overlay takes one that is left.
    private String protocol(Bytes bytes) {
        if (own.knows(bytes)) return "overlay";
        return switch (PacketKind.of(bytes)) {
            case RTP -> bytes.size() >= 8 ? "RTP" : "bytes";
            case RTCP -> bytes.size() >= 8 ? "RTCP" : "bytes";
            case STUN, ZRTP, DTLS, CHANNEL, UNKNOWN ->
                    p2psip.std.rfc8489.Message.isStun(bytes) ? "STUN"
                            : isText(bytes) ? "SIP" : "bytes";
        };
    }

    private static boolean isText(Bytes bytes) {
        var begin = new String(bytes.slice(0, Math.min(bytes.size(), 2_000)).toArray(), ISO_8859_1);
        return begin.isBlank() && !begin.isEmpty()
                || begin.stripLeading().lines().findFirst().orElse("")
                        .toUpperCase(Locale.ROOT).contains("SIP/");
    }
}
