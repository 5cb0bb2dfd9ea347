package p2psip.tools.guide;

import module java.base;
import org.asciidoctor.ast.Cursor;

/// A line of a file of the guide.
///
/// @param file relative to the folder of the guide
/// @param line counted from 1; 0 where it is not known
record Spot(Path folder, String file, int line) implements Cursor {

    /// The first line of the guide with these words.
    static Spot of(String words, Path folder) {
        try (var files = Files.list(folder)) {
            for (var file : files.filter(f -> f.toString().endsWith(".adoc")).sorted().toList()) {
                var lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++)
                    if (lines.get(i).contains(words))
                        return new Spot(folder, file.getFileName().toString(), i + 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Spot(folder, "", 0);
    }

    @Override public int getLineNumber() { return line; }

    @Override public String getPath() { return file; }

    @Override public String getDir() { return folder.toString(); }

    @Override public String getFile() { return folder.resolve(file).toString(); }
}
