package p2psip.app.media;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc4566.SessionDescription;

/// A [MediaProxy] around a core that sends each request on to the other side of a call, and its
/// responses back: what a proxy does, without its rules.
final class Exchange implements Core {
    final MediaProxy media;
    /// The two sides; a request from neither goes to the second.
    private final Flow alice, bob;
    private final Map<TransactionId, TransactionId> asked = new HashMap<>();
    private final Map<String, TransactionId> last = new HashMap<>();
    private final List<Output> sent = new ArrayList<>();
    /// What the media have said since [#begin].
    final List<Carried> carried = new ArrayList<>();
    Instant now = Instant.EPOCH;
    private int number;

    Exchange(MediaProxy.Mode mode, InetAddress self, Flow alice, Flow bob,
            MediaProxy.Straight straight) {
        this.alice = alice;
        this.bob = bob;
        this.media = new MediaProxy(this, mode, self, List.of(InetAddress.ofLiteral("127.0.0.1"),
                InetAddress.ofLiteral("192.168.1.5"), InetAddress.ofLiteral("203.0.113.5")),
                straight, new SplittableRandom(1), () -> Instant.EPOCH,
                flow -> EnumSet.of(Transport.WS, Transport.WSS).contains(flow.transport()));
    }

    @Override public Instant deadline() { return Instant.MAX; }

    @Override public List<Output> wake(Instant now) { return List.of(); }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Received(var id, var request, var flow) -> {
                var copy = id("copy" + ++number, request.method());
                if (request.is("CANCEL"))
                    copy = Cancel.of(last.get("INVITE"));
                asked.put(copy, id);
                last.put(request.method(), copy);
                var to = flow.equals(alice) ? bob : alice;
                yield List.of(new Output.Send(copy, request, Target.of(to)));
            }
            case Input.Acknowledged(var ack, var flow) -> List.of(new Output.SendAck(
                    ack, Target.of(flow.equals(alice) ? bob : alice)));
            case Input.Answered(var id, var response, _) ->
                    List.of(new Output.Respond(asked.get(id), response));
            default -> List.of();
        };
    }

    private static TransactionId id(String name, String method) {
        return new TransactionId(Via.MAGIC + name, "", method);
    }

    /// Alice or Bob says something: what it is when it goes on, if it goes on at once.
    Optional<Message> says(Flow from, Message message) {
        begin();
        follow(media.handle(switch (message) {
            case Request ack when ack.is("ACK") -> new Input.Acknowledged(ack, from);
            case Request request ->
                    new Input.Received(id("asked" + ++number, request.method()), request, from);
            case Response response -> new Input.Answered(
                    last.get(response.cseq().method()), response, from);
        }, now));
        return gone();
    }

    /// The last INVITE came to nothing, without a word.
    void fails() {
        begin();
        follow(media.handle(new Input.Failed(last.get("INVITE"), Failure.TIMEOUT), now));
    }

    /// The last message that went on.
    Optional<Message> gone() {
        return sent.reversed().stream().<Message>mapMulti((output, to) -> {
            if (output instanceof Output.Send(_, var request, _)) to.accept(request);
            if (output instanceof Output.SendAck(var request, _)) to.accept(request);
            if (output instanceof Output.Respond(_, var response)) to.accept(response);
        }).findFirst();
    }

    void begin() {
        sent.clear();
        carried.clear();
    }

    void follow(List<Output> outputs) {
        sent.addAll(outputs);
        carried.addAll(media.take());
    }

    /// How many messages have gone on.
    int count() { return sent.size(); }

    /// What it wants opened is opened, and what waited for it goes on.
    Optional<Message> opens() {
        for (var bind : effects(Effect.Bind.class))
            media.happened(
                    new p2psip.app.host.Event.Bound(bind.id(), bind.local()), now);
        resume();
        return gone();
    }

    void resume() {
        carried.addAll(media.take());
        if (carried.stream().anyMatch(Carried.Resume.class::isInstance))
            follow(media.handle(new Input.Asked(new MediaProxy.Resume()), now));
    }

    /// What goes on, all sockets being opened that it needs.
    SessionDescription description(Flow from, Message message) {
        return SessionDescription.parse(says(from, message).or(this::opens).orElseThrow().body());
    }

    <T extends Effect> List<T> effects(Class<T> kind) {
        return carried.stream().filter(Carried.Do.class::isInstance)
                .map(c -> ((Carried.Do) c).effect()).filter(kind::isInstance).map(kind::cast)
                .toList();
    }

    /// A packet comes to a socket.
    List<Carried> packet(Effect.Bind socket, InetSocketAddress from, Bytes bytes) {
        media.happened(new p2psip.app.host.Event.Datagram(
                socket.id(), socket.local(), from, bytes), now);
        return media.take();
    }

    List<Carried> moment(InetSocketAddress peer, int channel, Bytes bytes) {
        media.moment(peer, channel, bytes, now);
        return media.take();
    }
}
