package p2psip.app.capture;

import module java.base;
import p2psip.app.p2p.Overlay;
import p2psip.app.trace.Trace;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc2833.TelephoneEvent;
import p2psip.std.rfc3261.Framing.Frame;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Validator.Verdict;
import p2psip.std.rfc3261.ua.Content;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3550.RtcpPacket.SourceDescription;
import p2psip.std.rfc7983.PacketKind;
import p2psip.std.rfc4566.SessionDescription;
import p2psip.std.rfc8489.Fingerprints;

/// Has our own parsers read every packet of a capture.
///
/// In three passes over the packets: who speaks SIP; what SIP says, and where its descriptions put
/// media; then all the rest.
public final class Inspector {
    private record Endpoint(Packet.Transport transport, InetSocketAddress address) {}

    private record Way(InetSocketAddress from, InetSocketAddress to) {}

    /// A packet with its number.
    private record Seen(int number, Packet packet) {}

    /// A stream, and its last packet so far.
    private record Running(SipStream stream, Seen last) {}

    private final Capture capture;
    private final Telling telling;
    private final Instant begin;
    private final Set<Endpoint> sip = new HashSet<>();
    private final Set<InetSocketAddress> overlay = new HashSet<>();
    private final Map<Way, Running> streams = new LinkedHashMap<>();
    private final Descriptions sessions = new Descriptions();
    private final Undescribed undescribed = new Undescribed();
    private final Map<Protocol, Integer> ok = new EnumMap<>(Protocol.class);
    private final List<Problem> problems = new ArrayList<>();
    private int other;

    private Inspector(Capture capture, Consumer<Trace> listener) {
        this.capture = capture;
        telling = new Telling(listener);
        begin = capture.frames().isEmpty() ? Instant.EPOCH : capture.frames().getFirst().at();
    }

    /// @param listener hears of SIP and media, of the bytes of all that is of our protocols, and of
    ///                 what is wrong with them, as if the peers themselves had noted it
    public static Report inspect(Capture capture, Consumer<Trace> listener) {
        return new Inspector(capture, listener).inspect();
    }

    private Report inspect() {
        var packets = packets();
        for (var seen : packets) learn(seen.packet);
        var rest = new ArrayList<Seen>();
        for (var seen : packets) if (isSip(seen.packet)) sip(seen); else rest.add(seen);
        streams.values().forEach(this::end);
        for (var seen : rest) judge(seen);
        problems.sort(Comparator.comparing(Problem::packet));
        return new Report(ok, problems, other);
    }

    private List<Seen> packets() {
        var packets = new ArrayList<Seen>();
        var fragments = new Fragments();
        for (var frame : capture.frames()) try {
            frame.ip().ifPresentOrElse(piece -> fragments.take(frame, piece).ifPresent(whole ->
                    Packet.of(frame.at(), whole).ifPresentOrElse(
                            packet -> packets.add(new Seen(frame.number(), packet)),
                            () -> other++)), () -> other++);
            ok(Protocol.IP);
        } catch (p2psip.app.capture.SyntaxException e) {
            unread(frame.number(), frame.at(), e.getMessage());
        }
        for (var first : fragments.unfinished())
            unread(first.number(), first.at(), "a fragment, of which the others are not here");
        if (!capture.broken().isEmpty())
            unread(capture.frames().size() + 1, begin, capture.broken());
        return packets;
    }

    private void unread(int number, Instant at, String why) {
        problems.add(new Problem(number, since(at), "", Protocol.IP, why));
    }

    private Duration since(Instant at) { return Duration.between(begin, at); }

    // Who speaks what

    private void learn(Packet packet) {
        if (FirstBytes.areSip(packet.payload())) {
            sip.add(new Endpoint(packet.transport(), packet.from()));
            sip.add(new Endpoint(packet.transport(), packet.to()));
        }
        if (packet.transport() == Packet.Transport.UDP && FirstBytes.areOverlay(packet.payload())) {
            overlay.add(packet.from());
            overlay.add(packet.to());
        }
        undescribed.learn(packet);
    }

    // SIP

    private boolean isSip(Packet packet) {
        boolean known = sip.contains(new Endpoint(packet.transport(), packet.from()))
                || sip.contains(new Endpoint(packet.transport(), packet.to()));
        return known && (packet.transport() == Packet.Transport.TCP
                || !FirstBytes.areStun(packet.payload())
                && !FirstBytes.areOverlay(packet.payload()));
    }

    private void sip(Seen seen) {
        var bytes = seen.packet.payload();
        if (seen.packet.transport() == Packet.Transport.TCP) {
            segment(seen);
            return;
        }
        telling.bytes(seen.packet, bytes);
        boolean keepAlive = bytes.utf8().isBlank();
        if (!keepAlive) verdict(seen, Validator.read(bytes));
    }

    private void segment(Seen seen) {
        var way = new Way(seen.packet.from(), seen.packet.to());
        if ((seen.packet.flags() & Packet.SYN) != 0) {
            var before = streams.remove(way);   // another connection between the same ports
            if (before != null) {
                end(before);
                telling.opened(seen.packet);
            }
        }
        var stream = streams.containsKey(way) ? streams.get(way).stream : new SipStream();
        streams.put(way, new Running(stream, seen));
        for (var frame : stream.take(seen.packet)) switch (frame) {
            case Frame.Whole(var message, var verdict) -> {
                telling.bytes(seen.packet, message);
                verdict(seen, verdict);
            }
            case Frame.Broken(var verdict) -> {
                telling.bytes(seen.packet, seen.packet.payload());
                verdict(seen, verdict);
            }
            case Frame.Ping _ -> telling.bytes(seen.packet, Bytes.utf8("\r\n\r\n"));
        }
    }

    private void end(Running running) {
        running.stream.unfinished().ifPresent(why -> refuse(running.last, Protocol.SIP, why));
    }

    private void verdict(Seen seen, Verdict read) {
        if (!(read instanceof Verdict.Fine(var message))) {
            refuse(seen, read);
            return;
        }
        var verdict = Validator.checkAll(message);
        if (verdict instanceof Verdict.Fine) ok(Protocol.SIP);
        else refuse(seen, verdict);
        draw(seen, message);
        var body = new Content(message.first("Content-Type").orElse(""), message.body());
        if (body.mediaType().equals(Content.SDP)) judge(seen, Protocol.SDP, () -> {
            var reading = SessionDescription.read(body.bytes());
            for (var port : sessions.learn(seen.number, reading.description()))
                telling.name(port, seen.packet.from());
            reading.departures().forEach(each -> refuse(seen, Protocol.SDP, each.what()));
        });
    }

    private void refuse(Seen seen, Verdict verdict) {
        switch (verdict) {
            case Verdict.Refuse(_, int status, var reason) ->
                    refuse(seen, Protocol.SIP, status + " " + reason);
            case Verdict.Drop(var why) -> refuse(seen, Protocol.SIP, "drop " + why);
            case Verdict.Fine _ -> throw new IllegalArgumentException("it is fine");
        }
    }

    // All the rest

    private void judge(Seen seen) {
        var packet = seen.packet;
        var bytes = packet.payload();
        if (bytes.isEmpty()) return;
        var port = sessions.at(packet.to()).or(() -> sessions.at(packet.from()));
        boolean udp = packet.transport() == Packet.Transport.UDP;
        boolean stun = udp && FirstBytes.areStun(bytes);
        boolean own = udp && FirstBytes.areOverlay(bytes);
        boolean strange = port.isEmpty()
                && !overlay.contains(packet.to()) && !overlay.contains(packet.from());
        if (udp && (stun || own || !strange || undescribed.isMedia(packet)))
            telling.bytes(packet, bytes);
        if (stun) judge(seen, Protocol.STUN, () -> stun(bytes));
        else if (own) judge(seen, Protocol.OVERLAY, () -> Overlay.kind(bytes));
        else if (!udp || strange) other++;
        else if (port.isPresent()) media(seen, port.get(), bytes);
        else plain(seen);
    }

    private void plain(Seen seen) {
        refuse(seen, Protocol.PLAIN,
                seen.packet.payload().size() + " bytes of none of the protocols of this port");
    }

    private static void stun(Bytes bytes) {
        p2psip.std.rfc8489.Message.parse(bytes);
        if (!Fingerprints.isRightIfThere(bytes))
            throw new IllegalArgumentException("the fingerprint is wrong");
    }

    private void media(Seen seen, Descriptions.Port port, Bytes bytes) {
        if (port.isSecret(seen.number)) secret(seen, port, bytes);
        else if ((bytes.at(0) & 0xc0) != 0x80) plain(seen);
        else if (bytes.size() > 1 && port.isRtcp(bytes.at(1) & 0xff))
            judge(seen, Protocol.RTCP, () -> rtcp(seen, bytes));
        else judge(seen, Protocol.RTP, () -> rtp(seen, port, bytes));
    }

    private void rtp(Seen seen, Descriptions.Port port, Bytes bytes) {
        var packet = RtpPacket.parse(bytes.buffer());
        var name = port.encoding(packet.payloadType(), seen.number)
                .orElseThrow(() -> new IllegalArgumentException(
                        "payload type " + packet.payloadType() + " is in no description"));
        telling.message(seen.packet, true, "RTP", "RTP " + name);
        if (name.equalsIgnoreCase("telephone-event"))
            judge(seen, Protocol.TELEPHONE_EVENT, () -> events(packet.payload().buffer()));
    }

    /// What is sealed is judged by what it shows: headers, and the records of handshakes.
    private void secret(Seen seen, Descriptions.Port port, Bytes bytes) {
        switch (PacketKind.of(bytes)) {
            case DTLS -> judge(seen, Protocol.DTLS, () -> {
                Sealed.records(bytes.buffer());
                telling.message(seen.packet, true, "DTLS", "DTLS");
            });
            case RTP -> judge(seen, Protocol.SRTP, () -> {
                var type = Sealed.header(bytes).payloadType();
                telling.message(seen.packet, true, "RTP", "SRTP "
                        + port.encoding(type, seen.number).orElse("payload type " + type));
            });
            case RTCP -> judge(seen, Protocol.SRTCP, () -> {
                Sealed.report(bytes);
                telling.message(seen.packet, true, "RTCP", "SRTCP");
            });
            case STUN, ZRTP, CHANNEL, UNKNOWN -> plain(seen);
        }
    }

    private static void events(ByteBuffer payload) {
        do TelephoneEvent.parse(payload); while (payload.hasRemaining());
    }

    private void rtcp(Seen seen, Bytes bytes) {
        if (sessions.isReducedSize(seen.packet.from(), seen.packet.to()))
            CompoundPacket.parseReducedSize(bytes.buffer());
        else if (!isNamed(CompoundPacket.parse(bytes.buffer())))
            throw new IllegalArgumentException("no CNAME in the compound packet");
        telling.message(seen.packet, true, "RTCP", "RTCP");
    }

    private static boolean isNamed(CompoundPacket compound) {
        return compound.packets().stream().anyMatch(p -> p instanceof SourceDescription(var chunks)
                && chunks.stream().flatMap(chunk -> chunk.items().stream())
                        .anyMatch(item -> item.type() == SourceDescription.CNAME));
    }

    // What is said of it

    private void judge(Seen seen, Protocol protocol, Runnable reading) {
        try {
            reading.run();
            ok(protocol);
        } catch (IllegalArgumentException e) {
            refuse(seen, protocol, e.getMessage());
        }
    }

    private void ok(Protocol protocol) { ok.merge(protocol, 1, Integer::sum); }

    private void refuse(Seen seen, Protocol protocol, String reason) {
        var packet = seen.packet;
        problems.add(new Problem(seen.number, since(packet.at()),
                HostName.text(packet.from()) + " -> " + HostName.text(packet.to()), protocol,
                reason));
        telling.refused(packet, protocol, reason);
    }

    private void draw(Seen seen, Message message) {
        telling.learn(seen.packet, message);
        for (boolean sent : new boolean[] {true, false})
            telling.message(seen.packet, sent, "SIP", message.summary());
    }
}
