package p2psip.tools.htmlify;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class ProseTest {
    private final Prose prose = new Prose(name ->
            name.equals("Gate") ? Optional.of("Gate.html") : Optional.empty());

    @Test void paragraphs_lists_code_and_tables_are_set() {
        assertThat(html("""
                A gate is *open* or `closed`.
                It is never both.

                - one
                - two and
                  a half

                    drawn |--->| as <is>

                | a | b |
                |---|---|
                | 1 | `2` |
                """)).isEqualTo("""
                <p>A gate is <i>open</i> or <code>closed</code>. It is never both.</p>
                <ul>
                <li>one</li>
                <li>two and a half</li>
                </ul>
                <pre>drawn |---&gt;| as &lt;is&gt;</pre>
                <table>
                <tr><th>a</th><th>b</th></tr>
                <tr><td>1</td><td><code>2</code></td></tr>
                </table>
                """);
    }

    @Test void names_lead_to_their_types_and_unknown_ones_stay_names() {
        assertThat(html("See [Gate] and [Goose].")).isEqualTo("<p>See <a href=\"Gate.html\"><code>"
                + "Gate</code></a> and <code>Goose</code>.</p>\n");
    }

    @Test void tags_are_lines_of_their_own() {
        assertThat(html("A gate.\n@param rings how often\n  it rang\n"
                + "@spec https://x.example/1 X §1"))
                .isEqualTo("""
                <p>A gate.</p>
                <p class="tag"><code>rings</code> how often   it rang</p>
                <p class="spec"><a href="https://x.example/1">X §1</a></p>
                """);
    }

    /// The ancestor's pages showed `&lt;` where `<` was meant.
    @Test void what_looks_like_a_tag_is_escaped_once() {
        assertThat(html("If a < b & `c <d>`:")).isEqualTo(
                "<p>If a &lt; b &amp; <code>c &lt;d&gt;</code>:</p>\n");
    }

    private String html(String text) { return prose.html(text.lines().toList()); }
}
