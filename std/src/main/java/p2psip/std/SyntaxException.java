package p2psip.std;

import module java.base;

/// What somebody sent or wrote cannot be read: each package that reads something has one of its
/// own below this, and whoever reads several things catches this one, at the edge.
public abstract class SyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /// @param why for people, in a line
    protected SyntaxException(String why) { super(why); }

    protected SyntaxException(String why, Throwable cause) { super(why, cause); }

    /// A reader for whom nonsense is as good as nothing: empty where the other one throws.
    public static <A, T> Function<A, Optional<T>> forgiving(Function<A, T> parse) {
        return written -> {
            try {
                return Optional.of(parse.apply(written));
            } catch (SyntaxException e) {
                return Optional.empty();
            }
        };
    }
}
