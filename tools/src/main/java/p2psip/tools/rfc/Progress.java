package p2psip.tools.rfc;

import module java.base;

/// How far a long work is: one line that changes, on a terminal; elsewhere a line for each step.
final class Progress {
    private static final String BEGIN_AND_CLEAR = "\r\u001b[K";

    private final PrintWriter to;
    private final boolean terminal;

    /// @param to       where people look who wait, not where the result goes
    /// @param terminal whether a line there can change
    Progress(PrintWriter to, boolean terminal) {
        this.to = to;
        this.terminal = terminal;
    }

    /// What is being done now.
    void step(String text) {
        to.print(terminal ? BEGIN_AND_CLEAR + text : text + System.lineSeparator());
        to.flush();
    }

    /// What has gone wrong: it stays.
    void fault(String text) {
        to.println(terminal ? BEGIN_AND_CLEAR + text : text);
        to.flush();
    }

    /// The work is over, and the line is free.
    void done() {
        if (terminal) to.print(BEGIN_AND_CLEAR);
        to.flush();
    }
}
