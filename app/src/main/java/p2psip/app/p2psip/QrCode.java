package p2psip.app.p2psip;

import module java.base;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.*;

/// Text as a drawing for the camera of a telephone: two rows of squares in one line of characters.
final class QrCode {
    /// Squares that are left white around it, or it is not found.
    private static final int MARGIN = 4;

    private static final String BLACK_ON_WHITE = "\u001b[30;107m", USUAL = "\u001b[0m";

    private QrCode() {}

    /// The lines of it.
    ///
    /// @param coloured whether the terminal is told to draw in black on white; else it is drawn for
    ///                 one that writes white on black
    static List<String> draw(String text, boolean coloured) {
        try {
            var squares = Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix();
            int size = squares.getHeight() + 2 * MARGIN;
            return IntStream.iterate(0, y -> y < size, y -> y + 2).mapToObj(y ->
                    line(squares, size, y, coloured)).toList();
        } catch (WriterException e) {
            throw new IllegalArgumentException("too long to be drawn: " + text, e);
        }
    }

    private static String line(ByteMatrix squares, int size, int y, boolean coloured) {
        var line = IntStream.range(0, size).mapToObj(x -> half(
                isBlack(squares, x, y) == coloured,
                isBlack(squares, x, y + 1) == coloured)).collect(Collectors.joining());
        return coloured ? BLACK_ON_WHITE + line + USUAL : line;
    }

    private static String half(boolean upper, boolean lower) {
        return upper ? lower ? "█" : "▀" : lower ? "▄" : " ";
    }

    private static boolean isBlack(ByteMatrix squares, int x, int y) {
        int column = x - MARGIN, row = y - MARGIN;
        return column >= 0 && row >= 0 && column < squares.getWidth()
                && row < squares.getHeight() && squares.get(column, row) == 1;
    }
}
