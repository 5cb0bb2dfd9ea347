package p2psip.app.voip;

import module java.base;
import p2psip.app.sound.Opus;
import p2psip.app.sound.Tones;
import p2psip.std.g722.G722;
import p2psip.std.rfc3264.Format;
import p2psip.std.rfc3551.*;
import p2psip.std.rfc4566.RtpMap;

/// What a phone speaks, and by which numbers it offers it.
///
/// @param codecs    the preferred first
/// @param redundant whether each packet repeats the one before it, if the peer can read that
/// @param quiet     whether nothing is sent while nobody speaks, if the peer makes comfort noise
public record Formats(List<Codec> codecs, boolean redundant, boolean quiet) {
    /// The encodings that go along with a codec: the keys pressed, the noise of silence, what was
    /// sent before, and tones by their frequencies.
    static final String KEYS = "telephone-event", QUIET = "CN", AGAIN = "red",
            TONES = "tone";

    /// All that there is.
    private static final List<Codec> ALL =
            List.of(G711.PCMU, G711.PCMA, G722.G722, Opus.OPUS, new L16(8000));

    /// What is spoken if nobody says otherwise: everybody has the first two. An INVITE with it fits
    /// a datagram.
    public static final Formats USUAL = new Formats(
            List.of(G711.PCMU, G711.PCMA, G722.G722, Opus.OPUS), false, false);

    /// The numbers of those that have none of their own.
    private static final int NOISE = 13, OPUS = 107, SAMPLES = 96, FIRST_KEYS = 101, RED = 121,
            FIRST_TONES = 122;

    public Formats { codecs = List.copyOf(codecs); }

    /// Reads names, divided by commas: `opus,g722,pcmu`.
    ///
    /// @throws IllegalArgumentException if one is unknown; the message says which there are
    public static Formats of(String names, boolean redundant) {
        var codecs = new LinkedHashSet<Codec>();
        for (var name : names.split(",")) codecs.add(ALL.stream()
                .filter(c -> c.encoding().equalsIgnoreCase(name.strip())).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no codec is called '"
                        + name.strip() + "': there are " + ALL.stream().map(Codec::encoding)
                                .map(n -> n.toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")))));
        return new Formats(List.copyOf(codecs), redundant, false);
    }

    public Formats quietly() { return new Formats(codecs, redundant, true); }

    /// What is offered.
    //= rfc4733#2.5.2.1-1 with the fmtp that lists the events that can be received
    //= rfc4733#2.5.1.1-1 and those events that are sent
    //= rfc2833#3.9-1 to indicate which events can be handled
    List<Format> all() {
        var formats = new ArrayList<Format>();
        for (var codec : codecs) formats.add(new Format(new RtpMap(number(codec), codec.encoding(),
                codec.clockRate(), codec.channels()), codec.fmtp()));
        //= rfc2198#5¶1 a dynamic number, whose fmtp says what is in it, first what comes first
        if (redundant) telephone().ifPresent(n ->
                formats.add(Format.of(RED, AGAIN, 8000, n + "/" + n)));
        //= rfc3389#5.1¶1 its number 13 says that comfort noise is understood
        if (quiet && telephone().isPresent()) formats.add(Format.of(NOISE));
        int keys = FIRST_KEYS;
        // events count time as the sound does that they interrupt, if it is the preferred one
        for (int rate : IntStream.of(codecs.getFirst().clockRate(), 8000).distinct().toArray())
            formats.add(Format.of(keys++, KEYS, rate, "0-15"));
        return List.copyOf(formats);
    }

    /// What is taken of an offer: tones as well, which are heard and never sent.
    List<Format> taken() {
        var formats = new ArrayList<>(all());
        formats.add(Format.of(FIRST_TONES, TONES, Tones.TONE.clockRate(), ""));
        return formats;
    }

    /// The number of the first codec that has one in every session.
    private Optional<Integer> telephone() {
        return codecs.stream().map(Formats::number).filter(n -> n < PayloadTypes.FIRST_DYNAMIC)
                .findFirst();
    }

    private static int number(Codec codec) {
        return PayloadTypes.all().stream().filter(e -> e.name().equals(codec.encoding())
                        && e.clockRate() == codec.clockRate() && e.channels() == codec.channels())
                .mapToInt(PayloadTypes.Encoding::payloadType).findFirst()
                //= rfc3551#4.5-1 at another rate than its static numbers have: a dynamic one
                .orElse(codec == Opus.OPUS ? OPUS : SAMPLES);
    }

    /// What sound of this format is read and written by; empty if it is none.
    static Optional<Codec> codec(Format format) {
        return ALL.stream().filter(c -> format.map().clockRate() == c.clockRate()
                && c.encoding().equalsIgnoreCase(format.map().encoding())).findFirst();
    }

    static boolean is(String encoding, Format format) {
        return format.map().encoding().equalsIgnoreCase(encoding);
    }
}
