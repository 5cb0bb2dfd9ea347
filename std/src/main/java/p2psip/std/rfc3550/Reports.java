package p2psip.std.rfc3550;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.RtcpPacket.*;
import p2psip.std.rfc3550.RtcpPacket.SourceDescription.*;

/// Makes the compound packets that a participant sends.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.1 RFC 3550 §6.1
final class Reports {
    /// How many report blocks fit into a datagram of 1200 bytes; the rest waits for its turn.
    static final int MAX_BLOCKS = 44;

    /// How large a datagram may be that has more than one thing to say.
    static final int MTU = 1200;

    private final Item cname;
    private final Introduction introduction;
    private final Outgoing outgoing;
    private final Members members;
    private final Addendum addendum;
    private Instant reported = Instant.MIN;
    private long turn, othersTurn;

    Reports(String cname, Introduction introduction, Outgoing outgoing, Members members,
            Addendum addendum) {
        this.cname = Item.of(SourceDescription.CNAME, cname);
        this.introduction = introduction;
        this.outgoing = outgoing;
        this.members = members;
        this.addendum = addendum;
    }

    /// The regular packet: the next one reports on those heard from now on.
    ///
    /// @param asked what is to go along
    List<Bytes> regular(boolean weSent, List<RtcpPacket> asked, Instant now) {
        var packets = new ArrayList<RtcpPacket>();
        //= rfc4585#3.1-9,10,12 in a regular packet FB messages follow in the order of the format
        packets.addAll(descriptions(introduction.next()));
        packets.addAll(addendum.packets(outgoing.ssrc(), weSent, now));
        asked.stream().filter(p -> !(p instanceof Bye)).forEach(packets::add);
        //= rfc3550#6.1-14 BYE comes last
        asked.stream().filter(p -> p instanceof Bye).forEach(packets::add);
        var datagrams = datagrams(weSent, packets, now);
        datagrams.forEach(datagram -> introduction.sent(datagram.size()));
        reported = now;
        return datagrams;
    }

    /// A report, the CNAME, and what was asked for.
    Bytes minimal(boolean weSent, List<RtcpPacket> asked, Instant now) {
        //= rfc4585#3.1-2 in this order, which RFC 3550 defines: first one report
        var packets = new ArrayList<>(blocks(weSent, ReportBlock.MAX, now));
        //= rfc4585#3.1-4,6 of what is mandatory only one SDES with the CNAME besides
        packets.add(description());
        //= rfc4585#3.1-5 the messages are placed after these
        packets.addAll(asked);
        return encode(packets);
    }

    /// Of all that leave.
    List<Bytes> bye(boolean weSent, String why, Instant now) {
        //= rfc3550#6.6-3 a mixer that shuts down lists all contributing sources it handles
        return bye(weSent, addendum.followers(), why, now);
    }

    /// Of this participant, and some others.
    List<Bytes> bye(boolean weSent, List<Long> others, String why, Instant now) {
        var leaving = new ArrayList<Long>();
        leaving.add(outgoing.ssrc());
        leaving.addAll(others);
        var packets = new ArrayList<RtcpPacket>();
        packets.add(description());
        for (int i = 0; i < leaving.size(); i += ReportBlock.MAX)
            packets.add(new Bye(
                    leaving.subList(i, Math.min(leaving.size(), i + ReportBlock.MAX)), why));
        return datagrams(weSent, packets, now);
    }

    private SourceDescription description() {
        return new SourceDescription(List.of(new Chunk(outgoing.ssrc(), List.of(cname))));
    }

    /// This participant's and those of others, as many as fit.
    private List<RtcpPacket> descriptions(List<Item> more) {
        var chunks = new ArrayList<Chunk>();
        //= rfc3550#6.1-4 and the SDES CNAME
        //= rfc3551#2-10 every reporting interval
        //= rfc3550#6.5.1-1 which stays when the SSRC changes
        chunks.add(new Chunk(outgoing.ssrc(),
                //= rfc3550#6.1-13 other items are included as there is bandwidth for them
                Stream.concat(Stream.of(cname), more.stream()).toList()));
        var others = addendum.others();
        int fit = Math.min(others.size(), ReportBlock.MAX - 1);
        //= rfc3550#7.3-6 chunks of others are aggregated into the one SDES packet
        for (int i = 0; i < fit; i++)
            chunks.add(others.get((int) ((othersTurn + i) % others.size())));
        othersTurn += fit;
        return List.of(new SourceDescription(chunks));
    }

    private List<RtcpPacket> blocks(boolean weSent, int most, Instant now) {
        var heard = members.all().stream()
                .filter(s -> s.expected() > 0 && !s.sent().isBefore(reported)).toList();
        var blocks = new ArrayList<ReportBlock>();
        //= rfc3550#6.1-17,18 a subset fits into the MTU, the others are reported by turns
        //= rfc3550#6.4-3 of the sources heard only those that fit
        for (int i = 0; i < Math.min(heard.size(), most); i++)
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

    /// One compound packet, or several if one would be too long.
    private List<Bytes> datagrams(boolean weSent, List<RtcpPacket> packets, Instant now) {
        //= rfc3550#6.1-3 each compound packet includes a report packet
        var part = new ArrayList<>(blocks(weSent, MAX_BLOCKS, now));
        int size = part.stream().mapToInt(RtcpPacket::size).sum();
        var datagrams = new ArrayList<Bytes>();
        boolean described = false;
        for (var packet : packets) {
            //= rfc3550#6.1-20 what is longer than the MTU is segmented into shorter ones
            if (described && size + packet.size() > MTU) {
                datagrams.add(encode(part));
                part.clear();
                //= rfc3550#6.1-21 each begins with a report, which has nothing more to say
                part.add(new ReceiverReport(outgoing.ssrc(), List.of(), Bytes.EMPTY));
                //= rfc3550#6.1-12 every compound packet has an SDES with the CNAME
                part.add(description());
                size = part.stream().mapToInt(RtcpPacket::size).sum();
            }
            described = true;
            part.add(packet);
            size += packet.size();
        }
        datagrams.add(encode(part));
        return datagrams;
    }

    private static Bytes encode(List<RtcpPacket> packets) {
        return new CompoundPacket(packets).encode();
    }
}
