package p2psip.app.host;

import module java.base;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import p2psip.std.Bytes;

/// The store of a [RealHost]: one thread that gathers what waits, writes it as one group, and only
/// then says that it is stored. It survives `kill -9`, and as far as the drive keeps its word a cut
/// of power. Each node has keys of its own, by its name.
final class Disk {
    /// How many stores and loads may wait; one more is refused.
    private static final int WAITING = 10_000;

    /// How many of them are written as one group.
    private static final int GROUP = 1_000;

    /// After how many groups the file is tidied, so that overwriting does not make it grow.
    private static final int TIDY = 1_000;

    /// What one tidying rewrites at most, and the share of live data below which it does.
    private static final int TIDY_BYTES = 4 << 20, LIVE_PERCENT = 50;

    /// How long the space of what was overwritten is not used again: short, for all is synced.
    private static final Duration RETENTION = Duration.ofSeconds(1);

    /// Something to do on the disk's thread: its answer is posted when its group is on disk.
    private record Job(Optional<Resident> owner, Id id, Supplier<Event> work) {}

    private static final Job LAST =
            new Job(Optional.empty(), Id.PROGRAM, () -> new Event.Stored(Id.PROGRAM));

    private final RealHost host;
    private final MVStore store;
    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>(WAITING);
    private final Thread thread;
    private int groups;

    /// @throws Home.Unusable if the store in the home cannot be read
    Disk(RealHost host, Optional<Home> home) {
        this.host = host;
        this.store = open(home);
        store.setRetentionTime(Math.toIntExact(RETENTION.toMillis()));
        this.thread = Thread.ofPlatform().name("disk").daemon().start(this::run);
    }

    private static MVStore open(Optional<Home> home) {
        var builder = new MVStore.Builder().autoCommitDisabled();
        if (home.isEmpty()) return builder.open();
        try {
            return builder.fileName(home.get().file("store.mv").toString()).open();
        } catch (MVStoreException e) {
            throw new Home.Unusable(home.get().path(), "store.mv is damaged");
        }
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
            var map = map(owner);
            var found = new TreeMap<String, Bytes>();
            for (var keys = map.keyIterator(effect.prefix()); keys.hasNext();) {
                var key = keys.next();
                if (!key.startsWith(effect.prefix())) break;
                found.put(key, Bytes.wrap(map.get(key)));
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
            store.close(0);   // without compaction, which fails a store once recovered (2.4.240)
        }
    }

    private void write(List<Job> group) {
        try {
            var answers = group.stream().map(job -> job.work.get()).toList();
            if (store.hasUnsavedChanges()) {
                store.commit();
                store.sync();
            }
            if (++groups % TIDY == 0) store.compact(LIVE_PERCENT, TIDY_BYTES);
            for (int i = 0; i < group.size(); i++) answer(group.get(i), answers.get(i));
        } catch (MVStoreException e) {
            store.rollback();
            for (var job : group) answer(job, new Event.NotStored(job.id, Why.of(e)));
        }
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
