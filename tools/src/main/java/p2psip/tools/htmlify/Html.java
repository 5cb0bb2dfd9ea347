package p2psip.tools.htmlify;

import module java.base;

/// What all pages have in common: escaping, the frame around a page, the way from page to page.
final class Html {
    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String link(String url, String text) {
        return "<a href=\"" + escape(url) + "\">" + text + "</a>";
    }

    /// The name of a method in its class, which may go on in the next line after each of its words.
    static String breakable(String name) {
        return escape(name).replaceAll("[._]", "$0<wbr>");
    }

    /// A whole page. It can be read without style and without script.
    ///
    /// @param depth how many folders below the root of the site it lies
    static String page(String title, int depth, String trail, String body) {
        var up = "../".repeat(depth);
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <link rel="stylesheet" href="%sstyle.css">
                <script src="%sscript.js" defer></script>
                </head>
                <body data-up="%s">
                <header><nav>%s</nav></header>
                <main>
                %s</main>
                </body>
                </html>
                """.formatted(escape(title), up, up, up,
                link(up + "index.html", "p2psip") + trail, body);
    }

    /// The page of a source file, from the root of the site: `std/p2psip/std/Machine.html`.
    static String page(Path source) {
        var parts = new ArrayList<String>();
        source.forEach(part -> parts.add(part.toString()));
        boolean test = parts.get(2).equals("test");
        var rest = String.join("/", parts.subList(4, parts.size()));
        return parts.getFirst() + (test ? "-test/" : "/")
                + rest.replaceFirst("\\.(java|txt)$", ".html");
    }

    /// The name of a source file, `Machine`.
    static String name(Path source) {
        return source.getFileName().toString().replaceFirst("\\.(java|txt)$", "");
    }

    /// The way from one page of the site to another.
    static String way(String from, String to) {
        int depth = (int) from.chars().filter(c -> c == '/').count();
        return "../".repeat(depth) + to;
    }

    static int depth(String page) { return (int) page.chars().filter(c -> c == '/').count(); }
}
