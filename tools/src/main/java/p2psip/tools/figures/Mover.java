package p2psip.tools.figures;

import module java.base;

/// Moves one machine, named by its anchor, in all its variants; to be loaded by [Watched], whence
/// its answer goes as bytes to classes that were loaded elsewhere.
public final class Mover implements Function<String, byte[]> {

    @Override public byte[] apply(String id) {
        var kind = Figures.kinds().stream().filter(k -> k.id().equals(id)).findFirst()
                .orElseThrow();
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(moves(kind));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static LinkedHashMap<String, Moves> moves(Kind kind) {
        var name = kind.type();
        var moves = new LinkedHashMap<String, Moves>();
        kind.circumstances().forEach((circumstance, fresh) ->
                moves.put(circumstance, Moves.of(kind, fresh, () -> Lines.ran(name))));
        return moves;
    }
}
