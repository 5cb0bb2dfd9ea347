package p2psip.std.rfc3611;

import module java.base;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3611.ExtendedReport.*;

/// What a participant adds to its reports, and what it makes of those of others: times by which
/// those who send no data learn how far away the others are, and what has been measured.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3611#section-4.5 RFC 3611 §4.5
public final class ExtendedReports implements Addendum {
    /// Of how many others the reference time is kept; the oldest is forgotten.
    static final int MAX_REFERENCES = 100;

    /// Who has measured something; empty if there is nothing to tell.
    public interface Measured {
        Measured NOTHING = List::of;

        List<Block> blocks();
    }

    private record Reference(long middle, Instant at) {}

    private final XrCapability agreed;
    private final Measured measured;
    private final SequencedMap<Long, Reference> references = new LinkedHashMap<>();
    private final Map<Long, Duration> roundTrips = new LinkedHashMap<>();
    private long own = -1;
    private long turn;

    /// @param agreed what the other side wants to have reported
    public ExtendedReports(XrCapability agreed, Measured measured) {
        this.agreed = agreed;
        this.measured = measured;
    }

    /// How long a packet takes to another participant and back, if that is known by these reports.
    public Optional<Duration> roundTrip(long with) {
        return Optional.ofNullable(roundTrips.get(with));
    }

    @Override public List<RtcpPacket> packets(long ssrc, boolean weSent, Instant now) {
        own = ssrc;
        var blocks = new ArrayList<Block>();
        //= rfc3611#5.2-6,7 an initiator, if the other side has agreed to respond
        if (agreed.roundTrip().isPresent() && !weSent)
            blocks.add(new ReferenceTime(NtpTimestamp.of(now)));
        delays(weSent, now).ifPresent(blocks::add);
        //= rfc3611#5.1-13 no other blocks than those indicated
        measured.blocks().stream().filter(agreed::wants).forEach(blocks::add);
        return blocks.isEmpty() ? List.of() : List.of(new ExtendedReport(ssrc, blocks).packet());
    }

    private Optional<Delays> delays(boolean weSent, Instant now) {
        if (references.isEmpty() || agreed.roundTrip().isEmpty()) return Optional.empty();
        var mode = agreed.roundTrip().get();
        //= rfc3611#5.1-8 in the mode "sender" only those who send data respond
        if (mode.sendersOnly() && !weSent) return Optional.empty();
        var all = List.copyOf(references.entrySet());
        //= rfc3611#5.1-9,10 no more than the maximum size allows, in round robin fashion
        int fit = Math.min(all.size(), (mode.size() - 4) / 12);
        if (fit <= 0) return Optional.empty();
        var delays = IntStream.range(0, fit)
                .mapToObj(i -> all.get((int) ((turn + i) % all.size())))
                .map(e -> new Delays.Delay(e.getKey(), e.getValue().middle,
                        units(Duration.between(e.getValue().at, now)))).toList();
        turn += fit;
        return Optional.of(new Delays(delays));
    }

    private static long units(Duration time) {
        return Math.clamp((long) (time.toNanos() * 65_536 / 1e9), 0, 0xffff_ffffL);
    }

    @Override public void heard(RtcpPacket packet, Instant now) {
        ExtendedReport.parse(packet).ifPresent(report -> report.blocks().forEach(block -> {
            if (block instanceof ReferenceTime(var ntp)) {
                references.remove(report.ssrc());
                if (references.size() == MAX_REFERENCES) references.pollFirstEntry();
                references.putLast(report.ssrc(), new Reference(ntp.middle(), now));
            } else if (block instanceof Delays(var delays)) {
                for (var delay : delays) if (delay.ssrc() == own && (roundTrips.size()
                        < MAX_REFERENCES || roundTrips.containsKey(report.ssrc())))
                    //= rfc3611#4.7.3-1 measured by the DLRR method
                    delay.roundTrip(NtpTimestamp.of(now))
                            .ifPresent(time -> roundTrips.put(report.ssrc(), time));
            }
        }));
    }
}
