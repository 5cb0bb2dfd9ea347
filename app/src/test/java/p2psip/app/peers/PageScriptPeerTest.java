package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.web.PhonePage;

/// The SIP of our page, which is written in the language of pages: as ladders, without a browser.
/// Needs node.
@Tag("peer")
class PageScriptPeerTest {
    @TempDir Path folder;

    @Test void the_page_speaks_sip() throws Exception {
        Programs.assumeThere("node");
        for (var name : List.of("sip.js", "md5.js")) copy("phone/" + name, name);
        copy("page.mjs", "page.mjs");
        Files.writeString(folder.resolve("package.json"), "{\"type\": \"module\"}");
        try (var programs = new Programs(folder)) {
            var process = programs.start("node", "page.mjs");
            assertThat(process.waitFor(Duration.ofSeconds(30))).isTrue();
            assertThat(programs.output()).isEqualTo("""
                    registers: >REGISTER <401 >REGISTER <200
                    state: registered
                    ack: sip:bob@192.0.2.9 <sip:two;lr> <sip:one;lr> CSeq 1
                    calls, is taken by two: >INVITE <180 <200 >ACK <200 >ACK <200 >ACK >BYE >BYE
                    gives up: >INVITE <180 >CANCEL <200 <487 >ACK
                    is called: <INVITE >180 >200 <ACK <BYE >200
                    taken: 2 2 answer
                    is missed: <INVITE >180 <CANCEL >200 >487
                    is told: <MESSAGE >200 <INFO >481 <OPTIONS >200
                    texts: sip:bob@example.com sdp
                    calls left: 0
                    MD5 8ca523f5e9506fed4657c9700eebdbec
                    SHA-256 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1
                    basic: null
                    nonsense: ,,,,,,,
                    """);
        }
    }

    private void copy(String resource, String name) throws IOException {
        try (var in = PhonePage.class.getResourceAsStream(resource)) {
            Files.copy(in, folder.resolve(name));
        }
    }
}
