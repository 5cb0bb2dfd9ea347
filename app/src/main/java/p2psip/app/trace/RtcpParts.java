package p2psip.app.trace;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3550.RtcpPacket.SourceDescription;

/// The parts of a datagram of RTCP.
final class RtcpParts {
    private static final String REPORT = "rfc3550#6.4.1", DESCRIPTION = "rfc3550#6.5",
            GOODBYE = "rfc3550#6.6";

    private RtcpParts() {}

    /// `RTCP SR SDES`.
    static String summary(Bytes bytes) {
        return packets(bytes).stream().map(packet -> switch (packet) {
            case RtcpPacket.SenderReport _ -> "SR";
            case RtcpPacket.ReceiverReport _ -> "RR";
            case RtcpPacket.SourceDescription _ -> "SDES";
            case RtcpPacket.Bye _ -> "BYE";
            case RtcpPacket.App _ -> "APP";
            case RtcpPacket.Unknown unknown -> "" + unknown.type();
        }).collect(Collectors.joining(" ", "RTCP ", ""));
    }

    /// Nobody can see whether less than a compound packet was agreed on, so that is let pass.
    private static List<RtcpPacket> packets(Bytes bytes) {
        return CompoundPacket.parseReducedSize(bytes.buffer());
    }

    static void datagram(Knife knife, Bytes bytes) {
        for (var packet : packets(bytes)) {
            int begin = knife.at(), words = (knife.next(4).buffer().getShort(2) & 0xffff) + 1;
            boolean padded = knife.ahead(3) % 2 == 1;
            knife.number(2, "V", 2, "Version 2 of RTP.", REPORT + "¶2");
            knife.number(1, "P", padded ? 1 : 0, padded ? "Padding at the end." : "No padding.",
                    REPORT + "¶3");
            knife.number(5, "count", count(packet), counted(packet), source(packet, 4));
            knife.number(8, "PT", packet.type(), name(packet) + " (200 SR, 201 RR, 202 SDES, 203"
                    + " BYE): no payload type of RTP is among them.", source(packet, 3));
            knife.number(16, "length", words - 1, words + " words of 32 bits, less one.",
                    REPORT + "¶6");
            body(knife, packet);
            int rest = 4 * words - (knife.at() - begin) / 8;
            knife.bytes("more", knife.next(rest), rest + " bytes", padded ? "Padding."
                    : "What this kind of packet adds.", source(packet, 1));
        }
    }

    private static void body(Knife knife, RtcpPacket packet) {
        switch (packet) {
            case RtcpPacket.SenderReport report -> sender(knife, report);
            case RtcpPacket.ReceiverReport report -> {
                reporter(knife, report.ssrc());
                report.blocks().forEach(block -> block(knife, block));
            }
            case RtcpPacket.SourceDescription description ->
                    description.chunks().forEach(chunk -> chunk(knife, chunk));
            case RtcpPacket.Bye bye -> bye(knife, bye);
            case RtcpPacket.App app -> knife.number(32, "SSRC", app.ssrc(), hex(app.ssrc()),
                    "Whose it is.", source(app, 1));
            case RtcpPacket.Unknown _ -> { }
        }
    }

    /// The paragraph of a packet's section; reports tell of one number more before theirs.
    private static String source(RtcpPacket packet, int paragraph) {
        return switch (packet) {
            case RtcpPacket.SenderReport _ -> REPORT + "¶" + (paragraph == 3 ? 5 : paragraph);
            case RtcpPacket.ReceiverReport _ -> paragraph == 4 ? REPORT + "¶4" : "rfc3550#6.4.2¶1";
            case RtcpPacket.SourceDescription _ -> DESCRIPTION + "¶" + paragraph;
            case RtcpPacket.Bye _ -> GOODBYE + "¶" + paragraph;
            case RtcpPacket.App _ -> "rfc3550#6.7¶" + (7 - paragraph);
            case RtcpPacket.Unknown _ -> "rfc3550#6.1¶1";
        };
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

    private static void reporter(Knife knife, long ssrc) {
        knife.number(32, "SSRC of sender", ssrc, hex(ssrc), "Who reports.", REPORT + "¶7");
    }

    private static void sender(Knife knife, RtcpPacket.SenderReport report) {
        reporter(knife, report.ssrc());
        knife.number(64, "NTP timestamp", report.ntp().bits(), "" + when(report.ntp()),
                "The time of day when this was sent: seconds since 1900 and a fraction.",
                REPORT + "¶9");
        knife.number(32, "RTP timestamp", report.rtp(),
                "The same moment on the clock of the RTP packets: ties sound to the time of day.",
                REPORT + "¶10");
        knife.number(32, "sender's packet count", report.packets(),
                "RTP packets sent so far.", REPORT + "¶11");
        knife.number(32, "sender's octet count", report.octets(),
                "Bytes of payload in them.", REPORT + "¶12");
        report.blocks().forEach(block -> block(knife, block));
    }

    private static Instant when(NtpTimestamp ntp) {
        return ntp.near(Instant.parse("2026-01-01T00:00:00Z")).truncatedTo(ChronoUnit.MICROS);
    }

    private static void block(Knife knife, ReportBlock block) {
        knife.number(32, "SSRC_n", block.ssrc(), hex(block.ssrc()), "The source reported on.",
                REPORT + "¶14");
        knife.number(8, "fraction lost", block.fractionLost(), block.fractionLost() + "/256",
                "Lost since the last report.", REPORT + "¶15");
        knife.number(24, "packets lost", block.lost() & 0xff_ffff, "" + block.lost(),
                "Lost since the beginning; negative if packets came twice.", REPORT + "¶16");
        knife.number(32, "highest sequence", block.highest(), (block.highest() & 0xffff)
                + " after " + (block.highest() >> 16) + " cycles",
                "The last sequence number that came, and how often they began anew.",
                REPORT + "¶17");
        knife.number(32, "jitter", block.jitter(),
                "How unevenly packets came, in units of the timestamp.", REPORT + "¶18");
        knife.number(32, "last SR", block.lastSr(), block.lastSr() == 0
                ? "No sender report has come yet."
                : "The middle of the NTP time in the last sender report that came.",
                REPORT + "¶23");
        knife.number(32, "delay since last SR", block.delay(),
                "How long ago that was, in 1/65536 s: its sender computes the round trip.",
                REPORT + "¶24");
    }

    private static void chunk(Knife knife, SourceDescription.Chunk chunk) {
        int begin = knife.at();
        knife.number(32, "SSRC", chunk.ssrc(), hex(chunk.ssrc()), "The source described.",
                DESCRIPTION + "¶5");
        for (var item : chunk.items()) {
            knife.number(8, "item", item.type(), item.type() == SourceDescription.CNAME
                    ? "CNAME: a name that stays when the SSRC changes." : "Another item.",
                    "rfc3550#6.5.1¶2");
            knife.number(8, "length", item.text().size(), "Bytes of text.", DESCRIPTION + "¶5");
            knife.bytes("text", item.text(), item.text().utf8(), "Random, if well made: it says"
                    + " nothing about who speaks, yet ties together what one sends.",
                    "rfc3550#6.5.1¶3");
        }
        int zeros = 4 - (knife.at() - begin) / 8 % 4;
        knife.bytes("end", knife.next(zeros), zeros + " zeros",
                "A zero item ends the list; more fill the word.", DESCRIPTION + "¶7");
    }

    private static void bye(Knife knife, RtcpPacket.Bye bye) {
        for (long ssrc : bye.ssrcs())
            knife.number(32, "SSRC", ssrc, hex(ssrc), "Who leaves.", GOODBYE + "¶1");
        if (bye.reason().isEmpty()) return;
        var reason = Bytes.utf8(bye.reason());
        knife.number(8, "length", reason.size(), "Bytes of text.", GOODBYE + "¶5");
        knife.bytes("reason", reason, bye.reason(), "Why, for people.", GOODBYE + "¶5");
    }

    static String hex(long number) { return "0x%08x".formatted(number); }
}
