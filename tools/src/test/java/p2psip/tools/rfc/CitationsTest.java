package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.why.*;
import p2psip.std.Cited;

/// The citations of this repository itself. Where the texts of the RFCs are found (`P2PSIP_RFC` or
/// the cache) our words are judged too.
class CitationsTest {
    @Test void every_citation_and_spec_names_what_is_there() {
        var sources = Sources.under(Sources.repository().orElseThrow());
        assertThat(sources.files()).isNotEmpty();
        assertThat(Audit.faults(sources, Library.of(Optional.empty(), System.getenv())::rfc,
                Index::of)).isEmpty();
    }

    @Test void no_test_claims_more_than_six_sentences() {
        assertThat(Audit.crowded(Sources.under(Sources.repository().orElseThrow()))).isEmpty();
    }

    @Test void every_constant_that_carries_a_section_names_one_that_is_there() {
        var nothing = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("p2psip").stream()
                .filter(c -> c.isEnum() && c.isAssignableTo(Cited.class))
                .flatMap(c -> Arrays.stream(c.reflect().getEnumConstants()).map(Cited.class::cast))
                .filter(constant -> !exists(constant.citation()))
                .map(constant -> constant.getClass().getName() + "." + constant.name()
                        + " names " + constant.citation());
        assertThat(nothing).isEmpty();
    }

    @Test void what_a_failed_call_is_laid_to_is_asked_for_by_a_sentence_that_is_there() {
        assertThat(Causes.ALL).extracting(Cause::citation).allSatisfy(citation ->
                assertThat(exists(citation.replaceFirst("[¶-].*", ""))).as(citation).isTrue());
        var texts = Library.of(Optional.empty(), System.getenv());
        assertThat(Causes.ALL).extracting(Cause::citation).allSatisfy(citation -> {
            var place = Citation.place(citation).orElseThrow();
            texts.rfc(place.rfc()).ifPresent(rfc -> assertThat(rfc.words(place)).as(citation)
                    .isNotEmpty());
        });
    }

    private static boolean exists(String citation) {
        var parts = citation.split("#");
        return parts.length == 2 && parts[0].matches("rfc\\d+")
                && Index.of(Integer.parseInt(parts[0].substring(3)))
                        .flatMap(index -> index.section(parts[1])).isPresent();
    }
}
