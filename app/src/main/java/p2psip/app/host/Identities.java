package p2psip.app.host;

import module java.base;
import p2psip.app.crypto.*;

/// The key pairs of a [RealHost], in its home; without a home they live as long as the host.
///
/// A new one costs two files and some key stretching, so all is done beside the loop, one at a
/// time.
final class Identities {
    /// How many identities may be asked for at once; one more is refused.
    private static final int LIMIT = 256;

    private final RealHost host;
    private final Optional<Home> home;
    private final Map<String, Identity> known = new HashMap<>();
    private final Lock lock = new ReentrantLock();
    private final Semaphore free = new Semaphore(LIMIT);

    Identities(RealHost host, Optional<Home> home) {
        this.host = host;
        this.home = home;
    }

    void identify(Resident owner, Id id, String name) {
        if (!host.beside(owner, free, () -> identified(id, name)))
            host.answer(owner, new Event.NotIdentified(id, "too many identities asked for"));
    }

    private Event identified(Id id, String name) {
        lock.lock();
        try {
            var identity = known.get(name);
            if (identity == null) known.put(name, identity = make(name));
            return new Event.Identified(id, identity);
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return new Event.NotIdentified(id, "cannot keep a key for " + name + ": " + Why.of(e));
        } finally {
            lock.unlock();
        }
    }

    private Identity make(String name) throws IOException {
        var random = new SecureRandom();
        return home.isPresent()
                ? IdentityStore.open(home.get().path(), random, InstantSource.system())
                        .identity(name)
                : Identity.generate(name, random);
    }
}
