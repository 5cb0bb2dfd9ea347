package p2psip.app.config;

import module java.base;

/// A file of settings as people write it: a line each, `key = value`, empty lines, and comments
/// that begin with `#`. Where one value is set all other lines stay as they are.
public final class ConfigFile {
    /// Characters of the longest file.
    public static final int LIMIT = 65_536;

    /// @param text with its end
    /// @param key  none of a comment, or an empty line
    private record Line(String text, Optional<Key<?>> key, String value) {}

    private final List<Line> lines;

    private ConfigFile(List<Line> lines) { this.lines = List.copyOf(lines); }

    /// @param name of the file, for people
    /// @throws ConfigMistake with name and number of the first line that is wrong
    public static ConfigFile parse(String name, String text) {
        if (text.length() > LIMIT)
            throw new ConfigMistake(name + " is longer than " + LIMIT + " characters: shorten it");
        var lines = new ArrayList<Line>();
        for (int from = 0, end; from < text.length(); from = end) {
            end = text.indexOf('\n', from) + 1;
            if (end == 0) end = text.length();
            var where = name + ", line " + (lines.size() + 1) + ":";
            var line = line(where, text.substring(from, end));
            if (lines.stream().anyMatch(l -> l.key.isPresent() && l.key.equals(line.key)))
                throw new ConfigMistake(where + " " + line.key.get().name()
                        + " is set a second time: remove one of the two lines");
            lines.add(line);
        }
        return new ConfigFile(lines);
    }

    private static Line line(String where, String text) {
        var bare = text.strip();
        if (bare.isEmpty() || bare.startsWith("#")) return new Line(text, Optional.empty(), "");
        int equals = bare.indexOf('=');
        if (equals < 0)
            throw new ConfigMistake(where + " write key = value, or # before a comment");
        var name = bare.substring(0, equals).strip();
        var key = Key.ALL.stream().filter(k -> k.name().equals(name)).findFirst()
                .orElseThrow(() -> new ConfigMistake(where + " " + visible(name)
                        + " is no key: remove the line, or see p2psip config list"));
        var value = bare.substring(equals + 1).strip();
        key.read(where + " " + name, value);
        return new Line(text, Optional.of(key), value);
    }

    private static String visible(String name) {
        return name.replaceAll("\\p{Cntrl}", "?").substring(0, Math.min(100, name.length()));
    }

    /// What the file says of a key.
    public Optional<String> get(Key<?> key) {
        return lines.stream().filter(line -> line.key.equals(Optional.of(key))).map(Line::value)
                .findFirst();
    }

    /// The file with another value, where the key stands or else at the end.
    ///
    /// @throws ConfigMistake if that is none
    public ConfigFile with(Key<?> key, String value) {
        key.check(value);
        var line = new Line(key.name() + " = " + value + "\n", Optional.of(key), value);
        var changed = new ArrayList<Line>();
        for (var old : lines) changed.add(old.key.equals(line.key) ? line : old);
        if (get(key).isEmpty()) changed.add(line);
        for (int i = 0; i < changed.size() - 1; i++)
            if (!changed.get(i).text.endsWith("\n")) changed.set(i, new Line(
                    changed.get(i).text + "\n", changed.get(i).key, changed.get(i).value));
        return new ConfigFile(changed);
    }

    /// The file without a key.
    public ConfigFile without(Key<?> key) {
        return new ConfigFile(lines.stream()
                .filter(line -> !line.key.equals(Optional.of(key))).toList());
    }

    /// The file, as it is to be written.
    @Override public String toString() {
        return lines.stream().map(Line::text).collect(Collectors.joining());
    }
}
