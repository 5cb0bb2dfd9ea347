package p2psip.app.lookup;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.host.Effect;
import p2psip.app.trace.Trace;
import p2psip.std.*;

/// Several lookups asked as one: what one of them keeps is kept, and what any of them knows is
/// found.
///
/// No lookup shall make the others slow, nor decide alone who is heard. A put is done with the
/// first that has done it, when all have answered or [#PATIENCE] is over; it has failed when all
/// have failed; the silence of one says more then than that others could not be asked. A get finds
/// the newest record of each owner that any of them has, when all have answered or [#GRACE] after
/// the first that found one; that there is none is believed if nobody has failed. Who can never be
/// ready is asked nothing.
public final class Fanout implements Lookup {
    /// How long a put that one lookup has done waits for the others.
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /// How long a get that has found something waits for the others.
    static final Duration GRACE = Duration.ofMillis(300);

    /// Queries under way; one more fails.
    static final int LIMIT = 20_000;

    /// One query: it is told what each lookup answers, and answers once.
    private static final class Round implements Machine<Answer, Answer> {
        private enum State { OPEN, DUE, OVER }

        private enum Timer { DUE }

        private final Query query;
        private final int asked;
        private final List<Answer> answers = new ArrayList<>();
        private final Timers<Timer> timers = new Timers<>(Timer.class);
        private State state;

        Round(Query query, int asked, Instant now) {
            this.query = query;
            this.asked = asked;
            enter(State.OPEN, now);
        }

        private void enter(State next, Instant now) {
            state = next;
            timers.clear();
            switch (next) {
                case OPEN -> {
                    if (query instanceof Query.Put) timers.set(Timer.DUE, now.plus(PATIENCE));
                }
                case DUE, OVER -> { }
            }
        }

        @Override public boolean terminated() { return state == State.OVER; }

        @Override public Instant deadline() { return timers.deadline(); }

        @Override public List<Answer> wake(Instant now) {
            if (timers.fired(now).isEmpty()) return List.of();
            enter(State.DUE, now);
            return settle(now);
        }

        @Override public List<Answer> handle(Answer answer, Instant now) {
            answers.add(answer);
            if (answer instanceof Answer.Found(var records) && !records.isEmpty()
                    && !timers.isSet(Timer.DUE)) timers.set(Timer.DUE, now.plus(GRACE));
            return settle(now);
        }

        private List<Answer> settle(Instant now) {
            boolean all = answers.size() == asked;
            boolean content = answers.stream().anyMatch(this::contents);
            if (!all && !(state == State.DUE && content)) return List.of();
            enter(State.OVER, now);
            return List.of(sum());
        }

        /// Whether this is enough, should no other answer come in time.
        private boolean contents(Answer answer) {
            return switch (answer) {
                case Answer.Done _ -> true;
                case Answer.Found(var records) -> !records.isEmpty();
                case Answer.Failed _ -> false;
            };
        }

        private Answer sum() {
            var found = new ArrayList<SignedRecord>();
            var failed = Optional.<Answer>empty();
            for (var answer : answers)
                switch (answer) {
                    case Answer.Done _ -> { return answer; }
                    case Answer.Found(var records) -> found.addAll(records);
                    case Answer.Failed(var why, _) -> {
                        if (failed.isEmpty() || why == Answer.Why.SILENCE)
                            failed = Optional.of(answer);
                    }
                }
            return found.isEmpty() && failed.isPresent() ? failed.get() : new Answer.Found(found);
        }
    }

    private final List<Lookup> all;
    private final Set<Integer> useless = new LinkedHashSet<>();   // will never be ready
    private final Set<Integer> left = new LinkedHashSet<>();
    private final Machines<Long, Round> rounds = new Machines<>(LIMIT);
    private final Outbox<Output> out = new Outbox<>();

    /// @param all each is the child of its place: it hears what bears an id of that child
    public Fanout(List<Lookup> all) { this.all = List.copyOf(all); }

    @Override public SortedMap<String, Integer> sizes() {
        var sizes = new TreeMap<String, Integer>();
        all.forEach(lookup -> sizes.putAll(lookup.sizes()));
        sizes.put("rounds", rounds.size());
        return sizes;
    }

    @Override public Optional<InetSocketAddress> address() {
        return all.stream().flatMap(lookup -> lookup.address().stream()).findFirst();
    }

    @Override public List<Neighbour> neighbours(Instant now) {
        return all.stream().flatMap(lookup -> lookup.neighbours(now).stream()).toList();
    }

    @Override public List<Peer> relays() {
        return all.stream().flatMap(lookup -> lookup.relays().stream()).toList();
    }

    @Override public List<SignedRecord> records() {
        return all.stream().flatMap(lookup -> lookup.records().stream()).toList();
    }

    @Override public boolean terminated() { return left.size() == all.size(); }

    @Override public Instant deadline() {
        return Stream.concat(Stream.of(rounds.deadline()), all.stream().map(Lookup::deadline))
                .min(Comparator.naturalOrder()).orElseThrow();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Happened(var event) -> tell(event.id().child(), input, now);
            //  whose changes, and when they are all of them, would be said by none
            case Input.Ask(long id, Query.Watch _) -> out.add(new Output.Told(id, UNWATCHED));
            case Input.Drop _ -> { }
            case Input.Ask(long id, var query) -> ask(id, query, input, now);
            case Input.Start _, Input.Leave _ -> {
                for (int i = 0; i < all.size(); i++) tell(i, input, now);
            }
        }
        return out.take();
    }

    @Override public List<Output> wake(Instant now) {
        for (int i = 0; i < all.size(); i++)
            if (!all.get(i).deadline().isAfter(now)) said(i, all.get(i).wake(now), now);
        rounds.wake(now, round -> round.wake(now), (id, _, answers) -> told(id, answers));
        return out.take();
    }

    private void ask(long id, Query query, Input ask, Instant now) {
        int asked = all.size() - useless.size();
        if (asked == 0) fail(id, Answer.Why.NOT_READY, "there is no way to ask");
        else if (!rounds.add(id, new Round(query, asked, now)))
            fail(id, Answer.Why.FULL, "too many queries at once");
        else for (int i = 0; i < all.size(); i++) if (!useless.contains(i)) tell(i, ask, now);
    }

    private void fail(long id, Answer.Why why, String text) {
        out.add(new Output.Told(id, new Answer.Failed(why, text)));
    }

    private void tell(int child, Input input, Instant now) {
        said(child, all.get(child).handle(input, now), now);
    }

    private void said(int child, List<Output> outputs, Instant now) {
        for (var output : outputs)
            switch (output) {
                case Output.Told(long id, var answer) -> rounds.tell(id,
                        round -> round.handle(answer, now), (_, _, answers) -> told(id, answers));
                case Output.Do _, Output.Ready _, Output.Moved _ -> out.add(output);
                case Output.NotReady(var what, var why) -> {
                    useless.add(child);
                    out.add(useless.size() == all.size() ? output : new Output.Do(new Effect.Note(
                            new Trace.What.Remark(Trace.Subject.RING,
                                    "cannot open " + what + ": " + why, ""))));
                }
                case Output.Left _ -> {
                    if (left.add(child) && terminated()) out.add(output);
                }
            }
    }

    private void told(long id, List<Answer> answers) {
        answers.forEach(answer -> out.add(new Output.Told(id, answer)));
    }
}
