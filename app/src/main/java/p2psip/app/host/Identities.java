package p2psip.app.host;

import module java.base;
import p2psip.app.crypto.*;

/// The key pairs of a [RealHost], in its home; without a home they live as long as the host.
///
/// A new one costs two files and some key stretching, and as much costs each that is read, once, so
/// all is done beside the loop, one at a time.
final class Identities {
    /// How many identities may be asked for at once; one more is refused.
    private static final int LIMIT = 256;

    private final RealHost host;
    private final Optional<Home> home;
    private final Trouble trouble;
    private final Map<String, Identity> known = new HashMap<>();
    private Optional<IdentityStore> store = Optional.empty();
    private final Lock lock = new ReentrantLock();
    private final Semaphore free = new Semaphore(LIMIT);

    /// @param trouble of keys for users: a node that gets none of its own says so itself
    Identities(RealHost host, Optional<Home> home, Trouble trouble) {
        this.host = host;
        this.home = home;
        this.trouble = trouble;
    }

    void identify(Resident owner, Id id, String name) {
        if (!host.beside(owner, free, () -> identified(id, name)))
            host.answer(owner, new Event.NotIdentified(id, "too many identities asked for"));
    }

    private Event identified(Id id, String name) {
        lock.lock();
        try {
            var identity = known.get(name);
            if (identity == null) {
                known.put(name, identity = make(name));
                trouble.isNot("new keys can be kept again");
            }
            return new Event.Identified(id, identity);
        } catch (IOException | RuntimeException e) {
            var why = "no key for " + name + ": " + Why.of(e);
            if (!name.equals(Identity.NODE)) trouble.is(why + "; until it works, others cannot"
                    + " call who registers here for the first time");
            return new Event.NotIdentified(id, why);
        } finally {
            lock.unlock();
        }
    }

    private Identity make(String name) throws IOException {
        var random = new SecureRandom();
        if (home.isEmpty()) return Identity.generate(name, random);
        if (store.isEmpty()) store = Optional.of(IdentityStore.open(
                home.get().path(), random, InstantSource.system()));
        return store.get().identity(name);
    }
}
