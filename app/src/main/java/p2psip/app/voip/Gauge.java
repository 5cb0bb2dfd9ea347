package p2psip.app.voip;

import module java.base;
import p2psip.std.Ticks;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3611.*;

/// Measures how the packets of the peer are heard, says so in its extended reports if the peer
/// wants that, and keeps what the peer says of ours.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3611#section-4.7 RFC 3611 §4.7
final class Gauge implements Addendum {
    /// What this end would like to be told.
    static final XrCapability WISH = new XrCapability(List.of("voip-metrics"), Optional.empty());

    /// The largest jitter buffer of the sound room, and how quickly it follows.
    private static final int LARGEST = 500, QUICKLY = 8;

    /// How long the sound waits in the peer until a packet is full.
    private static final Duration PACKET = Duration.ofMillis(20);

    /// What the peer's reports say of us.
    private record Said(double loss, Duration jitter) {}

    private ExtendedReports reports = new ExtendedReports(XrCapability.NONE, this::blocks);
    private Optional<ReceptionMeter> meter = Optional.empty();
    private Optional<Said> said = Optional.empty();
    private OptionalDouble theirFactor = OptionalDouble.empty();
    private Optional<Duration> roundTrip = Optional.empty();
    private Duration delay = Duration.ZERO;
    private int clockRate = 8000;
    private long source = -1, own = -1;

    /// What the peer wants to be told.
    void agree(XrCapability wish) { reports = new ExtendedReports(wish, this::blocks); }

    /// @param rate of the timestamps
    void clock(int rate) {
        if (rate != clockRate) meter = Optional.empty();
        clockRate = rate;
    }

    /// A packet of the peer has come.
    ///
    /// @param late  whether that was too late for it to be heard
    /// @param delay how long the jitter buffer keeps what comes
    void heard(RtpPacket packet, boolean late, Duration delay, Instant now) {
        this.delay = delay;
        if (packet.ssrc() != source || meter.isEmpty())
            meter = Optional.of(new ReceptionMeter(packet.ssrc(), clockRate));
        source = packet.ssrc();
        meter.get().received(packet, now);
        if (late) meter.get().discarded(packet.sequence());
    }

    /// The peer has reported on what we have sent, so many packets as yet.
    void reported(ReportBlock block, long sent) {
        said = Optional.of(new Said(Math.clamp((double) block.lost() / Math.max(1, sent), 0, 1),
                Duration.ofNanos(Ticks.nanos(block.jitter(), clockRate))));
    }

    void roundTrip(Duration time) { roundTrip = Optional.of(time); }

    @Override public List<RtcpPacket> packets(long ssrc, boolean weSent, Instant now) {
        own = ssrc;
        return reports.packets(ssrc, weSent, now);
    }

    @Override public void heard(RtcpPacket packet, Instant now) {
        reports.heard(packet, now);
        ExtendedReport.parse(packet).ifPresent(report -> report.blocks().forEach(block -> {
            //= rfc3611#4.7.5-2 an R of 127 says that it is not known
            if (block instanceof VoipMetrics metrics && metrics.ssrc() == own)
                theirFactor = metrics.r() == VoipMetrics.UNKNOWN ? OptionalDouble.empty()
                        : OptionalDouble.of(metrics.r());
        }));
    }

    /// What is measured here, from the first packet on.
    private List<ExtendedReport.Block> blocks() { return List.copyOf(metrics().stream().toList()); }

    private Optional<VoipMetrics> metrics() {
        int kept = (int) delay.toMillis();
        return meter.filter(ReceptionMeter::begun).map(m -> m.metrics(
                roundTrip.orElse(Duration.ZERO), delay.plus(PACKET),
                VoipMetrics.Buffer.adaptive(VoipMetrics.Concealment.ENHANCED, QUICKLY, kept,
                        LARGEST, LARGEST), CallQuality.G711_CONCEALED));
    }

    /// How the call has sounded by now.
    ///
    /// @param loss   of the packets of the peer, 0 to 1
    /// @param heard  what has become of those that came
    Quality quality(double loss, Duration jitter, Playing heard) {
        var factor = metrics().filter(m -> m.r() != VoipMetrics.UNKNOWN)
                .map(m -> OptionalDouble.of(m.r())).orElse(OptionalDouble.empty());
        var far = roundTrip.orElse(Duration.ZERO).dividedBy(2).plus(PACKET);
        return new Quality(heard.late(), heard.concealed(), heard.level(), roundTrip,
                new Quality.View(loss, jitter, factor, false),
                said.map(s -> theirFactor.isPresent()
                        ? new Quality.View(s.loss, s.jitter, theirFactor, false)
                        : Quality.View.guessed(s.loss, s.jitter, far)));
    }

    /// What has become of the sound that came.
    ///
    /// @param late      packets that came too late
    /// @param concealed how much was made up
    /// @param level     of what is heard, in dB below the loudest
    record Playing(long late, Duration concealed, double level) {}
}
