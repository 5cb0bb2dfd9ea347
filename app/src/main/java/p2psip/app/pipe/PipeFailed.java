package p2psip.app.pipe;

/// A pipe that is not there, or not any more; the message is one line for people.
public final class PipeFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    PipeFailed(String why) { super(why); }
}
