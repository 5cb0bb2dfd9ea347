package p2psip.app.p2p;

import module java.base;

/// By which path a session's datagrams go, and whether the peer is alive. It follows a peer that
/// moves, once the peer has shown that it receives where it is heard from.
///
/// There is one rule of life for all that is said in sessions, the ring's needs among them. A peer
/// lives while anything of it arrives. Who waits for something of it, and hears nothing for as long
/// as that may take ([Wait]), asks at once by all the ways that there are, again after longer and
/// longer waits, and holds it dead when [#QUESTIONS] rounds have had no answer.
///
/// Nobody is sent more than he has sent before he has shown that: a challenge is shorter than any
/// datagram of a session.
final class Course {

    /// What of a peer may be waited for.
    enum Wait {
        /// Sound, which may not cease.
        SOUND,

        /// A word that it has what it was sent.
        WORD,

        /// Nothing but that it is there: it serves this node, or is a neighbour on the ring. How
        /// soon it is missed says who waits.
        LIFE
    }

    /// How long a peer may say nothing before it is asked: for sound, and for all else, if who
    /// waits for its life does not say otherwise. Of two who wait for nothing but each other's life
    /// one has to be the first to ask, and is mostly the only one: each waits longer by chance, up
    /// to a quarter.
    static final Duration MISSED = Duration.ofMillis(300), WORDLESS = Duration.ofSeconds(2);
    private static final double LATER = 0.25;

    /// How long the first answer is waited for at least, how much longer each next one, and how
    /// long at most: 2.5 s in all where a round trip takes no more than 50 ms.
    static final Duration FIRST = Duration.ofMillis(100), LAST = Duration.ofSeconds(2);
    static final double LONGER = 2.5;

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
    private final double later;
    private final SequencedMap<Long, Asked> asked = new LinkedHashMap<>();   // by number
    private final List<Path> others = new ArrayList<>();
    private Path current;
    private Instant heard, heardHere, next = Instant.MAX;
    private Duration lifeless = WORDLESS;
    private Optional<Duration> trip = Optional.empty();
    private final Set<Wait> waits = EnumSet.noneOf(Wait.class);
    private int questions;

    Course(Path first, RandomGenerator random, Instant now) {
        this.current = first;
        this.random = random;
        this.later = 1 + LATER * random.nextDouble();
        this.heard = this.heardHere = now;
    }

    Path current() { return current; }

    /// How long the last answered question took.
    Optional<Duration> roundTrip() { return trip; }

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

    /// Something of the peer is waited for, or not any more. Sound is missed from now on; for all
    /// else it counts how long the peer has been silent, but there is time for one answer.
    void waits(Wait what, boolean on, Instant at) {
        if (on ? !waits.add(what) : !waits.remove(what)) return;
        if (what == Wait.SOUND) heard = at;
        else if (on && waits.size() > 1) return;   // it is being asked, or will be, as soon
        settle(at);
    }

    /// So long the peer may say nothing where only its life is waited for.
    void missed(Duration silence, Instant at) {
        if (lifeless.equals(silence)) return;
        lifeless = silence;
        if (questions == 0) settle(at);
    }

    private void settle(Instant at) {
        questions = 0;
        next = waits.stream().map(this::patience).min(Comparator.naturalOrder())
                .map(patience -> Collections.max(List.of(heard.plus(patience), at.plus(FIRST))))
                .orElse(Instant.MAX);
    }

    Instant deadline() { return next; }

    /// Something of the peer came by a path; the question whether it receives there, if that is to
    /// be followed. A relay is not followed while the straight way is alive.
    ///
    /// @param newest whether nothing that it has sent later has come before
    Optional<Question> heard(Path from, boolean newest, Instant now) {
        heard = now;
        settle(now);
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
        trip = Optional.of(Duration.between(question.at, now));
        if (question.path.rank() > current.rank() && now.isBefore(heardHere.plus(MISSED)))
            return false;
        boolean changed = !question.path.equals(current);
        use(question.path, now);
        return changed;
    }

    /// The questions that are due, by every way; none if there were enough.
    List<Question> due(Instant now) {
        if (next.isAfter(now) || questions == QUESTIONS) return List.of();
        next = now.plus(patience(questions++));
        return Stream.concat(Stream.of(current), others.stream())
                .map(path -> ask(path, now)).toList();
    }

    private Duration patience(Wait what) {
        return switch (what) {
            case SOUND -> MISSED;
            case WORD -> WORDLESS;
            case LIFE -> Duration.ofNanos((long) (lifeless.toNanos() * later));
        };
    }

    private Duration patience(int question) {
        double least = Math.max(2 * trip.orElse(Duration.ZERO).toNanos(), FIRST.toNanos());
        return Duration.ofNanos(Math.min(LAST.toNanos(),
                (long) (least * Math.pow(LONGER, question))));
    }

    /// Whether all questions have been asked and the last has had its time.
    boolean isDead(Instant now) { return questions == QUESTIONS && !next.isAfter(now); }
}
