package p2psip.tools;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// What takes long is tried at night alone: `mvn -Pnight verify`.
public final class Night {
    private Night() {}

    public static boolean is() { return Integer.getInteger("tries.least", 0) > 0; }

    /// Passes the test over by day.
    public static void only() { assumeTrue(is(), "at night: -Pnight"); }
}
