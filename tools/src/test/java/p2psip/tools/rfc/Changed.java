package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import javax.tools.ToolProvider;

/// Classes of the project from some folders, the first that has one: so one that was compiled from
/// a changed source takes the place of its own.
public final class Changed extends URLClassLoader {
    private final String prefix;

    /// @param prefix how the names begin of what is loaded anew; all else is shared
    public Changed(String prefix, List<Path> folders) {
        super(folders.stream().map(Changed::url).toArray(URL[]::new),
                Changed.class.getClassLoader());
        this.prefix = prefix;
    }

    private static URL url(Path folder) {
        try {
            return folder.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);   // a folder's URI is a URL
        }
    }

    @Override protected Class<?> loadClass(String name, boolean resolve)
            throws ClassNotFoundException {
        if (!name.startsWith(prefix)) return super.loadClass(name, resolve);
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    @Override public URL getResource(String name) {
        var own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    /// Compiles a source with other words in it, each of which stands there once.
    ///
    /// @param folder where the classes are put
    public static void compile(Path source, Map<String, String> changes, Path folder,
            Path classes) {
        try {
            var text = Files.readString(source);
            for (var change : changes.entrySet()) {
                assertThat(text).containsOnlyOnce(change.getKey());
                text = text.replace(change.getKey(), change.getValue());
            }
            var changed = folder.resolve(source.getFileName());
            Files.writeString(changed, text);
            var errors = new ByteArrayOutputStream();
            assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, errors, "-proc:none",
                    "-d", folder.toString(), "-cp", classes + File.pathSeparator
                            + System.getProperty("java.class.path"), changed.toString()))
                    .as(errors.toString()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
