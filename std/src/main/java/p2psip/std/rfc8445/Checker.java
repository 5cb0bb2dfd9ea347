package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc8445.Agent.Output;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

/// Begins checks, one at a time, and makes of the answers what the checklists want to know.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-7.2 RFC 8445 §7.2
final class Checker {
    /// How many transactions may be open for each pair that is allowed; if they are, none begins.
    private static final int EACH = 4;

    /// The least RTO.
    private static final Duration RTO = Duration.ofMillis(500);

    private final Session session;
    private final Checklists lists;
    private final Pacer pacer;
    private final Machines<TransactionId, Check> checks;
    private Instant next = Instant.MIN;
    private int turn;
    private boolean ready;

    Checker(Session session, Checklists lists, Pacer pacer) {
        this.session = session;
        this.lists = lists;
        this.pacer = pacer;
        this.checks = new Machines<>(EACH * session.settings.pairs());
    }

    boolean awaits(TransactionId id) { return checks.contains(id); }

    Instant deadline() {
        var resend = checks.deadline();
        if (!ready) return resend;
        var begin = next.isAfter(pacer.free()) ? next : pacer.free();
        return begin.isBefore(resend) ? begin : resend;
    }

    /// Resends what is due and begins what may be begun.
    void wake(Instant now) {
        checks.wake(now, check -> check.wake(now), (id, check, said) -> said.forEach(what -> {
            switch (what) {
                case SEND -> send(check, now);
                case TIMED_OUT -> timedOut(check, now);
            }
        }));
        begin(now);
    }

    private void timedOut(Check check, Instant now) {
        //= rfc8445#7.3.1.4¶4 the silence of a cancelled check is not a failure
        if (check.cancelled()) return;
        //= rfc8445#7.2.5.2.3-1 no answer in time: the pair has failed
        list(check.pair()).ifPresent(list ->
                list.failed(check.pair(), "no answer", check.nominates(), now));
    }

    private Optional<Checklist> list(Pair pair) {
        return lists.get(pair.stream());
    }

    /// Begins a check if the time for one has come, and notes whether there is another.
    void begin(Instant now) {
        while (ready() && !next.isAfter(now) && !pacer.free().isAfter(now) && !checks.full())
            if (!beginOne(now)) break;
    }

    private boolean beginOne(Instant now) {
        var all = List.copyOf(lists.all());
        for (int i = 0; i < all.size(); i++) {
            //= rfc8445#6.1.4.2¶1 the checklists take turns, whenever Ta fires
            var list = all.get((turn + i) % all.size());
            //= rfc8838#8¶2 one that is empty is passed over, without waiting for Ta again
            var pair = list.ready() ? list.next(now) : Optional.<Pair>empty();
            if (pair.isEmpty()) continue;
            turn = (turn + i + 1) % all.size();
            check(list, pair.get(), now);
            next = now.plus(lists.ta());
            pacer.take(now);
            return true;
        }
        return false;
    }

    private boolean ready() {
        ready = lists.all().stream().anyMatch(Checklist::ready);
        return ready;
    }

    private void check(Checklist list, Pair pair, Instant now) {
        var signature = new Signature(list.credentials(),
                list.remote().orElseThrow().credentials());
        var id = TransactionId.random(session.random);
        long priority = LocalCandidates.learnedPriority(pair.local());
        //= rfc8445#7.1.1-1 as a peer-reflexive candidate that this base may turn out to have
        var request = signature.request(id, session.role(), session.tiebreaker(), priority,
                pair.nominating());
        pair.enter(Pair.State.IN_PROGRESS, now);
        var check = new Check(pair, request, signature, session.role(), priority,
                pair.nominating(), rto(), now);
        checks.add(id, check);
        //= rfc8445#7.2.1-1,2 by a relay: a permission for the remote IP address comes first
        if (pair.local().type() == CandidateType.RELAYED && pair.unsent())
            session.out.add(new Output.Permit(pair.local().base(), pair.remote().address()));
        checks.tell(id, it -> it.wake(now), (_, it, said) -> said.forEach(_ -> send(it, now)));
    }

    private void send(Check check, Instant now) {
        check.pair().sent(now);
        session.out.add(new Output.Send(check.pair().local().base(),
                check.pair().remote().address(), check.request()));
    }

    private Duration rto() {
        long open = lists.all().stream().flatMap(list -> list.pairs().stream())
                .filter(pair -> pair.state() == Pair.State.WAITING
                        || pair.state() == Pair.State.IN_PROGRESS).count();
        var spread = lists.ta().multipliedBy(open);
        //= rfc8445#14.3-3,4 by another mechanism than the formula, and never under 500 ms
        return spread.compareTo(RTO) > 0 ? spread : RTO;
    }

    /// What came as an answer to a check: whether it was one.
    boolean answered(Message answer, Bytes bytes, InetSocketAddress base, InetSocketAddress from,
            Instant now) {
        var found = checks.get(answer.id());
        if (found.isEmpty()) return false;
        var check = found.get();
        var list = list(check.pair());
        if (list.isEmpty() || !check.signature().proves(bytes)) return true;
        checks.remove(answer.id());
        var pair = check.pair();
        //= rfc8445#7.2.5.2.1-1,2 source and destination are those of the request, exchanged
        if (!from.equals(pair.remote().address()) || !base.equals(pair.local().base())) {
            //= rfc8445#7.2.5.2.1-3 not symmetric: the pair has failed
            list.get().failed(pair, "answered from " + from, check.nominates(), now);
            return true;
        }
        var mapped = Client.mapped(answer);
        if (answer.kind() == Kind.SUCCESS && mapped.isPresent()
                && answer.unknownRequired().isEmpty()) {
            pair.answered("works", now);
            list.get().succeeded(pair, mapped.get(), check.priority(), check.nominates(), now);
        } else if (answer.code() == 487) {
            conflict(list.get(), check, now);
        } else {
            var why = answer.first(ErrorCode.class).map(e -> e.code() + " " + e.reason())
                    .orElse("an answer that cannot be used");
            pair.answered(why, now);
            //= rfc8445#7.2.5.2.4-1 an error that is unrecoverable: the pair has failed
            list.get().failed(pair, why, check.nominates(), now);
        }
        return true;
    }

    private void conflict(Checklist list, Check check, Instant now) {
        check.pair().answered("487 Role Conflict", now);
        //= rfc8445#7.2.5.1-1,2 the other role than that in which the request was sent
        lists.become(check.role().other());
        session.newTiebreaker();
        //= rfc8445#7.2.5.1-3 the same pair again: it is queued as if it were triggered
        list.enqueue(check.pair(), now);
    }

    //= rfc8445#7.2.5.2.2-1,2 a hard ICMP error: the pair has failed
    void unreachable(InetSocketAddress base, InetSocketAddress to, String why, Instant now) {
        for (var list : lists.all())
            list.pairs().stream().filter(pair -> pair.state() == Pair.State.IN_PROGRESS
                    && pair.key().equals(new Pair.Key(base, to))).toList().forEach(pair -> {
                        boolean nominates = pair.nominating();
                        pair.cancel();
                        list.failed(pair, why, nominates, now);
                    });
    }
}
