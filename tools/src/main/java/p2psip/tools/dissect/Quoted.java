package p2psip.tools.dissect;

import module java.base;
import p2psip.app.trace.Sentences;
import p2psip.tools.rfc.*;

/// The words of the RFCs from the reader's own copies: what a conversation that is shown says of
/// its bytes. Found by `ServiceLoader`.
public final class Quoted implements Sentences {
    private final Map<Integer, Optional<Rfc>> texts = new HashMap<>();   // asked only

    @Override public Sentence of(String citation) {
        var link = Sentences.LINKS.of(citation);
        return new Sentence(link.title(), Citation.place(citation).map(this::words)
                .orElse(List.of()), link.address());
    }

    private List<String> words(Citation.Place place) {
        return texts.computeIfAbsent(place.rfc(),
                        rfc -> Library.of(Optional.empty(), System.getenv()).rfc(rfc))
                .map(rfc -> rfc.words(place)).orElse(List.of());
    }
}
