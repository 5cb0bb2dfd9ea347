package p2psip.tools.dissect;

import module java.base;
import p2psip.app.trace.Sentences;
import p2psip.tools.rfc.*;
import p2psip.tools.rfc.Citation.*;

/// The words of the RFCs from the reader's own copies: what a conversation that is shown says of
/// its bytes. Found by `ServiceLoader`.
public final class Quoted implements Sentences {
    private final Library library = Library.of(Optional.empty(), System.getenv());
    private final Map<Integer, Optional<Rfc>> texts = new HashMap<>();   // asked only

    @Override public Sentence of(String citation) {
        var link = Sentences.LINKS.of(citation);
        return new Sentence(link.title(), Citation.place(citation).map(this::words)
                .orElse(List.of()), link.address());
    }

    private List<String> words(Place place) {
        return texts.computeIfAbsent(place.rfc(), library::rfc)
                .flatMap(rfc -> rfc.section(place.section())).stream()
                .flatMap(section -> switch (place) {
                    case Paragraph p -> section.paragraphs().stream()
                            .filter(each -> each.number() == p.number()).map(Rfc.Paragraph::text);
                    case Statements s -> section.statements().stream()
                            .filter(each -> s.names(s.section(), each.number()))
                            .map(Rfc.Statement::text);
                    case All _ -> Stream.<String>empty();
                }).toList();
    }
}
