package p2psip.std.rfc3550;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.RtcpPacket.*;

/// Makes the compound packets that a participant sends.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.1 RFC 3550 §6.1
final class Reports {
    /// How many report blocks fit into a datagram of 1200 bytes; the rest waits for its turn.
    static final int MAX_BLOCKS = 44;

    private final String cname;
    private final Outgoing outgoing;
    private final Members members;
    private Instant reported = Instant.MIN;
    private long turn;

    Reports(String cname, Outgoing outgoing, Members members) {
        this.cname = cname;
        this.outgoing = outgoing;
        this.members = members;
    }

    /// The regular packet: the next one reports on those heard from now on.
    CompoundPacket regular(boolean weSent, Instant now) {
        var compound = compound(weSent, now);
        reported = now;
        return compound;
    }

    CompoundPacket bye(boolean weSent, String why, Instant now) {
        return compound(weSent, now, new Bye(List.of(outgoing.ssrc()), why));
    }

    CompoundPacket compound(boolean weSent, Instant now, RtcpPacket... more) {
        //= rfc3550#6.1-3 each compound packet includes a report packet
        var packets = new ArrayList<RtcpPacket>(reports(weSent, now));
        //= rfc3550#6.1-4 and the SDES CNAME
        //= rfc3551#2-10 every reporting interval, and no other item
        //= rfc3550#6.5.1-1 which stays when the SSRC changes
        packets.add(SourceDescription.cname(outgoing.ssrc(), cname));
        //= rfc3550#6.1-14 BYE comes last
        packets.addAll(List.of(more));
        //= rfc3550#6.1-12 every compound packet has a report and the CNAME
        return new CompoundPacket(packets);
    }

    private List<RtcpPacket> reports(boolean weSent, Instant now) {
        var heard = members.all().stream()
                .filter(s -> s.expected() > 0 && !s.sent().isBefore(reported)).toList();
        var blocks = new ArrayList<ReportBlock>();
        //= rfc3550#6.1-17,18 a subset fits into the MTU, the others are reported by turns
        //= rfc3550#6.4-3 of the sources heard only those that fit
        for (int i = 0; i < Math.min(heard.size(), MAX_BLOCKS); i++)
            blocks.add(heard.get((int) ((turn + i) % heard.size())).block(now));
        //= rfc3550#6.4-4 round-robin, so that all sources are reported
        turn += blocks.size();
        var first = blocks.subList(0, Math.min(blocks.size(), ReportBlock.MAX));
        var reports = new ArrayList<RtcpPacket>();
        //= rfc3551#2-8 senders send their reports, whatever the bandwidth
        //= rfc3550#6.4-1 one of two forms: SR for a sender, RR for a receiver
        reports.add(weSent ? outgoing.report(first, now)
                //= rfc3550#6.4.2-1 with nothing to report the RR is empty
                : new ReceiverReport(outgoing.ssrc(), first, Bytes.EMPTY));
        //= rfc3550#6.1-11 more than 31 sources go on in another RR
        //= rfc3550#6.4-2 additional RR packets are stacked after the first report
        if (blocks.size() > first.size()) reports.add(new ReceiverReport(
                outgoing.ssrc(), blocks.subList(first.size(), blocks.size()), Bytes.EMPTY));
        return reports;
    }
}
