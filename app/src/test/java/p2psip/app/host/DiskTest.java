package p2psip.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

/// A disk that refuses, and files that have lost something: nothing that was acknowledged is lost
/// without a word, nothing that is asked for stays without an answer.
class DiskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Resident node = new Resident("node", new Puppet(), _ -> { });
    private final Queue<Event> answers = new ArrayDeque<>();
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private Instant now = Instant.EPOCH;
    private Path folder;
    private Home home;
    private RealHost host;
    private Disk disk;
    private long last;

    @BeforeEach @BeforeTry void begin() throws IOException {
        folder = Files.createTempDirectory("disk");
        host = new RealHost(RealHost.Options.of(Optional.empty()));
        open();
    }

    private void open() {
        home = Home.open(folder);
        disk = new Disk(host, Optional.of(new StoreFile(home, Faulty.system())), said::add,
                () -> now);
    }

    private void close() {
        disk.close();
        home.close();
    }

    private void reopen() {
        close();
        open();
    }

    @AfterEach @AfterTry void end() throws IOException {
        Faulty.ROOM.set(Faulty.ENOUGH);
        close();
        host.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    private Path file(String name) { return folder.resolve(name); }

    private Event answer() {
        while (answers.isEmpty())
            node.told(PATIENCE).forEach(told -> answers.add((Event) told));
        return answers.remove();
    }

    private Event store(String key, String value) {
        disk.store(node, new Effect.Store(Id.PROGRAM.with(++last), new TreeMap<>(Map.of(key,
                Optional.of(value).filter(v -> !v.isEmpty()).map(Bytes::utf8)))));
        return answer();
    }

    private SortedMap<String, Bytes> load() {
        disk.load(node, new Effect.Load(Id.PROGRAM.with(++last), ""));
        return ((Event.Loaded) answer()).values();
    }

    @Test void a_full_disk_refuses_at_once_says_so_once_and_goes_on_when_there_is_room() {
        store("key/1", "one");
        Faulty.ROOM.set(100);
        for (int i = 0; i < 3; i++)
            assertThat(store("key/2", "two")).isEqualTo(
                    new Event.NotStored(Id.PROGRAM.with(last), "no space left on device"));
        assertThat(load()).containsOnlyKeys("key/1");
        assertThat(said).containsExactly("cannot keep anything in " + file("store.mv")
                + ": no space left on device; until it works, registrations and records are"
                + " refused");

        Faulty.ROOM.set(Faulty.ENOUGH);
        assertThat(store("key/3", "three")).isInstanceOf(Event.Stored.class);
        assertThat(said).as("it may go on and off").hasSize(1);
        now = now.plus(Trouble.CALM).plusNanos(1);
        store("key/4", "four");
        assertThat(said).hasSize(2).last().isEqualTo(
                file("store.mv") + " can be written again");
        reopen();
        assertThat(load()).containsOnlyKeys("key/1", "key/3", "key/4");
    }

    /// What is acknowledged is there, what is refused has changed nothing, whenever the disk is
    /// full and however often the program ends.
    @Property(tries = 20) void all_that_was_acknowledged_is_there(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var expected = new TreeMap<String, Bytes>();
        for (int i = 0; i < 100; i++) {
            if (random.nextInt(10) == 0) Faulty.ROOM.set(
                    random.nextInt(3) == 0 ? Faulty.ENOUGH : random.nextInt(40_000));
            if (random.nextInt(30) == 0) {
                if (random.nextBoolean()) Faulty.ROOM.set(Faulty.ENOUGH);
                reopen();
            }
            var key = "key/" + random.nextInt(30);
            var value = "x".repeat(random.nextInt(4) == 0 ? 0 : random.nextInt(3_000));
            var answer = store(key, value);
            if (answer instanceof Event.Stored && value.isEmpty()) expected.remove(key);
            else if (answer instanceof Event.Stored) expected.put(key, Bytes.utf8(value));
            if (random.nextInt(20) == 0) assertThat(load()).isEqualTo(expected);
        }
        reopen();
        assertThat(load()).isEqualTo(expected);
        assertThat(said).noneMatch(line -> line.contains("damaged"));
    }

    @Test void what_is_written_over_makes_room_for_what_comes() {
        Faulty.ROOM.set(100_000);
        for (int i = 0; i < 200; i++)
            assertThat(store("key/" + i % 10, "x".repeat(500))).isInstanceOf(Event.Stored.class);
    }

    private void fill() {
        for (int i = 10; i < 40; i++) store("key/" + i, "value " + i + " ".repeat(i * 20));
    }

    /// What of it is left, and what was said of the rest.
    private void isSaid(byte[] damaged, byte[] mark) throws IOException {
        for (var file : List.of("store.mv", "store.mark", "store.mv.damaged-1"))
            Files.deleteIfExists(file(file));
        Files.write(file("store.mv"), damaged);
        Files.write(file("store.mark"), mark);
        said.clear();
        open();
        int left = load().size();
        if (left < 30) {
            assertThat(said).containsExactly("store.mv in " + folder + " was damaged, emptied or"
                    + " cut short: of 30 entries " + left + " were saved, the rest is lost; the"
                    + " damaged file is kept as store.mv.damaged-1");
            if (damaged.length > 0)
                assertThat(file("store.mv.damaged-1")).hasBinaryContent(damaged);
        }
        store("key/later", "another");
        said.clear();
        reopen();
        assertThat(load()).hasSize(left + 1);
        assertThat(said).as("once is enough").isEmpty();
        close();
    }

    @Test void a_store_that_was_cut_short_or_emptied_says_so_and_is_kept_aside()
            throws IOException {
        fill();
        var killed = Files.readAllBytes(file("store.mv"));
        close();
        var closed = Files.readAllBytes(file("store.mv"));
        var mark = Files.readAllBytes(file("store.mark"));
        for (var whole : List.of(killed, closed))
            for (int cut = 0; cut < 64; cut++)
                isSaid(Arrays.copyOf(whole, cut < 4 ? cut : whole.length * cut / 64), mark);
        open();
    }

    @Test void a_store_that_was_damaged_says_so_and_is_kept_aside() throws IOException {
        fill();
        close();
        var whole = Files.readAllBytes(file("store.mv"));
        var mark = Files.readAllBytes(file("store.mark"));
        var random = new SplittableRandom(1);
        for (int i = 0; i < 64; i++) {
            var damaged = whole.clone();
            int from = 4 + random.nextInt(whole.length - 4);
            int to = Math.min(whole.length, from + random.nextInt(1, 8_000));
            for (int at = from; at < to; at++) damaged[at] = (byte) random.nextInt();
            isSaid(damaged, mark);
        }
        open();
    }

    @Test void what_is_no_store_is_not_used_and_left_as_it_is() throws IOException {
        close();
        Files.writeString(file("store.mv"), "nonsense ".repeat(2_000));
        assertThatThrownBy(this::open).isInstanceOf(Home.Unusable.class).hasMessage("cannot use "
                + folder + " as home: store.mv is damaged; move it away to begin without the"
                + " registrations and records it kept, or choose another with --home DIR");
        home.close();
        assertThat(file("store.mv")).content().startsWith("nonsense");
        Files.delete(file("store.mv"));
        open();
        assertThat(load()).isEmpty();
    }
}
