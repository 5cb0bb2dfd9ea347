package p2psip.std.rfc4103;

import module java.base;

/// Makes T.140 of what is typed, wherever one piece ends and the next begins: each line end a
/// [T140#NEW_LINE], and no half of a character.
final class Typing {
    private boolean afterReturn;
    /// The first half of a character, until the other one is typed.
    private String half = "";

    String take(String piece) {
        var out = new StringBuilder();
        var text = half + piece;
        boolean open = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        half = open ? text.substring(text.length() - 1) : "";
        text.substring(0, text.length() - half.length()).codePoints().forEach(c -> {
            if (c == '\r' || c == '\n' && !afterReturn) out.append(T140.NEW_LINE);
            else if (Character.getType(c) == Character.SURROGATE) out.append(T140.MISSING);
            else if (c != '\n') out.appendCodePoint(c);
            afterReturn = c == '\r';
        });
        return out.toString();
    }
}
