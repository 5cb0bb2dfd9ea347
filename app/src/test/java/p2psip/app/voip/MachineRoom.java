package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.trace.Trace;
import p2psip.std.Bytes;
import p2psip.std.rfc1035.Answer;
import p2psip.std.rfc1035.ResourceRecord;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc4566.SessionDescription;

/// One phone at 10.0.0.1, driven by hand: a peer at 10.0.0.2 that says whatever a test wants it to
/// say, and keeps what it hears.
final class MachineRoom {
    private static final Duration TICK = Duration.ofMillis(1);
    private static final InetSocketAddress HERE = address("10.0.0.1", 5060);
    private static final InetSocketAddress THERE = address("10.0.0.2", 5060);
    static final InetSocketAddress SOUND = address("10.0.0.2", 4000);
    private static final String SDP = "application/sdp";

    final Phone phone;
    final List<String> sip = new ArrayList<>();
    final List<Effect.Datagram> media = new ArrayList<>();
    final List<News> news = new ArrayList<>();
    /// What the host is asked for a handshake.
    final List<Effect> handshakes = new ArrayList<>();
    final List<String> remarks = new ArrayList<>();
    /// What the DNS knows.
    final Map<String, List<InetAddress>> names = new HashMap<>();
    /// Ports that the phone has given back.
    final List<InetSocketAddress> given = new ArrayList<>();
    /// Ports and names that the phone still waits for, if it has to.
    final List<Event> unbound = new ArrayList<>();
    private final Map<InetSocketAddress, Id> sockets = new HashMap<>();
    boolean slow;
    private Instant now = Instant.EPOCH;
    private String heads = "";
    /// Who the peer says that he is, if he is another than he was.
    Optional<String> from = Optional.empty();
    private int sequence = 1000;
    private int cseq;
    /// Where the peer answers from: another place, another tag.
    String tag = "b";

    MachineRoom(Source source) { this(source, true, 42); }

    MachineRoom(IceOptions ice) { this(Source.Tone.A, true, 42, ice); }

    MachineRoom(Source source, boolean answers, long seed) {
        this(source, answers, seed, IceOptions.OFF);
    }

    private MachineRoom(Source source, boolean answers, long seed, IceOptions ice) {
        this(PhoneSetup.at("sip:alice@10.0.0.1").calls(1).answering(answers)
                .speaking(Formats.of("pcmu,pcma,l16", false))
                .playing(source).recording().withIce(ice), seed);
    }

    MachineRoom(PhoneSetup setup, long seed) {
        var random = new SplittableRandom(seed);
        phone = new Phone(setup,
                new Host.Room(List.of(HERE.getAddress()), random, () -> now));
        run(Duration.ZERO);
    }

    Instant now() { return now; }

    static InetSocketAddress address(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }

    /// Lets virtual time pass.
    void run(Duration time) {
        var end = now.plus(time);
        while (true) {
            while (!phone.deadline().isAfter(now)) carryOut(phone.wake(now));
            if (!now.isBefore(end)) return;
            now = now.plus(TICK);
        }
    }

    void run(int milliseconds) { run(Duration.ofMillis(milliseconds)); }

    void tell(Event event) {
        carryOut(phone.handle(event, now));
        run(Duration.ZERO);
    }

    void hear(InetSocketAddress local, InetSocketAddress from, Bytes datagram) {
        tell(new Event.Datagram(sockets.get(local), local, from, datagram));
    }

    void command(PhoneCommand command) { tell(new Event.Command(command)); }

    private void carryOut(List<Effect> effects) {
        for (var effect : effects) switch (effect) {
            case Effect.Bind(var id, var local, _) -> {
                sockets.put(local, id);
                if (slow) unbound.add(new Event.Bound(id, local));
                else carryOut(phone.handle(new Event.Bound(id, local), now));
            }
            case Effect.Resolve(var id, var name) -> {
                var answer = new Event.Resolved(id, names.getOrDefault(name, List.of()));
                if (slow) unbound.add(answer);
                else carryOut(phone.handle(answer, now));
            }
            case Effect.Query(var id, var question) -> {
                var known = names.getOrDefault(question.name(), List.of()).stream()
                        .<ResourceRecord>map(address -> new ResourceRecord.Address(
                                question.name(), Duration.ZERO, address))
                        .filter(record -> record.is(question.type())).toList();
                var answer = new Event.Answered(id, known.isEmpty()
                        ? new Answer.None(Duration.ZERO) : new Answer.Found(known));
                if (slow) unbound.add(answer);
                else carryOut(phone.handle(answer, now));
            }
            case Effect.Listen(var id, _, var local) ->
                    carryOut(phone.handle(new Event.Bound(id, local), now));
            case Effect.Datagram datagram when datagram.local().equals(HERE) ->
                    sip.add(datagram.bytes().utf8());
            case Effect.Datagram datagram -> media.add(datagram);
            case Effect.Unbind(var local) -> given.add(local);
            case Effect.Associate _, Effect.Hand _ -> handshakes.add(effect);
            case Effect.Tell(News n) -> news.add(n);
            case Effect.Note(Trace.What.Remark(_, var text, _)) -> remarks.add(text);
            default -> { }
        }
    }

    /// The peer's next request in the dialog, or its first.
    void request(String method, String body) { request(method, SDP, body); }

    /// @param type of the body, and what other header fields there are
    void request(String method, String type, String body) {
        boolean response = !sip.isEmpty() && sip.getLast().startsWith("SIP/2.0");
        if (heads.isEmpty() && !sip.isEmpty() && !response) heads = "From: " + last("To")
                + "\r\nTo: " + last("From") + "\r\nCall-ID: " + last("Call-ID") + "\r\n";
        else if (heads.isEmpty()) heads = "From: <sip:bob@10.0.0.2>;tag=b\r\n"
                + "To: <sip:alice@10.0.0.1>\r\nCall-ID: a84b@10.0.0.2\r\n";
        else if (response && last("To").contains("tag=") && !method.equals("CANCEL"))
            heads = heads.replaceFirst(
                    "(?m)^To: .*$", Matcher.quoteReplacement("To: " + last("To")));
        var branch = method.equals("CANCEL") ? "INVITE" : method;
        if (!List.of("ACK", "CANCEL").contains(method)) cseq++;
        from.ifPresent(uri -> heads = heads.replaceFirst(
                "(?m)^From: <[^>]*>", Matcher.quoteReplacement("From: <" + uri + ">")));
        say(method + " sip:alice@10.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bK"
                + branch + cseq + "\r\nMax-Forwards: 70\r\n" + heads
                + "CSeq: " + cseq + " " + method + "\r\nContact: <sip:bob@10.0.0.2>\r\n",
                type, body);
    }

    /// From now on the peer begins another dialog.
    ///
    /// @param name in its Call-ID and tag
    void again(String name) {
        heads = "From: <sip:bob@10.0.0.2>;tag=" + name + "\r\nTo: <sip:alice@10.0.0.1>\r\n"
                + "Call-ID: " + name + "@10.0.0.2\r\n";
    }

    /// The peer answers the phone's last request.
    void respond(String status, String body) {
        var to = last("To");
        say("SIP/2.0 " + status + "\r\nVia: " + last("Via") + "\r\nFrom: " + last("From")
                + "\r\nTo: " + to + (to.contains("tag=") ? "" : ";tag=" + tag)
                + "\r\nCall-ID: " + last("Call-ID") + "\r\nCSeq: " + last("CSeq")
                + "\r\nContact: <sip:bob@10.0.0.2>\r\n", SDP, body);
    }

    private void say(String head, String type, String body) {
        var text = head + (body.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        hear(HERE, THERE, Bytes.utf8(text));
    }

    private String last(String header) {
        var m = Pattern.compile("(?m)^" + header + ": (.*?)\\r?$")
                .matcher(sip.isEmpty() ? "" : sip.getLast());
        return m.find() ? m.group(1) : "";
    }

    /// A description of the peer: sound at 10.0.0.2:4000, unless a test says something else.
    static String sdp(String media) {
        return "v=0\r\no=- 9 1 IN IP4 10.0.0.2\r\ns= \r\nc=IN IP4 10.0.0.2\r\nt=0 0\r\n"
                + media.replace("\n", "\r\n");
    }

    /// The descriptions the phone has sent.
    List<SessionDescription> descriptions() {
        return sip.stream().filter(m -> m.contains(SDP)).map(m -> SessionDescription
                .parse(m.substring(m.indexOf("\r\n\r\n") + 4))).toList();
    }

    /// Where the phone takes in sound, by its last description.
    InetSocketAddress sound() {
        return address("10.0.0.1", descriptions().getLast().media().stream()
                .mapToInt(m -> m.port()).filter(p -> p != 0).findFirst().orElseThrow());
    }

    /// A packet of the peer's sound.
    void rtp(int payloadType, int timestamp, byte... payload) {
        rtp(SOUND, payloadType, timestamp, payload);
    }

    void rtp(InetSocketAddress from, int payloadType, int timestamp, byte... payload) {
        rtp(from, 77, payloadType, timestamp, payload);
    }

    void rtp(InetSocketAddress from, long ssrc, int payloadType, int timestamp, byte... payload) {
        hear(sound(), from, RtpPacket.of(false, payloadType, new SequenceNumber(
                sequence++), timestamp, ssrc, Bytes.copyOf(payload)).encode());
    }

    /// A packet of the peer that does not come.
    void lose() { sequence++; }

    /// One that comes behind so many others.
    void rtpAgain(int behind, int timestamp, byte... payload) {
        hear(sound(), SOUND, RtpPacket.of(false, 0, new SequenceNumber(
                sequence - behind - 1), timestamp, 77, Bytes.copyOf(payload)).encode());
    }

    /// A report of the peer.
    void rtcp(RtcpPacket... packets) { rtcp(address("10.0.0.2", 4001), packets); }

    void rtcp(InetSocketAddress from, RtcpPacket... packets) {
        hear(address("10.0.0.1", sound().getPort() + 1), from,
                new CompoundPacket(packets).encode());
    }

    /// The sound that has come to the peer.
    List<RtpPacket> heard() { return heard(SOUND); }

    List<RtpPacket> heard(InetSocketAddress at) {
        return media.stream().filter(d -> d.remote().equals(at))
                .map(d -> RtpPacket.parse(d.bytes().buffer())).toList();
    }

    /// The reports that have come to the peer.
    List<RtcpPacket> reports() {
        return media.stream().filter(d -> d.remote().getPort() == SOUND.getPort() + 1)
                .flatMap(d -> CompoundPacket.parse(d.bytes().buffer()).packets().stream()).toList();
    }

    /// What the phone has recorded of its peer, once the call is over.
    short[] recorded() {
        command(new PhoneCommand.HangUp(number()));
        if (sip.getLast().startsWith("BYE")) respond("200 OK", "");
        return news.stream().flatMap(n -> n instanceof News.Recorded(_, var recording)
                ? Stream.of(recording.heard()) : Stream.empty()).findFirst().orElseThrow();
    }

    /// The phone's news of one kind.
    <N extends News> List<N> news(Class<N> kind) {
        return news.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// What the phone has counted, once the call is over.
    Statistics counted() {
        return news.stream().flatMap(n -> n instanceof News.Ended ended
                ? Stream.of(ended.statistics()) : Stream.empty()).findFirst().orElseThrow();
    }

    long number() {
        return news.stream().flatMap(n -> switch (n) {
            case News.Established(long number, _) -> Stream.of(number);
            case News.Incoming(long number, _, _) -> Stream.of(number);
            default -> Stream.<Long>empty();
        }).findFirst().orElseThrow();
    }
}
