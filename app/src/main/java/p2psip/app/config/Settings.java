package p2psip.app.config;

import module java.base;

/// The settings of a node: what its file and its command line say, and what it does. They are asked
/// for and changed by any thread.
public final class Settings {

    /// What is known of one key.
    ///
    /// @param value   what it would be if the node was started again in the same way
    /// @param running what it is
    /// @param from    who says so: the command line, the file, or nobody
    public record Entry(Key<?> key, String value, String running, From from) {}

    /// Who has chosen a value.
    public enum From {
        COMMAND_LINE, FILE, NOBODY;

        @Override public String toString() {
            return switch (this) {
                case COMMAND_LINE -> "command line";
                case FILE -> Store.FILE;
                case NOBODY -> "default";
            };
        }
    }

    private final Store store;
    private final Config begun;
    private final Consumer<Config> now;
    private final Lock lock = new ReentrantLock();
    private volatile Config current;

    /// @param begun with which the node was started
    /// @param now   has the node do what counts at once
    public Settings(Store store, Config begun, Consumer<Config> now) {
        this.store = store;
        this.begun = begun;
        this.current = begun;
        this.now = now;
    }

    /// All keys, as the file on disk has them.
    ///
    /// @throws ConfigMistake if somebody has written nonsense into it
    public List<Entry> all() {
        var config = begun.with(store.read());
        return Key.ALL.stream().map(key -> entry(key, config)).toList();
    }

    /// @throws ConfigMistake as [#all]
    public Entry get(Key<?> key) { return entry(key, begun.with(store.read())); }

    private Entry entry(Key<?> key, Config config) {
        var from = config.isGiven(key) ? From.COMMAND_LINE
                : config.isSet(key) ? From.FILE : From.NOBODY;
        return new Entry(key, config.text(key), switch (key.when()) {
            case NOW -> current.text(key);
            case RESTART -> begun.text(key);
        }, from);
    }

    /// Writes a value into the file, and has the node do it if that counts now.
    ///
    /// @return when it counts: `now`, `after a restart`, `after a restart without -p`
    /// @throws ConfigMistake as [#all], and if the value is none or cannot be written
    public String set(Key<?> key, String value) {
        return change(key, file -> file.with(key, value));
    }

    /// Takes a key out of the file.
    ///
    /// @return as [#set]
    /// @throws ConfigMistake as [#all]
    public String unset(Key<?> key) { return change(key, file -> file.without(key)); }

    private String change(Key<?> key, UnaryOperator<ConfigFile> what) {
        lock.lock();
        try {
            var changed = what.apply(store.read());
            store.write(changed);
            if (begun.isGiven(key)) return Key.When.RESTART + " without " + key.option();
            if (key.when() == Key.When.NOW) {
                current = begun.with(changed);
                now.accept(current);
            }
            return "" + key.when();
        } finally {
            lock.unlock();
        }
    }
}
