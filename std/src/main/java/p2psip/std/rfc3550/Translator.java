package p2psip.std.rfc3550;

import module java.base;
import p2psip.std.Bytes;

/// Passes packets on between two sides that cannot send to each other, as they are: a relay, or a
/// bridge between a side in clear and one that is protected.
///
/// It changes neither payload nor numbers, so reports need no change either and are passed on too.
/// What it knows is which sources are on which side: what comes round in a loop goes no further,
/// and when it ends, it can say so in the name of those it has passed on.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-7.2 RFC 3550 §7.2
public final class Translator {
    /// How many sources are remembered; of those beyond it loops are not seen.
    public static final int MAX_SOURCES = 256;

    /// @param seen when a packet of its own came last
    private record Place(int side, Instant seen) {}

    private final SequencedMap<Long, Place> sources = new LinkedHashMap<>();

    /// Whether a packet of data from a side goes on to the other.
    ///
    /// @param side 0 or 1
    //= rfc3550#8.2-24 a translator has a loop detection algorithm, and so breaks loops
    public boolean passes(int side, Bytes rtp, Instant now) {
        return RtpPacket.valid(rtp) && passes(side, RtpPacket.ssrc(rtp), now);
    }

    /// Whether a packet of RTCP from a side goes on to the other.
    //= rfc3550#7.2-1 RTCP packets are processed as well as data packets
    //= rfc3550#7.2-3 data is not modified, so they are forwarded unmodified
    //= rfc3550#7.2-6,16 CNAMEs too, and those from different sources are not put into one
    public boolean passesRtcp(int side, Bytes rtcp, Instant now) {
        try {
            for (var packet : CompoundPacket.parseReducedSize(rtcp.buffer())) switch (packet) {
                case RtcpPacket.Report report -> {
                    if (!passes(side, report.ssrc(), now)) return false;
                }
                case RtcpPacket.Bye bye -> bye.ssrcs().stream().filter(ssrc -> on(side, ssrc))
                        .forEach(sources::remove);
                case RtcpPacket.SourceDescription _, RtcpPacket.App _, RtcpPacket.Unknown _ -> { }
            }
            return true;
        } catch (SyntaxException e) {
            return false;
        }
    }

    private boolean on(int side, long ssrc) {
        return sources.containsKey(ssrc) && sources.get(ssrc).side == side;
    }

    private boolean passes(int side, long ssrc, Instant now) {
        var place = sources.get(ssrc);
        if (place != null && place.side != side
                // what has been quiet for ten intervals may be somebody else
                && place.seen.plus(Interval.MINIMUM.multipliedBy(10)).isAfter(now)) return false;
        if (place != null || sources.size() < MAX_SOURCES) sources.put(ssrc, new Place(side, now));
        return true;
    }

    /// What is sent to a side when nothing more is passed on to it: a goodbye in the name of all
    /// that came from the other; empty if there was nobody.
    public Optional<Bytes> close(int side, String reason) {
        var gone = sources.entrySet().stream().filter(e -> e.getValue().side != side)
                .map(Map.Entry::getKey).limit(ReportBlock.MAX).toList();
        //= rfc3550#7.2-18 a BYE with all identifiers that were forwarded to that cloud
        return gone.isEmpty() ? Optional.empty() : Optional.of(new CompoundPacket(
                new RtcpPacket.ReceiverReport(gone.getFirst(), List.of(), Bytes.EMPTY),
                new RtcpPacket.Bye(gone, reason)).encode());
    }
}
