package p2psip.app.trace;

import module java.base;

/// A drawing in the making: lines, arrows and text on a canvas that is as large as what is on it.
///
/// Everything is drawn in the colour of the text around it, or in one that can be seen on light and
/// on dark; the drawing scales down to its column and never up. Units are those of the drawing,
/// pixels at full size; y grows downwards.
///
/// @spec https://www.w3.org/TR/SVG2/ SVG 2
public final class Svg {
    /// The size of text, the height of its lines and the width of one of its characters, all of
    /// which are of the same width.
    public static final double SIZE = 12, LINE = 15, CHARACTER = 7.23;

    public enum Anchor { START, MIDDLE, END }

    private final StringBuilder body = new StringBuilder();

    /// As it is written: with one digit behind the point at most.
    public static String number(double value) {
        return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).stripTrailingZeros()
                .toPlainString();
    }

    /// For text and for the value of an attribute.
    public static String escape(String text) {
        return Printer.visible(text).replace("&", "&amp;").replace("<", "&lt;")
                .replace(">", "&gt;").replace("\"", "&quot;");
    }

    /// How wide a text is.
    public static double width(String text) {
        return text.codePointCount(0, text.length()) * CHARACTER;
    }

    /// A line or curve: `M 0 0 L 10 10`, written with [#path]'s own numbers.
    ///
    /// @param look more attributes: `stroke-dasharray="4 3"`; empty for none
    public Svg path(String commands, String colour, double width, String look) {
        body.append("<path d=\"").append(commands).append("\" fill=\"none\" stroke=\"")
                .append(colour).append("\" stroke-width=\"").append(number(width)).append('"')
                .append(look.isEmpty() ? "" : " " + look).append("/>\n");
        return this;
    }

    public Svg line(double x1, double y1, double x2, double y2, String colour, String look) {
        return path(at("M", x1, y1) + at("L", x2, y2), colour, 1.3, look);
    }

    /// One command of a path and its point.
    public static String at(String command, double x, double y) {
        return command + number(x) + " " + number(y);
    }

    /// The tip of an arrow at a point, coming from the direction of another.
    public Svg tip(double fromX, double fromY, double x, double y, String colour) {
        double along = Math.atan2(y - fromY, x - fromX);
        body.append("<path d=\"").append(at("M", x, y));
        for (double side : new double[] {-0.38, 0.38})
            body.append(at("L", x - 9 * Math.cos(along + side), y - 9 * Math.sin(along + side)));
        body.append("Z\" fill=\"").append(colour).append("\"/>\n");
        return this;
    }

    public Svg dot(double x, double y, double radius, String colour) {
        body.append("<circle cx=\"").append(number(x)).append("\" cy=\"").append(number(y))
                .append("\" r=\"").append(number(radius)).append("\" fill=\"").append(colour)
                .append("\"/>\n");
        return this;
    }

    /// A box with round corners; `look` as in [#path].
    public Svg box(double x, double y, double width, double height, String colour, String look) {
        body.append("<rect x=\"").append(number(x)).append("\" y=\"").append(number(y))
                .append("\" width=\"").append(number(width)).append("\" height=\"")
                .append(number(height)).append("\" rx=\"6\" fill=\"none\" stroke=\"")
                .append(colour).append("\" stroke-width=\"1.3\"")
                .append(look.isEmpty() ? "" : " " + look).append("/>\n");
        return this;
    }

    /// A line of text whose base is at y.
    public Svg text(double x, double y, Anchor anchor, String text, String look) {
        body.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y))
                .append("\" text-anchor=\"").append(anchor.name().toLowerCase(Locale.ROOT))
                .append("\" fill=\"currentColor\"").append(look.isEmpty() ? "" : " " + look)
                .append('>').append(escape(text)).append("</text>\n");
        return this;
    }

    /// What `draw` adds leads to an address; if that is empty it leads nowhere.
    public Svg link(String address, Consumer<Svg> draw) {
        if (!address.isEmpty())
            body.append("<a href=\"").append(escape(address)).append("\">\n");
        draw.accept(this);
        if (!address.isEmpty()) body.append("</a>\n");
        return this;
    }

    /// The whole element, to be written to a file or into a page.
    ///
    /// @param kind  its class, for style sheets
    /// @param title what it shows, for those who do not see it
    public String finish(String kind, String title, double width, double height) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" class="%s" role="%s" aria-label="%s" \
                viewBox="0 0 %s %s" width="%s" height="%s" font-size="%s" \
                font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace">
                <style>.%s { max-width: 100%%; height: auto } .%s:root { color: #1d2129 }
                @media (prefers-color-scheme: dark) { .%s:root { color: #d9dde3 } }</style>
                %s</svg>
                """.formatted(kind, body.indexOf("<a ") < 0 ? "img" : "group", escape(title),
                number(width), number(height), number(width), number(height), number(SIZE), kind,
                kind, kind, body);
    }

    /// Breaks a text between words into lines of at most so many characters; a word that is longer
    /// is cut.
    public static List<String> wrap(String text, int characters) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.strip().split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > characters) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (!line.isEmpty()) line.append(' ');
            line.append(word);
            while (line.length() > characters) {
                lines.add(line.substring(0, characters));
                line.delete(0, characters);
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
