package p2psip.app.trace;

import module java.base;
import p2psip.app.trace.Formats.Format;
import p2psip.std.Bytes;
import p2psip.std.rfc2833.*;
import p2psip.std.rfc3550.RtpPacket;
import p2psip.std.rfc3551.G711;

/// The parts of an RTP packet, and of a telephone event in it.
final class RtpParts {
    private static final String DATA = "rfc3550#5.1";

    private RtpParts() {}

    static int payloadType(Bytes packet) { return packet.at(1) & 0x7f; }

    /// `RTP PCMU`, `RTP key 1`.
    static String summary(Bytes bytes, Format format) {
        if (!format.isEvent()) return "RTP " + format.encoding();
        var event = TelephoneEvent.parse(RtpPacket.parse(bytes.buffer()).payload().buffer());
        return "RTP " + key(event.event());
    }

    private static String key(int event) {
        return Dtmf.key(event).map(key -> "key " + key).orElse("event " + event);
    }

    static void packet(Knife knife, Bytes bytes, Format format) {
        var packet = RtpPacket.parse(bytes.buffer());
        boolean extended = packet.extension() != RtpPacket.Extension.NONE;
        knife.number(2, "V", 2, "Version 2; these two bits tell RTP from STUN and SIP.",
                DATA + "¶3");
        knife.number(1, "P", packet.padding() > 0 ? 1 : 0, packet.padding() == 0
                ? "No padding at the end." : "Padding at the end.", DATA + "¶4");
        knife.number(1, "X", extended ? 1 : 0, extended ? "A header extension follows."
                : "No header extension.", DATA + "¶5");
        knife.number(4, "CC", packet.csrcs().size(), packet.csrcs().isEmpty()
                ? "No mixer: nobody else contributed." : "How many sources a mixer mixed.",
                DATA + "¶6");
        knife.number(1, "M", packet.marker() ? 1 : 0, marker(packet.marker(), format),
                DATA + "¶7");
        knife.number(7, "PT", packet.payloadType(), "The payload is " + format.encoding() + ".",
                DATA + "¶8");
        knife.number(16, "sequence number", packet.sequenceNumber().value(),
                "One more for each packet, from a random start: gaps are losses.", DATA + "¶10");
        knife.number(32, "timestamp", packet.timestamp(), "When the first sample was taken, in 1/"
                + format.clock() + " s, from a random start.", DATA + "¶11");
        knife.number(32, "SSRC", packet.ssrc(), RtcpParts.hex(packet.ssrc()),
                "Who speaks: a random number, the same in this source's RTCP.", DATA + "¶17");
        for (long csrc : packet.csrcs()) knife.number(32, "CSRC", csrc, RtcpParts.hex(csrc),
                "A source that was mixed in.", DATA + "¶18");
        if (extended) extension(knife, packet.extension());
        payload(knife, packet.payload(), format);
        knife.bytes("padding", knife.next(packet.padding()), packet.padding() + " bytes",
                "The last byte counts them.", DATA + "¶4");
    }

    private static void extension(Knife knife, RtpPacket.Extension extension) {
        var section = "rfc3550#5.3.1¶3";
        knife.number(16, "profile", extension.profile(), "What the profile makes of it.", section);
        knife.number(16, "length", extension.data().size() / 4, "Words that follow.", section);
        knife.bytes("extension", extension.data(), extension.data().hex(), "Its data.", section);
    }

    private static String marker(boolean set, Format format) {
        if (!format.isEvent()) return set ? "The first packet after silence."
                : "No silence was left out before this packet.";
        return set ? "The first packet of this key." : "A key that was begun before.";
    }

    private static void payload(Knife knife, Bytes payload, Format format) {
        switch (format.encoding().toUpperCase(Locale.ROOT)) {
            case "TELEPHONE-EVENT" -> {
                var in = payload.buffer();
                while (in.remaining() >= TelephoneEvent.SIZE)
                    event(knife, TelephoneEvent.parse(in), format);
                knife.bytes("more", Bytes.from(in), "", "No whole event.", "rfc2833#3.5¶1");
            }
            case "PCMU" -> sound(knife, payload, G711.PCMU, "all inverted");
            case "PCMA" -> sound(knife, payload, G711.PCMA, "every other bit inverted");
            default -> knife.bytes("payload", payload, payload.size() + " bytes",
                    "Encoded as " + format.encoding() + ".", DATA + "¶8");
        }
    }

    private static void sound(Knife knife, Bytes payload, G711 law, String inverted) {
        var samples = law.decode(payload.buffer());
        var first = IntStream.range(0, Math.min(3, samples.length))
                .mapToObj(i -> "" + samples[i]).collect(Collectors.joining(", "));
        knife.bytes("payload", payload, samples.length + " samples: " + first + " …",
                samples.length / 8 + " ms of sound, a byte for each sample: sign, three bits of"
                + " exponent, four of mantissa, " + inverted + ".", "rfc3551#4.5.14¶1");
    }

    private static void event(Knife knife, TelephoneEvent event, Format format) {
        var section = "rfc2833#3.5";
        knife.number(8, "event", event.event(), "The " + key(event.event()) + ".", section + "¶2");
        knife.number(1, "E", event.end() ? 1 : 0, event.end()
                ? "The key was released: this is one of three last packets."
                : "The key is still down.", section + "¶6");
        knife.number(1, "R", knife.ahead(1), "Reserved.", section + "¶9");
        knife.number(6, "volume", event.volume(), "-" + event.volume() + " dBm0",
                "How loud a gateway should make the tone.", section + "¶3");
        knife.number(16, "duration", event.duration(), event.length(format.clock()).toMillis()
                + " ms since the timestamp, which stays while the key is down.", section + "¶4");
    }
}
