package p2psip.tools.figures;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// The four transactions of SIP as subjects, in the words of the figures of RFC 3261.
///
/// An event that means many statuses is tried with several of them, each in runs of its own: were
/// one answered otherwise than the next, there would be a transition too many.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17 RFC 3261 §17
///
/// @param <I> what happens to the transaction
final class Transactions<I> implements Subject {
    private static final List<Integer> PROVISIONAL = List.of(180, 183, 100, 199),
            SUCCESS = List.of(200, 202, 299, 204), REFUSAL = List.of(302, 486, 503, 699),
            FINAL = List.of(200, 302, 404, 603);

    private final Transaction<I> transaction;
    private final I begin;
    private final Map<String, I> inputs;
    private boolean begun;
    /// The event that led to its state: a 408 is not sent, and not repeated.
    private String cause = "";

    private Transactions(Transaction<I> transaction, I begin, Map<String, I> inputs) {
        this.transaction = transaction;
        this.begin = begin;
        this.inputs = inputs;
    }

    static Kind inviteClient() {
        return kind("INVITE client transaction", InviteClientTransaction.class,
                InviteClientTransaction.State.values(), "rfc3261#17.1.1", "INVITE from TU",
                List.of("1xx", "2xx", "300-699", "Transport error"),
                (flow, run) -> client(new InviteClientTransaction(
                        request("INVITE").encode(), flow), Map.of(
                        "1xx", received("INVITE", PROVISIONAL.get(run)),
                        "2xx", received("INVITE", SUCCESS.get(run)),
                        "300-699", received("INVITE", REFUSAL.get(run)))));
    }

    static Kind nonInviteClient() {
        return kind("non-INVITE client transaction", NonInviteClientTransaction.class,
                NonInviteClientTransaction.State.values(), "rfc3261#17.1.2", "Request from TU",
                List.of("1xx", "200-699", "Transport error"),
                (flow, run) -> client(new NonInviteClientTransaction(
                        request("OPTIONS").encode(), flow), Map.of(
                        "1xx", received("OPTIONS", PROVISIONAL.get(run)),
                        "200-699", received("OPTIONS", FINAL.get(run)))));
    }

    static Kind inviteServer() {
        return kind("INVITE server transaction", InviteServerTransaction.class,
                InviteServerTransaction.State.values(), "rfc3261#17.2.1", "INVITE",
                List.of("INVITE", "101-199 from TU", "2xx from TU", "300-699 from TU", "ACK",
                        "Transport error"),
                (flow, run) -> server(new InviteServerTransaction(
                        request("INVITE"), flow), Map.of(
                        "INVITE", again("INVITE"), "ACK", again("ACK"),
                        "101-199 from TU", respond("INVITE", Math.max(101, PROVISIONAL.get(run))),
                        "2xx from TU", respond("INVITE", SUCCESS.get(run)),
                        "300-699 from TU", respond("INVITE", REFUSAL.get(run)))));
    }

    static Kind nonInviteServer() {
        return kind("non-INVITE server transaction", NonInviteServerTransaction.class,
                NonInviteServerTransaction.State.values(), "rfc3261#17.2.2", "Request",
                List.of("Request", "100 from TU", "101-199 from TU", "200-699 from TU",
                        "408 from TU", "Transport error"),
                (flow, run) -> server(new NonInviteServerTransaction(
                        flow), Map.of(
                        "Request", again("OPTIONS"), "100 from TU", respond("OPTIONS", 100),
                        "101-199 from TU", respond("OPTIONS", Math.max(101, PROVISIONAL.get(run))),
                        "200-699 from TU", respond("OPTIONS", FINAL.get(run)),
                        "408 from TU", respond("OPTIONS", 408))));
    }

    private static Kind kind(String name, Class<?> source, Cited[] constants, String citation,
            String begin, List<String> events, BiFunction<Flow, Integer, Subject> fresh) {
        var variants = new LinkedHashMap<String, Supplier<Subject>>();
        for (var transport : List.of(Transport.UDP, Transport.TCP)) {
            var flow = new Flow(transport, at(1), at(2), 0);
            for (int run = 0; run < PROVISIONAL.size(); run++) {
                int which = run;
                variants.put(transport + " " + run, () -> fresh.apply(flow, which));
            }
        }
        var states = new LinkedHashMap<String, String>();
        for (var constant : constants) states.put(constant.name(), constant.citation());
        var above = Stream.concat(Stream.of(begin), events.stream())
                .filter(event -> event.endsWith("from TU")).toList();
        return new Kind(name, Path.of("std/src/main/java", source.getName().replace('.', '/')
                + ".java"), citation, states, variants, begin, events,
                new Kind.Sides("TU", "network", above));
    }

    private static InetSocketAddress at(int last) {
        return new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + last), 5060);
    }

    private static Subject client(ClientTransaction transaction,
            Map<String, ClientTransaction.Input> events) {
        var inputs = new HashMap<>(events);
        inputs.put("Transport error", new ClientTransaction.Input.TransportError());
        return new Transactions<>(transaction, new ClientTransaction.Input.Begin(), inputs);
    }

    private static Subject server(ServerTransaction transaction,
            Map<String, ServerTransaction.Input> events) {
        var inputs = new HashMap<>(events);
        inputs.put("Transport error", new ServerTransaction.Input.TransportError());
        return new Transactions<>(transaction, new ServerTransaction.Input.Begin(), inputs);
    }

    /// What an output is called in the figures; nothing if it is not drawn.
    private static String word(Transaction.Output output) {
        return switch (output) {
            case Transaction.Output.Send(var message) -> sent(message);
            case Transaction.Output.Inform(Response _) -> "response to TU";
            case Transaction.Output.Inform(Request _) -> "ACK to TU";
            case Transaction.Output.Failed _ -> "inform TU";
            case Transaction.Output.Changed _ -> "";
        };
    }

    private static String sent(Bytes message) {
        return switch (Message.parse(message)) {
            case Request r when r.method().equals("OPTIONS") -> "send request";
            case Request r -> "send " + r.method();
            case Response _ -> "send response";
        };
    }

    private static ClientTransaction.Input received(String method, int status) {
        return new ClientTransaction.Input.Received(response(method, status));
    }

    private static ServerTransaction.Input respond(String method, int status) {
        return new ServerTransaction.Input.Respond(response(method, status));
    }

    private static ServerTransaction.Input again(String method) {
        return new ServerTransaction.Input.Received(request(method));
    }

    private static Request request(String method) {
        return (Request) Message.parse(method + " sip:bob@example.com SIP/2.0\n"
                + headers(method));
    }

    private static Response response(String method, int status) {
        return (Response) Message.parse("SIP/2.0 " + status + " Any\n" + headers(method));
    }

    private static String headers(String method) {
        return """
                Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKdrawn
                From: <sip:alice@example.com>;tag=1
                To: <sip:bob@example.com>;tag=2
                Call-ID: drawn
                CSeq: 1 %s
                Max-Forwards: 70

                """.formatted(method);
    }

    @Override public Optional<List<String>> tell(String event, Instant now) {
        var input = begun ? inputs.get(event) : begin;
        var from = state();
        begun = true;
        var done = done(transaction.handle(input, now));
        if (!state().equals(from)) cause = event;
        return Optional.of(done);
    }

    @Override public List<String> wake(Instant now) { return done(transaction.wake(now)); }

    @Override public SortedMap<String, Instant> timers() {
        var due = new TreeMap<String, Instant>();
        transaction.due().forEach((timer, at) -> due.put(timer.name().length() == 1
                ? "Timer " + timer.name() : "200 ms pass", at));
        return due;
    }

    @Override public String state() { return begun ? transaction.state().name() : ""; }

    @Override public String memory() { return cause; }

    @Override public boolean over() { return begun && transaction.terminated(); }

    private static List<String> done(List<Transaction.Output> outputs) {
        return outputs.stream().map(Transactions::word).filter(word -> !word.isEmpty()).toList();
    }
}
