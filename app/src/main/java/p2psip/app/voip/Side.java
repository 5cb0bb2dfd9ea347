package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.trace.Trace;
import p2psip.std.*;
import p2psip.std.rfc3264.*;
import p2psip.std.rfc3264.Stream;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc4585.*;

/// A stream of a call beside its sound: its own two ports and its own RTP session, by which a
/// [Strand] sends and hears.
///
/// It goes straight to where the peer has said: ICE is for the sound (a stream without candidates
/// is one without ICE, RFC 8839 §4.2.5), and so is SRTP.
final class Side {
    private final Strand strand;
    private final MediaPorts ports;
    private final Session session;
    private final Outbox<Strand.Packet> packets;
    private final Outbox<CallOutput> out;
    private final int child;
    private final boolean traced;
    private final Partner rtpPartner = new Partner(), rtcpPartner = new Partner();
    private Optional<Stream> stream = Optional.empty();

    /// @param child   of its sockets' ids: this one and the next
    /// @param cname   the same in all sessions of a call
    /// @param packets where the strand leaves what is to be sent
    //= rfc3550#5.2-2,3 each medium has a session of its own, on ports of its own
    Side(long call, int child, InetAddress address, Strand strand, String cname, boolean traced,
            Outbox<Strand.Packet> packets, RandomGenerator random, Outbox<CallOutput> out) {
        this.strand = strand;
        this.child = child;
        this.packets = packets;
        this.out = out;
        this.traced = traced;
        ports = new MediaPorts(address, child, call, random);
        session = new Session(new Session.Parameters(
                Set.of(), strand.bitsPerSecond(), strand.clockRate(), cname), random);
    }

    Strand strand() { return strand; }

    List<Effect> open() { return ports.open(); }

    boolean owns(Id id) { return id.child() == child || id.child() == child + 1; }

    /// Whether its ports are open, or there are none.
    boolean settled() { return ports.ready() || ports.failed(); }

    /// What is said of it in an offer, or in the answer to one.
    Optional<Local> local(Optional<p2psip.std.rfc4566.SessionDescription> offered) {
        if (!ports.ready()) return Optional.empty();
        int port = ports.rtp().getPort();
        if (offered.isEmpty()) return Optional.of(strand.offer(port));
        return offered.get().media().stream()
                .filter(m -> m.type().equals(strand.type()) && m.port() != 0).findFirst()
                .flatMap(medium -> strand.answer(port, medium));
    }

    void agreed(Stream agreed, Instant now) {
        stream = Optional.of(agreed);
        carry(session.handle(new Session.Input.Join(), now), now);
        carry(session.handle(new Session.Input.Understand(agreed.receiveFormats().stream()
                .map(Format::payloadType).collect(Collectors.toSet()), strand.clockRate()), now),
                now);
        carry(session.handle(new Session.Input.Share(RtcpBandwidth.agreed(agreed.local(),
                agreed.remote(), strand.bitsPerSecond())), now), now);
        strand.agreed(agreed, now);
        send(now);
    }

    /// There is no such stream, or no more.
    void refused() {
        stream = Optional.empty();
        strand.refused();
    }

    Instant deadline() {
        return stream.isEmpty() ? Instant.MAX
                : Timers.earliest(session.deadline(), strand.deadline());
    }

    void wake(Instant now) {
        if (!session.deadline().isAfter(now)) carry(session.wake(now), now);
        strand.wake(now);
        send(now);
    }

    /// Sends what the strand has to say.
    void send(Instant now) {
        for (var packet : packets.take()) carry(session.handle(new Session.Input.Send(
                packet.marker(), packet.payloadType(), packet.timestamp(), packet.payload()),
                now), now);
    }

    void happened(Event event, Instant now) {
        switch (event) {
            case Event.Bound _, Event.NotBound _ -> ports.answered(event)
                    .forEach(effect -> out.add(new CallOutput.Do(effect)));
            case Event.Datagram(_, var at, var from, var bytes) -> received(at, from, bytes, now);
            default -> { }
        }
    }

    private void received(InetSocketAddress at, InetSocketAddress from, Bytes datagram,
            Instant now) {
        boolean rtp = at.equals(ports.rtp());
        note(false, rtp, at, from);
        var partner = rtp ? rtpPartner : rtcpPartner;
        if (stream.isEmpty() || !partner.believes(
                from, stream.flatMap(rtp ? Stream::rtp : Stream::rtcp), now)) return;
        var outputs = session.handle(rtp ? new Session.Input.RtpReceived(datagram, from)
                : new Session.Input.RtcpReceived(datagram, from), now);
        if (outputs.stream().noneMatch(Session.Output.Ignored.class::isInstance))
            partner.heard(from, now);
        carry(outputs, now);
        send(now);
    }

    private void carry(List<Session.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Session.Output.SendRtp(var datagram) ->
                    stream.flatMap(Stream::rtp).ifPresent(to -> send(true, to, datagram));
            case Session.Output.SendRtcp(var datagram) ->
                    stream.flatMap(Stream::rtcp).ifPresent(to -> send(false, to, datagram));
            case Session.Output.Deliver(var packet) -> {
                if (stream.filter(Stream::receives).isPresent()) strand.heard(packet, now);
            }
            case Session.Output.Reported(_, var block) ->
                    strand.lost(block.fractionLost() / 256.0, now);
            case Session.Output.Heard(var packet) -> Feedback.parse(packet).ifPresent(this::asked);
            default -> { }
        }
    }

    /// The peer misses something. Nothing of the kind is offered, and nothing is done about it:
    /// what is sent is coded already, and kept by nobody.
    private void asked(Feedback feedback) {
        if (traced) out.add(new CallOutput.Do(new Effect.Note(new Trace.What.Remark(
                Trace.Subject.MEDIA, "asked in vain: " + feedback, ""))));
    }

    private void send(boolean rtp, InetSocketAddress to, Bytes datagram) {
        var from = rtp ? ports.rtp() : ports.rtcp();
        note(true, rtp, from, to);
        out.add(new CallOutput.Do(new Effect.Datagram(from, to, datagram)));
    }

    private void note(boolean sent, boolean rtp, InetSocketAddress local,
            InetSocketAddress remote) {
        var name = rtp ? "RTP " + strand.type() : "RTCP";
        if (traced) out.add(new CallOutput.Do(new Effect.Note(new Trace.What.Message(
                sent, rtp ? "RTP" : "RTCP", local, remote, name, ""))));
    }

    void close(Instant now) {
        carry(session.handle(new Session.Input.Leave(""), now), now);
        strand.end();
        stream = Optional.empty();
        ports.close().forEach(effect -> out.add(new CallOutput.Do(effect)));
    }
}
