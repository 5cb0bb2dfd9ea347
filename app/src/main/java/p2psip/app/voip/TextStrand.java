package p2psip.app.voip;

import module java.base;
import p2psip.app.host.Effect;
import p2psip.std.*;
import p2psip.std.rfc3264.Local;
import p2psip.std.rfc3264.Stream;
import p2psip.std.rfc3550.RtpPacket;
import p2psip.std.rfc4103.*;
import p2psip.std.rfc4566.Media;

/// The text of a call: what is typed here reaches the peer letter by letter, and what the peer
/// types is told as it comes.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4103#section-5 RFC 4103 §5
final class TextStrand implements Strand {
    /// Where both sides may choose: as the examples of RFC 4103 have it.
    private static final TextFormat OURS = TextFormat.of(98, 100);

    /// A packet each 300 ms of little text, three times, with headers, both ways.
    private static final long BITS_PER_SECOND = 8000;

    private final long call;
    private final Outbox<Packet> packets;
    private final Outbox<CallOutput> out;
    /// What was typed before the peer takes text.
    private final StringBuilder early = new StringBuilder();
    private boolean refused;
    private Optional<TextFormat> theirs = Optional.empty(), ours = Optional.empty();
    private Optional<TextSender> sender = Optional.empty();
    private Optional<TextReceiver> receiver = Optional.empty();

    TextStrand(long call, Outbox<Packet> packets, Outbox<CallOutput> out) {
        this.call = call;
        this.packets = packets;
        this.out = out;
    }

    @Override public String type() { return TextFormat.MEDIA; }

    @Override public int clockRate() { return TextFormat.CLOCK_RATE; }

    @Override public long bitsPerSecond() { return BITS_PER_SECOND; }

    @Override public Local offer(int port) { return OURS.local(port); }

    @Override public Optional<Local> answer(int port, Media offered) {
        return Optional.of(OURS.answering(offered).local(port));
    }

    @Override public void refused() {
        refused = true;
        theirs = Optional.empty();
        sender = Optional.empty();
        if (!early.isEmpty()) tell(new News.NotTyped(call, early.toString()));
        early.setLength(0);
    }

    @Override public void agreed(Stream stream, Instant now) {
        refused = false;
        var said = TextFormat.of(stream.remote()).filter(_ -> stream.sends());
        if (!said.equals(theirs)) sender = said.map(TextSender::new);
        theirs = said;
        var heard = TextFormat.of(stream.local());
        if (!heard.equals(ours)) receiver = heard.map(TextReceiver::new);
        ours = heard;
        if (sender.isEmpty() || early.isEmpty()) return;
        var typed = early.toString();
        early.setLength(0);
        type(typed, now);
    }

    /// Sends what somebody types, as soon as the peer takes it.
    void type(String typed, Instant now) {
        if (sender.isPresent()) sent(sender.get().handle(new TextSender.Input.Type(typed), now));
        else if (!refused && early.length() + typed.length() <= TextSender.MAX_WAITING)
            early.append(typed);
        else tell(new News.NotTyped(call, typed));
    }

    private void sent(List<TextSender.Output> outputs) {
        for (var output : outputs) switch (output) {
            case TextSender.Output.Send(boolean marker, int payloadType, long at, var payload) ->
                    packets.add(new Packet(marker, payloadType, at, payload));
            case TextSender.Output.Refused(var text) -> tell(new News.NotTyped(call, text));
        }
    }

    @Override public void heard(RtpPacket packet, Instant now) {
        receiver.ifPresent(r -> heard(r.handle(new TextReceiver.Input.Received(packet), now)));
    }

    private void heard(List<TextReceiver.Output> outputs) {
        for (var output : outputs) switch (output) {
            case TextReceiver.Output.Text(var text) -> tell(new News.Typed(call, text));
        }
    }

    @Override public void lost(double share, Instant now) {
        sender.ifPresent(s -> sent(s.handle(new TextSender.Input.Report(share), now)));
    }

    @Override public Instant deadline() {
        return Timers.earliest(sender.map(TextSender::deadline).orElse(Instant.MAX),
                receiver.map(TextReceiver::deadline).orElse(Instant.MAX));
    }

    @Override public void wake(Instant now) {
        sender.ifPresent(s -> sent(s.wake(now)));
        receiver.ifPresent(r -> heard(r.wake(now)));
    }

    /// What waits behind a gap is told with the mark of what is missing.
    @Override public void end() {
        receiver.ifPresent(r -> {
            if (!r.deadline().equals(Instant.MAX)) heard(r.wake(r.deadline()));
        });
    }

    private void tell(News news) { out.add(new CallOutput.Do(new Effect.Tell(news))); }
}
