package p2psip.tools.rfc;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;

/// What the repository keeps of an RFC: its sections, a hash for each of their paragraphs, and for
/// each numbered sentence its keyword and a hash; never the sentence.
///
/// An index is frozen: once a file is checked in, its numbers never change. The hash is the SHA-256
/// of the sentence with white space collapsed, so a text can be checked against the index; of a
/// paragraph's the first sixteen digits are kept, for they are many.
public record Index(int rfc, String title, List<Entry> sections) {
    public Index { sections = List.copyOf(sections); }

    public record Entry(String number, String title, List<String> paragraphs, List<Item> items) {
        public Entry {
            paragraphs = List.copyOf(paragraphs);
            items = List.copyOf(items);
        }
    }

    /// A normative sentence; weak where the keyword is in small letters.
    public record Item(Keyword keyword, boolean weak, String hash) {}

    /// The frozen index of an RFC, if there is one.
    public static Optional<Index> of(int rfc) {
        try (var in = Index.class.getResourceAsStream("index/rfc" + rfc + ".txt")) {
            return in == null ? Optional.empty()
                    : Optional.of(parse(rfc, new String(in.readAllBytes(), UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The index as the text itself gives it.
    static Index from(Rfc rfc) {
        return new Index(rfc.number(), rfc.title(), rfc.sections().stream()
                .filter(section -> !section.number().isEmpty())
                .map(section -> new Entry(section.number(), section.title(),
                        section.paragraphs().stream()
                                .map(p -> hash(p.text()).substring(0, 16)).toList(),
                        section.statements().stream()
                        .map(s -> new Item(s.keyword(), s.weak(), hash(s.text()))).toList()))
                .toList());
    }

    static String hash(String sentence) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(
                    sha.digest(Sentences.collapse(sentence).getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);   // every JDK has SHA-256
        }
    }

    public Optional<Entry> section(String number) {
        return sections.stream().filter(entry -> entry.number.equals(number)).findFirst();
    }

    /// A line with the title, then for each section a line `§number title`, a line `¶ hash hash`
    /// for its paragraphs and a line `keyword hash` for each sentence; `~` before a keyword means
    /// weak.
    static Index parse(int rfc, String text) {
        var lines = text.lines().toList();
        var sections = new ArrayList<Entry>();
        for (var line : lines.subList(1, lines.size())) {
            if (line.startsWith("§")) {
                var f = line.substring(1).split(" ", 2);
                sections.add(new Entry(f[0], f[1], List.of(), List.of()));
            } else if (line.startsWith("¶")) {
                var last = sections.removeLast();
                sections.add(new Entry(last.number, last.title,
                        List.of(line.substring(2).split(" ")), List.of()));
            } else {
                int blank = line.lastIndexOf(' ');
                boolean weak = line.startsWith("~");
                var keyword = line.substring(weak ? 1 : 0, blank).replace(' ', '_');
                var last = sections.removeLast();
                var items = new ArrayList<>(last.items);
                items.add(new Item(Keyword.valueOf(keyword), weak, line.substring(blank + 1)));
                sections.add(new Entry(last.number, last.title, last.paragraphs, items));
            }
        }
        return new Index(rfc, lines.getFirst(), sections);
    }

    @Override public String toString() {
        var out = new StringBuilder(title).append('\n');
        for (var section : sections) {
            out.append("§%s %s%n".formatted(section.number, section.title));
            if (!section.paragraphs.isEmpty())
                out.append("¶ ").append(String.join(" ", section.paragraphs)).append('\n');
            for (var item : section.items)
                out.append(item.weak ? "~" : "").append(item.keyword).append(' ')
                        .append(item.hash).append('\n');
        }
        return out.toString();
    }
}
