package p2psip.std.rfc8445;

import static p2psip.std.rfc8445.Wire.at;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8445.Agent.*;
import p2psip.std.rfc8445.IceAttributes.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

/// One agent, and a peer that says whatever a test wants.
final class Puppet {
    static final InetSocketAddress BASE = at("198.51.100.1", 5000), PEER = at("203.0.113.1", 6000),
            OTHER = at("203.0.113.2", 6001);
    static final Credentials PUPPET = Credentials.random(new SplittableRandom(7));

    final Agent agent;
    final List<Output> said = new ArrayList<>();
    final List<Sent> requests = new ArrayList<>(), answers = new ArrayList<>();
    final Map<Integer, Credentials> theirs = new TreeMap<>();
    Instant now = Instant.EPOCH;

    /// A message of the agent's.
    record Sent(Instant when, InetSocketAddress base, InetSocketAddress to, Bytes bytes,
            Message message) {
        <A extends Attribute> A the(Class<A> kind) { return message.first(kind).orElseThrow(); }

        boolean nominates() { return message.has(UseCandidate.class); }

        String error() { return message.first(ErrorCode.class).map(e -> "" + e.code()).orElse(""); }
    }

    Puppet(Agent agent) { this.agent = agent; }

    static Puppet full(boolean initiating) { return full(initiating, Settings.DEFAULT); }

    static Puppet full(boolean initiating, Settings settings) {
        return new Puppet(new FullAgent(initiating, settings, new Pacer(),
                new SplittableRandom(1)));
    }

    static Puppet lite(boolean initiating) {
        return new Puppet(new LiteAgent(initiating, Settings.DEFAULT, new SplittableRandom(1)));
    }

    /// With one stream of one component and one address; the peer has said nothing.
    Puppet alone() {
        tell(new Input.Stream(1, 1));
        tell(new Input.Host(1, 1, List.of(BASE)));
        return this;
    }

    /// And the peer has described itself.
    Puppet met() {
        tell(new Input.Remote(1, Description.of(PUPPET)));
        return this;
    }

    /// And named an address.
    Puppet ready() {
        alone().met();
        candidate(1, 1, PEER, 100);
        return this;
    }

    void candidate(int stream, int component, InetSocketAddress address, int local) {
        tell(new Input.RemoteCandidate(stream, Candidate.remote(CandidateType.HOST,
                "f" + address.getAddress().getHostAddress().replaceAll("[^0-9a-f]", ""), component,
                CandidateType.HOST.priority(local, component), address)));
    }

    void tell(Input input) { hear(agent.handle(input, now)); }

    private void hear(List<Output> outputs) {
        for (var output : outputs) {
            said.add(output);
            if (output instanceof Output.Described(int stream, var description))
                theirs.put(stream, description.credentials());
            if (!(output instanceof Output.Send(var base, var to, var bytes))) continue;
            var message = Message.parse(bytes, IceAttributes.TABLE);
            var sent = new Sent(now, base, to, bytes, message);
            (message.kind() == Kind.SUCCESS || message.kind() == Kind.ERROR ? answers : requests)
                    .add(sent);
        }
    }

    void advance(Duration by) {
        var end = now.plus(by);
        while (!agent.deadline().isAfter(end)) {
            if (agent.deadline().isAfter(now)) now = agent.deadline();
            hear(agent.wake(now));
        }
        now = end;
    }

    void millis(long by) { advance(Duration.ofMillis(by)); }

    /// The peer answers that it has seen the request come from its base.
    void success(Sent request) { success(request, request.base()); }

    void success(Sent request, InetSocketAddress mapped) {
        receive(request.base(), request.to(), sealed(request.message().response(Kind.SUCCESS,
                List.of(new XorMappedAddress(mapped))), PUPPET));
    }

    void error(Sent request, int code) {
        receive(request.base(), request.to(), sealed(request.message().response(Kind.ERROR,
                List.of(new ErrorCode(code, "no"))), PUPPET));
    }

    void receive(InetSocketAddress base, InetSocketAddress from, Bytes bytes) {
        tell(new Input.Received(base, from, bytes));
    }

    static Bytes sealed(Message message, Credentials by) {
        return Fingerprints.append(Integrity.SHA_1.append(message.encode(IceAttributes.TABLE),
                by.key()));
    }

    /// A check of the peer's, with a name in front.
    Message request(Attribute... attributes) {
        return named(theirs.get(1).ufrag() + ":" + PUPPET.ufrag(), attributes);
    }

    static Message named(String name, Attribute... attributes) {
        return new Message(Kind.REQUEST, Message.BINDING,
                TransactionId.random(new SplittableRandom(name.hashCode())),
                Stream.concat(Stream.of(new Username(name)), Stream.of(attributes)).toList());
    }

    /// The peer checks from an address; what is answered.
    Sent ask(InetSocketAddress from, Attribute... attributes) {
        receive(BASE, from, sealed(request(attributes), theirs.get(1)));
        return answers.getLast();
    }

    <O extends Output> List<O> all(Class<O> kind) {
        return said.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    Sent last() { return requests.getLast(); }

    Pair.State state() { return agent.records().getLast().state(); }
}
