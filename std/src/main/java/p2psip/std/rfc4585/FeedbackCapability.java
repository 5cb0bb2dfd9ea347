package p2psip.std.rfc4585;

import module java.base;
import p2psip.std.rfc4566.*;

/// Which feedback a stream may have: the `rtcp-fb` attributes of its description.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4585#section-4.2 RFC 4585 §4.2
public record FeedbackCapability(List<Line> lines) {
    /// No feedback but what goes along with reports.
    public static final FeedbackCapability NONE = new FeedbackCapability(List.of());

    /// How many lines are read; what is beyond them is ignored.
    public static final int MAX_LINES = 128;

    private static final String ATTRIBUTE = "rtcp-fb", INTERVAL = "trr-int";

    /// @param format a payload type number, or `*` for all
    /// @param value `nack`, `nack pli` ..., case counts
    public record Line(String format, String value) {
        public static final String ALL = "*";

        public Line {
            if (!format.equals(ALL) && !format.matches("[0-9]{1,3}") || value.isBlank())
                throw new IllegalArgumentException(format + " " + value);
        }

        private static Optional<Line> parse(String text) {
            var parts = text.strip().split(" +", 2);
            return parts.length < 2 || !parts[0].matches("\\*|[0-9]{1,3}") ? Optional.empty()
                    : Optional.of(new Line(parts[0], parts[1]));
        }

        //= rfc4585#4.2-4 the wildcard applies to all payload types
        boolean isFor(String payloadType) {
            return format.equals(ALL) || format.equals(payloadType);
        }

        Attribute attribute() { return new Attribute(ATTRIBUTE, format + " " + value); }
    }

    public FeedbackCapability { lines = List.copyOf(lines); }

    /// For all formats: `nack`, `nack pli` ...
    //= rfc4585#4.2-5 several types of feedback have several lines
    public static FeedbackCapability all(String... values) {
        return new FeedbackCapability(
                Arrays.stream(values).map(v -> new Line(Line.ALL, v)).toList());
    }

    /// Whether a medium of that protocol has feedback at all.
    //= rfc4585#3.7.2-2 the profile AVPF is indicated, or else there is none
    public static boolean profiled(String proto) {
        return proto.endsWith("RTP/AVPF") || proto.endsWith("RTP/SAVPF");
    }

    /// What a medium says.
    public static FeedbackCapability of(Media medium) {
        //= rfc4585#4.2-1,2 a media attribute, and used only where AVPF is specified
        return !profiled(medium.proto()) ? NONE : new FeedbackCapability(medium.all(ATTRIBUTE)
                .limit(MAX_LINES).flatMap(v -> Line.parse(v).stream()).toList());
    }

    //= rfc4585#4.2-3 they indicate which messages may be used
    public List<Attribute> attributes() { return lines.stream().map(Line::attribute).toList(); }

    /// What is answered to an offer.
    ///
    /// Positive feedback on pictures is for two alone as well, as is all that is positive.
    ///
    /// @param ours what this side can do: the formats of its lines do not matter
    /// @param formats the payload type numbers of the answer
    /// @param pointToPoint whether the two stay alone
    public FeedbackCapability answer(
            FeedbackCapability ours, List<String> formats, boolean pointToPoint) {
        //= rfc4585#4.2-9,13 attributes that are not understood or not supported are removed
        //= rfc4585#4.2-14 none is added, and no value altered
        return new FeedbackCapability(lines.stream().filter(line -> line.format.equals(Line.ALL)
                || formats.contains(line.format)).filter(line -> interval(line).isPresent()
                || ours.lines.stream().anyMatch(l -> l.value.equals(line.value))
                //= rfc4585#4.2-19 ack never without parameters
                && !line.value.equals("ack")
                //= rfc4585#4.2-18 and only in a session that may be in ACK mode
                //= rfc4585#3.6.1-1 which has two members, and does not grow
                && (pointToPoint || !positive(line))).toList());
    }

    //= rfc4585#3.6.2-1 in larger groups feedback is by negative acknowledgements
    //= rfc4585#6.3.3.1-1 and has no positive form on pictures either
    private static boolean positive(Line line) { return line.value.startsWith("ack"); }

    /// What may be used when one side has said this and the other has said that.
    //= rfc4585#4.2-15 only mechanisms negotiated in this way
    public FeedbackCapability agreed(FeedbackCapability answer) {
        return new FeedbackCapability(answer.lines.stream().filter(lines::contains).toList());
    }

    private static Optional<Duration> interval(Line line) {
        return line.value.matches(INTERVAL + " [0-9]{1,9}") ? Optional.of(Duration.ofMillis(
                Long.parseLong(line.value.substring(INTERVAL.length() + 1)))) : Optional.empty();
    }

    /// The least interval between two regular reports, in effect zero where none is named.
    public Duration interval() {
        return lines.stream().flatMap(line -> interval(line).stream())
                .max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /// Whether that feedback may be sent about packets of a format.
    //= rfc4585#4.2-11 no other messages than those listed in one of the lines
    public boolean allows(int payloadType, Feedback message) {
        var value = switch (message) {
            case Feedback.GenericNack _ -> "nack";
            case Feedback.PictureLoss _ -> "nack pli";
            case Feedback.SliceLoss _ -> "nack sli";
            case Feedback.ReferencePicture _ -> "nack rpsi";
            case Feedback.ApplicationFeedback _ -> "nack app";
            case Feedback.OtherFeedback _ -> "";
        };
        return lines.stream().anyMatch(line -> line.isFor("" + payloadType)
                && (line.value.equals(value)
                || line.value.startsWith(value + " ") && value.endsWith(" app")));
    }
}
