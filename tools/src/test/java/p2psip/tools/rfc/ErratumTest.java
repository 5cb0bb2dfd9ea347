package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class ErratumTest {
    @Test void only_verified_errata_count_and_each_knows_its_section() {
        var json = "[" + reported("1", "Verified", "In Section 17.2.2:") + ","
                + reported("2", "Rejected", "1") + "," + reported("3", "Verified", "GLOBAL") + "]";
        assertThat(Erratum.verified(json)).containsExactly(
                new Erratum("1", "17.2.2", "Technical", "a", "b", "c"),
                new Erratum("3", "", "Technical", "a", "b", "c"));
    }

    private static String reported(String id, String status, String section) {
        return """
                {"errata_id": "%s", "errata_status_code": "%s", "errata_type_code": "Technical",
                 "section": "%s", "orig_text": "a", "correct_text": "b", "notes": "c",
                 "doc-id": "RFC99901"}
                """.formatted(id, status, section);
    }
}
