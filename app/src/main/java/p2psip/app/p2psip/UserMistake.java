package p2psip.app.p2psip;

/// What the user asked for cannot be done as asked: one line that says what, why and what to do.
/// Printed without a stack trace; the exit code is 2.
public final class UserMistake extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UserMistake(String line) { super(line); }
}
