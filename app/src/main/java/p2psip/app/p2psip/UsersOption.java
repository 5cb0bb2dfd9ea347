package p2psip.app.p2psip;

import module java.base;
import p2psip.app.sipd.Users;
import p2psip.std.rfc2617.Algorithm;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.*;

/// The options about users, of every verb that phones register at.
final class UsersOption {
    @Option(names = "--users", paramLabel = "FILE", description =
            "Ask phones for a password: who may register and call out, a line each, user:password"
            + " or user:realm:HA1, where HA1 is the MD5 or SHA-256 of user:realm:password in"
            + " hexadecimal.")
    Path file;

    @Option(names = "--algorithms", paramLabel = "NAME,...", split = ",", hideParamSyntax = true,
            description = "Digest algorithms by which users are asked, the preferred first:"
            + " SHA-256,MD5 asks by both (default: MD5, for there are phones that give up at any"
            + " other).")
    List<String> algorithms = List.of();

    @Spec(Spec.Target.MIXEE) CommandSpec spec;

    /// In place of what the command line says.
    void use(Optional<Path> list, List<Algorithm> by) {
        file = list.orElse(null);
        algorithms = by.stream().map(Algorithm::toString).toList();
    }

    /// Who is listed, with a warning if others may read the list too; nothing if none was given.
    ///
    /// @throws UserMistake if it cannot be read or a line of it is wrong
    Optional<Users> read() {
        if (file == null && !algorithms.isEmpty()) throw new UserMistake(
                "--algorithms asks nobody without a list of users: give --users FILE as well");
        if (file == null) return Optional.empty();
        try {
            // a password file that others may read is not protected: a warning
            if (othersRead(file))
                spec.commandLine().getErr().println("p2psip: " + file
                        + " holds secrets and others may read it: chmod 600 " + file);
            return Optional.of(asked(Users.parse(Files.readAllLines(file))));
        } catch (IllegalArgumentException e) {
            throw new UserMistake(file + ", " + e.getMessage()
                    + "; write user:password or user:realm:HA1");
        } catch (IOException e) {
            throw UserMistake.reading(file, e, "name a file of users that you may read");
        }
    }

    /// Whether more than its owner and group may do something with a file.
    static boolean othersRead(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(file).stream()
                        .anyMatch(p -> p.name().startsWith("OTHERS"));
    }

    private Users asked(Users users) {
        return algorithms.isEmpty() ? users : users.asked(algorithms.stream().map(name ->
                Algorithm.of(name).orElseThrow(() -> new UserMistake("--algorithms " + name
                        + " is not known: " + Arrays.toString(Algorithm.values())))).toList());
    }
}
