package p2psip.tools.dissect;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2833.*;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3550.RtcpPacket.SourceDescription;
import p2psip.std.rfc3551.G711;

/// The parts of an RTP packet, of a telephone event in it, and of an RTCP packet.
final class RtpParts {
    private static final String DATA = "rfc3550#5.1";

    private RtpParts() {}

    static void rtp(Knife knife, Bytes bytes, Map<Integer, String> formats) {
        var packet = RtpPacket.parse(bytes.buffer());
        int type = packet.payloadType();
        var format = formats.getOrDefault(type, "a format of its own");
        knife.number(2, "V", 2, "Version 2; these two bits tell RTP from STUN and SIP.", DATA);
        knife.number(1, "P", packet.padding() > 0 ? 1 : 0, padding(packet.padding()), DATA);
        knife.number(1, "X", packet.extension() == RtpPacket.Extension.NONE ? 0 : 1,
                packet.extension() == RtpPacket.Extension.NONE ? "No header extension."
                        : "A header extension follows.", DATA);
        knife.number(4, "CC", packet.csrcs().size(), packet.csrcs().isEmpty()
                ? "No mixer: nobody else contributed." : "How many sources a mixer mixed.", DATA);
        knife.number(1, "M", packet.marker() ? 1 : 0, marker(packet.marker(), format), DATA);
        knife.number(7, "PT", type, "The payload is " + format + ", as the SDP agreed.", DATA);
        knife.number(16, "sequence number", packet.sequenceNumber().value(),
                "One more for each packet, from a random start: gaps are losses.", DATA);
        knife.number(32, "timestamp", packet.timestamp(),
                "When the first sample was taken, in 1/8000 s, from a random start.", DATA);
        knife.number(32, "SSRC", packet.ssrc(), hex(packet.ssrc()),
                "Who speaks: a random number, the same in this source's RTCP.", DATA);
        for (long csrc : packet.csrcs())
            knife.number(32, "CSRC", csrc, hex(csrc), "A source that was mixed in.", DATA);
        if (packet.extension() != RtpPacket.Extension.NONE) extension(knife, packet.extension());
        if (format.startsWith("telephone-event")) event(knife, packet);
        else sound(knife, packet.payload(), format);
        if (packet.padding() > 0) {
            knife.bytes("padding", knife.next(packet.padding()), packet.padding() + " bytes",
                    "The last byte counts them.", DATA);
        }
    }

    private static String padding(int size) {
        return size == 0 ? "No padding at the end." : "Padding at the end.";
    }

    private static void extension(Knife knife, RtpPacket.Extension extension) {
        var section = "rfc3550#5.3.1";
        knife.number(16, "profile", extension.profile(), "What the profile makes of it.", section);
        knife.number(16, "length", extension.data().size() / 4, "Words that follow.", section);
        knife.bytes("extension", extension.data(), extension.data().hex(), "Its data.", section);
    }

    private static String marker(boolean set, String format) {
        if (!format.startsWith("telephone-event"))
            return set ? "The first packet after silence."
                    : "No silence was left out before this packet.";
        return set ? "The first packet of this key." : "A key that was begun before.";
    }

    private static void sound(Knife knife, Bytes payload, String format) {
        var samples = (format.startsWith("PCMA") ? G711.PCMA : G711.PCMU)
                .decode(payload.buffer());
        knife.bytes("payload", payload, payload.size() + " samples: " + samples[0] + ", "
                + samples[1] + ", " + samples[2] + " …",
                payload.size() / 8 + " ms of sound, a byte for each sample: sign,"
                + " three bits of exponent, four of mantissa, all inverted.",
                "rfc3551#4.5.14");
    }

    private static void event(Knife knife, RtpPacket packet) {
        var event = TelephoneEvent.parse(packet.payload().buffer());
        var section = "rfc2833#3.5";
        knife.number(8, "event", event.event(), "The key " + Dtmf.key(event.event())
                .map(key -> "" + key).orElse("of another kind") + ".", section);
        knife.number(1, "E", event.end() ? 1 : 0, event.end()
                ? "The key was released: this is one of three last packets."
                : "The key is still down.", section);
        knife.number(1, "R", 0, "Reserved.", section);
        knife.number(6, "volume", event.volume(), "-" + event.volume() + " dBm0",
                "How loud a gateway should make the tone.", section);
        knife.number(16, "duration", event.duration(), event.duration() / 8
                + " ms since the timestamp, which stays while the key is down.", section);
    }

    static void rtcp(Knife knife, Bytes bytes) {
        for (var packet : CompoundPacket.parse(bytes.buffer()).packets()) {
            int begin = knife.at();
            int words = (knife.next(4).buffer().getShort(2) & 0xffff) + 1;
            var section = switch (packet) {
                case RtcpPacket.SenderReport _ -> "rfc3550#6.4.1";
                case RtcpPacket.ReceiverReport _ -> "rfc3550#6.4.2";
                case RtcpPacket.SourceDescription _ -> "rfc3550#6.5";
                case RtcpPacket.Bye _ -> "rfc3550#6.6";
                case RtcpPacket.App _, RtcpPacket.Unknown _ -> "rfc3550#6.7";
            };
            knife.number(2, "V", 2, "Version 2 of RTP.", section);
            knife.number(1, "P", 0, "No padding.", section);
            knife.number(5, "count", count(packet), counted(packet), section);
            knife.number(8, "PT", packet.type(), name(packet) + " (200 SR, 201 RR, 202 SDES, 203"
                    + " BYE): no payload type of RTP is among them.", section);
            knife.number(16, "length", words - 1, words + " words of 32 bits, less one.", section);
            switch (packet) {
                case RtcpPacket.SenderReport report -> sender(knife, report, section);
                case RtcpPacket.ReceiverReport report -> {
                    reporter(knife, report.ssrc(), section);
                    report.blocks().forEach(block -> block(knife, block, section));
                }
                case RtcpPacket.SourceDescription description ->
                        description.chunks().forEach(chunk -> chunk(knife, chunk));
                case RtcpPacket.Bye bye -> bye(knife, bye);
                case RtcpPacket.App _, RtcpPacket.Unknown _ -> { }
            }
            int rest = 4 * words - (knife.at() - begin) / 8;
            knife.bytes("more", knife.next(rest), rest + " bytes", "What this kind of packet adds.",
                    section);
        }
    }

    private static int count(RtcpPacket packet) {
        return switch (packet) {
            case RtcpPacket.Report report -> report.blocks().size();
            case RtcpPacket.SourceDescription description -> description.chunks().size();
            case RtcpPacket.Bye bye -> bye.ssrcs().size();
            case RtcpPacket.App app -> app.subtype();
            case RtcpPacket.Unknown unknown -> unknown.count();
        };
    }

    private static String counted(RtcpPacket packet) {
        return switch (packet) {
            case RtcpPacket.Report _ -> "How many report blocks follow: one for each source heard.";
            case RtcpPacket.SourceDescription _ -> "How many sources are described.";
            case RtcpPacket.Bye _ -> "How many sources leave.";
            case RtcpPacket.App _, RtcpPacket.Unknown _ -> "A subtype.";
        };
    }

    private static String name(RtcpPacket packet) {
        return switch (packet) {
            case RtcpPacket.SenderReport _ -> "A sender report";
            case RtcpPacket.ReceiverReport _ -> "A receiver report";
            case RtcpPacket.SourceDescription _ -> "A source description";
            case RtcpPacket.Bye _ -> "A goodbye";
            case RtcpPacket.App _, RtcpPacket.Unknown _ -> "Another packet";
        };
    }

    private static void reporter(Knife knife, long ssrc, String section) {
        knife.number(32, "SSRC of sender", ssrc, hex(ssrc), "Who reports.", section);
    }

    private static void sender(Knife knife, RtcpPacket.SenderReport report, String section) {
        reporter(knife, report.ssrc(), section);
        knife.number(64, "NTP timestamp", report.ntp().bits(), "" + when(report.ntp()),
                "The time of day when this was sent: seconds since 1900 and a fraction.", section);
        knife.number(32, "RTP timestamp", report.rtp(),
                "The same moment on the clock of the RTP packets: ties sound to the time of day.",
                section);
        knife.number(32, "sender's packet count", report.packets(),
                "RTP packets sent so far.", section);
        knife.number(32, "sender's octet count", report.octets(),
                "Bytes of payload in them.", section);
        report.blocks().forEach(block -> block(knife, block, section));
    }

    private static Instant when(NtpTimestamp ntp) {
        return ntp.near(Instant.parse("2026-01-01T00:00:00Z")).truncatedTo(ChronoUnit.MICROS);
    }

    private static void block(Knife knife, ReportBlock block, String section) {
        knife.number(32, "SSRC_n", block.ssrc(), hex(block.ssrc()), "The source reported on.",
                section);
        knife.number(8, "fraction lost", block.fractionLost(), block.fractionLost() + "/256",
                "Lost since the last report.", section);
        knife.number(24, "packets lost", block.lost() & 0xff_ffff, "" + block.lost(),
                "Lost since the beginning; negative if packets came twice.", section);
        knife.number(32, "highest sequence", block.highest(), (block.highest() & 0xffff)
                + " after " + (block.highest() >> 16) + " cycles",
                "The last sequence number that came, and how often they began anew.", section);
        knife.number(32, "jitter", block.jitter(),
                "How unevenly packets came, in units of 1/8000 s.", section);
        knife.number(32, "last SR", block.lastSr(), block.lastSr() == 0
                ? "No sender report has come yet."
                : "The middle of the NTP time in the last sender report that came.", section);
        knife.number(32, "delay since last SR", block.delay(),
                "How long ago that was, in 1/65536 s: its sender computes the round trip.",
                section);
    }

    private static void chunk(Knife knife, SourceDescription.Chunk chunk) {
        int begin = knife.at();
        var section = "rfc3550#6.5";
        knife.number(32, "SSRC", chunk.ssrc(), hex(chunk.ssrc()), "The source described.", section);
        for (var item : chunk.items()) {
            knife.number(8, "item", item.type(), item.type() == SourceDescription.CNAME
                    ? "CNAME: a name that stays when the SSRC changes." : "Another item.",
                    "rfc3550#6.5.1");
            knife.number(8, "length", item.text().size(), "Bytes of text.", section);
            knife.bytes("text", item.text(), item.text().utf8(), "Random, so that it says nothing"
                    + " about who speaks, yet ties together what one sends.", "rfc3550#6.5.1");
        }
        int zeros = 4 - (knife.at() - begin) / 8 % 4;
        knife.bytes("end", Bytes.wrap(new byte[zeros]), zeros + " zeros",
                "A zero item ends the list; more fill the word.", section);
    }

    private static void bye(Knife knife, RtcpPacket.Bye bye) {
        var section = "rfc3550#6.6";
        for (long ssrc : bye.ssrcs())
            knife.number(32, "SSRC", ssrc, hex(ssrc), "Who leaves.", section);
        if (bye.reason().isEmpty()) return;
        var reason = Bytes.utf8(bye.reason());
        knife.number(8, "length", reason.size(), "Bytes of text.", section);
        knife.bytes("reason", reason, bye.reason(), "Why, for people.", section);
    }

    private static String hex(long number) { return "0x%08x".formatted(number); }
}
