package p2psip.app.config;

import module java.base;
import p2psip.app.host.*;

/// The file of settings in a node's home.
public final class Store {
    public static final String FILE = "config.properties";

    private final Path file;

    public Store(Path home) { this.file = home.resolve(FILE); }

    /// What stands there; nothing if there is no file.
    ///
    /// @throws ConfigMistake if it cannot be read, or something in it is wrong
    public ConfigFile read() {
        try {
            //  a longer one is refused, not read
            var text = Files.exists(file) && Files.size(file) > 4 * ConfigFile.LIMIT
                    ? " ".repeat(ConfigFile.LIMIT + 1)
                    : Files.exists(file) ? Files.readString(file) : "";
            return ConfigFile.parse("" + file, text);
        } catch (IOException e) {
            throw new ConfigMistake("cannot read " + file + ": " + Why.of(e)
                    + "; make it a text file that you may read");
        }
    }

    /// Has it say this, or what it said before if anything goes wrong.
    ///
    /// @throws ConfigMistake if it cannot be written
    public void write(ConfigFile settings) {
        try {
            Home.write(file, "" + settings);
        } catch (IOException e) {
            throw new ConfigMistake("cannot write " + file + ": " + Why.of(e)
                    + "; make room, or the folder your own");
        }
    }
}
