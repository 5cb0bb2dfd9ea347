package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Core.Input;
import p2psip.std.rfc3261.Core.Output;
import p2psip.std.rfc3261.server.LocationService.Answer;
import p2psip.std.rfc3261.server.LocationService.Event;
import p2psip.std.rfc3261.server.LocationService.Found;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Whatever callers and phones do, in whatever order: one final answer, and nothing is left over.
class ProxyPropertyTest {

    /// One thing that will happen.
    private record Due(Instant at, long order, Input input) implements Comparable<Due> {
        @Override public int compareTo(Due other) {
            int c = at.compareTo(other.at);
            return c != 0 ? c : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Map<TransactionId, List<Integer>> answers = new LinkedHashMap<>();
    private final Set<TransactionId> forgotten = new LinkedHashSet<>();
    private SplittableRandom random;
    private long order;

    @Property(tries = 300) void one_final_answer_and_empty_tables(@ForAll long seed) {
        random = new SplittableRandom(seed);
        due.clear();
        answers.clear();
        forgotten.clear();
        var proxy = new Proxy(ProxyPlay.HOME, Guard.OPEN, List.of(), false,
                Proxy.secret(new SplittableRandom(seed)), new SplittableRandom(seed));
        for (int i = 0; i < 8; i++) call(i);
        while (!due.isEmpty() || proxy.deadline().isBefore(Instant.MAX)) {
            boolean timer = due.isEmpty() || !proxy.deadline().isAfter(due.peek().at);
            var now = timer ? proxy.deadline() : due.peek().at;
            note(timer ? proxy.wake(now) : proxy.handle(due.poll().input, now), now);
        }
        assertThat(proxy.size()).isZero();
        assertThat(proxy.pending()).isZero();
        assertThat(answers).hasSizeGreaterThanOrEqualTo(8);
        answers.forEach((id, statuses) -> {
            var finals = statuses.stream().filter(s -> s >= 200).toList();
            if (forgotten.contains(id)) assertThat(finals).isEmpty();
            else if (id.method().equals("INVITE") && finals.contains(200))
                assertThat(finals).containsOnly(200);
            else assertThat(finals).as("%s", id).hasSize(1);
        });
    }

    private void call(int i) {
        var method = random.nextInt(4) == 0 ? "MESSAGE" : "INVITE";
        var invite = ProxyPlay.invite().with("Call-ID", "c" + i).with("CSeq", "1 " + method)
                .with("Via", "SIP/2.0/UDP 192.0.2.99;branch=z9hG4bKc" + i);
        var request = new Message.Request(method, invite.uri(), invite.headers(), invite.body());
        if (random.nextInt(3) == 0) request = request.with("Max-Breadth", "" + random.nextInt(4));
        var start = at(Instant.EPOCH, 60_000);
        answers.put(ProxyPlay.id(request), new ArrayList<>());
        later(start, new Input.Received(ProxyPlay.id(request), request, ProxyPlay.CALLER));
        var cancel = Cancel.of(request);
        var id = new TransactionId("z9hG4bKc" + i, "192.0.2.99", "CANCEL");
        if (random.nextInt(3) == 0 && method.equals("INVITE"))
            later(at(start, 200_000), new Input.Received(id, cancel, ProxyPlay.CALLER));
    }

    private void note(List<Output> outputs, Instant now) {
        for (var output : outputs)
            switch (output) {
                case Output.Respond(var id, var response) ->
                        answers.computeIfAbsent(id, _ -> new ArrayList<>()).add(response.status());
                case Output.Told(Event.Find(long id, _, _)) ->
                        later(at(now, 3000), new Input.Asked(found(id)));
                case Output.Resolve(long id, _, _) ->
                        later(at(now, 3000), new Input.Resolved(id, targets()));
                case Output.Send(var id, var copy, _) -> phone(id, copy, now);
                case Output.Forget(var id) -> forgotten.add(id);
                case Output.Changed _ -> { }   // for trace
                default -> throw new AssertionError(output);
            }
    }

    private Found found(long id) {
        var contacts = new ArrayList<Destination>();
        for (int i = random.nextInt(5); i > 0; i--)
            contacts.add(new Destination(SipUri.of("bob", "phone" + i, OptionalInt.empty()),
                    random.nextInt(3) / 2.0, Optional.empty()));
        return new Found(id, random.nextInt(20) > 0, contacts);
    }

    private List<Target> targets() {
        return IntStream.range(0, random.nextInt(3)).mapToObj(i -> Target.of(Transport.UDP,
                ProxyPlay.address("203.0.113." + i, 5060))).toList();
    }

    /// A phone that rings or not, and says at last something, several things, or nothing. As the
    /// transaction layer would: nothing after a final response but repeated 2xx, and a failure
    /// where nothing was heard.
    private void phone(TransactionId id, Message.Request copy, Instant now) {
        var sent = copy.change(list -> list.add(0,
                new Header("Via", "SIP/2.0/UDP 192.0.2.1;branch=" + id.branch())));
        if (copy.is("CANCEL")) {
            later(at(now, 1000), new Input.Answered(id, Reply.to(sent, 200, "p"),
                    ProxyPlay.CALLER));
            var invite = new TransactionId(id.branch(), "", "INVITE");
            if (random.nextInt(4) > 0) later(at(now, 1000), new Input.Answered(invite,
                    Reply.to(sent, 487, "p"), ProxyPlay.CALLER));
            return;
        }
        boolean rings = copy.is("INVITE") && random.nextInt(3) > 0;
        for (int i = rings ? 1 + random.nextInt(3) : 0; i > 0; i--)
            later(at(now, 30_000), answer(id, sent, 180 + random.nextInt(4)));
        switch (random.nextInt(4)) {
            case 0 -> later(at(now, 1000), new Input.Failed(id, Failure.TRANSPORT));
            case 1 -> {
                if (!rings) later(now.plusSeconds(32), new Input.Failed(id, Failure.TIMEOUT));
            }
            case 2 -> later(at(now, 30_000),
                    answer(id, sent, FINALS[random.nextInt(FINALS.length)]));
            default -> {
                var first = at(now, 30_000);
                for (int i = 1 + random.nextInt(3); i > 0; i--)
                    later(at(first, 5000), answer(id, sent, 200));
            }
        }
    }

    private static final int[] FINALS = {300, 401, 404, 407, 486, 487, 500, 503, 600, 603};

    private static Input answer(TransactionId id, Message.Request sent, int status) {
        return new Input.Answered(id, Reply.to(sent, status, "p"), ProxyPlay.CALLER);
    }

    private Instant at(Instant from, int millis) { return from.plusMillis(random.nextInt(millis)); }

    private void later(Instant at, Input input) { due.add(new Due(at, order++, input)); }
}
