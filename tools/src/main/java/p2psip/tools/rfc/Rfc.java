package p2psip.tools.rfc;

import module java.base;

/// An RFC as its text has it: sections, their paragraphs and drawings, and the sentences that
/// carry a requirement, numbered.
///
/// Numbers are given per section, from 1: paragraphs (a list item is one) in the order of the text,
/// and the normative sentences among theirs. Drawings, captions, tables and grammar have neither.
public record Rfc(int number, String title, List<Section> sections) {
    public Rfc { sections = List.copyOf(sections); }

    /// A section; its number is empty for what has none, as the abstract and the authors.
    public record Section(String number, String title, List<Block> blocks) {
        public Section { blocks = List.copyOf(blocks); }

        public List<Paragraph> paragraphs() {
            return blocks.stream().filter(Paragraph.class::isInstance).map(Paragraph.class::cast)
                    .toList();
        }

        /// The numbered sentences, in order.
        public List<Statement> statements() {
            return paragraphs().stream().flatMap(p -> p.sentences().stream())
                    .flatMap(s -> s.statement().stream()).toList();
        }
    }

    public sealed interface Block {}

    /// Prose, unfolded; `mark` is the bullet or number of a list item with its blanks, or empty,
    /// and `indent` the column where the text (not the mark) begins.
    public record Paragraph(int number, int indent, String mark, List<Sentence> sentences)
            implements Block {
        public Paragraph { sentences = List.copyOf(sentences); }

        public String text() {
            return sentences.stream().map(Sentence::text).collect(Collectors.joining(" "));
        }
    }

    /// Lines as drawn: a figure, a table, grammar, an example message.
    public record Drawing(List<String> lines) implements Block {
        public Drawing { lines = List.copyOf(lines); }
    }

    public record Sentence(String text, Optional<Statement> statement) {}

    /// A sentence that requires something: its number in the section and its strongest keyword.
    public record Statement(int number, Keyword keyword, boolean weak, String text) {}

    /// The words of a numbered sentence.
    Optional<String> statement(String section, int number) {
        return section(section).flatMap(s -> s.statements().stream()
                .filter(t -> t.number() == number).findFirst()).map(Statement::text);
    }

    /// The words of what a citation names: its sentences, or its paragraph.
    public List<String> words(Citation.Place place) {
        return section(place.section()).stream().flatMap(in -> switch (place) {
            case Citation.Paragraph p -> in.paragraphs().stream()
                    .filter(each -> each.number() == p.number()).map(Paragraph::text);
            case Citation.Statements s -> in.statements().stream()
                    .filter(each -> s.names(s.section(), each.number())).map(Statement::text);
            case Citation.All _ -> Stream.<String>empty();
        }).toList();
    }

    /// The section with that number.
    public Optional<Section> section(String section) {
        return sections.stream()
                .filter(s -> !s.number.isEmpty() && s.number.equals(section)).findFirst();
    }
}
