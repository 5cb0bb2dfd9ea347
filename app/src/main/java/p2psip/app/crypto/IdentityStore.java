package p2psip.app.crypto;

import module java.base;
import java.security.cert.Certificate;

/// Identities on disk: the node's own and one for each address of record it serves, in one PKCS#12
/// file that only its owner may read (mode 0600) and that is replaced as a whole at each change.
///
/// The passphrase is the caller's; without one it is a random word in a file of mode 0600 beside
/// the store ([#open(Path, RandomGenerator, InstantSource)]). That guards copies of the store
/// alone, not a thief of the whole folder: a node must start with nobody there to type.
///
/// This is a blocking face for the edge: a change costs two files and some 30 ms of key stretching,
/// and as much costs each identity that is read, which is when it is asked for. Two processes that
/// change one store at a time wait for each other.
public final class IdentityStore {

    /// The store's file in a home folder.
    public static final String FILE = "identity.p12";

    /// The file of the passphrase that nobody typed.
    public static final String PASSPHRASE_FILE = "identity.pass";

    /// Identities in one store.
    public static final int MAX = 1000;

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final char[] passphrase;
    private final RandomGenerator random;
    private final InstantSource wall;
    private final Map<String, Identity> known = new HashMap<>();   // made, or read so far
    private KeyStore store;
    private List<Object> seen = List.of();   // what the file looked like when it was read

    /// @param passphrase copied; never shown or logged
    /// @throws IOException if there is a store that cannot be read or has another passphrase
    public IdentityStore(Path file, char[] passphrase, RandomGenerator random, InstantSource wall)
            throws IOException {
        this.file = file;
        this.passphrase = passphrase.clone();
        this.random = random;
        this.wall = wall;
        locked(() -> { });
    }

    /// The store of a home folder, with the passphrase kept there. Both files are made together;
    /// of one without the other nothing is made in silence.
    ///
    /// @throws IOException if either is there alone, or they do not fit
    public static IdentityStore open(Path home, RandomGenerator random, InstantSource wall)
            throws IOException {
        Files.createDirectories(home);
        Path word = home.resolve(PASSPHRASE_FILE), file = home.resolve(FILE);
        alone(file, () -> {
            boolean first = !Files.exists(word);
            if (first != !Files.exists(file)) throw new IOException(first
                    ? missing(PASSPHRASE_FILE + " to open " + FILE, FILE)
                    : missing(FILE + " beside " + PASSPHRASE_FILE, PASSPHRASE_FILE));
            if (!first) return;
            var bytes = new byte[24];
            random.nextBytes(bytes);
            replace(word, Base64.getUrlEncoder().encode(bytes));
            save(load(null, passphrase(word)), file, passphrase(word));
        });
        return new IdentityStore(file, passphrase(word), random, wall);
    }

    private static char[] passphrase(Path word) throws IOException {
        return new String(Files.readAllBytes(word), StandardCharsets.UTF_8).strip().toCharArray();
    }

    private static String missing(String missing, String there) {
        return "there is no " + missing + ": put back a copy of it, or move " + there
                + " away to begin with new keys";
    }

    /// The identity of this name, made and kept at the first call.
    ///
    /// @throws UncheckedIOException if it cannot be kept: then it is not used either
    public Identity identity(String name) {
        if (!known.containsKey(name)) {
            try {
                locked(() -> {
                    var kept = read(store, alias(name), passphrase);
                    if (kept.isPresent()) known.put(name, kept.get());
                    else keep(Identity.generate(name, random));
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return known.get(name);
    }

    /// All identities, by name, read anew.
    public SortedMap<String, Identity> identities() throws IOException {
        return identities(store, passphrase);
    }

    /// Keeps an identity that comes from elsewhere, in place of one of the same name.
    public void put(Identity identity) throws IOException { locked(() -> keep(identity)); }

    /// Writes one identity into a PKCS#12 file of its own, to be carried to another node.
    public static void export(Identity identity, Path file, char[] passphrase, Instant wall)
            throws IOException {
        var store = load(null, passphrase);
        set(store, identity, passphrase, wall);
        save(store, file, passphrase);
    }

    /// The identities in a file that [#export] wrote.
    public static SortedMap<String, Identity> read(Path file, char[] passphrase)
            throws IOException {
        try (var in = Files.newInputStream(file)) {
            return identities(load(in, passphrase), passphrase);
        }
    }

    private void keep(Identity identity) throws IOException {
        set(store, identity, passphrase, wall.instant());
        save(store, file, passphrase);
        seen = look();
        known.put(identity.name(), identity);
    }

    /// Runs an action while no other process changes the store, on what is in the file now.
    private void locked(Action action) throws IOException {
        alone(file, () -> {
            if (store == null || !look().equals(seen)) reload();
            action.run();
        });
    }

    /// Runs an action while no other process does so with this file.
    private static void alone(Path file, Action action) throws IOException {
        var lock = file.resolveSibling(file.getFileName() + ".lock");
        try (var channel = FileChannel.open(lock, Set.of(StandardOpenOption.CREATE,
                StandardOpenOption.WRITE), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                var _ = channel.lock()) {
            action.run();
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private void reload() throws IOException {
        var bytes = Files.exists(file)
                ? Optional.of(new ByteArrayInputStream(Files.readAllBytes(file)))
                : Optional.<InputStream>empty();
        try {
            store = load(bytes.orElse(null), passphrase);
            known.clear();
            seen = look();
        } catch (IOException e) {
            throw new IOException(file.getFileName() + " or its passphrase is damaged: put back"
                    + " copies of both, or move both away to begin with new keys", e);
        }
    }

    private List<Object> look() throws IOException {
        if (!Files.exists(file)) return List.of();
        var file = Files.readAttributes(this.file, BasicFileAttributes.class);
        return List.of(file.lastModifiedTime(), file.size(), String.valueOf(file.fileKey()));
    }

    private static KeyStore load(InputStream in, char[] passphrase) throws IOException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, passphrase);
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException("not a store of identities", e);
        }
    }

    private static void set(KeyStore store, Identity identity, char[] passphrase, Instant wall)
            throws IOException {
        try {
            if (store.size() >= MAX) throw new IOException("the store of identities is full");
            store.setKeyEntry(alias(identity.name()), identity.privateKey(), passphrase,
                    new Certificate[] {Certificates.selfSigned(identity, wall)});
        } catch (KeyStoreException e) {
            throw new IOException("cannot keep " + identity.name(), e);
        }
    }

    private static void save(KeyStore store, Path file, char[] passphrase) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try {
            store.store(bytes, passphrase);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot write " + file, e);
        }
        replace(file, bytes.toByteArray());
    }

    private static SortedMap<String, Identity> identities(KeyStore store, char[] passphrase)
            throws IOException {
        var found = new TreeMap<String, Identity>();
        try {
            for (var alias : Collections.list(store.aliases()))
                read(store, alias, passphrase).ifPresent(each -> found.put(each.name(), each));
        } catch (KeyStoreException e) {
            throw new IOException("cannot read the keys", e);
        }
        return found;
    }

    private static Optional<Identity> read(KeyStore store, String alias, char[] passphrase)
            throws IOException {
        try {
            return store.getKey(alias, passphrase) instanceof PrivateKey key
                    ? Optional.of(new Identity(
                            name(alias), store.getCertificate(alias).getPublicKey(), key))
                    : Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot read the key of " + name(alias), e);
        }
    }

    /// The JDK's PKCS#12 store forgets the case of its aliases, but names of users have one:
    /// capital letters are escaped as in URIs.
    private static String alias(String name) {
        return Pattern.compile("[A-Z%]").matcher(name)
                .replaceAll(m -> "%%%02x".formatted((int) m.group().charAt(0)));
    }

    private static String name(String alias) {
        return Pattern.compile("%([0-9a-f]{2})").matcher(alias).replaceAll(m ->
                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))));
    }

    /// Written beside, made durable, then renamed over: a crash leaves the old file or the new one.
    private static void replace(Path file, byte[] bytes) throws IOException {
        var fresh = Files.createTempFile(file.toAbsolutePath().getParent(),
                "." + file.getFileName(), ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            for (var rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) channel.write(rest);
            channel.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
