package p2psip.app.p2psip;

import module java.base;
import p2psip.app.sipd.Users;

/// The file of users that a command line names.
final class UsersFile {
    private UsersFile() {}

    /// Reads it, with a warning if others may read it too.
    ///
    /// @throws UserMistake if it cannot be read or a line of it is wrong
    static Users read(Path file, PrintWriter warnings) {
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(file).stream()
                            .anyMatch(p -> p.name().startsWith("OTHERS")))
                warnings.println("p2psip: " + file
                        + " holds secrets and others may read it: chmod 600 " + file);
            return Users.parse(Files.readAllLines(file));
        } catch (IllegalArgumentException e) {
            throw new UserMistake(file + ", " + e.getMessage()
                    + "; write user:password or user:realm:HA1");
        } catch (IOException e) {
            throw new UserMistake("cannot read " + file + " (" + e.getClass().getSimpleName()
                    + "): name a file of users that you may read");
        }
    }
}
