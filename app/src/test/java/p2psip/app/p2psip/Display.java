package p2psip.app.p2psip;

import module java.base;

/// What a program shows, be it a process or a thread, and the wait for a word of it.
///
/// @param text     all that it has shown so far
/// @param running  whether it may show more
/// @param patience how long a word is waited for
public record Display(Supplier<String> text, BooleanSupplier running, Duration patience) {
    private static final long PAUSE = Duration.ofMillis(5).toNanos();

    /// Returns as soon as it is shown; fails if it is not, or cannot be any more.
    public void await(String word) {
        var end = System.nanoTime() + patience.toNanos();
        for (boolean last = false; !text.get().contains(word); LockSupport.parkNanos(PAUSE)) {
            if (last || System.nanoTime() > end)
                throw new AssertionError("no " + word + " in:\n" + text.get());
            last = !running.getAsBoolean();   // what it has shown until then is looked at still
        }
    }
}
