package p2psip.app.config;

/// What a user has configured cannot be so: one line that says where, what, and what to do.
public final class ConfigMistake extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConfigMistake(String line) { super(line); }
}
