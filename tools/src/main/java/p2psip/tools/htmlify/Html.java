package p2psip.tools.htmlify;

import module java.base;

/// What all pages have in common: escaping, addresses, the way from page to page.
final class Html {
    /// Where the pages of sources and RFCs lie, from the root of the site.
    static final String SOURCE = "source/";
    static final String HOME = "index.html", API = "api/index.html",
            NOT_DONE = SOURCE + "not-done.html";

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

    /// What it says, as plain text.
    static String unescape(String html) {
        return ENTITY.matcher(html).replaceAll(m -> Matcher.quoteReplacement(switch (m.group(1)) {
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            case "amp" -> "&";
            case "nbsp" -> " ";
            case "middot" -> "·";
            case String n when n.startsWith("#") -> Character.toString(n.startsWith("#x")
                    ? Integer.parseInt(n, 2, n.length(), 16) : Integer.parseInt(n.substring(1)));
            default -> m.group();
        }));
    }

    private static final Pattern ENTITY = Pattern.compile("&(\\w+|#\\d{1,6}|#x[0-9a-fA-F]{1,5});");

    /// The page of a source file, from the root of the site: `source/std/p2psip/std/Machine.html`.
    static String page(Path source) {
        var parts = new ArrayList<String>();
        source.forEach(part -> parts.add(part.toString()));
        boolean test = parts.get(2).equals("test");
        var rest = String.join("/", parts.subList(4, parts.size()));
        return SOURCE + parts.getFirst() + (test ? "-test/" : "/")
                + rest.replaceFirst("\\.(java|txt)$", ".html");
    }

    /// The page of a package: `source/std/p2psip.std.html`.
    static String page(String storey, String name) {
        return SOURCE + storey + "/" + name + ".html";
    }

    /// The name of a source file, `Machine`.
    static String name(Path source) {
        return source.getFileName().toString().replaceFirst("\\.(java|txt)$", "");
    }

    /// The package of a source file, `p2psip.std`.
    static String packageName(Path source) {
        return source.subpath(4, source.getNameCount() - 1).toString()   // behind src/main/java
                .replace('/', '.');
    }

    /// The way from one page of the site to another, or to an address outside.
    static String way(String from, String to) {
        if (to.contains("://")) return to;
        int same = 0;
        for (int slash; (slash = from.indexOf('/', same)) >= 0
                && to.startsWith(from.substring(same, slash + 1), same);) same = slash + 1;
        return "../".repeat(depth(from.substring(same))) + to.substring(same);
    }

    static int depth(String page) { return (int) page.chars().filter(c -> c == '/').count(); }
}
