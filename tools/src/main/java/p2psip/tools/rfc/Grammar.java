package p2psip.tools.rfc;

import module java.base;

/// The rules of grammar that a section of an RFC draws.
///
/// @param rules by their names, `via-parm`, each with the lines that define it
public record Grammar(Map<String, List<String>> rules) {
    private static final Pattern BEGIN =
            Pattern.compile("\\s*([A-Za-z][\\w-]*)\\s*(?:=/?|::=)(?:\\s.*|$)");

    /// What does not begin a rule goes on with the one above it, as far as its drawing.
    public static Grammar of(Rfc.Section section) {
        var rules = new LinkedHashMap<String, List<String>>();
        for (var block : section.blocks()) {
            if (!(block instanceof Rfc.Drawing drawing)) continue;
            var rule = new ArrayList<String>();
            for (var line : drawing.lines()) {
                var begin = BEGIN.matcher(line);
                if (begin.matches()) rules.putIfAbsent(begin.group(1), rule = new ArrayList<>());
                rule.add(line);
            }
        }
        rules.replaceAll((_, lines) -> String.join("\n", lines).stripIndent().lines().toList());
        return new Grammar(rules);
    }
}
