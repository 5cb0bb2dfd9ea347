package p2psip.app.host;

import module java.base;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import p2psip.std.Bytes;

/// The store of a [RealHost]: one thread that gathers what waits, writes it as one group, and only
/// then says that it is stored. It survives `kill -9`, and as far as the drive keeps its word a cut
/// of power. Each node has keys of its own, by its name.
///
/// A disk that refuses, for it is full, makes a group fail as a whole, at once; each group tries
/// anew. All is answered, whatever happens.
final class Disk {
    /// How many stores and loads may wait; one more is refused.
    private static final int WAITING = 10_000;

    /// How many of them are written as one group.
    private static final int GROUP = 1_000;

    /// After how many groups the file is tidied, so that overwriting does not make it grow.
    private static final int TIDY = 1_000;

    /// What one tidying rewrites at most, and the share of live data below which it does.
    private static final int TIDY_BYTES = 4 << 20, LIVE_PERCENT = 50;

    /// Something to do on the disk's thread: its answer is posted when its group is on disk.
    private record Job(Optional<Resident> owner, Id id, Supplier<Event> work) {}

    private static final Job LAST =
            new Job(Optional.empty(), Id.PROGRAM, () -> new Event.Stored(Id.PROGRAM));

    private final RealHost host;
    private final Optional<StoreFile> file;
    private final Consumer<String> user;
    private final Trouble trouble;
    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>(WAITING);
    private final Thread thread;
    /// Closed when it could not write; the thread alone uses it.
    private MVStore store;
    private int groups;

    /// @param file none: what is stored is in memory
    /// @param user hears what is lost, and when the disk refuses
    /// @throws Home.Unusable if the file cannot be read
    Disk(RealHost host, Optional<StoreFile> file, Consumer<String> user, InstantSource clock) {
        this.host = host;
        this.file = file;
        this.user = user;
        this.trouble = new Trouble(user, clock);
        this.store = open();
        this.thread = Thread.ofPlatform().name("disk").daemon().start(this::run);
    }

    private MVStore open() {
        return file.map(f -> f.open(user)).orElseGet(
                () -> new MVStore.Builder().autoCommitDisabled().open());
    }

    void store(Resident owner, Effect.Store effect) {
        submit(new Job(Optional.of(owner), effect.id(), () -> {
            var map = map(owner);
            effect.values().forEach((key, value) -> value.ifPresentOrElse(
                    bytes -> map.put(key, bytes.toArray()), () -> map.remove(key)));
            return new Event.Stored(effect.id());
        }));
    }

    void load(Resident owner, Effect.Load effect) {
        submit(new Job(Optional.of(owner), effect.id(), () -> {
            var found = new TreeMap<String, Bytes>();
            // a map that is not there is not made, which would be something to write
            var keys = store.hasMap(owner.name) ? map(owner).keyIterator(effect.prefix())
                    : Collections.<String>emptyIterator();
            while (keys.hasNext()) {
                var key = keys.next();
                if (!key.startsWith(effect.prefix())) break;
                found.put(key, Bytes.wrap(map(owner).get(key)));
            }
            return new Event.Loaded(effect.id(), found);
        }));
    }

    private MVMap<String, byte[]> map(Resident owner) { return store.openMap(owner.name); }

    private void submit(Job job) {
        if (!jobs.offer(job)) answer(job, new Event.NotStored(
                job.id, "the disk is too slow: " + WAITING + " wait for it"));
    }

    private void run() {
        var group = new ArrayList<Job>();
        try {
            while (!group.contains(LAST)) {
                group.clear();
                group.add(jobs.take());
                jobs.drainTo(group, GROUP - 1);
                write(group.stream().filter(job -> job != LAST).toList());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody may interrupt the disk", e);
        } finally {
            // all is synced; what close() writes makes one that was recovered once lose its last
            // versions (2.4.240)
            store.closeImmediately();
        }
    }

    /// All of a group are on disk when they are answered, or none.
    private void write(List<Job> group) {
        var answers = new ArrayList<Event>();
        try {
            if (store.isClosed()) store = open();
            if (++groups % TIDY == 0) store.compact(LIVE_PERCENT, TIDY_BYTES);
            for (var job : group) answers.add(job.work.get());
            if (store.hasUnsavedChanges()) commit();
        } catch (IOException | RuntimeException | Error e) {
            answers.clear();
            for (var job : group) answers.add(new Event.NotStored(job.id, Why.of(e)));
            file.ifPresent(f -> refuses(f, e));
        }
        for (int i = 0; i < group.size(); i++) answer(group.get(i), answers.get(i));
    }

    private void commit() throws IOException {
        store.commit();
        store.sync();
        if (file.isEmpty()) return;
        file.get().mark(store);
        trouble.isNot(file.get() + " can be written again");
    }

    /// What was not written is forgotten: the next group finds what was.
    private void refuses(StoreFile file, Throwable why) {
        store.closeImmediately();
        trouble.is("cannot keep anything in " + file + ": " + Why.of(why)
                + "; until it works, registrations and records are refused");
    }

    private void answer(Job job, Event event) {
        job.owner.ifPresent(owner -> host.post(() -> host.tell(owner, event)));
    }

    /// Writes what waits, then closes the file.
    void close() {
        try {
            jobs.put(LAST);
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
