package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.rfc.*;

/// How far a section or an RFC is obeyed, as a bar: of what applies a piece of each colour, as wide
/// as its share.
final class Bars {
    private static final String NOTHING = "asks nothing of us, with the reason";

    private Bars() {}

    static String legend() {
        return Stream.concat(
                        Arrays.stream(Standing.values()).filter(Standing::applies)
                                .map(s -> span(s.colour(), s.meaning())),
                        Stream.of(span("except", NOTHING)))
                .collect(Collectors.joining(" ", "<p class=\"legend\">", "</p>\n"));
    }

    private static String span(String colour, String meaning) {
        return "<span class=\"s " + colour + "\">" + meaning + "</span>";
    }

    /// A bar for sentences in these standings; nothing where there is no sentence.
    static String bar(List<Standing> standings) {
        if (standings.isEmpty()) return "";
        var applying = new TreeMap<Standing, Integer>();
        standings.stream().filter(Standing::applies)
                .forEach(standing -> applying.merge(standing, 1, Integer::sum));
        if (applying.isEmpty()) return "<span class=\"bar\" title=\"" + NOTHING
                + "\"><i class=\"except\" style=\"flex:1\"></i></span>";
        return applying.entrySet().stream().map(e -> "<i class=\"" + e.getKey().colour()
                        + "\" style=\"flex:" + e.getValue() + "\"></i>")
                .collect(Collectors.joining("", "<span class=\"bar\" title=\""
                        + Coverage.Counts.of(standings).told() + "\">", "</span>"));
    }
}
