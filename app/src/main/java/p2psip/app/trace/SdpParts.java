package p2psip.app.trace;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.ua.Content;

/// The lines of a session description.
final class SdpParts {
    private SdpParts() {}

    static boolean isBodyOf(Message message) {
        return message.first("Content-Type").filter(type -> new Content(type, Bytes.EMPTY)
                .mediaType().equals(Content.SDP)).isPresent();
    }

    /// Whatever lines a stranger has written, in whatever order.
    static void description(Knife knife, Bytes body) {
        var lines = body.utf8().split("(?<=\n)", Knife.LINES + 1);
        for (int i = 0; i < lines.length; i++)
            if (i == Knife.LINES) knife.text("rest", lines[i], "More lines than are shown.", "");
            else if (!lines[i].isEmpty()) line(knife, lines[i]);
    }

    private static void line(Knife knife, String text) {
        boolean known = text.length() > 1 && text.charAt(1) == '=';
        knife.text(known ? text.substring(0, 2) : "line", text,
                known ? meaning(text.stripTrailing()) : "No line of a session description.",
                source(known ? text.stripTrailing() : " "));
    }

    private static String meaning(String line) {
        var words = List.of(line.substring(2).split(" "));
        return switch (line.charAt(0)) {
            case 'v' -> "The version of SDP.";
            case 'o' -> "Whose session, its number, and which edition (" + word(words, 2)
                    + "): a changed offer adds one.";
            case 's' -> "The session's name: a call has none, a blank or a dash stands for it.";
            case 'i' -> "About the session, for people.";
            case 'c' -> "Where it is to be sent: " + word(words, 2) + ".";
            case 'b' -> "How much of the line it may take.";
            case 't' -> "From when to when: 0 and 0 are always.";
            case 'm' -> medium(words);
            case 'a' -> attribute(line.substring(2));
            default -> "Another line.";
        };
    }

    private static String medium(List<String> words) {
        if (word(words, 1).equals("0")) return "No " + word(words, 0) + ": it is refused or over.";
        return (words.getFirst().equals("audio") ? "Sound" : words.getFirst())
                + " comes in at port " + word(words, 1) + ", RTCP at the next, as one of the"
                + " payload types " + String.join(", ", words.subList(Math.min(3, words.size()),
                words.size())) + ", the first the dearest.";
    }

    private static String word(List<String> words, int at) {
        return at < words.size() ? words.get(at) : "?";
    }

    private static String attribute(String text) {
        var words = List.of(text.split("[: /]"));
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "rtpmap" -> "Payload type " + word(words, 1) + " is " + word(words, 2) + ", with "
                    + word(words, 3) + " units a second.";
            case "fmtp" -> "What of that format: " + text.substring(text.indexOf(' ') + 1) + ".";
            case "ptime" -> "So many milliseconds of sound a packet.";
            case "maxptime" -> "At most so many milliseconds of sound a packet.";
            case "sendrecv" -> "It goes both ways.";
            case "sendonly", "recvonly", "inactive" -> "It goes one way, or none.";
            case "rtcp" -> "Where RTCP comes in, if not at the next port.";
            default -> "An attribute.";
        };
    }

    private static String source(String line) {
        return "rfc4566#" + switch (line.charAt(0)) {
            case 'v' -> "5.1¶1";
            case 'o' -> "5.2¶1";
            case 's' -> "5.3¶1";
            case 'i' -> "5.4¶1";
            case 'c' -> "5.7¶1";
            case 'b' -> "5.8¶1";
            case 't' -> "5.9¶1";
            case 'm' -> "5.14¶1";
            case 'a' -> switch (line.substring(2).split("[: ]", 2)[0]) {
                case "rtpmap" -> "6¶7";
                case "fmtp" -> "6¶38";
                case "ptime" -> "6¶5";
                case "maxptime" -> "6¶6";
                case "recvonly" -> "6¶16";
                case "sendrecv" -> "6¶17";
                case "sendonly" -> "6¶19";
                case "inactive" -> "6¶20";
                default -> "5.13¶1";
            };
            default -> "5¶1";
        };
    }
}
