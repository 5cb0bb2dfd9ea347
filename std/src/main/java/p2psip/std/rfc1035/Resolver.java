package p2psip.std.rfc1035;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc1035.Question.Type;
import p2psip.std.rfc1035.ResourceRecord.*;

/// Tells several who ask what the DNS says of names. It keeps what it has heard, and who asks what
/// is being asked already waits for the same answer.
///
/// Every question is answered, with no record where there is none, where nobody has answered, where
/// aliases lead nowhere or round in a circle, and where too many questions are under way.
///
/// @spec https://www.rfc-editor.org/rfc/rfc1035#section-7 RFC 1035 §7
public final class Resolver implements Machine<Resolver.Input, Resolver.Output> {
    /// How many answers are kept; for one more the oldest goes.
    static final int KEPT = 1_000;
    /// How many questions the host may have at once.
    static final int UNDER_WAY = 256;
    /// How many records of one answer are looked at.
    static final int RECORDS = 64;
    /// How many aliases lead from one name to the next.
    static final int ALIASES = 8;
    /// The longest that anything is kept, and that there is nothing.
    static final Duration LONGEST = Duration.ofDays(1), LONGEST_NOTHING = Duration.ofMinutes(15);
    /// For how long a question is not asked again that nobody has answered.
    static final Duration FAILED = Duration.ofSeconds(5);

    public sealed interface Input {
        /// @param id of who asks; answered by [Output.Told]
        record Ask(long id, Question question) implements Input {}

        /// Answers [Output.Query].
        record Answered(long query, Answer answer) implements Input {}
    }

    public sealed interface Output {
        /// For the host: ask the DNS.
        record Query(long query, Question question) implements Output {}

        /// The records that were asked for, of the name or of that which it is an alias of.
        record Told(long id, List<ResourceRecord> records) implements Output {}
    }

    /// What is known: records of the type, none, or one alias.
    private record Known(List<ResourceRecord> records, Instant until) {}

    private record Asker(long id, Type type, int aliases) {}

    private final SequencedMap<Question, Known> known = new LinkedHashMap<>();
    private final Map<Question, List<Asker>> waiting = new LinkedHashMap<>();
    private final Map<Long, Question> queries = new HashMap<>();
    private final Outbox<Output> out = new Outbox<>();
    private long lastQuery;

    /// How many answers are kept.
    public int kept() { return known.size(); }

    @Override public Instant deadline() { return Instant.MAX; }

    @Override public List<Output> wake(Instant now) { return List.of(); }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Ask(long id, var question) ->
                    follow(new Asker(id, question.type(), 0), question, now);
            case Input.Answered(long query, var answer) ->
                    Optional.ofNullable(queries.remove(query)).ifPresent(question -> {
                        keep(question, answer, now);
                        waiting.remove(question).forEach(asker -> follow(asker, question, now));
                    });
        }
        return out.take();
    }

    private void follow(Asker asker, Question question, Instant now) {
        var last = known.get(question);
        if (last == null || last.until.isBefore(now)) ask(asker, question);
        else if (last.records.isEmpty() || !(last.records.getFirst() instanceof Alias alias))
            out.add(new Output.Told(asker.id, last.records));
        else if (asker.aliases == ALIASES) out.add(new Output.Told(asker.id, List.of()));
        else follow(new Asker(asker.id, asker.type, asker.aliases + 1),
                new Question(alias.canonical(), asker.type), now);
    }

    private void ask(Asker asker, Question question) {
        var others = waiting.get(question);
        if (others != null) {
            others.add(asker);
        } else if (queries.size() == UNDER_WAY) {
            out.add(new Output.Told(asker.id, List.of()));
        } else {
            waiting.put(question, new ArrayList<>(List.of(asker)));
            queries.put(++lastQuery, question);
            out.add(new Output.Query(lastQuery, question));
        }
    }

    // What is kept

    private void keep(Question question, Answer answer, Instant now) {
        // whatever else it says: who waits for this hears of something
        known.remove(question);
        switch (answer) {
            case Answer.Found found -> found(question, found, now);
            case Answer.None(var ttl) ->
                    put(question, List.of(), shorter(ttl, LONGEST_NOTHING), now);
            case Answer.Failed _ -> put(question, List.of(), FAILED, now);
        }
    }

    /// The chain of aliases from the name that was asked for, and what is at its end. What the
    /// answer says of other names nobody has asked for.
    private void found(Question question, Answer.Found found, Instant now) {
        var at = question;
        for (int i = 0; i <= ALIASES; i++) {
            var records = of(at, found.answer());
            if (!records.isEmpty()) {
                put(at, records, now);
                add(records, found.additional(), now);
                return;
            }
            var alias = alias(at.name(), found.answer());
            if (alias.isEmpty()) break;
            put(at, List.of(alias.get()), now);
            at = new Question(alias.get().canonical(), question.type());
        }
        if (!known.containsKey(question)) put(question, List.of(), Duration.ZERO, now);
    }

    private static List<ResourceRecord> of(Question question, List<ResourceRecord> section) {
        return section.stream().filter(record -> record.is(question.type())
                && record.name().equals(question.name())).limit(RECORDS).toList();
    }

    private static Optional<Alias> alias(String name, List<ResourceRecord> section) {
        return section.stream().filter(record -> record.name().equals(name))
                .filter(Alias.class::isInstance).map(Alias.class::cast).findFirst();
    }

    /// Of what is added that alone is believed which these records lead to.
    private void add(List<ResourceRecord> records, List<ResourceRecord> added, Instant now) {
        for (var record : records) switch (record) {
            case Server server -> {
                add(new Question(server.target(), Type.A), added, now);
                add(new Question(server.target(), Type.AAAA), added, now);
            }
            case Pointer pointer -> {
                var servers = new Question(pointer.replacement(), Type.SRV);
                if (add(servers, added, now)) add(of(servers, added), added, now);
            }
            case Address _, Alias _ -> { }
        }
    }

    private boolean add(Question question, List<ResourceRecord> added, Instant now) {
        var records = of(question, added);
        var last = known.get(question);
        // what was said in answer to this very question counts for more
        if (records.isEmpty() || last != null && last.until.isAfter(now)) return false;
        put(question, records, now);
        return true;
    }

    private void put(Question question, List<ResourceRecord> records, Instant now) {
        put(question, records, records.stream().map(ResourceRecord::ttl)
                .reduce(LONGEST, Resolver::shorter), now);
    }

    private void put(Question question, List<ResourceRecord> records, Duration ttl, Instant now) {
        known.remove(question);
        if (known.size() == KEPT) known.pollFirstEntry();
        known.put(question, new Known(records, now.plus(ttl.isNegative() ? Duration.ZERO : ttl)));
    }

    private static Duration shorter(Duration a, Duration b) { return a.compareTo(b) < 0 ? a : b; }
}
