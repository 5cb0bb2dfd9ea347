package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Message.*;

/// What the root of a point does: a record is copied to the leaf set and said to be stored once
/// [#ENOUGH] have it, and what is asked for is gathered from the leaf set before it is answered.
final class Root {
    /// Requests in work at once; one more is refused as busy.
    static final int LIMIT = 1024;

    /// Nodes that must have a record before it is said to be stored, this one included; fewer where
    /// the ring has fewer. All of the leaf set get it in any case.
    static final int ENOUGH = 5;

    /// A request in work.
    private static final class Job {
        final Peer origin;
        final long request;
        final Body body;
        int waiting;
        int copies = 1;
        boolean answered;

        Job(Peer origin, long request, Body body) {
            this.origin = origin;
            this.request = request;
            this.body = body;
        }
    }

    /// What is said to whoever the request came from.
    record Reply(Peer to, Message message) {}

    private final Neighbours neighbours;
    private final Talk talk;
    private final Storage storage;
    private final Checker checker;
    private final Map<Long, Job> jobs = new LinkedHashMap<>();
    private long serial;

    Root(Neighbours neighbours, Talk talk, Storage storage, Checker checker) {
        this.neighbours = neighbours;
        this.talk = talk;
        this.storage = storage;
        this.checker = checker;
    }

    int size() { return jobs.size(); }

    /// A message has arrived where it was meant to.
    List<Reply> arrived(Route route, Peer self, Instant now) {
        var origin = route.origin();
        var request = route.request();
        return switch (route.body()) {
            case Body.Find() -> {
                var peers = Stream.concat(Stream.of(self), neighbours.leaves().all().stream());
                yield List.of(new Reply(origin, new Message.Peers(request, peers.toList())));
            }
            case Body.Put _, Body.Get _ when busyWith(origin, request) -> List.of();
            case Body.Put _, Body.Get _ when jobs.size() >= LIMIT ->
                    List.of(new Reply(origin, new Refused(request, Refusal.BUSY)));
            case Body.Put put -> put(new Job(origin, request, put), put.record(), now);
            case Body.Get get -> get(new Job(origin, request, get), get.key(), now);
            case Body.Check(var key, var sum) -> storage.summary(key, checker.wall()).equals(sum)
                    ? List.of(new Reply(origin, new Same(request)))
                    : values(key, request, origin);
        };
    }

    private List<Reply> put(Job job, String text, Instant now) {
        var refusal = store(text, job.origin, now);
        if (refusal.isPresent())
            return List.of(new Reply(job.origin, new Refused(job.request, refusal.get())));
        return begin(job, _ -> new Copy(talk.id(), text), Purpose.Copied::new, now);
    }

    private List<Reply> get(Job job, String key, Instant now) {
        var sum = storage.summary(key, checker.wall());
        return begin(job, _ -> new Collect(talk.id(), key, sum), Purpose.Collected::new, now);
    }

    /// Asks all living leaves; with none the answer is ready at once.
    private List<Reply> begin(Job job, Function<Peer, Message> question,
            LongFunction<Purpose> purpose, Instant now) {
        var leaves = neighbours.living();
        long id = serial++;
        job.waiting = leaves.size();
        jobs.put(id, job);
        for (var leaf : leaves) talk.ask(leaf, question.apply(leaf), purpose.apply(id), now);
        return progress(id, job);
    }

    /// A leaf has answered, or will not.
    List<Reply> answered(long id, Peer from, Optional<Message> answer, Instant now) {
        var job = jobs.get(id);
        if (job == null) return List.of();
        job.waiting--;
        switch (answer.orElse(null)) {
            case Stored _ -> job.copies++;
            case Values values -> values.records().forEach(text -> keep(text, from, now));
            case Message _ -> { }
            case null -> { }
        }
        return progress(id, job);
    }

    private List<Reply> progress(long id, Job job) {
        if (job.waiting == 0) jobs.remove(id);
        if (job.answered) return List.of();
        return switch (job.body) {
            case Body.Put _ when job.waiting == 0 || job.copies >= ENOUGH -> {
                job.answered = true;
                yield List.of(new Reply(job.origin, new Stored(job.request, job.copies)));
            }
            case Body.Get(var key) when job.waiting == 0 -> {
                job.answered = true;
                yield values(key, job.request, job.origin);
            }
            case Body.Put _, Body.Get _, Body.Find _, Body.Check _ -> List.of();
        };
    }

    private List<Reply> values(String key, long request, Peer to) {
        var texts = storage.get(key, checker.wall()).stream().map(SignedRecord::text).toList();
        return Message.values(request, texts).stream().map(part -> new Reply(to, part)).toList();
    }

    /// Keeps a record if it is right, and remarks on it if not.
    Optional<Refusal> store(String text, Peer from, Instant now) {
        var refusal = keep(text, from, now);
        if (refusal.isPresent() && refusal.get() != Refusal.INVALID)
            talk.remark("record from " + from.id() + " refused: " + refusal.get().why);
        return refusal;
    }

    /// Keeps a record if it is right; an old one among many is nothing to remark on.
    Optional<Refusal> keep(String text, Peer from, Instant now) {
        return checker.check(text, from)
                .map(record -> storage.put(record, now))
                .orElse(Optional.of(Refusal.INVALID));
    }

    private boolean busyWith(Peer origin, long request) {
        return jobs.values().stream().anyMatch(
                job -> job.request == request && job.origin.id().equals(origin.id()));
    }
}
