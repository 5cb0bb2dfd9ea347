package p2psip.app.p2psip;

import module java.base;
import p2psip.app.sipd.Users;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The option `--users` of every verb that phones register at.
final class UsersOption {
    @Option(names = "--users", paramLabel = "FILE", description = {
        "Ask phones for a password: who may register and call out, a line each: user:password,",
        "or user:realm:HA1 with HA1 the hash of user:realm:password, MD5 or SHA-256, in hexadecimal."})
    Path file;

    @Spec(Spec.Target.MIXEE) CommandSpec spec;

    /// Who is listed, with a warning if others may read the list too; nothing if none was given.
    ///
    /// @throws UserMistake if it cannot be read or a line of it is wrong
    Optional<Users> read() {
        if (file == null) return Optional.empty();
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(file).stream()
                            .anyMatch(p -> p.name().startsWith("OTHERS")))
                spec.commandLine().getErr().println("p2psip: " + file
                        + " holds secrets and others may read it: chmod 600 " + file);
            return Optional.of(Users.parse(Files.readAllLines(file)));
        } catch (IllegalArgumentException e) {
            throw new UserMistake(file + ", " + e.getMessage()
                    + "; write user:password or user:realm:HA1");
        } catch (IOException e) {
            throw new UserMistake("cannot read " + file + " (" + e.getClass().getSimpleName()
                    + "): name a file of users that you may read");
        }
    }
}
