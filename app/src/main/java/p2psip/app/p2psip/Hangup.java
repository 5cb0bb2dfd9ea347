package p2psip.app.p2psip;

import module java.base;

/// The signal by which a server is told to read its files again (SIGHUP), where the system has one.
///
/// The JDK has signals in a class that is no part of its API, so it is found by its name: where it
/// is not, the signal ends the program as ever.
final class Hangup {
    private Hangup() {}

    /// Has this run each time that the signal comes, in a thread of its own.
    ///
    /// @return whether it will
    static boolean heard(Runnable what) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var run = MethodHandles.lookup().findVirtual(
                    Runnable.class, "run", MethodType.methodType(void.class)).bindTo(what);
            signal.getMethod("handle", signal, handler).invoke(null,
                    signal.getConstructor(String.class).newInstance("HUP"),
                    MethodHandleProxies.asInterfaceInstance(
                            handler, MethodHandles.dropArguments(run, 0, signal)));
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
