package p2psip.tools.rfc;

import module java.base;
import p2psip.tools.rfc.Citation.Type;

/// A file `left-out.txt` beside a door: which sentences its package does not obey, and why.
///
/// A line at the margin has a kind and a reason; the indented lines below it have the sentences for
/// which it is given, with words of their own where the reason is another. A line that begins with
/// `#` is a remark.
/// ```text
/// not-ours this is neither mixer nor translator
///     rfc3550#7.*
///     rfc3550#6.1-19 rfc3550#8.2-24
///     rfc3550#6.6-2,3 a BYE is told, not forwarded
/// ```
public record LeftOut(Path path, List<String> lines) {
    public static final String NAME = "left-out.txt";

    public LeftOut { lines = List.copyOf(lines); }

    /// The kind and the reason that begin a group, if this line does.
    public static Optional<Map.Entry<Type, String>> group(String line) {
        return Citation.typed(line).filter(typed -> typed.getKey() != Type.TEST);
    }

    /// The lines, counted from 1, that are none of these.
    List<Integer> faults() {
        var cited = citations().stream().map(Citation::line).toList();
        return IntStream.rangeClosed(1, lines.size()).filter(n -> {
            var line = lines.get(n - 1);
            return !line.isBlank() && !line.startsWith("#") && group(line).isEmpty()
                    && !cited.contains(n);
        }).boxed().toList();
    }

    public List<Citation> citations() {
        var citations = new ArrayList<Citation>();
        var group = Optional.<Map.Entry<Type, String>>empty();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (group(line).isPresent()) group = group(line);
            if (!line.startsWith(" ") || group.isEmpty()) continue;
            var tokens = List.of(line.strip().split("\\s+"));
            var places = tokens.stream().map(Citation::place).takeWhile(Optional::isPresent)
                    .map(Optional::get).toList();
            var own = String.join(" ", tokens.subList(places.size(), tokens.size()));
            for (var place : places)
                citations.add(new Citation(path, i + 1, i + 1, place, group.get().getKey(),
                        own.isEmpty() ? group.get().getValue() : own));
        }
        return citations;
    }
}
