package p2psip.app.config;

import module java.base;

/// What a node is to do: the command line overrides the file, and that what is usual.
public final class Config {
    private final ConfigFile file;
    private final Map<Key<?>, String> given;

    /// @param given what the command line says
    /// @throws ConfigMistake if that is wrong; what the file says was looked at before
    public Config(ConfigFile file, Map<Key<?>, String> given) {
        this.file = file;
        this.given = Map.copyOf(given);
        given.forEach((key, text) -> key.read(key.option(), text));
    }

    public <T> T get(Key<T> key) { return key.read(key.name(), text(key)); }

    /// The value as it was written.
    public String text(Key<?> key) {
        return Optional.ofNullable(given.get(key)).or(() -> file.get(key)).orElse(key.usual());
    }

    /// Whether somebody has chosen it.
    public boolean isSet(Key<?> key) { return isGiven(key) || file.get(key).isPresent(); }

    /// Whether the command line has it.
    public boolean isGiven(Key<?> key) { return given.containsKey(key); }

    ConfigFile file() { return file; }

    /// The same command line with another file.
    Config with(ConfigFile other) { return new Config(other, given); }
}
