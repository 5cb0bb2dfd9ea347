package p2psip.tools.rfc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.app.p2psip.UserMistake;

/// Where the reader's own copies of the RFCs are; the repository holds none.
///
/// Asked in this order: the folder named on the command line, `P2PSIP_RFC`, the user's cache, and
/// where Debian's package doc-rfc puts them.
public record Library(List<Path> folders) {
    private static final Path DEBIAN = Path.of("/usr/share/doc/RFC");

    public Library { folders = List.copyOf(folders); }

    /// The folders of this machine, the named one first.
    ///
    /// @throws UserMistake if a folder that was named is not there
    public static Library of(Optional<Path> named, Map<String, String> environment) {
        var folders = new ArrayList<Path>();
        named.ifPresent(folder -> folders.add(there(folder, "--rfc ")));
        Optional.ofNullable(environment.get("P2PSIP_RFC")).filter(f -> !f.isBlank())
                .map(Path::of).ifPresent(folder -> folders.add(there(folder, "P2PSIP_RFC=")));
        folders.add(cache(environment));
        folders.add(DEBIAN);
        folders.addAll(shelves(DEBIAN));
        return new Library(folders);
    }

    private static Path there(Path folder, String name) {
        if (Files.isDirectory(folder)) return folder;
        throw new UserMistake(name + folder + " is no folder: name the one with the texts,"
                + " rfcNNNN.txt, or none");
    }

    /// The folders inside a folder: Debian sorts its RFCs by their standing, with links to all.
    private static List<Path> shelves(Path folder) {
        if (!Files.isDirectory(folder)) return List.of();
        try (var inside = Files.list(folder)) {
            return inside.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where `rfc fetch` puts what it has downloaded.
    static Path cache(Map<String, String> environment) {
        var base = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (base.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base))
                .resolve("p2psip").resolve("rfc");
    }

    /// The text of an RFC, from the first folder that has it, plain or compressed.
    public Optional<String> text(int rfc) {
        var names = List.of("rfc" + rfc + ".txt", "rfc" + rfc + ".txt.gz");
        return folders.stream().flatMap(folder -> names.stream().map(folder::resolve))
                .filter(Files::isReadable).findFirst().map(Library::read);
    }

    /// The RFC read and numbered, if a copy of its text is found.
    public Optional<Rfc> rfc(int rfc) { return text(rfc).map(text -> RfcReader.read(rfc, text)); }

    /// The verified errata of an RFC, from the first folder that has a list of them.
    public List<Erratum> errata(int rfc) {
        return folders.stream().map(f -> f.resolve("errata", "rfc" + rfc + ".json"))
                .filter(Files::isReadable).findFirst().map(Library::read)
                .map(Erratum::verified).orElse(List.of());
    }

    private static String read(Path file) {
        try (var in = Files.newInputStream(file)) {
            var bytes = (file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in)
                    .readAllBytes();
            return decode(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// RFCs are UTF-8 (often with a byte order mark); a few old ones are not.
    static String decode(byte[] bytes) {
        try {
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return new String(bytes, ISO_8859_1);
        }
    }
}
