package p2psip.tools.figures;

import module java.base;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.LocationService.Found;

/// The branch of a proxied INVITE as a subject: the only one of its request, in a proxy that is
/// told what happens and shows what it does. The RFC says it in words alone.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.6 RFC 3261 §16.6
final class ProxyBranch implements Subject {
    private static final InetSocketAddress HERE = at(1), CALLER = at(2), PHONE = at(3);
    private static final Flow FLOW = Flow.udp(HERE, CALLER);
    private static final Map<String, List<Integer>> STATUSES = Map.of(
            "100", List.of(100, 100), "101-199", List.of(180, 183), "2xx", List.of(200, 202),
            "300-699", List.of(486, 302));

    private final Proxy proxy;
    private final int run;
    private final Request invite = request("INVITE", "z9hG4bKdrawn");
    private Optional<Core.Output.Send> sent = Optional.empty();
    private OptionalLong question = OptionalLong.empty();
    private String state = "";
    private boolean unwanted;

    private ProxyBranch(int run) {
        this.run = run;
        var points = List.of(new ListeningPoint(Transport.UDP, HERE));
        var random = new SplittableRandom(1);
        proxy = new Proxy(new Domains(points, List.of("example.com")), Guard.OPEN, List.of(),
                false, Proxy.secret(random), random);
    }

    static Kind kind() {
        var states = new LinkedHashMap<String, String>();
        for (var each : Branch.State.values()) states.put(each.name(), each.citation());
        var variants = new LinkedHashMap<String, Supplier<Subject>>();
        for (int run = 0; run < 2; run++) {
            int which = run;
            variants.put("run " + run, () -> new ProxyBranch(which));
        }
        return new Kind("branch of a proxied INVITE",
                Path.of("std/src/main/java/p2psip/std/rfc3261/server/Branch.java"),
                "rfc3261#16.6", states, variants, "target found",
                List.of("address found", "no address", "100", "101-199", "2xx",
                        "300-699", "caller cancels", "no answer", "no transport"),
                new Kind.Sides("proxy", "next hop", List.of("target found", "address found",
                        "no address", "caller cancels")));
    }

    private static InetSocketAddress at(int last) {
        return new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + last), 5060);
    }

    @Override public Optional<List<String>> tell(String event, Instant now) {
        if (state.isEmpty()) return Optional.of(begin(now));
        return input(event, now).map(input -> done(proxy.handle(input, now)));
    }

    /// The proxy has asked where bob is, and hears of one phone.
    private List<String> begin(Instant now) {
        long asked = proxy.handle(received(invite), now).stream()
                .flatMap(o -> o instanceof Core.Output.Told(LocationService.Event.Find find)
                        ? Stream.of(find.id()) : Stream.empty()).findFirst().orElseThrow();
        return done(proxy.handle(new Core.Input.Asked(new Found(asked, true,
                List.of(Destination.of(SipUri.of("bob", PHONE))))), now));
    }

    /// Empty for what cannot happen now.
    private Optional<Core.Input> input(String event, Instant now) {
        return switch (event) {
            case "address found" -> resolved(List.of(Target.of(Transport.UDP, PHONE)));
            case "no address" -> resolved(List.of());
            case "caller cancels" -> {
                unwanted = true;
                yield Optional.of(received(request("CANCEL", "z9hG4bKdrawn")));
            }
            case "no answer" -> failed(Failure.TIMEOUT);
            case "no transport" -> failed(Failure.TRANSPORT);
            default -> sent.map(send -> new Core.Input.Answered(send.transaction(),
                    response(send, STATUSES.get(event).get(run)), FLOW));
        };
    }

    private Optional<Core.Input> resolved(List<Target> targets) {
        return question.isEmpty() ? Optional.empty()
                : Optional.of(new Core.Input.Resolved(question.getAsLong(), targets));
    }

    private Optional<Core.Input> failed(Failure why) {
        return sent.map(send -> new Core.Input.Failed(send.transaction(), why));
    }

    private static Core.Input received(Request request) {
        return new Core.Input.Received(new TransactionId(request.topVia().branch(),
                request.topVia().sentBy(), request.method()), request, FLOW);
    }

    private static Request request(String method, String branch) {
        return (Request) Message.parse("""
                %s sip:bob@example.com SIP/2.0
                Via: SIP/2.0/UDP 192.0.2.2:5060;branch=%s
                From: <sip:alice@example.com>;tag=1
                To: <sip:bob@example.com>
                Call-ID: drawn
                CSeq: 1 %1$s
                Max-Forwards: 70

                """.formatted(method, branch));
    }

    private static Response response(Core.Output.Send send, int status) {
        return Reply.to(send.request(), status, "2").change(headers -> headers.addFirst(
                new p2psip.std.rfc3261.Header("Via", "SIP/2.0/UDP 192.0.2.1:5060;branch="
                        + send.transaction().branch())));
    }

    @Override public List<String> wake(Instant now) { return done(proxy.wake(now)); }

    /// A branch has one timer at a time.
    @Override public SortedMap<String, Instant> timers() {
        var timers = new TreeMap<String, Instant>();
        if (!proxy.deadline().equals(Instant.MAX)) timers.put(switch (Branch.State.valueOf(state)) {
            case CANCELLED, ACCEPTED -> "64*T1";
            case RESOLVING, TRYING, PROCEEDING, UNWANTED, DONE -> "Timer C";
        }, proxy.deadline());
        return timers;
    }

    @Override public String state() { return state; }

    @Override public String memory() {
        return unwanted + " " + question.isPresent() + " " + sent.isPresent();
    }

    private List<String> done(List<Core.Output> outputs) {
        return outputs.stream().map(this::word).filter(word -> !word.isEmpty()).toList();
    }

    private String word(Core.Output output) {
        return switch (output) {
            case Core.Output.Changed(_, Branch.State entered) -> {
                state = entered.name();
                yield "";
            }
            case Core.Output.Resolve(long id, _, _) -> {
                question = OptionalLong.of(id);
                yield "ask for the address";
            }
            case Core.Output.Send(_, var request, _) when request.is("CANCEL") -> "send CANCEL";
            case Core.Output.Send send -> {
                question = OptionalLong.empty();
                sent = Optional.of(send);
                yield "send INVITE";
            }
            case Core.Output.Respond(var id, _) when id.method().equals("CANCEL") -> "";
            case Core.Output.Respond(_, var response) -> STATUSES.values().stream()
                    .anyMatch(statuses -> statuses.contains(response.status()))
                    ? "passed on" : "answer " + response.status();
            case Core.Output.Forget _ -> "give up";
            case Core.Output.Changed _, Core.Output.SendAck _, Core.Output.Told _,
                    Core.Output.Pass _, Core.Output.Reply _,
                    Core.Output.Ping _ -> "";
        };
    }
}
