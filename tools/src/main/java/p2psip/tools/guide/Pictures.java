package p2psip.tools.guide;

import module java.base;

/// Drawings for paper.
final class Pictures {
    private Pictures() {}

    /// A file with a drawing in the letters that a PDF has, and no wider than they are.
    static String file(String name, String svg) {
        try {
            var file = Files.createTempFile(name, ".svg");
            file.toFile().deleteOnExit();
            Files.writeString(file, svg.replace("currentColor", "#1d2129")
                    .replaceFirst("font-family=\"[^\"]*\"", "font-family=\"M+ 1mn\""));
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
