package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.google.zxing.*;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import net.jqwik.api.*;

/// A drawing is read back by the reader that cameras have.
class QrCodeTest {
    private static final int BLACK = 0xff000000, WHITE = 0xffffffff, SIZE = 4;

    @Property(tries = 60) void it_is_read_from_the_terminal(@ForAll boolean coloured,
            @ForAll("texts") String text) throws ReaderException {
        var lines = QrCode.draw(text, coloured).stream()
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")).toList();
        assertThat(lines).allMatch(line -> line.length() == lines.getFirst().length());
        int width = lines.getFirst().length() * SIZE, height = lines.size() * 2 * SIZE;
        var pixels = new int[width * height];
        for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
            int half = lines.get(y / SIZE / 2).charAt(x / SIZE);
            boolean ink = half == '█' || half == (y / SIZE % 2 == 0 ? '▀' : '▄');
            pixels[y * width + x] = ink == coloured ? BLACK : WHITE;
        }
        //  seen straight, as it is drawn: what a camera sees askew is its reader's business
        var seen = new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(
                new RGBLuminanceSource(width, height, pixels))),
                Map.of(DecodeHintType.PURE_BARCODE, true));
        assertThat(seen.getText()).isEqualTo(text);
    }

    @Provide Arbitrary<String> texts() {
        return Arbitraries.strings().withCharRange('A', 'z').ofMinLength(1).ofMaxLength(300)
                .map(text -> "p2psip:join?" + text);
    }
}
