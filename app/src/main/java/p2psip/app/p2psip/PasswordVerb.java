package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.Home;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `password`: what phones elsewhere in the network have to know to register at a node.
///
/// A node makes it when it first starts, 80 random bits, and keeps it in a file that only its owner
/// reads.
@Command(name = "password", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Show the password by which phones of other machines register at the node here.",
    "The node has made it. To choose another, write it into the file `password` of the node's"
            + " folder and start the node again."})
public final class PasswordVerb implements Verb {
    private static final String FILE = "password";

    /// No letter or digit that is read for another one.
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    @Option(names = "--home", paramLabel = "DIR",
            description = "The node's folder (default: ~/.p2psip).")
    Path home = Home.usual();

    @Spec CommandSpec spec;

    @Override public Integer call() {
        if (Files.notExists(home.resolve(FILE))) throw new UserMistake("no password in " + home
                + ": a node makes it when it first starts; check --home");
        spec.commandLine().getOut().println(read(home.resolve(FILE)));
        return 0;
    }

    /// The password of the node that lives in a home, made if it has none.
    static String of(Home home) {
        //= rfc2617#4.13-1 a file like all of the home, which only its owner reads
        var file = home.file(FILE);
        try {
            if (Files.size(file) == 0) Files.writeString(file, fresh() + "\n");
        } catch (IOException e) {
            throw UserMistake.writing(file, e, "choose another folder with --home");
        }
        return read(file);
    }

    private static String fresh() {
        var random = new SecureRandom();
        return IntStream.range(0, 4).mapToObj(_ -> random.ints(4, 0, LETTERS.length())
                .mapToObj(i -> LETTERS.substring(i, i + 1)).collect(Collectors.joining()))
                .collect(Collectors.joining("-"));
    }

    private static String read(Path file) {
        try {
            var password = Files.readString(file).strip();
            if (password.isEmpty()) throw new UserMistake(
                    file + " is empty: remove it, and the node makes a password when it starts");
            return password;
        } catch (IOException e) {
            throw UserMistake.reading(file, e, "choose another folder with --home");
        }
    }
}
