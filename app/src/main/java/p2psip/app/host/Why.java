package p2psip.app.host;

import module java.base;

/// Why something of the system's did not work, in a few words for a person.
final class Why {
    private Why() {}

    static String of(Throwable failure) {
        var message = Objects.requireNonNullElse(failure.getMessage(), "");
        return switch (message) {
            case "" -> failure.getClass().getSimpleName();
            case "Connection refused" -> "refused";
            case "Cannot assign requested address" -> "no such address here";
            case "Connection reset", "Connection reset by peer", "Broken pipe" ->
                    "reset by the peer";
            default -> failure instanceof SocketTimeoutException ? "timed out"
                    : failure instanceof NoSuchFileException ? "no such file or folder"
                    : failure instanceof AccessDeniedException ? "not allowed"
                    : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
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
