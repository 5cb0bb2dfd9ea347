package p2psip.app.host;

import module java.base;

/// Why something of the system's did not work, in a few words for a person.
public final class Why {
    private Why() {}

    /// Those words, never the name of a class where the system says more, and without the path that
    /// the caller knows.
    public static String of(Throwable failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "a file of that name is there already";
            case FileSystemException e when e.getReason() != null -> said(e, e.getReason());
            case SocketTimeoutException _, TimeoutException _ -> "timed out";
            case UnresolvedAddressException _ -> "there is no such host";
            case ConnectException e when e.getMessage() == null -> "no connection";
            case EOFException _ -> "it ends too early";
            case RuntimeException e when e.getCause() instanceof IOException cause -> of(cause);
            default -> said(failure, Objects.requireNonNullElse(failure.getMessage(), ""));
        };
    }

    private static String said(Throwable failure, String message) {
        return switch (message) {
            case "" -> failure.getClass().getSimpleName();
            case "Connection refused" -> "refused";
            case "Cannot assign requested address" -> "no such address here";
            case "Connection reset", "Connection reset by peer", "Broken pipe" ->
                    "reset by the peer";
            default -> message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
        };
    }

    /// Closes something that nobody waits for any more.
    static void quietly(Closeable what) {
        try {
            what.close();
        } catch (IOException e) {
            // it is as good as closed
        }
    }
}
