package p2psip.tools.figures;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.Entered;
import p2psip.std.Machine;
import p2psip.std.rfc3261.Flow;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.TimerValues;
import p2psip.std.rfc3261.Transport;

/// The four transactions of SIP as subjects, in the words of the figures of RFC 3261.
///
/// An event that means many statuses is tried with several of them, each in runs of its own: were
/// one answered otherwise than the next, there would be a transition too many.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17 RFC 3261 §17
final class Transactions implements Subject {
    private static final String SIP = "p2psip.std.rfc3261.", CLIENT = SIP + "ClientTransaction",
            SERVER = SIP + "ServerTransaction";
    private static final List<Integer> PROVISIONAL = List.of(180, 183, 100, 199),
            SUCCESS = List.of(200, 202, 299, 204), REFUSAL = List.of(302, 486, 503, 699),
            FINAL = List.of(200, 302, 404, 603);

    private final Machine<Object, Object> machine;
    private final Map<String, Object> inputs;
    private final Object begin;
    private String state = "";

    @SuppressWarnings("unchecked")
    private Transactions(Object machine, Object begin, Map<String, Object> inputs) {
        this.machine = (Machine<Object, Object>) machine;
        this.begin = begin;
        this.inputs = inputs;
    }

    static Kind inviteClient() {
        return kind("INVITE client transaction", "InviteClientTransaction", "rfc3261#17.1.1",
                "INVITE from TU", List.of("1xx", "2xx", "300-699", "Transport error"),
                (flow, run) -> client("Invite", "INVITE", flow, inputs(
                        "1xx", received("INVITE", PROVISIONAL.get(run)),
                        "2xx", received("INVITE", SUCCESS.get(run)),
                        "300-699", received("INVITE", REFUSAL.get(run)))));
    }

    static Kind nonInviteClient() {
        return kind("non-INVITE client transaction", "NonInviteClientTransaction",
                "rfc3261#17.1.2", "Request from TU",
                List.of("1xx", "200-699", "Transport error"),
                (flow, run) -> client("NonInvite", "OPTIONS", flow, inputs(
                        "1xx", received("OPTIONS", PROVISIONAL.get(run)),
                        "200-699", received("OPTIONS", FINAL.get(run)))));
    }

    static Kind inviteServer() {
        return kind("INVITE server transaction", "InviteServerTransaction", "rfc3261#17.2.1",
                "INVITE", List.of("INVITE", "101-199 from TU", "2xx from TU", "300-699 from TU",
                        "ACK", "Transport error"),
                (flow, run) -> server("Invite", flow, inputs(
                        "INVITE", again("INVITE"), "ACK", again("ACK"),
                        "101-199 from TU", respond("INVITE", Math.max(101, PROVISIONAL.get(run))),
                        "2xx from TU", respond("INVITE", SUCCESS.get(run)),
                        "300-699 from TU", respond("INVITE", REFUSAL.get(run)))));
    }

    static Kind nonInviteServer() {
        return kind("non-INVITE server transaction", "NonInviteServerTransaction",
                "rfc3261#17.2.2", "Request", List.of("Request", "100 from TU", "101-199 from TU",
                        "200-699 from TU", "408 from TU", "Transport error"),
                (flow, run) -> server("NonInvite", flow, inputs(
                        "Request", again("OPTIONS"), "100 from TU", respond("OPTIONS", 100),
                        "101-199 from TU", respond("OPTIONS", Math.max(101, PROVISIONAL.get(run))),
                        "200-699 from TU", respond("OPTIONS", FINAL.get(run)),
                        "408 from TU", respond("OPTIONS", 408))));
    }

    private static Kind kind(String name, String source, String citation, String begin,
            List<String> events, BiFunction<Flow, Integer, Subject> fresh) {
        var variants = new LinkedHashMap<String, Supplier<Subject>>();
        for (var transport : List.of(Transport.UDP, Transport.TCP)) {
            var flow = new Flow(transport, at(1), at(2), 0);
            for (int run = 0; run < PROVISIONAL.size(); run++) {
                int which = run;
                variants.put(transport + " " + run, () -> fresh.apply(flow, which));
            }
        }
        return new Kind(name, Path.of("std/src/main/java/p2psip/std/rfc3261", source + ".java"),
                citation, Opened.states(SIP + source), variants, begin, events);
    }

    private static InetSocketAddress at(int last) {
        return new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + last), 5060);
    }

    private static Subject client(String kind, String method, Flow flow,
            Map<String, Object> inputs) {
        inputs.put("Transport error", Opened.make(CLIENT + "$Input$TransportError"));
        return new Transactions(Opened.make(SIP + kind + "ClientTransaction",
                request(method).encode(), flow, TimerValues.DEFAULT),
                Opened.make(CLIENT + "$Input$Begin"), inputs);
    }

    private static Subject server(String kind, Flow flow, Map<String, Object> inputs) {
        inputs.put("Transport error", Opened.make(SERVER + "$Input$TransportError"));
        var name = SIP + kind + "ServerTransaction";
        return new Transactions(kind.equals("Invite")
                ? Opened.make(name, request("INVITE"), flow, TimerValues.DEFAULT)
                : Opened.make(name, flow, TimerValues.DEFAULT),
                Opened.make(SERVER + "$Input$Begin"), inputs);
    }

    /// Names and inputs in turns.
    private static Map<String, Object> inputs(Object... pairs) {
        var inputs = new HashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) inputs.put((String) pairs[i], pairs[i + 1]);
        return inputs;
    }

    private static Object received(String method, int status) {
        return Opened.make(CLIENT + "$Input$Received", response(method, status));
    }

    private static Object respond(String method, int status) {
        return Opened.make(SERVER + "$Input$Respond", response(method, status));
    }

    private static Object again(String method) {
        return Opened.make(SERVER + "$Input$Received", request(method));
    }

    private static Message request(String method) {
        return Message.parse(method + " sip:bob@example.com SIP/2.0\n" + headers(method));
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
        var input = state.isEmpty() ? begin : inputs.get(event);
        return Optional.of(done(machine.handle(input, now)));
    }

    @Override public List<String> wake(Instant now) { return done(machine.wake(now)); }

    @Override public SortedMap<String, Instant> timers() {
        return Opened.timers(machine, name -> name.length() == 1 ? "Timer " + name
                : "200 ms pass");
    }

    @Override public String state() { return state; }

    private List<String> done(List<Object> outputs) {
        var words = new ArrayList<String>();
        for (var output : outputs) switch (output.getClass().getSimpleName()) {
            case "Changed" -> state = ((Entered) output).state().name();
            case "Send" -> words.add(switch (Message.parse(
                    (Bytes) Opened.read(output, "message"))) {
                case Message.Request r when r.method().equals("OPTIONS") -> "send request";
                case Message.Request r -> "send " + r.method();
                case Response _ -> "send response";
            });
            case "Inform" -> words.add("response to TU");
            case "Acknowledged" -> words.add("ACK to TU");
            case "Failed" -> words.add("inform TU");
            default -> throw new IllegalStateException("an output without words: " + output);
        }
        return words;
    }
}
