package p2psip.app.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// From who asks down to the ring the same few words are said, and declared once.
class VocabularyTest {
    private static final Set<String> WORDS = Set.of("Put", "Get", "Remove", "Done", "Found",
            "Failed", "Stored", "Kept");

    private static final Stream<JavaClass> RECORDS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("p2psip.app.lookup", "p2psip.app.p2p", "p2psip.app.dht",
                    "p2psip.app.node").stream().filter(JavaClass::isRecord);

    @Test void put_get_done_found_and_failed_are_declared_once() {
        assertThat(RECORDS.filter(is -> WORDS.contains(is.getSimpleName()))
                .map(is -> is.getName().substring("p2psip.app.".length())))
                .containsExactlyInAnyOrder(
                        "lookup.Query$Put", "lookup.Query$Get",
                        "lookup.Answer$Done", "lookup.Answer$Found", "lookup.Answer$Failed",
                        // what goes over the wire
                        "dht.Message$Body$Put", "dht.Message$Body$Get", "dht.Message$Stored",
                        // of peers: one is a super-node
                        "p2p.Packet$Found", "p2p.Discovery$Output$Found",
                        // of a call, and of a start
                        "p2p.Handshaking$Output$Failed", "node.Startup$Output$Failed",
                        // remembered, not said
                        "lookup.Sharing$Kept");
    }
}
