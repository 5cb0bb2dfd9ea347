package p2psip.tools.htmlify;

import module java.base;

/// The javadoc as part of the site: its copies of the sources give way to the annotated pages, line
/// for line.
public record Api(Path folder) {
    private static final String COPIES = "src-html";
    private static final Pattern COPY = Pattern.compile(
            COPIES + "/p2psip/(std|app|tools)/([\\w/-]+)\\.html#line-(\\d+)");

    /// Leads from each class and method to its annotated line. Once done there is nothing left to
    /// do.
    public void join() throws IOException {
        var copies = folder.resolve(COPIES);
        if (!Files.isDirectory(copies)) return;
        for (var page : files(folder)) {
            if (page.startsWith(copies) || !page.toString().endsWith(".html")) continue;
            var text = Files.readString(page);
            var joined = COPY.matcher(text).replaceAll("../" + Html.SOURCE
                    + "$1/p2psip/$1/$2.html#L$3");
            if (!joined.equals(text)) Files.writeString(page, joined);
        }
        for (var file : files(copies).reversed()) Files.delete(file);
    }

    /// All that is in a folder, and the folder, each before what is in it.
    private static List<Path> files(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.sorted().toList();
        }
    }
}
