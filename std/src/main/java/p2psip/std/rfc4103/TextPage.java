package p2psip.std.rfc4103;

import module java.base;

/// The text of one side as it is shown: lines that grow, and shrink by backspace.
public final class TextPage {
    /// How many lines are kept, the last ones.
    public static final int MAX_LINES = 1000;

    /// How long a line may be, in UTF-16 units; then it goes on in the next.
    public static final int MAX_LINE = 4096;

    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private boolean afterReturn;
    private int bells;

    /// Shows what a [TextReceiver] has told.
    public void add(String text) {
        T140.elements(text).forEach(this::element);
    }

    private void element(String element) {
        boolean ended = afterReturn;
        afterReturn = element.equals("\r");
        switch (element) {
            case T140.BACKSPACE -> erase();
            case T140.BELL -> bells++;
            case T140.BYTE_ORDER_MARK -> { }
            case T140.NEW_LINE, "\r", "\r\n" -> newLine();
            case "\n" -> {
                if (!ended) newLine();
            }
            default -> {
                // how text looks, and other codes, are not shown
                if (element.startsWith("\u009b") || element.startsWith("\u001b")) return;
                if (lines.getLast().length() + element.length() > MAX_LINE) newLine();
                lines.getLast().append(element, 0, Math.min(MAX_LINE, element.length()));
            }
        }
    }

    private void newLine() {
        lines.add(new StringBuilder());
        if (lines.size() > MAX_LINES) lines.removeFirst();
    }

    private void erase() {
        var line = lines.getLast();
        if (!line.isEmpty()) {
            var last = T140.elements(line).reduce("", (_, next) -> next);
            line.setLength(line.length() - last.length());
        } else if (lines.size() > 1) lines.removeLast();
    }

    public List<String> lines() { return lines.stream().map(StringBuilder::toString).toList(); }

    /// How often the bell has been rung.
    public int bells() { return bells; }
}
