package p2psip.tools.rfc;

import module java.base;

/// The headings of a text: which lines are some, and in what order their numbers may come.
///
/// The order tells a heading from a line that only begins with a number.
final class Outline {
    record Heading(String number, String title) {}

    private static final Pattern NUMBERED = Pattern.compile("(?:Appendix\\s+)?"
            + "((?:\\d{1,2}|[A-Z])(?:\\.\\d+)*)(?:[.:]|(?=\\s)|$)(?:\\s+-)?\\s*(\\S.*)?");
    private static final Pattern UNNUMBERED = Pattern.compile("(?i)(?:abstract|status of|copyright"
            + "|table of contents|acknowledg|author|editor|full copyright|intellectual|contributors"
            + "|index|preface|ipr|references|normative ref|informative ref|security con)[^=]*");
    private static final Pattern LEADER = Pattern.compile("(?:\\. ?){3,}");

    private String last = "";

    /// The heading that a line at the left margin is, if it is one; its number may be empty.
    Optional<Heading> heading(String line) {
        var m = NUMBERED.matcher(line);
        if (m.matches() && !LEADER.matcher(line).find() && follows(m.group(1))) {
            last = m.group(1);
            return Optional.of(new Heading(last, m.group(2) == null ? "" : m.group(2)));
        }
        return line.length() < 60 && Character.isUpperCase(line.charAt(0)) && !line.endsWith(".")
                && UNNUMBERED.matcher(line).matches()
                ? Optional.of(new Heading("", line)) : Optional.empty();
    }

    /// Whether a number may come after the last one: one level deeper, or later at the same or a
    /// higher level; a number may be left out, as RFCs do.
    private boolean follows(String next) {
        if (last.isEmpty()) return next.equals("1");
        var a = parts(last);
        var b = parts(next);
        int same = 0;
        while (same < a.size() && same < b.size() && a.get(same).equals(b.get(same))) same++;
        if (same == 0) return b.size() == 1
                && (b.getFirst() == a.getFirst() + 1 || next.equals("A") && last.charAt(0) <= '9');
        if (b.size() != same + 1) return false;
        int before = same < a.size() ? a.get(same) : 0;
        return b.get(same) > before && b.get(same) <= before + 2;
    }

    /// Letters come after all numbers.
    private static List<Integer> parts(String number) {
        return Arrays.stream(number.split("\\."))
                .map(p -> p.charAt(0) >= 'A' ? 1000 + p.charAt(0) : Integer.parseInt(p)).toList();
    }
}
