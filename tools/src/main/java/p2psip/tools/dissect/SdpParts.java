package p2psip.tools.dissect;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc4566.*;

/// The lines of a session description.
final class SdpParts {
    private SdpParts() {}

    static void description(Knife knife, Bytes body) {
        var description = SessionDescription.parse(body);
        if (!description.toString().equals(body.utf8()))
            throw new IllegalArgumentException("lines that the codec writes otherwise");
        for (var line : body.utf8().split("(?<=\r\n)"))
            knife.text(line.substring(0, 2), line, meaning(line.strip()), section(line.charAt(0)));
    }

    private static String meaning(String line) {
        var words = line.substring(2).split(" ");
        return switch (line.charAt(0)) {
            case 'v' -> "The version of SDP.";
            case 'o' -> "Whose session, its number, and which edition (" + words[2]
                    + "): a changed offer adds one.";
            case 's' -> "The session's name: a call has none, a blank stands for it.";
            case 'c' -> "Where sound is to be sent: " + words[2] + ".";
            case 't' -> "From when to when: 0 and 0 are always.";
            case 'm' -> "Sound comes in at port " + words[1] + ", RTCP at the next, as one of the"
                    + " payload types " + String.join(", ", List.of(words).subList(3, words.length))
                    + ", the first the dearest.";
            case 'a' -> attribute(line.substring(2));
            default -> "Another line.";
        };
    }

    private static String attribute(String text) {
        if (text.startsWith("rtpmap:")) {
            var words = text.substring("rtpmap:".length()).split("[ /]");
            return "Payload type " + words[0] + " is " + words[1] + ", " + words[2] + " samples a"
                    + " second.";
        }
        if (text.startsWith("fmtp:")) return "What of that format: keys 0 to 15.";
        if (text.startsWith("ptime:")) return "So many milliseconds of sound a packet.";
        return switch (text) {
            case "sendrecv" -> "Sound goes both ways.";
            case "sendonly", "recvonly", "inactive" -> "Sound goes one way, or none.";
            default -> "An attribute.";
        };
    }

    private static String section(char type) {
        return "rfc4566#" + switch (type) {
            case 'v' -> "5.1";
            case 'o' -> "5.2";
            case 's' -> "5.3";
            case 'c' -> "5.7";
            case 't' -> "5.9";
            case 'm' -> "5.14";
            case 'a' -> "6";
            default -> "5";
        };
    }

    /// Names of the payload types of a description, for what follows on the media's way.
    static Map<Integer, String> formats(SessionDescription description) {
        var formats = new TreeMap<Integer, String>();
        for (var medium : description.media())
            for (var map : medium.rtpMaps()) formats.put(map.payloadType(), map.encoding() + "/"
                    + map.clockRate());
        return formats;
    }
}
