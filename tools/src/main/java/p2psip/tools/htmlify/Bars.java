package p2psip.tools.htmlify;

import module java.base;

/// How far a section or an RFC is obeyed, as a bar: a piece of each colour, as wide as its share.
final class Bars {
    private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

    static {
        MEANINGS.put("both", "implemented and tested");
        MEANINGS.put("done", "implemented");
        MEANINGS.put("tested", "tested");
        MEANINGS.put("except", "an exception, with its reason");
        MEANINGS.put("todo", "to do");
        MEANINGS.put("open", "open");
    }

    private Bars() {}

    static String meaning(String colour) { return MEANINGS.getOrDefault(colour, ""); }

    static String legend() {
        return MEANINGS.entrySet().stream().map(e -> "<span class=\"s " + e.getKey() + "\">"
                + e.getValue() + "</span>").collect(Collectors.joining(" ", "<p class=\"legend\">",
                "</p>\n"));
    }

    /// The bar in words: how many sentences of those that apply are implemented, and tested.
    static String shares(List<String> colours) {
        var applying = colours.stream().filter(colour -> !colour.equals("except")).toList();
        if (applying.isEmpty()) return "";
        var done = applying.stream().filter(List.of("both", "done")::contains).count();
        var tested = applying.stream().filter(List.of("both", "tested")::contains).count();
        return "<small>" + done + " of " + applying.size() + " implemented, " + tested
                + " tested</small> ";
    }

    /// A bar for sentences of these colours; nothing where there is no sentence.
    static String bar(List<String> colours) {
        if (colours.isEmpty()) return "";
        var counts = new LinkedHashMap<String, Integer>();
        MEANINGS.keySet().forEach(colour -> counts.put(colour, 0));
        colours.forEach(colour -> counts.merge(colour, 1, Integer::sum));
        int covered = colours.size() - counts.get("open");
        return counts.entrySet().stream().filter(e -> e.getValue() > 0)
                .map(e -> "<i class=\"" + e.getKey() + "\" style=\"flex:" + e.getValue()
                        + "\"></i>").collect(Collectors.joining("",
                        "<span class=\"bar\" title=\"" + covered + " of " + colours.size()
                        + " sentences\">", "</span>"));
    }
}
