package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.Script;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Core.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc5621.BodyPart;

/// Plays a [Script] at the user agent of `alice`. `TU` is the program, which says what it wants and
/// is told what has happened; all others are named by their tags.
///
/// | line | means |
/// |---|---|
/// | `TU -> alice invite 1 sip:bob@b sdp1` | the program places call 1, with an offer |
/// | `alice -> bob INVITE 1 sip:bob@b sdp1` | CSeq number, URI, and what else it has |
/// | `b1 -> alice 180 sdp2` | the response to the last INVITE, with the tag b1 in To, and a body |
/// | `bob -> alice 100` | in his own name bob adds no tag |
/// | `+Warning=399` | in it: one more row of that field; `Warning=399` makes it the only one |
/// | `RSeq=1`, `RAck=1_7_INVITE` | the first reliable response of ours to INVITE 7, and its PRACK |
/// | `bob ! TIMEOUT BYE` | the transaction of the last BYE fails |
/// | `bob ! GONE` | the connection by which he was heard has ended ([#overTcp]) |
/// | `bob ! UNHEARD 7` | what was answered to the INVITE with this number has reached nobody |
/// | `b1 -> alice BYE 7` | a request with CSeq number 7 from the peer with that tag |
/// | `alice -> b1 200 BYE` | the response to it |
/// | `alice -> TU Ended 1 200` | what the program is told |
///
/// Extensions come with the [Words] of their commands and events.
public final class CallFlow implements Script.Player {
    /// How most flows begin that show what comes later: a call to bob@biloxi.com is taken.
    static final String ESTABLISHED = """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 200 sdp2
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  100 alice -> TU    Answered 1 sdp2
                """;

    private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 5060);
    private static final InetSocketAddress THERE = new InetSocketAddress("127.0.0.2", 5060);
    private static final Flow FLOW = Flow.udp(HERE, THERE),
            CONNECTION = new Flow(Transport.TCP, HERE, THERE, 1);

    private static final Pattern USER = Pattern.compile("sips?:(\\w+)@");

    /// How a ladder speaks of what an extension adds.
    public interface Words {
        /// @param words of what the program says, of which the first is the verb
        Core.Command command(String[] words);

        String text(Usage.Event event);
    }

    private final UserAgent agent;
    private final Words more;
    private Flow flow = FLOW;
    private final List<String> lines = new ArrayList<>();
    private final SequencedMap<String, Output.Send> sent = new LinkedHashMap<>();
    private final List<Output.Send> all = new ArrayList<>();
    private final List<Request> acks = new ArrayList<>();
    private final SequencedMap<String, List<Response>> answers = new LinkedHashMap<>();
    private Request invite;
    /// The branches of what was received, by the number in CSeq: a CANCEL has that of another.
    private final Map<String, String> received = new HashMap<>();
    private Response accepted;
    private int branches;
    private OptionalLong firstRSeq = OptionalLong.empty();
    private Instant now = Instant.EPOCH;

    private CallFlow(String identity, List<String> routes, CallRules rules,
            List<Extension> extensions, Words more) {
        this.more = more;
        var random = new SplittableRandom(1);
        agent = new UserAgent(new Profile(
                Address.parse(identity), SipUri.of("alice", HERE),
                routes.stream().map(Address::parse).toList(),
                Optional.of(new DigestClient("alice", new Secret.Password("pw"), random)),
                "test", rules, Optional.empty()), extensions, random);
    }

    static CallFlow play(String ladder) { return play(List.of(), ladder); }

    static CallFlow play(List<String> routes, String ladder) {
        return play("Alice <sip:alice@atlanta.com>", routes, ladder);
    }

    static CallFlow play(String identity, List<String> routes, String ladder) {
        return new CallFlow(identity, routes, CallRules.PLAIN, List.of(new Asking()),
                Asking.WORDS).run(ladder);
    }

    /// Of one whose calls can do more.
    public static CallFlow play(CallRules rules, String ladder) {
        return play(rules, List.of(), ladder);
    }

    static CallFlow play(CallRules rules, List<String> routes, String ladder) {
        return new CallFlow("Alice <sip:alice@atlanta.com>", routes, rules,
                List.of(new Asking()), Asking.WORDS).run(ladder);
    }

    /// The peer is heard by one connection.
    static CallFlow overTcp(String ladder) {
        var played = new CallFlow("Alice <sip:alice@atlanta.com>", List.of(), CallRules.PLAIN,
                List.of(new Asking()), Asking.WORDS);
        played.flow = CONNECTION;
        return played.run(ladder);
    }

    public static CallFlow play(List<Extension> extensions, Words more, String ladder) {
        return new CallFlow("Alice <sip:alice@atlanta.com>", List.of(), CallRules.PLAIN,
                extensions, more).run(ladder);
    }

    /// A ladder ends at its last line: what would be repeated for ever after is not played.
    private CallFlow run(String ladder) {
        Script.play("alice", this, Duration.ZERO, ladder);
        return this;
    }

    /// The last request sent of a method.
    public Request sent(String method) { return sent.get(method).request(); }

    /// The last ACK for a 2xx.
    Request ack() { return acks.getLast(); }

    /// The branches of the requests sent of a method.
    List<String> branches(String method) {
        return all.stream().map(Output.Send::transaction).filter(t -> t.method().equals(method))
                .map(TransactionId::branch).toList();
    }

    /// All requests sent of a method.
    public List<Request> all(String method) {
        return all.stream().map(Output.Send::request).filter(r -> r.is(method)).toList();
    }

    public UserAgent agent() { return agent; }

    /// The last response to a method.
    public Response answer(String method) { return answers(method).getLast(); }

    public List<Response> answers(String method) { return answers.get(method); }

    @Override public List<String> hear(Script.Line line, Instant now) {
        this.now = now;
        return lines(agent.handle(line.who().equals("TU") ? new Input.Asked(command(line.words()))
                : line.mark().equals("!") ? failure(line.words())
                : Said.response(line) ? response(line) : request(line), now));
    }

    @Override public List<String> wake(Instant now) {
        this.now = now;
        return lines(agent.wake(now));
    }

    @Override public Instant deadline() { return agent.deadline(); }

    private static Optional<Content> content(String[] words) {
        return Arrays.stream(words).filter(w -> w.matches("(sdp|frag)\\d*|body")).findFirst()
                .map(w -> w.startsWith("frag") ? new Content("message/sipfrag",
                        Bytes.utf8("SIP/2.0 " + w.substring(4))) : Content.sdp(w));
    }

    private Core.Command command(String[] words) {
        var content = content(words);
        long call = words.length > 1 && words[1].matches("-?\\d+") ? Long.parseLong(words[1]) : 0;
        return switch (words[0]) {
            case "invite" -> new Call.Command.Invite(call, words[2], content, List.of());
            case "ring" -> new Call.Command.Ring(call, content);
            case "answer" -> new Call.Command.Answer(call, content);
            case "refuse" -> new Call.Command.Refuse(call, Integer.parseInt(words[2]), "",
                    words.length < 4 ? Optional.empty()
                            : Optional.of(Warning.INCOMPATIBLE_MEDIA_FORMAT));
            case "redirect" -> new Call.Command.Redirect(call, List.of(Address.parse(words[2])));
            case "describe" -> new UserAgent.Describe((int) call, content);
            case "acknowledge" -> new Call.Command.Acknowledge(call, content);
            case "update" -> new Call.Command.Update(call, content.orElseThrow());
            case "change" -> new Call.Command.Change(call, content);
            case "hangup" -> new Call.Command.HangUp(call);
            case "register" -> new Registration.Command.Register(Duration.ofSeconds(call));
            case "unregister" -> new Registration.Command.Unregister(words.length > 1);
            case "send" -> new LoneRequest.Command.Send(call, words[2], words[3], Optional.empty());
            default -> more.command(words);
        };
    }

    private Input response(Script.Line line) {
        var words = line.words();
        var to = line.what().contains(" X-First=1") ? all.getFirst() : sent.get(Said.method(line));
        var tag = line.who().equals("bob") ? "" : line.who();
        var response = Reply.to(to.request(), Said.status(line), tag)
                .change(headers -> headers.add(0, new Header("Via",
                        "SIP/2.0/UDP 127.0.0.1;branch=" + to.transaction().branch())));
        if (!tag.isEmpty()) response = response.with("Contact", "<sip:" + tag + "@127.0.0.2>");
        for (var word : words) if (word.contains("=")) {
            var field = new Header(word.substring(0, word.indexOf('=')).replace("+", ""),
                    word.substring(word.indexOf('=') + 1).replace('_', ' '));
            response = word.startsWith("+") ? response.change(list -> list.add(field))
                    : response.with(field.name(), field.value());
        }
        var body = content(words);
        if (body.isPresent()) response = Self.body(response, body);
        return response.first("X-Stray").isPresent() ? new Input.Stray(response, FLOW)
                : new Input.Answered(to.transaction(), response,
                        flow.equals(CONNECTION) ? flow : Flow.udp(HERE, to.target().address()));
    }

    private Input failure(String[] words) {
        if (words[0].equals("GONE")) return new Input.FlowEnded(flow);
        if (words[0].equals("UNHEARD")) return new Input.Failed(new TransactionId(
                received.get(words[1]), "127.0.0.2", "INVITE"), Failure.TRANSPORT);
        return new Input.Failed(sent.get(words.length > 1 ? words[1] : "INVITE").transaction(),
                Failure.valueOf(words[0]));
    }

    private Input request(Script.Line line) {
        var words = line.words();
        var number = words[1];
        var request = new Request(words[0], "sip:alice@127.0.0.1:5060", List.of(
                new Header("From", "<sip:bob@biloxi.com>;tag=" + line.who()),
                new Header("To", "<sip:alice@atlanta.com>" + (accepted == null ? "" : ";tag="
                        + accepted.to().tag().orElseThrow())),
                new Header("Call-ID", accepted == null ? "c" + number : accepted.callId()),
                new Header("CSeq", number + " " + words[0]),
                new Header("Contact", "<sip:bob@127.0.0.2>")), Bytes.EMPTY);
        if (accepted == null && !all.isEmpty() && all.getFirst().request().has("Contact")) {
            var first = all.getFirst().request();   // a request within the dialog that we began
            request = request.with("To", first.need("From")).with("Call-ID", first.callId());
        }
        for (var word : words) if (word.contains("="))
            request = word.endsWith("=-") ? request.without(word.substring(0, word.indexOf('=')))
                    : word.startsWith("uri=") ? request.withUri(word.substring(4))
                    : request.with(word.substring(0, word.indexOf('=')),
                            word.substring(word.indexOf('=') + 1).replace('_', ' '));
        request = acknowledging(request);
        var content = content(words);
        if (content.isPresent()) request = new Request(request.method(), request.uri(),
                request.headers(), content.get().bytes())
                .with("Content-Type", content.get().type().equals(Content.SDP)
                        ? BodyPart.of(request).type() : content.get().type());
        if (request.is("ACK")) return new Input.Acknowledged(request, flow);
        var branch = request.is("CANCEL") ? received.getOrDefault(number, "")
                : Via.MAGIC + ++branches;
        if (request.is("INVITE")) invite = request;
        received.put(number, branch);
        var id = new TransactionId(branch, "127.0.0.2", request.method());
        if (request.is("CANCEL")) request = request.with("To", invite.need("To"));
        return new Input.Received(id, request, flow);
    }

    /// With the number that the first reliable response really has.
    private Request acknowledging(Request prack) {
        var rack = prack.first("RAck").orElse("").split(" ", 2);
        return firstRSeq.isEmpty() || !rack[0].matches("\\d+") ? prack
                : prack.with("RAck", Long.parseLong(rack[0]) + firstRSeq.getAsLong() - 1
                        + " " + rack[1]);
    }

    private List<String> lines(List<Output> outputs) {
        note(outputs);
        var told = List.copyOf(lines);
        lines.clear();
        return told;
    }

    private void note(List<Output> outputs) {
        for (var output : outputs) switch (output) {
            case Output.Send send -> {
                sent.put(send.request().method(), send);
                all.add(send);
                lines.add(text(send.request()) + at(send.target()));
            }
            case Output.SendAck(var ack, var target) -> {
                acks.add(ack);
                lines.add(text(ack) + at(target));
            }
            case Output.Respond(var id, var response) -> {
                if (response.status() < 300 && response.has("Contact")) accepted = response;
                answers.computeIfAbsent(id.method(), _ -> new ArrayList<>()).add(response);
                lines.add("-> " + response.from().tag().orElse("bob") + " "
                        + Said.text(response.status(), id.method()) + words(response));
            }
            case Output.Resolve(var id, var uri, _) -> note(
                    agent.handle(new Input.Resolved(id, targets(SipUri.parse(uri))), now));
            case Output.Told(Usage.Event event) -> lines.add("-> TU " + text(event));
            case Output.Told(var foreign) -> throw new AssertionError(foreign);
            case Output.Forget(var id) -> lines.add("* forgets " + id.method());
            case Output.Changed _ -> { }
            case Output.Pass _, Output.Reply _, Output.Ping _ ->
                    throw new AssertionError(output);
        }
    }

    /// Names of the test lead where they say: `two` has two addresses, `none` has none, `far` is
    /// elsewhere.
    private static List<Target> targets(SipUri uri) {
        return switch (uri.host()) {
            case "none" -> List.of();
            case "far" -> List.of(Target.of(Transport.UDP,
                    new InetSocketAddress("127.0.0.4", 5060)));
            case "two" -> List.of(Target.of(Transport.UDP, THERE), Target.of(Transport.UDP,
                    new InetSocketAddress("127.0.0.3", 5060)));
            default -> List.of(Target.of(Transport.UDP, THERE));
        };
    }

    private static String at(Target target) {
        return target.address().equals(THERE) ? "" : " at " + target.address().getHostString();
    }

    private String text(Request request) {
        return "-> " + request.to().tag().orElse(name(request)) + " " + request.method() + " "
                + request.cseq().number() + " " + request.uri() + words(request);
    }

    private static String name(Request request) {
        var user = USER.matcher(request.need("To"));
        return request.is("REGISTER") ? "registrar" : user.find() ? user.group(1) : "bob";
    }

    private String words(Message message) {
        var words = new StringBuilder();
        for (var route : message.all("Route")) words.append(" route=").append(route);
        for (var name : List.of("Authorization", "Proxy-Authorization"))
            if (message.has(name)) words.append(" ").append(name.toLowerCase(Locale.ROOT));
        for (var name : List.of("Expires", "Unsupported", "Accept-Encoding", "Retry-After",
                "Event", "Subscription-State", "Refer-To", "Require", "RAck", "Session-Expires",
                "Min-SE"))
            if (message.has(name)) words.append(" ").append(name).append('=')
                    .append(message.need(name).replace(" ", ""));
        message.first("RSeq").map(Long::parseLong).ifPresent(number -> {
            if (firstRSeq.isEmpty()) firstRSeq = OptionalLong.of(number);
            words.append(" RSeq=").append(number - firstRSeq.getAsLong() + 1);
        });
        if (!message.body().isEmpty())
            words.append(' ').append(message.body().utf8().strip().replaceAll("\\s+", " "));
        return words.toString();
    }

    private String text(Usage.Event event) {
        return switch (event) {
            case Call.Event call -> text(call);
            case Warning.Told(_, var text) -> "Warned " + text;
            case Challenged(_, var realm) -> "Challenged " + realm;
            case Registration.Event registration -> switch (registration) {
                case Registration.Event.Registered e -> "Registered " + e.expires().toSeconds();
                case Registration.Event.NotRegistered e -> "NotRegistered " + e.status();
                case Registration.Event.Lost e -> "Lost " + e.flow();
                case Registration.Event.Unregistered _ -> "Unregistered";
            };
            case LoneRequest.Result e ->
                    "Result " + e.usage() + " " + e.response().status();
            default -> more.text(event);
        };
    }

    private static String text(Call.Event event) {
        return switch (event) {
            case Call.Event.Incoming e -> "Incoming " + e.call() + text(e.offer());
            case Call.Event.Progress e -> "Progress " + e.call() + " " + e.status() + " "
                    + e.remoteTag() + text(e.answer());
            case Call.Event.Answered e -> "Answered " + e.call() + text(e.content());
            case Call.Event.Confirmed e -> "Confirmed " + e.call() + text(e.answer());
            case Call.Event.ChangeOffered e -> "ChangeOffered " + e.call() + text(e.offer());
            case Call.Event.Changed e -> "Changed " + e.call() + text(e.content());
            case Call.Event.NotChanged e -> "NotChanged " + e.call() + " " + e.status();
            case Call.Event.Ended e -> "Ended " + e.call() + " " + e.status();
        };
    }

    private static String text(Optional<Content> content) {
        return content.map(c -> " " + c.bytes().utf8()).orElse("");
    }
}
