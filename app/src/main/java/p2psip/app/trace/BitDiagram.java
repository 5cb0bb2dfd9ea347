package p2psip.app.trace;

import module java.base;

/// Draws bytes as the RFCs draw them, 32 bits a row, with what the fields hold: as SVG, a group for
/// each field, in their order.
final class BitDiagram {
    private static final int BIT = 20, ROW = 36, TOP = 16, WORD = 32;

    /// A field that takes more rows than this is drawn in three: its begin, a gap, its end.
    private static final int TALL = 3;

    /// So many fields are drawn: those of a long list look all alike.
    private static final int FIELDS = 120;

    private static final double CHARACTER = 6.4;

    private final StringBuilder out = new StringBuilder();
    private int y = TOP, x;

    private BitDiagram() {}

    static String svg(Dissection dissection) {
        var diagram = new BitDiagram();
        var fields = dissection.fields();
        fields.stream().limit(FIELDS).forEach(diagram::draw);
        int height = diagram.y + (diagram.x > 0 ? ROW : 0) + 2;
        var ruler = new StringBuilder();
        for (int bit = 0; bit < WORD; bit += 8)
            ruler.append("<text x=\"%d\" y=\"11\" class=\"r\">%d</text>".formatted(
                    1 + bit * BIT, bit));
        return """
                <svg class="t-bits" viewBox="0 0 %d %d" role="img" aria-label="%s, bit by bit">
                %s
                %s</svg>
                %s""".formatted(WORD * BIT + 2, height, Html.escape(dissection.protocol()), ruler,
                diagram.out, fields.size() <= FIELDS ? "" : "<p class=\"way\">The other "
                        + (fields.size() - FIELDS) + " fields are not drawn.</p>\n");
    }

    private void draw(Field field) {
        int bits = field.to() - field.from(), rows = (x + bits + WORD - 1) / WORD;
        int first = Math.min(bits, WORD - x), last = (x + bits - 1) % WORD + 1;
        int named = rows == 1 || 2 * first >= WORD ? 0 : 1;   // the row with room for the name
        out.append("<g>");
        box(field, first, named == 0, "");
        if (rows > TALL) box(field, WORD, named == 1, "…");
        else for (int row = 1; row < rows - 1; row++) box(field, WORD, named == row, "");
        if (rows > 1) box(field, last, named == 1 && rows == 2, "");
        out.append("</g>\n");
    }

    private void box(Field field, int bits, boolean named, String text) {
        int left = 1 + x * BIT, width = bits * BIT;
        out.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>".formatted(
                left, y, width, ROW));
        if (named) {
            text(left + width / 2, y + 14, "", field.name(), width);
            text(left + width / 2, y + 29, " class=\"v\"", field.value(), width);
        } else if (!text.isEmpty()) {
            text(left + width / 2, y + 22, " class=\"v\"", text, width);
        }
        x += bits;
        if (x == WORD) {
            x = 0;
            y += ROW;
        }
    }

    private void text(int middle, int base, String style, String text, int width) {
        int room = (int) (width / CHARACTER);
        var shown = text.length() <= Math.max(1, room) ? text
                : room < 2 ? text.substring(0, 1) : text.substring(0, room - 1) + "…";
        out.append("<text x=\"%d\" y=\"%d\"%s>%s</text>".formatted(
                middle, base, style, Html.escape(shown)));
    }
}
