package p2psip.app.media;

import module java.base;
import p2psip.app.crypto.MediaCertificate;
import p2psip.app.host.*;
import p2psip.std.*;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3711.*;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc5764.*;
import p2psip.std.rfc8445.*;
import p2psip.std.rfc8489.Message;

/// A browser beside an [Exchange]: what it says of itself, its ICE, and its SRTP. Its handshake is
/// modelled by the keys that both get.
final class WebPeer {
    static final InetSocketAddress AT = at("127.0.0.1", 5555);
    private static final int STREAM = 1;
    /// What a browser says of its sound.
    private static final String WORDS = """
            v=0
            o=- 7 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0
            a=extmap-allow-mixed
            a=msid-semantic: WMS x
            m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 13 126
            c=IN IP4 0.0.0.0
            a=rtcp:9 IN IP4 0.0.0.0
            a=mid:0
            a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
            a=sendrecv
            a=msid:x y
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:111 opus/48000/2
            a=rtcp-fb:111 transport-cc
            a=fmtp:111 minptime=10;useinbandfec=1
            a=rtpmap:63 red/48000/2
            a=fmtp:63 111/111
            a=rtpmap:9 G722/8000
            a=rtpmap:0 PCMU/8000
            a=rtpmap:13 CN/8000
            a=rtpmap:126 telephone-event/8000
            a=ssrc:1179948565 cname:174
            """;

    final MediaCertificate certificate =
            MediaCertificate.make(new SplittableRandom(7), Instant.EPOCH);
    private final Exchange node;
    private final FullAgent agent;
    private final List<Candidate> candidates = new ArrayList<>();
    private final Deque<Agent.Output.Send> sending = new ArrayDeque<>();
    private Optional<Description> description = Optional.empty();
    private boolean found;
    SrtpSender sender;
    SrtpReceiver receiver;

    /// @param calls whether it is the browser who offers
    WebPeer(Exchange node, boolean calls) {
        this.node = node;
        agent = new FullAgent(calls, Settings.DEFAULT.withoutTrickle().withLoopback(),
                new Pacer(), new SplittableRandom(9));
        tell(new Agent.Input.Stream(STREAM, 1));
        tell(new Agent.Input.Host(STREAM, 1, List.of(AT)));
        tell(new Agent.Input.Gathered());
    }

    private static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    void tell(Agent.Input input) { said(agent.handle(input, node.now)); }

    private void said(List<Agent.Output> outputs) {
        for (var output : outputs) switch (output) {
            case Agent.Output.Described(_, var now) -> {
                description = Optional.of(now);
                candidates.clear();
            }
            case Agent.Output.Local(_, var candidate) -> candidates.add(candidate);
            case Agent.Output.Send send -> sending.add(send);
            case Agent.Output.Selected _ -> found = true;
            default -> { }
        }
    }

    /// What it says now; other lines may be asked for.
    String sdp(String setup, UnaryOperator<String> words) {
        var plain = SessionDescription.parse(words.apply(WORDS).replace("\n", "\r\n"));
        var media = new ArrayList<>(plain.media());
        var audio = SdpSection.running(description.orElseThrow(), candidates, true)
                .into(media.getFirst());
        var attributes = new ArrayList<>(audio.attributes());
        attributes.add(new Attribute("setup", setup));
        attributes.add(certificate.fingerprint().attribute());
        media.set(0, new Media("audio", audio.port(), 1, audio.proto(), audio.formats(), "",
                audio.connections(), List.of(), "", attributes));
        return plain.withMedia(media).toString().replace("\r\n", "\n");
    }

    String sdp(String setup) { return sdp(setup, words -> words); }

    /// Takes what the node has said of itself.
    void takes(SessionDescription said) {
        SdpReading.of(said).getFirst().inputs(STREAM).forEach(this::tell);
    }

    /// Looks for a way, until there is one or a second has passed; what the node wants of its host
    /// meanwhile.
    List<Effect> looks(Effect.Bind socket) {
        var wanted = new ArrayList<Effect>();
        var end = node.now.plusSeconds(1);
        while (!found && node.now.isBefore(end)) {
            if (!agent.deadline().isAfter(node.now)) said(agent.wake(node.now));
            for (var next = sending.poll(); next != null; next = sending.poll())
                wanted.addAll(gives(socket, AT, next.datagram()));
            node.now = node.now.plusMillis(5);
        }
        return wanted;
    }

    /// Something of it comes to the node; what it answers by ICE is heard here.
    List<Effect> gives(Effect.Bind socket, InetSocketAddress from, Bytes bytes) {
        var wanted = new ArrayList<Effect>();
        for (var carried : node.packet(socket, from, bytes))
            if (carried instanceof Carried.Do(var effect)) {
                wanted.add(effect);
                if (effect instanceof Effect.Datagram(var local, var to, var answer)
                        && to.equals(AT) && Message.isStun(answer))
                    tell(new Agent.Input.Received(AT, local, answer));
            }
        return wanted;
    }

    boolean found() { return found; }

    /// The handshake is over: both sides have keys.
    ///
    /// @param shown the certificate that was seen in it
    List<Carried> shakes(Effect.Associate asked, Bytes shown) {
        var profile = asked.profiles().getFirst();
        var material = new byte[ExtractedKeys.size(profile)];
        new SplittableRandom(3).nextBytes(material);
        var keys = ExtractedKeys.of(profile, Bytes.wrap(material));
        sender = new SrtpSender(keys.policy(), keys.sending(!asked.begins()));
        receiver = new SrtpReceiver(keys.policy(), keys.receiving(!asked.begins()));
        node.media.happened(new Event.Associated(asked.id(), keys, shown), node.now);
        return node.media.take();
    }

    /// A packet of sound, or a report, as it is sent.
    Bytes secret(Bytes plain, boolean control) {
        var buffer = ByteBuffer.allocate(plain.size() + 64);
        plain.to(buffer).flip();
        var verdict = control ? sender.protectRtcp(buffer) : sender.protectRtp(buffer);
        if (verdict != Verdict.DONE) throw new AssertionError(verdict);
        return Bytes.from(buffer);
    }

    /// What it reads of a packet; nothing if that is not for it.
    Optional<Bytes> read(Bytes packet, boolean control) {
        var buffer = ByteBuffer.wrap(packet.toArray());
        var verdict = control ? receiver.unprotectRtcp(buffer) : receiver.unprotectRtp(buffer);
        return verdict == Verdict.DONE ? Optional.of(Bytes.from(buffer)) : Optional.empty();
    }

    static Bytes rtp(int number) {
        var packet = RtpPacket.of(false, 0, new SequenceNumber(number), 160L * number, 77,
                Bytes.wrap(new byte[160]));
        var out = ByteBuffer.allocate(packet.size());
        packet.encode(out);
        return Bytes.from(out.flip());
    }
}
