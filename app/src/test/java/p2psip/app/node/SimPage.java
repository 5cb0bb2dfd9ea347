package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.MediaCertificate;
import p2psip.app.host.*;
import p2psip.app.srtp.DtlsKeying;
import p2psip.std.*;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3711.*;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc5763.DtlsAgreement;
import p2psip.std.rfc6455.*;
import p2psip.std.rfc7983.PacketKind;
import p2psip.std.rfc8445.*;

/// A page of a browser in a simulation, that is a telephone: its WebSocket with an Origin, as much
/// SIP as a call takes, ICE, the modelled handshake, SRTP. What it sees it tells, with the time.
final class SimPage implements Machine<Event, Effect> {
    static final String ORIGIN = "https://a.b";

    /// Calls somebody.
    record Dial(String to) {}

    /// Ends the call.
    record HangUp() {}

    private static final int STREAM = 1, PORT = 5555;
    private static final Id SIP = new Id(Id.Part.SIP, 0, 0), SOUND = new Id(Id.Part.MEDIA, 0, 0);
    private static final Duration FRAME = Duration.ofMillis(20);
    private static final String WORDS = """
            v=0
            o=- 7 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0
            m=audio 9 UDP/TLS/RTP/SAVPF 0 126
            c=IN IP4 0.0.0.0
            a=rtcp-mux
            a=mid:0
            a=rtpmap:0 PCMU/8000
            a=rtpmap:126 telephone-event/8000
            """;

    private final String user;
    private final InetSocketAddress node, sound;
    private final RandomGenerator random;
    private final MediaCertificate certificate;
    private final WebSocket socket;
    private final DtlsAgreement agreement;
    private final DtlsKeying handshake;
    private final List<Candidate> candidates = new ArrayList<>();
    private final Outbox<Effect> out = new Outbox<>();
    private Optional<FullAgent> agent = Optional.empty();
    private Optional<Description> ours = Optional.empty();
    private Optional<SrtpSender> sender = Optional.empty();
    private Optional<SrtpReceiver> receiver = Optional.empty();
    private Optional<p2psip.std.rfc3261.Message> dialog = Optional.empty();
    private Instant next = Instant.MIN;
    private int cseq, sent, heard;

    SimPage(String user, InetAddress at, InetSocketAddress node, Host.Room room) {
        this.user = user;
        this.node = node;
        this.sound = new InetSocketAddress(at, PORT);
        this.random = room.random();
        this.certificate = MediaCertificate.make(random, room.wall().instant());
        this.socket = WebSocket.client(new Call(new WebSocketUri(false,
                HostName.text(node.getAddress()), OptionalInt.of(node.getPort()), "/"),
                List.of("sip"), Optional.of(ORIGIN)), WebSocket.Limits.USUAL, random);
        this.agreement = new DtlsAgreement(List.of(certificate.fingerprint()), false);
        this.handshake = new DtlsKeying(
                new Id(Id.Part.MEDIA, 1, 0), certificate, DtlsKeying.PROFILES);
    }

    @Override public Instant deadline() {
        return Timers.earliest(next, cseq == 0 ? Instant.MAX : socket.deadline(),
                agent.map(FullAgent::deadline).orElse(Instant.MAX));
    }

    @Override public List<Effect> wake(Instant now) {
        if (next.equals(Instant.MIN)) {
            next = Instant.MAX;
            out.add(new Effect.Bind(SOUND, sound));
            out.add(new Effect.Open(SIP, new Way.Tcp(), node));
        }
        if (cseq > 0 && !socket.deadline().isAfter(now)) web(socket.wake(now), now);
        agent.filter(one -> !one.deadline().isAfter(now))
                .ifPresent(one -> ice(one.wake(now), now));
        if (!next.isAfter(now)) speak(now);
        return out.take();
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        switch (event) {
            case Event.Connected _ -> {
                cseq = 1;
                web(socket.wake(now), now);
            }
            case Event.Received(_, var bytes) ->
                    web(socket.handle(new WebSocket.Input.Received(bytes), now), now);
            case Event.Datagram(_, _, var from, var bytes) -> datagram(from, bytes, now);
            case Event.OfAssociation of -> shake(new DtlsKeying.Input.Happened(of), now);
            case Event.Command(Dial(var to)) -> {
                look(true, now);
                say(head("INVITE", to, "<" + to + ">", ++cseq), describe(true), now);
            }
            case Event.Command(HangUp _) -> {
                var known = dialog.orElseThrow();
                tell("hangs up, has heard " + heard / 50 + " s", now);
                next = Instant.MAX;
                say("BYE " + known.list("Contact").getFirst().replaceAll(".*<(.*)>.*", "$1")
                        + " SIP/2.0\n" + via() + route(known) + peers(known) + "CSeq: "
                        + ++cseq + " BYE\n", "", now);
            }
            default -> { }
        }
        return out.take();
    }

    private void tell(String what, Instant now) {
        out.add(new Effect.Tell("%s %s".formatted(
                Duration.between(Network.BEGIN, now).toMillis() / 1000, what)));
    }

    // SIP

    private void web(List<WebSocket.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case WebSocket.Output.Write(var bytes) -> out.add(new Effect.Write(SIP, bytes));
            case WebSocket.Output.Opened _ -> say(head("REGISTER", "sip:example.com",
                    "<sip:" + user + "@example.com>", ++cseq), "", now);
            case WebSocket.Output.Arrived(var message) -> {
                switch (p2psip.std.rfc3261.Message.parse(message.bytes())) {
                    case Response response -> answered(response, now);
                    case Request request -> asked(request, now);
                }
            }
            default -> { }
        }
    }

    private String via() {
        return "Via: SIP/2.0/WS %s.invalid;branch=z9hG4bK%x\nMax-Forwards: 70\n"
                .formatted(user, random.nextLong());
    }

    private String head(String method, String uri, String to, int number) {
        return method + " " + uri + " SIP/2.0\n" + via() + """
                From: <sip:%s@example.com>;tag=%s
                To: %s
                Call-ID: of-%s-%s
                Contact: <sip:%s@%s.invalid;transport=ws>
                CSeq: %d %s
                """.formatted(user, user, to, method, user, user, user, number, method);
    }

    private static String same(p2psip.std.rfc3261.Message from, String... names) {
        return Arrays.stream(names).flatMap(name -> from.list(name).stream()
                .map(value -> name + ": " + value + "\n")).collect(Collectors.joining());
    }

    private static String route(p2psip.std.rfc3261.Message known) {
        var all = known.list("Record-Route");
        return (known instanceof Response ? all.reversed() : all).stream()
                .map(value -> "Route: " + value + "\n").collect(Collectors.joining());
    }

    /// From and To of what this page asks in a dialog.
    private static String peers(p2psip.std.rfc3261.Message known) {
        return known instanceof Response ? same(known, "From", "To", "Call-ID")
                : "From: " + known.first("To").orElseThrow() + ";tag=page\nTo: "
                        + known.first("From").orElseThrow() + "\n" + same(known, "Call-ID");
    }

    private void say(String head, String sdp, Instant now) {
        var text = head + (sdp.isEmpty() ? "" : "Content-Type: application/sdp\n")
                + "Content-Length: " + sdp.length() + "\n\n";
        web(socket.handle(new WebSocket.Input.Send(p2psip.std.rfc6455.Message.text(
                text.replace("\n", "\r\n") + sdp)), now), now);
    }

    private void answered(Response response, Instant now) {
        if (response.status() > 100) tell(
                response.status() + " to " + response.cseq().method(), now);
        if (!response.success() || !response.cseq().method().equals("INVITE")) return;
        dialog = Optional.of(response);
        said(SessionDescription.parse(response.body()), false, now);
        say("ACK " + response.list("Contact").getFirst().replaceAll(".*<(.*)>.*", "$1")
                + " SIP/2.0\n" + via() + route(response) + peers(response) + "CSeq: "
                + response.cseq().number() + " ACK\n", "", now);
    }

    private void asked(Request request, Instant now) {
        tell("is asked: " + request.method(), now);
        if (request.is("ACK")) return;
        boolean called = request.is("INVITE");
        var sdp = "";
        if (called) {
            dialog = Optional.of(request);
            look(false, now);
            said(SessionDescription.parse(request.body()), true, now);
            sdp = describe(false);
            agree(now);
        } else next = Instant.MAX;
        say("SIP/2.0 200 OK\n" + same(request, "Via", "From", "Call-ID", "CSeq", "Record-Route")
                + "To: " + request.first("To").orElseThrow() + (called ? ";tag=page" : "")
                + "\nContact: <sip:%s@%s.invalid;transport=ws>\n".formatted(user, user), sdp, now);
    }

    // Its way and its sound

    private void look(boolean offers, Instant now) {
        agent = Optional.of(new FullAgent(
                offers, Settings.DEFAULT.withoutTrickle(), new Pacer(), random));
        tell(new Agent.Input.Stream(STREAM, 1), now);
        tell(new Agent.Input.Host(STREAM, 1, List.of(sound)), now);
        tell(new Agent.Input.Gathered(), now);
    }

    private void tell(Agent.Input input, Instant now) {
        ice(agent.orElseThrow().handle(input, now), now);
    }

    private String describe(boolean offers) {
        var plain = SessionDescription.parse(WORDS.replace("\n", "\r\n"));
        var section = SdpSection.running(ours.orElseThrow(), candidates, true);
        return agreement.to(plain.withMedia(
                List.of(section.into(plain.media().getFirst()))), offers).toString();
    }

    private void said(SessionDescription theirs, boolean offers, Instant now) {
        SdpReading.of(theirs).getFirst().inputs(STREAM).forEach(input -> tell(input, now));
        if (offers) agreement.offered(theirs);
        else agreement.answered(theirs);
        agree(now);
    }

    private Optional<InetSocketAddress> to(Instant now) {
        return agent.flatMap(one -> one.path(STREAM, 1, now)).map(Path::to);
    }

    private void agree(Instant now) {
        if (to(now).isPresent()) agreement.association(0).ifPresent(agreed ->
                shake(new DtlsKeying.Input.Agree(agreed), now));
    }

    private void ice(List<Agent.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Agent.Output.Described(_, var description) -> ours = Optional.of(description);
            case Agent.Output.Local(_, var candidate) -> candidates.add(candidate);
            case Agent.Output.Send(_, var to, var bytes) ->
                    out.add(new Effect.Datagram(sound, to, bytes));
            case Agent.Output.Selected _ -> {
                tell("has a way", now);
                agree(now);
            }
            default -> { }
        }
    }

    private void datagram(InetSocketAddress from, Bytes bytes, Instant now) {
        switch (PacketKind.of(bytes)) {
            case STUN -> tell(new Agent.Input.Received(sound, from, bytes), now);
            case DTLS -> shake(new DtlsKeying.Input.Came(bytes), now);
            case RTP -> receiver.ifPresent(one -> {
                if (one.unprotectRtp(ByteBuffer.wrap(bytes.toArray())) == Verdict.DONE) heard++;
            });
            default -> { }
        }
    }

    private void shake(DtlsKeying.Input input, Instant now) {
        for (var output : handshake.handle(input, now)) switch (output) {
            case DtlsKeying.Output.Do(var effect) -> out.add(effect);
            case DtlsKeying.Output.Send(var bytes) -> to(now).ifPresent(to ->
                    out.add(new Effect.Datagram(sound, to, bytes)));
            case DtlsKeying.Output.Established(var keys, boolean begins) -> {
                sender = Optional.of(new SrtpSender(keys.policy(), keys.sending(begins)));
                receiver = Optional.of(new SrtpReceiver(keys.policy(), keys.receiving(begins)));
                tell("has keys", now);
                next = now;
            }
            case DtlsKeying.Output.Failed(var why) -> tell("has no keys: " + why, now);
        }
    }

    private void speak(Instant now) {
        next = now.plus(FRAME);
        var packet = RtpPacket.of(false, 0, new SequenceNumber(sent & 0xffff), 160L * sent++, 99,
                Bytes.wrap(new byte[160]));
        var buffer = ByteBuffer.allocate(packet.size() + 64);
        packet.encode(buffer);
        sender.orElseThrow().protectRtp(buffer.flip());
        to(now).ifPresent(to -> out.add(new Effect.Datagram(sound, to, Bytes.from(buffer))));
    }
}
