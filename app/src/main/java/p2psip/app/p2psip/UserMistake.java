package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.Why;

/// What the user asked for cannot be done as asked: one line that says what, why and what to do.
/// Printed without a stack trace; the exit code is 2.
public final class UserMistake extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UserMistake(String line) { super(line); }

    /// A file that could not be read.
    ///
    /// @param todo what to do about it
    public static UserMistake reading(Object file, IOException why, String todo) {
        return new UserMistake("cannot read " + file + ": " + Why.of(why) + "; " + todo);
    }

    /// A file or folder that could not be written.
    ///
    /// @param todo what to do about it
    public static UserMistake writing(Object file, IOException why, String todo) {
        return new UserMistake("cannot write " + file + ": " + Why.of(why) + "; " + todo);
    }
}
