package p2psip.std.rfc3261;

import p2psip.std.Script;
import p2psip.std.rfc3261.Message.*;

/// What a [Script] says of messages: `INVITE`, `180`, `200 BYE`.
public final class Said {
    private Said() {}

    public static String text(Message message) {
        return switch (message) {
            case Request request -> request.method();
            case Response response -> text(response.status(), response.cseq().method());
        };
    }

    /// A status alone is that of an INVITE.
    public static String text(int status, String method) {
        return status + (method.equals("INVITE") ? "" : " " + method);
    }

    /// Whether a line says a response.
    public static boolean response(Script.Line line) { return line.what().matches("\\d.*"); }

    public static int status(Script.Line line) { return Integer.parseInt(line.words()[0]); }

    /// The method of a request, or that a response is for.
    public static String method(Script.Line line) {
        var words = line.words();
        if (!response(line)) return words[0];
        return words.length > 1 && words[1].matches("[A-Z]+") ? words[1] : "INVITE";
    }
}
