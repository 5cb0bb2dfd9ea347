package p2psip.app.p2p;

import module java.base;

/// By which path a session's datagrams go. It follows a peer that moves, once the peer has shown
/// that it receives where it is heard from; and it asks for a peer that falls silent while
/// something of it is waited for, by all the ways that there are.
///
/// Nobody is sent more than he has sent before he has shown that: a challenge is shorter than any
/// datagram of a session.
final class Course {

    /// How long sound may be missing before its sender is asked for.
    static final Duration MISSED = Duration.ofMillis(300);

    /// How long a peer may say nothing that is to acknowledge something.
    static final Duration WORDLESS = Duration.ofSeconds(2);

    /// How long the first answer is waited for at least, and how much longer each next one.
    static final Duration FIRST = Duration.ofMillis(100);
    static final double LONGER = 1.5;

    /// So many questions without any answer, and the peer is gone.
    static final int QUESTIONS = 4;

    /// Ways that are asked along at a time, beside the one that is in use.
    static final int MAX_WAYS = 4;

    /// Questions that may still be answered, of all ways together: an answer may take longer than
    /// the next question. The oldest is forgotten.
    static final int MAX_ASKED = 32;

    /// A question on its way.
    private record Asked(Path path, Instant at) {}

    /// What is to be said.
    record Question(Path path, Frame.Challenge challenge) {}

    private final RandomGenerator random;
    private final SequencedMap<Long, Asked> asked = new LinkedHashMap<>();   // by number
    private final List<Path> others = new ArrayList<>();
    private Path current;
    private Instant heard, heardHere, next = Instant.MAX;
    private Duration trip = FIRST.dividedBy(2);
    private boolean awaited, owing;
    private int questions;

    Course(Path first, RandomGenerator random, Instant now) {
        this.current = first;
        this.random = random;
        this.heard = this.heardHere = now;
    }

    Path current() { return current; }

    /// Other ways to the peer, should this one fail.
    void others(List<Path> ways) {
        others.clear();
        ways.stream().filter(way -> !way.equals(current)).limit(MAX_WAYS).forEach(others::add);
    }

    /// Goes by this from now on: it is known already that it leads there.
    void use(Path path, Instant now) {
        current = path;
        heardHere = now;
    }

    /// Whether the peer is sending something that may not cease.
    void await(boolean now, Instant at) {
        awaited = now;
        heard = at;
        settle();
    }

    boolean awaited() { return awaited; }

    /// Whether the peer has something to acknowledge.
    void owes(boolean now, Instant at) {
        if (owing == now) return;
        owing = now;
        if (now && !awaited) heard = at;
        settle();
    }

    private void settle() {
        questions = 0;
        next = awaited ? heard.plus(MISSED) : owing ? heard.plus(WORDLESS) : Instant.MAX;
    }

    Instant deadline() { return next; }

    /// Something of the peer came by a path; the question whether it receives there, if that is to
    /// be followed. A relay is not followed while the straight way is alive.
    ///
    /// @param newest whether nothing that it has sent later has come before
    Optional<Question> heard(Path from, boolean newest, Instant now) {
        heard = now;
        settle();
        if (from.equals(current)) {
            heardHere = now;
            return Optional.empty();
        }
        boolean follows = newest && (from.rank() <= current.rank()
                || !now.isBefore(heardHere.plus(MISSED)));
        boolean justNow = asked.values().stream().anyMatch(
                question -> question.path.equals(from) && now.isBefore(question.at.plus(FIRST)));
        if (!follows || justNow) return Optional.empty();
        return Optional.of(ask(from, now));
    }

    private Question ask(Path path, Instant now) {
        long number = random.nextLong();
        asked.putLast(number, new Asked(path, now));
        if (asked.size() > MAX_ASKED) asked.pollFirstEntry();
        return new Question(path, new Frame.Challenge(number));
    }

    /// A question was answered, from wherever; answers whether the course has changed by it.
    boolean answered(Frame.Response response, Instant now) {
        var question = asked.remove(response.number());
        if (question == null) return false;
        trip = Duration.between(question.at, now);
        if (question.path.rank() > current.rank() && now.isBefore(heardHere.plus(MISSED)))
            return false;
        boolean changed = !question.path.equals(current);
        use(question.path, now);
        return changed;
    }

    /// The questions that are due, by every way; none if there were enough.
    List<Question> due(Instant now) {
        if (next.isAfter(now)) return List.of();
        if (isSilent()) {
            next = Instant.MAX;   // who only owes something has the time that its payload has
            return List.of();
        }
        var wait = trip.multipliedBy(2).compareTo(FIRST) > 0 ? trip.multipliedBy(2) : FIRST;
        next = now.plusNanos((long) (wait.toNanos() * Math.pow(LONGER, questions++)));
        return Stream.concat(Stream.of(current), others.stream())
                .map(path -> ask(path, now)).toList();
    }

    /// Whether all questions have been asked and the last has had its time.
    boolean isSilent(Instant now) { return awaited && isSilent() && !next.isAfter(now); }

    private boolean isSilent() { return questions == QUESTIONS; }
}
