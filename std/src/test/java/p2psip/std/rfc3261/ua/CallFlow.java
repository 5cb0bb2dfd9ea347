package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Core.*;
import p2psip.std.rfc3261.Message.*;

/// Plays a call flow on a virtual clock: `<-` lines are messages of the peer and `TU` lines
/// commands of the program (`invite`, `answer` ...); what the user agent does about them must be
/// all the other lines, in order.
///
/// | line | means |
/// |---|---|
/// | `-> INVITE 1 sip:bob@b` | a request with CSeq number 1; further words name what it has |
/// | `<- 180 INVITE;b1 sdp` | the response with tag b1 in To to the last INVITE sent, with a body |
/// | `+Warning=399` | in it: one more row of that field; `Warning=399` makes it the only one |
/// | `<- timeout INVITE` | the transaction of the last INVITE fails |
/// | `<- BYE 7;b1` | a request with CSeq number 7 from the peer with that tag |
/// | `-> 200 BYE` | the response to a request |
/// | `TU Ringing ...` | what the program is told |
///
/// Extensions come with the [Words] of their commands and events.
public final class CallFlow {
    /// How most flows begin that show what comes later: a call to bob@biloxi.com is taken.
    static final String ESTABLISHED = """
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 <- 200 INVITE;b1 sdp2
                  100 -> ACK 1 sip:b1@127.0.0.2
                  100 TU Answered 1 sdp2
                """;

    private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 5060);
    private static final InetSocketAddress THERE = new InetSocketAddress("127.0.0.2", 5060);
    private static final Flow FLOW = Flow.udp(HERE, THERE);

    /// How a script speaks of what an extension adds.
    public interface Words {
        /// @param words of a line, of which the third is the verb
        Core.Command command(String[] words);

        String text(Usage.Event event);
    }

    private final UserAgent agent;
    private final Words more;
    private final StringBuilder seen = new StringBuilder();
    private final SequencedMap<String, Output.Send> sent = new LinkedHashMap<>();
    private final List<Output.Send> all = new ArrayList<>();
    private final List<Request> acks = new ArrayList<>();
    private final SequencedMap<String, List<Response>> answers = new LinkedHashMap<>();
    private Request invite;
    private Response accepted;
    private int branches;
    private Instant now = Instant.EPOCH;

    private CallFlow(
            String identity, List<String> routes, List<Extension> extensions, Words more) {
        this.more = more;
        var random = new SplittableRandom(1);
        agent = new UserAgent(new Profile(
                Address.parse(identity), SipUri.of("alice", HERE),
                routes.stream().map(Address::parse).toList(),
                Optional.of(new DigestClient("alice", new Secret.Password("pw"), random)),
                "test"), extensions, random);
    }

    static CallFlow play(String script) { return play(List.of(), script); }

    static CallFlow play(List<String> routes, String script) {
        return play("Alice <sip:alice@atlanta.com>", routes, script);
    }

    static CallFlow play(String identity, List<String> routes, String script) {
        return new CallFlow(identity, routes, List.of(new Asking()), Asking.WORDS).run(script);
    }

    public static CallFlow play(List<Extension> extensions, Words more, String script) {
        return new CallFlow("Alice <sip:alice@atlanta.com>", List.of(), extensions, more)
                .run(script);
    }

    private CallFlow run(String script) {
        script.lines().filter(line -> line.matches(" *\\d+ (<-|TU [a-z]).*")).forEach(this::line);
        runUntil(Instant.ofEpochSecond(100_000), script.lines().reduce("", (_, l) -> l));
        assertThat(aligned(seen.toString())).isEqualTo(aligned(script));
        return this;
    }

    private static String aligned(String script) {
        return script.lines()
                .map(line -> "%8s %s\n".formatted((Object[]) line.strip().split(" ", 2)))
                .collect(Collectors.joining());
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

    List<Response> answers(String method) { return answers.get(method); }

    private void line(String line) {
        var words = line.strip().split(" +");
        runUntil(Instant.ofEpochMilli(Long.parseLong(words[0])), "");
        now = Instant.ofEpochMilli(Long.parseLong(words[0]));
        seen.append(line).append('\n');
        note(agent.handle(words[1].equals("TU") ? new Input.Asked(command(words))
                : words[2].equals("timeout") || words[2].equals("unreachable") ? failure(words)
                : Character.isDigit(words[2].charAt(0)) ? response(words)
                : request(words), now));
    }

    /// A script ends at its last line: what would be repeated for ever after is not played.
    private void runUntil(Instant until, String last) {
        var end = last.isEmpty() ? until
                : Instant.ofEpochMilli(Long.parseLong(last.strip().split(" ")[0]));
        while (!agent.deadline().isAfter(end) && agent.deadline().isBefore(Instant.MAX)) {
            now = agent.deadline();
            note(agent.wake(now));
        }
    }

    private static Optional<Content> content(String[] words) {
        return Arrays.stream(words).filter(w -> w.matches("(sdp|frag)\\d*|body")).findFirst()
                .map(w -> w.startsWith("frag") ? new Content("message/sipfrag",
                        Bytes.utf8("SIP/2.0 " + w.substring(4))) : Content.sdp(w));
    }

    private Core.Command command(String[] words) {
        var content = content(words);
        long call = words.length > 3 && words[3].matches("-?\\d+") ? Long.parseLong(words[3]) : 0;
        return switch (words[2]) {
            case "invite" -> new Call.Command.Invite(call, words[4], content);
            case "ring" -> new Call.Command.Ring(call, content);
            case "answer" -> new Call.Command.Answer(call, content);
            case "refuse" -> new Call.Command.Refuse(call, Integer.parseInt(words[4]),
                    words.length < 6 ? Optional.empty()
                            : Optional.of(Warning.INCOMPATIBLE_MEDIA_FORMAT));
            case "redirect" -> new Call.Command.Redirect(call, List.of(Address.parse(words[4])));
            case "describe" -> new UserAgent.Command.Describe((int) call, content);
            case "acknowledge" -> new Call.Command.Acknowledge(call, content);
            case "change" -> new Call.Command.Change(call, content);
            case "hangup" -> new Call.Command.HangUp(call);
            case "register" -> new Registration.Command.Register(Duration.ofSeconds(call));
            case "unregister" -> new Registration.Command.Unregister(words.length > 3);
            case "send" -> new LoneRequest.Command.Send(call, words[4], words[5], Optional.empty());
            default -> more.command(words);
        };
    }

    private Input response(String[] words) {
        var method = words[3].replaceAll(";.*", "");
        var to = Arrays.asList(words).contains("X-First=1") ? all.getFirst() : sent.get(method);
        var tag = words[3].contains(";") ? words[3].substring(words[3].indexOf(';') + 1) : "";
        var response = Reply.to(to.request(), Integer.parseInt(words[2]), tag)
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
                        Flow.udp(HERE, to.target().address()));
    }

    private Input failure(String[] words) {
        return new Input.Failed(sent.get(words[3]).transaction(), words[2].equals("timeout")
                ? Failure.TIMEOUT : Failure.TRANSPORT);
    }

    private Input request(String[] words) {
        var number = words[3].replaceAll(";.*", "");
        var tag = words[3].contains(";") ? words[3].substring(words[3].indexOf(';') + 1) : "b1";
        var request = new Request(words[2], "sip:alice@127.0.0.1:5060", List.of(
                new Header("From", "<sip:bob@biloxi.com>;tag=" + tag),
                new Header("To", "<sip:alice@atlanta.com>" + (accepted == null ? "" : ";tag="
                        + accepted.to().tag().orElseThrow())),
                new Header("Call-ID", accepted == null ? "c" + number : accepted.callId()),
                new Header("CSeq", number + " " + words[2]),
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
        var content = content(words);
        if (content.isPresent()) request = new Request(request.method(), request.uri(),
                request.headers(), content.get().bytes())
                .with("Content-Type", content.get().type().equals(Content.SDP)
                        ? Content.type(request) : content.get().type());
        if (request.is("INVITE")) invite = request;
        if (request.is("ACK")) return new Input.Acknowledged(request, FLOW);
        var branch = request.is("CANCEL") ? "z9hG4bK" + branches
                : Via.MAGIC + ++branches;
        var id = new TransactionId(branch, "127.0.0.2", request.method());
        if (request.is("CANCEL")) request = request.with("To", invite.need("To"));
        return new Input.Received(id, request, FLOW);
    }

    private void note(List<Output> outputs) {
        for (var output : outputs) switch (output) {
            case Output.Send send -> {
                sent.put(send.request().method(), send);
                all.add(send);
                write("-> " + text(send.request()) + at(send.target()));
            }
            case Output.SendAck(var ack, var target) -> {
                acks.add(ack);
                write("-> " + text(ack) + at(target));
            }
            case Output.Respond(var id, var response) -> {
                if (response.status() < 300 && response.has("Contact")) accepted = response;
                answers.computeIfAbsent(id.method(), _ -> new ArrayList<>()).add(response);
                write("-> " + response.status() + " " + id.method() + words(response));
            }
            case Output.Resolve(var id, var uri) -> note(
                    agent.handle(new Input.Resolved(id, targets(SipUri.parse(uri))), now));
            case Output.Told(Usage.Event event) -> write("TU " + text(event));
            case Output.Told(var foreign) -> throw new AssertionError(foreign);
            case Output.Forget _ -> write("forget");
            case Output.Changed _ -> { }
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

    private static String text(Request request) {
        return request.method() + " " + request.cseq().number() + " " + request.uri()
                + words(request);
    }

    private static String words(Message message) {
        var words = new StringBuilder();
        for (var route : message.all("Route")) words.append(" route=").append(route);
        for (var name : List.of("Authorization", "Proxy-Authorization"))
            if (message.has(name)) words.append(" ").append(name.toLowerCase(Locale.ROOT));
        for (var name : List.of("Expires", "Unsupported", "Accept-Encoding", "Retry-After",
                "Event", "Subscription-State", "Refer-To"))
            if (message.has(name)) words.append(" ").append(name).append('=')
                    .append(message.need(name).replace(" ", ""));
        if (!message.body().isEmpty()) words.append(' ').append(message.body().utf8());
        return words.toString();
    }

    private String text(Usage.Event event) {
        return switch (event) {
            case Call.Event call -> text(call);
            case Warning.Told(_, var text) -> "Warned " + text;
            case Registration.Event registration -> switch (registration) {
                case Registration.Event.Registered e -> "Registered " + e.expires().toSeconds();
                case Registration.Event.NotRegistered e -> "NotRegistered " + e.status();
                case Registration.Event.Unregistered _ -> "Unregistered";
            };
            case LoneRequest.Event.Result e ->
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

    private void write(String what) {
        seen.append("%5d %s%n".formatted(now.toEpochMilli(), what.strip()));
    }
}
