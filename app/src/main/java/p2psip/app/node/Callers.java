package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.lookup.*;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;

/// Who calls by a Link: holds a first request until it is known whether its From is an address
/// whose record names the node that the Link proves, and marks it so; one in the name of another is
/// refused.
///
/// A call that a node passes on for another is verified as well if it brings the caller's own
/// [Statement]. [Proof] says how these go along.
final class Callers implements Machine<Callers.Input, Callers.Output> {

    sealed interface Input {
        /// Something came by the Link of the node with this key.
        record Came(Bytes key, Bytes message) implements Input {}

        /// Answers [Output.Ask].
        record Looked(long id, Answer answer) implements Input {}
    }

    sealed interface Output {
        /// For the SIP of this node: it is from that node.
        record Deliver(Bytes key, Message message) implements Output {}

        /// The same, but it is no SIP.
        record Garbled(Bytes key, Bytes bytes) implements Output {}

        /// For that node.
        record Reply(Bytes key, Bytes message) implements Output {}
        record Ask(long id, Query.Get query) implements Output {}

        /// Where the node is reached by which somebody calls, as his record says.
        record Known(Contact contact) implements Output {}
        record Remark(String text) implements Output {}
    }

    /// How long a record is waited for.
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /// Requests that wait at a time; who calls beside them is shown as unverified.
    static final int MAX_WAITING = 256;

    /// Messages of one call that wait behind its first.
    static final int MAX_BEHIND = 16;

    /// Calls whose proof is kept, should they be passed on while it is good.
    static final int MAX_PROOFS = 1_000;

    /// Who was found to be who he says, remembered for [#REMEMBERED].
    static final int MAX_KNOWN = 1_000;
    static final Duration REMEMBERED = Duration.ofMinutes(5);

    private record Pair(Bytes node, Aor aor) {}

    private record Waiting(Bytes key, Request request, Aor aor, Proof proof, Instant until,
            List<Message> behind) {
        Optional<SignedRecord> record() { return proof.record(); }

        /// Whether the call is of whoever has that key for the address, by himself.
        boolean isOf(SignedRecord record) {
            return proof.statement().filter(statement ->
                    statement.owner().equals(record.owner())).isPresent();
        }
    }

    private final Domains home;
    private final Judge judge;
    private final InstantSource wall;
    private final SequencedMap<Long, Waiting> waiting = new LinkedHashMap<>();
    private final SequencedMap<Pair, Instant> known = new LinkedHashMap<>();
    private final SequencedMap<String, Proof> proofs = new LinkedHashMap<>();   // by Call-ID
    private final Outbox<Output> out = new Outbox<>();
    private long lastId;

    Callers(Domains home, Pins pins, InstantSource wall) {
        this.home = home;
        this.judge = new Judge(pins, wall);
        this.wall = wall;
    }

    int size() { return waiting.size() + known.size() + proofs.size(); }

    /// What shows whose call it is that goes on.
    Proof proof(Request request, Aor from) {
        return Optional.ofNullable(proofs.get(request.callId())).filter(kept ->
                kept.record().filter(r -> r.key().equals(from.toString())).isPresent())
                .orElse(Proof.NONE);
    }

    /// Whether a request may begin something, so that its caller's record goes along.
    static boolean begins(Request request) {
        return request.to().tag().isEmpty() && !request.is("ACK") && !request.is("CANCEL");
    }

    @Override public Instant deadline() {
        return waiting.isEmpty() ? Instant.MAX : waiting.firstEntry().getValue().until;
    }

    @Override public List<Output> wake(Instant now) {
        while (!deadline().isAfter(now)) {
            var over = waiting.pollFirstEntry().getValue();
            judged(over, judge(over, List.of()), now);
        }
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Came(var key, var message) -> came(key, message, now);
            case Input.Looked(long id, var answer) -> {
                var about = waiting.remove(id);
                if (about != null) judged(about, judge(about, answer instanceof
                        Answer.Found(var records) ? records : List.of()), now);
            }
        }
        return out.take();
    }

    private void came(Bytes key, Bytes framed, Instant now) {
        try {
            came(key, Proof.read(framed), now);
        } catch (BufferUnderflowException e) {
            out.add(new Output.Remark("cut short, by the Link of " + NodeId.of(key)));
        }
    }

    /// What is no SIP gets what SIP says to it.
    private void came(Bytes key, Proof.Read read, Instant now) {
        try {
            var parsed = switch (Message.parse(read.message())) {
                case Request request -> unasserted(request);
                case Response response -> response;
            };
            var first = waiting.values().stream().filter(w -> w.key.equals(key)
                    && w.request.callId().equals(parsed.callId())).findFirst();
            if (first.isPresent() && first.get().behind.size() < MAX_BEHIND)
                first.get().behind.add(parsed);
            else if (parsed instanceof Request request && begins(request))
                first(key, request, read, now);
            else out.add(new Output.Deliver(key, parsed));
        } catch (p2psip.std.SyntaxException e) {
            out.add(new Output.Garbled(key, read.message()));
        }
    }

    /// A header field by which a node says to its own who calls (RFC 3325).
    static final String ASSERTED = "P-Asserted-Identity";

    static Request unasserted(Request request) {
        return request.has(ASSERTED)
                ? request.change(list -> list.removeIf(header -> header.is(ASSERTED))) : request;
    }

    private void first(Bytes key, Request request, Proof.Read read, Instant now) {
        if (isAnonymous(request)) {
            out.add(new Output.Deliver(key, Marks.unmarked(request)));
            return;
        }
        var aor = aor(request.from().uri());
        var proof = aor.map(of -> proof(request, of, read)).orElse(Proof.NONE);
        proof.record().filter(r -> Judge.names(r, key)).ifPresent(r ->
                out.add(new Output.Known((Contact) r.value())));
        if (aor.isEmpty() || waiting.size() >= MAX_WAITING) {
            deliver(key, request, Marks.UNVERIFIED);
            return;
        }
        var about = new Waiting(key, request, aor.get(), proof, now.plus(PATIENCE),
                new ArrayList<>());
        var since = known.get(new Pair(key, aor.get()));
        if (since != null && now.isBefore(since.plus(REMEMBERED)) || proof.record().filter(r ->
                speaksFor(about, r) && judge.isPinned(aor.get(), r)).isPresent()) {
            judged(about, Judge.Caller.VERIFIED, now);
            return;
        }
        waiting.put(++lastId, about);
        out.add(new Output.Ask(lastId, new Query.Get(aor.get().toString())));
    }

    private Proof proof(Request request, Aor from, Proof.Read read) {
        var record = judge.record(read.record(), from);
        var to = aor(request.to().uri());
        return new Proof(record, read.statement().isEmpty() || to.isEmpty() ? Optional.empty()
                : Statement.read(read.statement(), from, to.get(), request, wall.instant()));
    }

    private Optional<Aor> aor(Uri uri) {
        return uri instanceof SipUri sip ? Optional.of(home.aor(sip)) : Optional.empty();
    }

    /// Whether it was sent to somebody else first, who has it passed on.
    private boolean isPassedOn(Request request) {
        return !aor(request.to().uri()).equals(aor(Uri.parse(request.uri())));
    }

    /// Who hides his identity says so by a URI that means nothing (RFC 3323).
    private static boolean isAnonymous(Request request) {
        return request.from().uri() instanceof SipUri sip
                && sip.host().equalsIgnoreCase("anonymous.invalid");
    }

    /// Whether the node serves whoever has signed a record, or the call is his by his own word.
    private static boolean speaksFor(Waiting about, SignedRecord record) {
        return Judge.names(record, about.key) || about.isOf(record);
    }

    /// Of a call that was for somebody else nobody is to blame who does not serve its caller.
    private Judge.Caller judge(Waiting about, List<SignedRecord> found) {
        var caller = judge.judge(
                about.aor, about.record(), found, record -> speaksFor(about, record));
        return caller == Judge.Caller.FORGED && isPassedOn(about.request)
                ? Judge.Caller.UNVERIFIED : caller;
    }

    private void judged(Waiting about, Judge.Caller caller, Instant now) {
        switch (caller) {
            case VERIFIED -> {
                if (about.record().filter(record -> Judge.names(record, about.key)).isPresent())
                    known.putLast(new Pair(about.key, about.aor), now);
                if (known.size() > MAX_KNOWN) known.pollFirstEntry();
                if (about.proof.statement().isPresent())
                    proofs.putLast(about.request.callId(), about.proof);
                if (proofs.size() > MAX_PROOFS) proofs.pollFirstEntry();
                deliver(about.key, about.request.change(list -> list.add(new Header(
                        ASSERTED, "<" + about.aor + ">"))), Marks.VERIFIED);
            }
            case UNVERIFIED -> deliver(about.key, about.request, Marks.UNVERIFIED);
            case FORGED -> {
                out.add(new Output.Remark(about.request.method() + " in the name of " + about.aor
                        + " refused: the node " + NodeId.of(about.key) + " does not serve it"));
                out.add(new Output.Reply(about.key, Proof.NONE.framed(Reply.to(
                        about.request, 403, "From Is Not Served By You",
                        Long.toHexString(about.request.callId().hashCode())).encode())));
                return;
            }
        }
        about.behind.forEach(message -> out.add(new Output.Deliver(about.key, message)));
    }

    private void deliver(Bytes key, Request request, String mark) {
        out.add(new Output.Deliver(key, Marks.marked(request, mark)));
    }
}
