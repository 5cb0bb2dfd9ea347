package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Client.*;
import p2psip.std.rfc8489.Message.Kind;

/// A client and what servers answer; `run` plays both and writes down what the client does.
final class Exchange {
    static final InetSocketAddress SERVER = at("192.0.2.1"), OTHER = at("192.0.2.2"),
            SELF = at("198.51.100.7");
    static final Credential ALICE = new Credential("alice", "wonderland"),
            IMPOSTOR = new Credential("alice", "guess");
    static final XorMappedAddress MAPPED = new XorMappedAddress(SELF);
    static final String REALM = "example.org";

    /// What is seen of a client that is answered at once.
    static final String ANSWERED = """
            0 client -> 192.0.2.1 request
            0 client -> TU mapped 198.51.100.7
            """;

    /// How many requests are asked at most; more than any flow here has.
    private static final int MOST = 50;

    final RandomGenerator random = new SplittableRandom(5);
    final List<Message> requests = new ArrayList<>();
    Instant now = Instant.EPOCH;

    static InetSocketAddress at(String ip) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), 3478);
    }

    /// What a server makes of a request: an answer, or none.
    interface Server {
        Optional<Bytes> answer(Message request, Bytes wire);
    }

    String run(Authentication authentication, Timing timing, Server server) {
        var client = new Client(SERVER, Message.BINDING, List.of(), authentication, timing, random);
        var seen = new StringJoiner("\n", "", "\n");
        var outputs = client.wake(now);
        while (true) {
            var next = new ArrayList<Output>();
            for (var output : outputs) {
                var at = Duration.between(Instant.EPOCH, now).toMillis() + " client -> ";
                switch (output) {
                    case Output.Send(var to, var wire) -> {
                        seen.add(at + to.getAddress().getHostAddress() + " request");
                        requests.add(Message.parse(wire));
                        if (requests.size() > MOST) throw new AssertionError("no end: " + seen);
                        server.answer(requests.getLast(), wire).ifPresent(answer -> next.addAll(
                                client.handle(new Input.Received(to, answer), now)));
                    }
                    case Output.Succeeded(var response) ->
                            seen.add(at + "TU mapped " + Client.mapped(response).orElseThrow()
                                    .getAddress().getHostAddress());
                    case Output.Failed(int code, var why) ->
                            seen.add(at + "TU " + code + " " + why);
                }
            }
            outputs = next;
            if (!outputs.isEmpty()) continue;
            if (client.terminated()) return seen.toString();
            now = client.deadline();
            outputs = client.wake(now);
        }
    }

    static Optional<Bytes> success(Message request, Attribute... attributes) {
        return Optional.of(request.response(Kind.SUCCESS, List.of(attributes)).encode());
    }

    static Optional<Bytes> error(Message request, int code, Attribute... more) {
        var all = new ArrayList<Attribute>(List.of(new ErrorCode(code, "no")));
        all.addAll(List.of(more));
        return Optional.of(request.response(Kind.ERROR, all).encode());
    }

    /// The first attribute of a kind, which must be there.
    static <A extends Attribute> A the(Class<A> kind, Message message) {
        return message.first(kind).orElseThrow();
    }

    /// A guard that knows Alice.
    static Guard shortTerm() {
        return new Guard.ShortTerm(name -> Optional.of(ALICE)
                .filter(user -> user.username().equals(name)));
    }

    /// A guard that knows Alice and asks for a proof with a nonce that is good for ten minutes.
    Guard longTerm() {
        return new Guard.LongTerm(REALM, List.of(ALICE), Duration.ofMinutes(10), random);
    }

    /// A server that tells its address whoever a guard lets in.
    Server guarded(Guard guard) {
        return (request, wire) -> Optional.of(switch (guard.check(request, wire, SELF, now)) {
            case Guard.Verdict.Accepted accepted ->
                    accepted.seal(request.response(Kind.SUCCESS, List.of(MAPPED)),
                            Table.RFC8489);
            case Guard.Verdict.Refused(var response) -> response.encode();
            case Guard.Verdict.Discarded _ -> throw new AssertionError();
        });
    }
}
