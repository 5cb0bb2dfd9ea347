package p2psip.app.host;

import module java.base;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/// The file of a [Disk], and a mark beside it: up to which version it was acknowledged, and how
/// many entries it had then.
///
/// A store that is older than its mark, or cannot be read, has lost what was acknowledged: it was
/// cut short, emptied or damaged. It is kept aside, and what can be read of it goes on in a new
/// one. The mark need not be forced to disk: if it is lost, it only knows of less.
final class StoreFile {
    private static final String NAME = "store.mv", MARK = "store.mark";

    /// What every store begins with.
    private static final String MAGIC = "H:2,";

    /// Damaged files kept aside; one more takes the place of the last.
    private static final int ASIDE = 9;

    private record Mark(long version, long entries) {
        static Mark of(MVStore store) {
            return new Mark(store.getCurrentVersion(), maps(store).mapToLong(MVMap::sizeAsLong)
                    .sum());
        }

        static Mark parse(String text) {
            var words = text.strip().split(" +");
            try {
                return new Mark(Long.parseLong(words[0]), Long.parseLong(words[1]));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                return new Mark(0, 0);   // it was never written, or not to the end
            }
        }

        /// Always of the same length, for it is written over the last one.
        @Override public String toString() { return "%19d %19d\n".formatted(version, entries); }
    }

    private final Home home;
    private final String system;

    /// @param system which of MVStore's file systems: a prefix of names, none for the usual one
    StoreFile(Home home, String system) {
        this.home = home;
        this.system = system;
    }

    /// Opens the store.
    ///
    /// @param user hears what was lost
    /// @throws Home.Unusable if what is there is no store, or one that this program cannot read
    MVStore open(Consumer<String> user) {
        var file = home.file(NAME);
        try {
            var marked = marked();
            var whole = whole(file, marked);
            return whole.isPresent() ? whole.get() : mended(file, marked, user);
        } catch (IOException | MVStoreException e) {
            throw new Home.Unusable(home.path(), NAME + ": " + Why.of(e));
        }
    }

    /// The store, unless it has lost something.
    private Optional<MVStore> whole(Path file, Mark marked) throws IOException {
        try {
            var store = opened(file);
            if (store.getCurrentVersion() >= marked.version && readable(store))
                return Optional.of(store);
            store.closeImmediately();
        } catch (MVStoreException e) {
            if (!isDamage(e)) throw e;
            if (!isStore(file)) throw new Home.Unusable(home.path(), NAME + " is damaged",
                    "move it away to begin without the registrations and records it kept, or ");
        }
        return Optional.empty();
    }

    /// The space of what was written over is used again a few versions later, however soon that is:
    /// each version is synced.
    private MVStore opened(Path file) {
        var store = builder(file).open();
        store.setRetentionTime(0);
        return store;
    }

    /// Nothing is written but when a group is committed.
    private MVStore.Builder builder(Path file) {
        return new MVStore.Builder().autoCommitDisabled().autoCommitBufferSize(0)
                .fileName(system + file);
    }

    private static boolean isDamage(MVStoreException e) {
        return switch (e.getErrorCode()) {
            case DataUtils.ERROR_FILE_LOCKED, DataUtils.ERROR_UNSUPPORTED_FORMAT,
                    DataUtils.ERROR_WRITING_FAILED -> false;
            default -> true;
        };
    }

    /// Whether it begins as one, as far as it goes.
    private static boolean isStore(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return MAGIC.startsWith(new String(in.readNBytes(MAGIC.length()),
                    StandardCharsets.ISO_8859_1));
        }
    }

    private static boolean readable(MVStore store) {
        try {
            maps(store).forEach(map -> map.forEach((_, _) -> { }));
            return true;
        } catch (MVStoreException e) {
            return false;
        }
    }

    private static Stream<MVMap<String, byte[]>> maps(MVStore store) {
        return store.getMapNames().stream().map(store::<String, byte[]>openMap);
    }

    private MVStore mended(Path file, Mark marked, Consumer<String> user) throws IOException {
        var aside = aside();
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        var store = opened(home.file(NAME));
        rescue(aside, store);
        store.commit();
        store.sync();
        mark(store);
        user.accept(NAME + " in " + home.path() + " was damaged, emptied or cut short: of "
                + marked.entries + " entries " + Mark.of(store).entries
                + " were saved, the rest is lost; the damaged file is kept as "
                + aside.getFileName());
        return store;
    }

    @Override public String toString() { return home.path().resolve(NAME).toString(); }

    private Path aside() {
        return IntStream.rangeClosed(1, ASIDE).mapToObj(i ->
                        home.path().resolve(NAME + ".damaged-" + i))
                .filter(file -> Files.notExists(file) || file.toString().endsWith("-" + ASIDE))
                .findFirst().orElseThrow();
    }

    /// What can be read: of each map what stands before the first place that cannot.
    private void rescue(Path damaged, MVStore to) {
        try {
            var from = builder(damaged).readOnly().open();
            for (var name : from.getMapNames()) {
                var map = to.<String, byte[]>openMap(name);
                try {
                    from.<String, byte[]>openMap(name).forEach(map::put);
                } catch (MVStoreException e) {
                    // the next map may be readable
                }
            }
            from.closeImmediately();
        } catch (MVStoreException e) {
            // nothing can be read
        }
    }

    private Mark marked() throws IOException {
        return Mark.parse(Files.readString(home.file(MARK)));
    }

    /// What is in the store now is about to be acknowledged.
    void mark(MVStore store) throws IOException {
        try (var channel = FileChannel.open(home.file(MARK), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(Mark.of(store).toString().getBytes()), 0);
        }
    }
}
