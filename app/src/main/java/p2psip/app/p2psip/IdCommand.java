package p2psip.app.p2psip;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// `p2psip id`: which identities a node keeps, and moving one to another node.
///
/// Passphrases are typed, or read from the first line of a file; they are never shown.
@Command(name = "id", mixinStandardHelpOptions = true, subcommands = PinsCommand.class,
        description = "List a node's identities, or move one to another node; or say which keys"
        + " of others it believes.")
public final class IdCommand implements Verb {
    @Spec private CommandSpec spec;

    @Override public Integer call() { return Main.help(spec); }

    @Command(name = "list", mixinStandardHelpOptions = true,
            description = "Print each identity: its id and its name.")
    int list(@Mixin Folder home) {
        home.existing().values().forEach(identity ->
                spec.commandLine().getOut().println(identity.id() + " " + identity.name()));
        return 0;
    }

    @Command(name = "export", mixinStandardHelpOptions = true,
            description = "Write one identity, with its private key, into a PKCS#12 file.")
    int export(@Mixin Folder home, @Mixin Passphrase passphrase,
            @Parameters(paramLabel = "NAME", description = "Which one: sip:alice@example.com.")
            String name, @Parameters(paramLabel = "FILE",
                    description = "Where to; must not be there yet.") Path file) {
        var identity = home.existing().get(name);
        if (identity == null)
            throw new UserMistake("no identity " + name + " in " + home.folder + "; see id list");
        if (Files.exists(file))
            throw new UserMistake(file + " exists; name a new file to export to");
        trying("cannot write " + file, "name a file in a folder you may write to", () -> {
            IdentityStore.export(identity, file, passphrase.get(), Instant.now());
            return file;
        });
        return 0;
    }

    @Command(name = "import", mixinStandardHelpOptions = true,
            description = "Take the identities of an exported file; best while no node runs here.")
    int take(@Mixin Folder home, @Mixin Passphrase passphrase,
            @Option(names = "--replace", description = "Even if another key has that name here.")
            boolean replace, @Parameters(paramLabel = "FILE",
                    description = "What id export wrote.") Path file) {
        var store = home.open();
        var kept = home.all(store);
        var come = trying("cannot read " + file, "check the file and its passphrase",
                () -> IdentityStore.read(file, passphrase.get()));
        for (var identity : come.values()) {
            var old = kept.getOrDefault(identity.name(), identity);
            if (!replace && !old.id().equals(identity.id()))
                throw new UserMistake("another key of " + identity.name() + " is in " + home.folder
                        + "; --replace gives that up for ever");
        }
        for (var identity : come.values()) {
            trying("cannot keep " + identity.name(), "check the folder " + home.folder, () -> {
                store.put(identity);
                return identity;
            });
            spec.commandLine().getOut().println(identity.id() + " " + identity.name());
        }
        return 0;
    }

    /// The folder of the node whose identities are meant.
    static final class Folder {
        @Option(names = "--home", paramLabel = "DIR",
                description = "The node's folder (default: ~/.p2psip).")
        private Path folder = Home.usual();

        /// Those of a node that has lived there.
        private SortedMap<String, Identity> existing() {
            if (!Files.exists(folder.resolve(IdentityStore.FILE))) throw new UserMistake(
                    "no identities in " + folder + ": " + (Files.isDirectory(folder)
                    ? "no node has kept any there" : "there is no such folder")
                    + "; name a node's folder with --home");
            return all(open());
        }

        private SortedMap<String, Identity> all(IdentityStore store) {
            return trying("cannot read the identities in " + folder, "check --home",
                    store::identities);
        }

        private IdentityStore open() {
            return trying("cannot open the identities in " + folder, "check --home",
                    () -> IdentityStore.open(folder, new SecureRandom(), InstantSource.system()));
        }
    }

    /// What guards an exported file.
    static final class Passphrase {
        @Option(names = "--passphrase", interactive = true, arity = "0..1",
                paramLabel = "WORD",
                description = "Ask for the passphrase of the exported file.")
        private char[] typed = {};

        @Option(names = "--passphrase-file", paramLabel = "FILE",
                description = "Its first line is the passphrase of the exported file.")
        private Path file = Path.of("");

        private char[] get() {
            if (typed.length > 0) return typed;
            if (!file.equals(Path.of(""))) return read();
            throw new UserMistake("an exported key needs a passphrase: --passphrase asks for it, "
                    + "--passphrase-file reads it");
        }

        private char[] read() {
            try {
                return Files.readAllLines(file).stream().findFirst().orElse("").toCharArray();
            } catch (IOException e) {
                throw UserMistake.reading(file, e, "give --passphrase-file a file of one line");
            }
        }
    }

    private static <T> T trying(String what, String hint, Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (IOException e) {
            throw new UserMistake(what + ": " + Why.of(e) + "; " + hint);
        }
    }

    private interface Attempt<T> {
        T run() throws IOException;
    }
}
