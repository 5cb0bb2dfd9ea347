package p2psip.std.rfc4103;

import module java.base;
import p2psip.std.rfc2198.Redundancy;
import p2psip.std.rfc3264.Format;
import p2psip.std.rfc3264.Local;
import p2psip.std.rfc4566.*;

/// What one side says of the text that it receives: the numbers it goes by, how often it is to be
/// repeated, and how fast it may come.
///
/// @param payloadType of `t140`
/// @param red the payload type of `red`, empty if nothing is to be repeated
/// @param generations how often each block is repeated; 0 without red
/// @param cps how many characters may come in a second, as a mean over ten
/// @spec https://www.rfc-editor.org/rfc/rfc4103#section-10.2 RFC 4103 §10.2
public record TextFormat(int payloadType, OptionalInt red, int generations, int cps) {
    /// The media name in an `m=` line.
    public static final String MEDIA = "text";

    //= rfc4103#10.2-1 and the rtpmap says 1000
    public static final int CLOCK_RATE = 1000;

    //= rfc4103#4-2 two redundant generations behind the original, if nobody asks for another level
    public static final int GENERATIONS = 2;

    //= rfc4103#6¶3 the rate that holds where none is said: 30 characters a second
    public static final int CPS = 30;

    /// The highest rate that is understood, far above what anybody types.
    public static final int MAX_CPS = 999_999;

    private static final String T140 = "t140";
    private static final String RED = "red";
    private static final Pattern RATE =
            Pattern.compile("(?i)(?:.*;)?\\s*cps\\s*=\\s*([0-9]{1,6})\\s*(?:;.*)?");

    public TextFormat {
        if (generations < 0 || generations > Redundancy.MAX_LEVELS || cps < 0
                || cps > MAX_CPS || red.isEmpty() && generations > 0)
            throw new IllegalArgumentException(generations + " generations, " + cps + " cps");
    }

    /// The usual: everything twice again.
    //= rfc4103#4-1 the default is redundancy as RFC 2198 has it
    public static TextFormat of(int payloadType, int red) {
        return new TextFormat(payloadType, OptionalInt.of(red), GENERATIONS, CPS);
    }

    /// Without any protection, where the network loses nothing.
    //= rfc4103#4-4 text may be sent without additional protection
    public static TextFormat plain(int payloadType) {
        return new TextFormat(payloadType, OptionalInt.empty(), 0, CPS);
    }

    public TextFormat withCps(int cps) {
        return new TextFormat(payloadType, red, generations, cps);
    }

    /// What a side has said of its text, if it takes any.
    public static Optional<TextFormat> of(Media medium) {
        //= rfc4103#10.2¶2 the media name is text
        if (!medium.type().equals(MEDIA)) return Optional.empty();
        var formats = Format.of(medium);
        var text = formats.stream().filter(f -> is(f, T140)).findFirst();
        return text.map(format -> {
            int number = format.payloadType();
            var red = formats.stream().filter(f -> is(f, RED))
                    .filter(f -> generations(f.fmtp(), number).isPresent()).findFirst();
            return new TextFormat(number, red.stream().mapToInt(Format::payloadType).findFirst(),
                    red.map(f -> generations(f.fmtp(), number).getAsInt()).orElse(0),
                    cps(format.fmtp()));
        });
    }

    private static boolean is(Format format, String encoding) {
        return format.map().encoding().equalsIgnoreCase(encoding)
                && format.map().clockRate() == CLOCK_RATE;
    }

    /// One fewer than there are numbers in `98/98/98`; empty if they are not all of this format.
    private static OptionalInt generations(String fmtp, int number) {
        var numbers = List.of(fmtp.strip().split("/", Redundancy.MAX_LEVELS + 2));
        //= rfc4103#10.2¶5 the level of redundancy is the number of elements in the list
        return numbers.size() > Redundancy.MAX_LEVELS + 1
                || numbers.stream().anyMatch(n -> !n.equals(Integer.toString(number)))
                ? OptionalInt.empty() : OptionalInt.of(numbers.size() - 1);
    }

    private static int cps(String fmtp) {
        var rate = RATE.matcher(fmtp);
        return rate.matches() ? Integer.parseInt(rate.group(1)) : CPS;
    }

    /// The formats as an offer has them, `red` preferred.
    public List<Format> formats() {
        //= rfc4103#10.2¶3 cps goes in the fmtp, and is not said if it is the default
        var text = Format.of(payloadType, T140, CLOCK_RATE, cps == CPS ? "" : "cps=" + cps);
        //= rfc4103#10.2¶5 the list has one element more than there are generations
        var list = String.join("/", Collections.nCopies(generations + 1, "" + payloadType));
        return red.isEmpty() ? List.of(text)
                : List.of(Format.of(red.getAsInt(), RED, CLOCK_RATE, list), text);
    }

    /// A stream of text, both ways.
    //= rfc4103#5.3-8 it has no other payload type than text and the repetition of text
    public Local local(int port) {
        return new Local(MEDIA, "RTP/AVP", port, formats(), Direction.SENDRECV, List.of());
    }

    /// This side's format by the numbers of an offer, as the answer has them: the list of `red`
    /// names the offered number of `t140`.
    public TextFormat answering(Media offered) {
        return of(offered).map(theirs -> theirs.red.isPresent() && red.isPresent()
                ? new TextFormat(theirs.payloadType, theirs.red, generations, cps)
                //= rfc4103#10.3¶2 cps is declarative: each side says its own
                : plain(theirs.payloadType).withCps(cps)).orElse(this);
    }
}
