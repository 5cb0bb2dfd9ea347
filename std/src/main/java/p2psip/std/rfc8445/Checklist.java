package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc8445.Agent.Output;

/// The candidates of one stream, the pairs of them, and which of these is checked next.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-6.1.2 RFC 8445 §6.1.2
final class Checklist {

    enum State implements Cited {
        @Section("6.1.2.1") RUNNING, @Section("6.1.2.1") COMPLETED, @Section("6.1.2.1") FAILED
    }

    /// PAC is awaited before anything is given up, PATIENCE before a path over a relay is taken,
    /// FREE before candidates that were not selected are given back.
    enum Timer implements Cited {
        @Section("rfc8863#4") PAC, @Section("8.1.1") PATIENCE, @Section("8.3.1") FREE
    }

    /// How many candidates a peer may name, how many may be learned from its checks, and how many
    /// checks are remembered that come before its description does; what is more is passed over.
    static final int REMOTE = 64, LEARNED = 32, EARLY = 16;

    private static final Duration AFTERMATH = Duration.ofSeconds(3);

    private record Place(int component, InetSocketAddress address) {}

    /// A check of the peer that came before its description.
    private record Early(Candidate local, InetSocketAddress from, OptionalLong priority,
            boolean nominates) {}

    private final Session session;
    private final int stream;
    private final LocalCandidates locals;
    private final Credentials credentials;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Map<Place, Candidate> remotes = new LinkedHashMap<>();
    private final Map<Pair.Key, Pair> pairs = new LinkedHashMap<>();
    private final Deque<Pair> triggered = new ArrayDeque<>();
    private final Map<Integer, Pair> selected = new TreeMap<>();
    private final List<Early> early = new ArrayList<>();
    private final List<Pair> fresh = new ArrayList<>();
    private Optional<Description> remote = Optional.empty();
    private State state = State.RUNNING;
    private int components, told, learned;
    private boolean gathered, remoteDone, impatient, closed, lost;
    private Optional<String> doomed = Optional.empty();

    Checklist(Session session, int stream, int components, LocalCandidates locals,
            boolean gathered) {
        this.session = session;
        this.stream = stream;
        this.components = components;
        this.locals = locals;
        this.gathered = gathered;
        //= rfc8445#9-3 at each restart another password and username fragment
        //= rfc8839#4.4.1.1.1-3 both of them
        //= rfc8839#5.4-2 no two data streams have the same ufrag
        this.credentials = Credentials.random(session.random);
    }

    int stream() { return stream; }

    int components() { return components; }

    State state() { return state; }

    LocalCandidates locals() { return locals; }

    Credentials credentials() { return credentials; }

    Optional<Description> remote() { return remote; }

    boolean gathered() { return gathered; }

    Collection<Pair> pairs() { return pairs.values(); }

    /// The pairs by which the components are served.
    Map<Integer, Pair> selected() { return selected; }

    /// Whether candidates that were not selected have been given back.
    boolean closed() { return closed; }

    /// The peer consents no more: by these credentials nothing is answered.
    void lose() { lost = true; }

    boolean lost() { return lost; }

    /// Those that were selected since this was asked last.
    List<Pair> fresh() {
        var all = List.copyOf(fresh);
        fresh.clear();
        return all;
    }

    Instant deadline() { return timers.deadline(); }

    void wake(Instant now) {
        for (var timer : timers.fired(now)) switch (timer) {
            case PAC -> { }
            case PATIENCE -> impatient = true;
            case FREE -> free();
        }
        //= rfc8863#4-4 after the PAC timer what has failed is said to have failed
        //= rfc8863#5-3 and no more candidates of the peer are waited for
        review(now);
    }

    void enter(State state, Instant now) {
        this.state = state;
        timers.clear();
        switch (state) {
            //= rfc8863#4-1 begun with the checks: the PAC timer
            case RUNNING -> timers.set(Timer.PAC, now.plus(session.settings.pac()));
            //= rfc8445#8.3.1-1 three seconds more, for peers that nominate one pair after another
            case COMPLETED -> timers.set(Timer.FREE, now.plus(AFTERMATH));
            case FAILED -> triggered.clear();
        }
        session.out.add(new Output.Entered(stream, state));
    }

    /// A candidate of ours that the peer has been told.
    void paired(Candidate local, Instant now) {
        if (!local.address().equals(local.base())) return;
        for (var other : remotes.values()) pair(local, other, now);
        review(now);
    }

    void gathered(Instant now) {
        gathered = true;
        review(now);
    }

    /// What the peer says of itself: now it can be checked.
    void described(Description description, Instant now) {
        remote = Optional.of(description);
        enter(State.RUNNING, now);
        for (var local : locals.bases())
            for (var other : remotes.values()) pair(local, other, now);
        //= rfc8445#7.3-6 and now the remaining steps for checks that came before
        for (var e : early) heard(e.local, e.from, e.priority, e.nominates, now);
        early.clear();
        review(now);
    }

    /// A candidate that the peer tells.
    void told(Candidate candidate, Instant now) {
        //= rfc8838#14-2 what is told after the end of candidates is ignored
        if (remoteDone) {
            remark("told after the end of candidates", candidate);
            return;
        }
        //= rfc8445#19.5.1-2 of more candidates than these none is accepted
        if (++told > REMOTE || candidate.component() > components) {
            if (told == REMOTE + 1) remark("too many candidates", candidate);
            return;
        }
        var place = new Place(candidate.component(), candidate.address());
        var before = Optional.ofNullable(remotes.put(place, candidate));
        if (before.isPresent()) {
            //= rfc8838#11-2 learned before and told now: the priority is what was told
            for (var pair : List.copyOf(pairs.values()))
                if (pair.remote() == before.get()) {
                    session.left(pair);
                    pair.told(candidate, session.role());
                    session.group(pair).add(pair);
                }
        } else if (remote.isPresent()) {
            //= rfc8838#17-2 paired in the order in which they come
            for (var local : locals.bases()) pair(local, candidate, now);
        }
        review(now);
    }

    void remoteDone(Instant now) {
        remoteDone = true;
        review(now);
    }

    private void pair(Candidate local, Candidate other, Instant now) {
        if (state != State.RUNNING || !local.suits(other) || isNominated(local.component())) return;
        var pair = new Pair(stream, local, other, session.role(), now);
        if (!insert(pair)) return;
        //= rfc8445#6.1.2.6¶12 one pair of each foundation begins as waiting, the first
        //= rfc8838#12¶9 a pair of which others have succeeded waits too
        boolean ready = session.first(pair) || session.group(pair).stream()
                .anyMatch(one -> one.valid() || one.state() == Pair.State.SUCCEEDED);
        pair.enter(ready ? Pair.State.WAITING : Pair.State.FROZEN, now);
    }

    private boolean insert(Pair pair) {
        if (pairs.containsKey(pair.key())) return false;
        if (pairs.size() >= session.share() && !makeRoom(pair)) return false;
        pairs.put(pair.key(), pair);
        session.joined(pair);
        return true;
    }

    private boolean makeRoom(Pair pair) {
        //= rfc8838#10-3 where there is no room, a pair that has failed goes
        //= rfc8838#11-3 a failed one first, whoever told the new candidate
        var goes = pairs.values().stream().filter(one -> one.state() == Pair.State.FAILED)
                .findFirst()
                //= rfc8838#10-4 else one of lower priority than the new
                //= rfc8838#11-4 the lowest in priority, as long as it is lower
                .or(() -> pairs.values().stream().filter(one -> !one.valid()
                                && one.state() != Pair.State.IN_PROGRESS
                                && one.priority() < pair.priority())
                        .min(Comparator.comparingLong(Pair::priority)));
        goes.ifPresent(this::drop);
        return goes.isPresent();
    }

    private void drop(Pair pair) {
        pairs.remove(pair.key());
        triggered.remove(pair);
        session.left(pair);
        pair.remove();
    }

    /// The pair to check now, if there is one.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc8445#section-6.1.4.2 RFC 8445 §6.1.4.2
    Optional<Pair> next(Instant now) {
        //= rfc8445#6.1.4.2¶3 triggered checks come before ordinary ones
        if (!triggered.isEmpty()) return Optional.of(triggered.remove());
        if (!session.mayCheck()) return Optional.empty();
        if (waiting().isEmpty()) for (var pair : pairs.values())
            if (pair.state() == Pair.State.FROZEN && session.idle(pair))
                pair.enter(Pair.State.WAITING, now);
        var next = waiting();
        next.ifPresent(_ -> session.checked());
        return next;
    }

    private Optional<Pair> waiting() {
        return pairs.values().stream().filter(pair -> pair.state() == Pair.State.WAITING)
                .max(Comparator.comparingLong((Pair pair) -> pair.priority())
                        .thenComparing(Pair::component, Comparator.reverseOrder()));
    }

    /// Whether [#next] has something to say.
    boolean ready() {
        if (remote.isEmpty() || state == State.FAILED || closed) return false;
        return !triggered.isEmpty() || state == State.RUNNING && session.mayCheck()
                && pairs.values().stream().anyMatch(pair -> pair.state() == Pair.State.WAITING
                        || pair.state() == Pair.State.FROZEN && session.idle(pair));
    }

    /// A check of the peer that was answered with success: the same way is tried now.
    ///
    /// @param local    the candidate that it came to
    /// @param priority of its sender, if nobody has told of it
    /// @spec https://www.rfc-editor.org/rfc/rfc8445#section-7.3.1.3 RFC 8445 §7.3.1.3
    void heard(Candidate local, InetSocketAddress from, OptionalLong priority, boolean nominates,
            Instant now) {
        if (remote.isEmpty()) {
            if (early.size() < EARLY) early.add(new Early(local, from, priority, nominates));
            return;
        }
        if (state == State.FAILED || closed || local.component() > components) return;
        boolean follows = nominates && session.role() == Role.CONTROLLED;
        if (isNominated(local.component()) && !follows) return;
        var other = Optional.ofNullable(remotes.get(new Place(local.component(), from)))
                .or(() -> learn(local.component(), from, priority));
        if (other.isEmpty()) return;
        var pair = Optional.ofNullable(pairs.get(new Pair.Key(local.base(), from)))
                .or(() -> added(local, other.get(), now));
        if (pair.isEmpty()) return;
        pair.get().heard(now);
        trigger(pair.get(), now);
        if (follows) nominatedByPeer(pair.get(), now);
    }

    private void trigger(Pair pair, Instant now) {
        //= rfc8445#7.3.1.4¶3 nothing more is to be done for a pair that has succeeded
        if (pair.state() == Pair.State.SUCCEEDED && !pair.nominating()) return;
        // in progress: that transaction is cancelled
        pair.cancel();
        //= rfc8445#7.3.1.4-1 a new connectivity check is triggered
        //= rfc8445#7.3.1.4-2 the pair is enqueued, if it is not yet, and waits
        enqueue(pair, now);
    }

    void enqueue(Pair pair, Instant now) {
        if (pair.removed() || state == State.FAILED) return;
        if (!triggered.contains(pair)) triggered.add(pair);
        pair.enter(Pair.State.WAITING, now);
    }

    private Optional<Candidate> learn(int component, InetSocketAddress from,
            OptionalLong priority) {
        if (priority.isEmpty() || learned >= LEARNED) return Optional.empty();
        //= rfc8445#7.3.1.3¶3 peer reflexive, of the priority that the request says
        var candidate = Candidate.remote(CandidateType.PEER_REFLEXIVE, "learned" + ++learned,
                component, priority.getAsLong(), from);
        remotes.put(new Place(component, from), candidate);
        return Optional.of(candidate);
    }

    private Optional<Pair> added(Candidate local, Candidate other, Instant now) {
        var pair = new Pair(stream, local, other, session.role(), now);
        pair.enter(Pair.State.WAITING, now);
        return insert(pair) ? Optional.of(pair) : Optional.empty();
    }

    /// The peer wants this pair: it is selected as soon as our own check of it has succeeded.
    private void nominatedByPeer(Pair pair, Instant now) {
        var valid = validBy(pair);
        if (valid.isPresent() && pair.state() == Pair.State.SUCCEEDED) nominated(valid.get(), now);
        else pair.awaited(true);
        review(now);
    }

    private Optional<Pair> validBy(Pair checked) {
        return pairs.values().stream().filter(pair -> pair.valid() && pair.checked() == checked)
                .findFirst();
    }

    /// A check of ours was answered.
    ///
    /// @param mapped    how the peer has seen us
    /// @param priority  what the request said a candidate has that is learned by it
    /// @param nominates whether the request said USE-CANDIDATE
    /// @spec https://www.rfc-editor.org/rfc/rfc8445#section-7.2.5.3 RFC 8445 §7.2.5.3
    void succeeded(Pair pair, InetSocketAddress mapped, long priority, boolean nominates,
            Instant now) {
        if (pair.removed() || state == State.FAILED) return;
        //= rfc8445#7.2.5.3.1-1 the mapped address tells whether a NAT is between
        var seen = locals.at(mapped, pair.component())
                .orElseGet(() -> locals.learned(pair.local(), mapped, priority));
        //= rfc8445#7.2.5.3.2¶7 the valid pair may be another one of the checklist
        var valid = seen.address().equals(seen.base())
                ? pairs.getOrDefault(new Pair.Key(mapped, pair.remote().address()), pair) : pair;
        valid.validate(seen, pair, now);
        pair.enter(Pair.State.SUCCEEDED, now);
        valid.enter(Pair.State.SUCCEEDED, now);
        if (nominates || !pair.nominating()) triggered.remove(pair);
        //= rfc8445#7.2.5.3.3-1 what has the same foundation waits no longer, in all checklists
        for (var other : session.group(pair))
            if (other.state() == Pair.State.FROZEN) other.enter(Pair.State.WAITING, now);
        //= rfc8445#7.2.5.3.4¶1 the nominating request has succeeded, or what it triggered
        if (nominates && session.role() == Role.CONTROLLING || pair.awaited())
            nominated(valid, now);
        review(now);
    }

    void failed(Pair pair, String why, boolean nominates, Instant now) {
        if (pair.removed() || pair.nominated() || state == State.FAILED) return;
        pair.note(why, now);
        pair.enter(Pair.State.FAILED, now);
        if (nominates || pair.awaited()) {
            //= rfc8445#7.2.5.3.4-1 a nomination that fails: no valid pair
            validBy(pair).ifPresent(Pair::invalidate);
            //= rfc8445#7.2.5.3.4-2 and a failed checklist, when a triggered request fails
            //= rfc8445#7.3.1.5-1 and so it is for the controlled agent
            doomed = Optional.of("the nominated pair failed: " + why);
        }
        review(now);
    }

    private boolean isNominated(int component) { return selected.containsKey(component); }

    private void nominated(Pair pair, Instant now) {
        pair.awaited(false);
        pair.checked().awaited(false);
        pair.checked().nominating(false);
        var before = Optional.ofNullable(selected.get(pair.component()));
        //= rfc8445#8.1.1-4 of several nominated pairs that with the highest priority is used
        if (before.isPresent() && (before.get() == pair
                || before.get().worth(session.role()) >= pair.worth(session.role()))) return;
        pair.nominate();
        selected.put(pair.component(), pair);
        fresh.add(pair);
        //= rfc8445#8.1.2-1 all other pairs of the component are removed, queued ones too
        for (var other : List.copyOf(pairs.values()))
            if (other.component() == pair.component() && other != pair) drop(other);
        session.out.add(new Output.Selected(stream, pair.component(), pair.path()));
    }

    /// What follows from the states of the pairs.
    void review(Instant now) {
        if (state != State.RUNNING || remote.isEmpty()) return;
        //= rfc8445#7.1.2-2 the controlled agent never says USE-CANDIDATE
        if (session.role() == Role.CONTROLLING && doomed.isEmpty())
            //= rfc8445#5.1.1.1-2,3 components begin with 1; RTCP without multiplexing has one too
            for (int component = 1; component <= components; component++) choose(component, now);
        //= rfc8838#13-3,9 concluded once pairs are nominated, end of candidates or not
        if (selected.size() >= components) enter(State.COMPLETED, now);
        else if (hopeless()) fail(doomed.orElse("no pair of candidates works"), now);
    }

    /// Nominates the first pair that is good enough. A direct path is; one over a relay is when
    /// no direct one has come up for a while, or none is left.
    private void choose(int component, Instant now) {
        //= rfc8445#8.1.1-3 once one is nominated no other is, in this session
        //= rfc8839#4.3.4-4 none for the lifetime of the session, until ICE is restarted
        if (isNominated(component) || pairs.values().stream().anyMatch(pair ->
                pair.component() == component && pair.nominating())) return;
        var best = pairs.values().stream()
                .filter(pair -> pair.component() == component && pair.valid())
                .max(Comparator.comparingLong(pair -> pair.worth(session.role())));
        if (best.isEmpty()) return;
        boolean hope = pairs.values().stream().anyMatch(pair -> pair.component() == component
                && !pair.finished() && !pair.relayed());
        if (best.get().relayed() && hope && !impatient) {
            //= rfc8863#4-5,6 how long is sufficient before nominating is decided by this
            if (!timers.isSet(Timer.PATIENCE))
                timers.set(Timer.PATIENCE, now.plus(session.settings.patience()));
            return;
        }
        var pair = best.get().checked();
        //= rfc8445#8.1.1-2 one pair and only one is checked again with USE-CANDIDATE
        pair.nominating(true);
        pair.enter(Pair.State.WAITING, now);
        triggered.remove(pair);
        triggered.addFirst(pair);   // what the data wait for goes before what is only curious
    }

    /// Whether nothing more can come of this.
    private boolean hopeless() {
        //= rfc8863#4-3 nothing has failed while the PAC timer runs, though no pair is left
        //= rfc8863#5-1 after the end of candidates neither
        if (timers.isSet(Timer.PAC)) return false;
        if (doomed.isPresent()) return true;
        //= rfc8838#8-1 running as long as candidates are expected, of either side
        if (!gathered) return false;   // of the other side the PAC timer has seen to that
        boolean under = pairs.values().stream().anyMatch(pair -> switch (pair.state()) {
            case IN_PROGRESS -> true;
            case WAITING, FROZEN -> session.mayCheck() || triggered.contains(pair);
            case SUCCEEDED, FAILED -> false;
        });
        //= rfc8445#7.2.5.4¶1 all have failed or succeeded, and a component has no valid pair
        return !under && IntStream.rangeClosed(1, components).anyMatch(component ->
                pairs.values().stream().noneMatch(pair -> pair.component() == component
                        && pair.valid()));
    }

    private void fail(String why, Instant now) {
        enter(State.FAILED, now);
        //= rfc8445#8.1.1-1 no selected pair: the owner is told, to inform the other agent
        //= rfc8445#8.1.2-3 so that the failed stream is removed
        //= rfc8839#4.3.4-3 by another offer, in which its port is zero
        session.out.add(new Output.Failed(stream, why));
    }

    //= rfc8445#12.2-1 until then data are received on all candidates
    private void free() {
        closed = true;
        triggered.clear();
        var used = selected.values().stream().map(pair -> pair.path().base())
                .collect(Collectors.toSet());
        for (var local : locals.bases()) if (!used.contains(local.base()))
            session.out.add(new Output.Free(stream, local.base()));
    }

    /// There are fewer components than was thought.
    void shrink(int components, Instant now) {
        this.components = Math.min(components, this.components);
        for (var pair : List.copyOf(pairs.values()))
            if (pair.component() > components) drop(pair);
        selected.keySet().removeIf(component -> component > components);
        review(now);
    }

    void gone(InetSocketAddress base, Instant now) {
        locals.gone(base);
        for (var pair : List.copyOf(pairs.values()))
            if (pair.local().base().equals(base)) drop(pair);
        review(now);
    }

    /// Forgets all pairs: the stream is removed, or begins anew.
    void flush() {
        for (var pair : List.copyOf(pairs.values())) drop(pair);
        timers.clear();
    }

    void become(Role role) {
        for (var pair : pairs.values()) {
            pair.prioritize(role);
            // USE-CANDIDATE is no more said by who has become controlled
            pair.nominating(false);
            pair.awaited(false);
        }
    }

    /// The best way of a component that has been proved of late.
    Optional<Path> path(int component, Instant now) {
        var chosen = Optional.ofNullable(selected.get(component));
        if (chosen.isPresent()) return chosen.map(Pair::path);
        return pairs.values().stream()
                .filter(pair -> pair.component() == component && pair.proved(now))
                .max(Comparator.comparingLong(pair -> pair.worth(session.role()))).map(Pair::path);
    }

    /// Whether the peer's choice is known to work here.
    Agent.Race race(int component, InetSocketAddress local, InetSocketAddress remote) {
        var same = pairs.values().stream().filter(pair -> pair.component() == component
                && pair.remote().address().equals(remote)).toList();
        if (same.stream().anyMatch(pair -> pair.valid()
                && pair.path().local().address().equals(local))) return Agent.Race.WON;
        //= rfc8839#4.4.2-3 a check in progress is waited for, and this is asked again
        return same.stream().anyMatch(pair -> !pair.finished()) ? Agent.Race.WAIT
                //= rfc8839#4.4.2-2 it has failed: answered as if nothing was said, then a restart
                : Agent.Race.FAILED;
    }

    private void remark(String what, Candidate candidate) {
        session.out.add(new Output.Remark(what + ": " + candidate));
    }
}
