package p2psip.app.voip;

import module java.base;
import p2psip.app.film.Film;
import p2psip.app.film.Film.*;
import p2psip.app.host.Effect;
import p2psip.std.*;
import p2psip.std.rfc3264.*;
import p2psip.std.rfc3264.Stream;
import p2psip.std.rfc3550.RtpPacket;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc6184.*;
import p2psip.std.rfc7741.*;

/// The pictures of a call: those of a film are sent as it goes, once, and what comes is kept. None
/// is opened.
///
/// Who cannot show a picture can say so (PLI, NACK of RFC 4585), but is not offered to: a film is
/// coded already, so a picture that stands by itself comes when the film has one, and no packet is
/// kept to be sent again.
final class VideoStrand implements Strand {
    //= rfc6184#8.2.1-1 the media name is video
    //= rfc7741#6.2.1-1 the media name is video
    private static final String MEDIA = "video";
    private static final int CLOCK_RATE = 90_000, H264 = 97, VP8 = 96;

    /// Sixty frames a second of 1920x1088: what is kept is not opened.
    //= rfc7741#6.1-1,2 who is willing to receive says both parameters, for that and nothing else
    //= rfc7741#6.2.1-4 max-fs and max-fr stand in fmtp, divided by a semicolon
    private static final String FRAMES = "max-fr=60;max-fs=8160";

    /// What fits a datagram on every way.
    private static final int MOST = 1200;

    /// How many pictures are kept of those that come.
    private static final int MOST_COMING = 250;

    private static final long BITS_PER_SECOND = 2_000_000;

    private final long call;
    private final Optional<Film> film;
    private final boolean keeps;
    private final Outbox<Packet> packets;
    private final Outbox<CallOutput> out;
    private OptionalInt payloadType = OptionalInt.empty();
    private List<Format> heard = List.of();
    private Instant begun = Instant.MAX;
    private final Deque<Picture> coming = new ArrayDeque<>();
    private long first;
    private Optional<FilmRoll> roll = Optional.empty();

    VideoStrand(long call, PhoneSetup.Beside wanted, Outbox<Packet> packets,
            Outbox<CallOutput> out) {
        this.call = call;
        this.film = wanted.video();
        film.ifPresent(f -> coming.addAll(f.pictures()));
        first = coming.isEmpty() ? 0 : coming.getFirst().at();
        this.keeps = wanted.film();
        this.packets = packets;
        this.out = out;
    }

    @Override public String type() { return MEDIA; }

    @Override public int clockRate() { return CLOCK_RATE; }

    @Override public long bitsPerSecond() { return BITS_PER_SECOND; }

    /// One way where there is no film, or where nobody keeps what comes.
    private Direction direction() {
        return film.isEmpty() ? Direction.RECVONLY
                : keeps ? Direction.SENDRECV : Direction.SENDONLY;
    }

    private boolean wants(Coding coding) {
        return film.isEmpty() || film.get().coding() == coding;
    }

    @Override public Local offer(int port) {
        var formats = new ArrayList<Format>();
        //= rfc7741#6.2.1-2,3 the encoding name is VP8, the clock rate 90000
        if (wants(Coding.VP8)) formats.add(Format.of(VP8, "VP8", CLOCK_RATE, FRAMES));
        //= rfc6184#8.2.1-2,3 the encoding name is H264, the clock rate 90000
        //= rfc6184#5.1-4 the clock of 90 kHz
        if (wants(Coding.H264)) formats.add(Format.of(H264, "H264", CLOCK_RATE, fmtp()));
        return local(port, formats);
    }

    private Local local(int port, List<Format> formats) {
        return new Local(MEDIA, "RTP/AVP", port, formats, direction(), List.of());
    }

    /// Constrained baseline at level 3.1 where no film says otherwise: what is kept is not opened.
    private String fmtp() {
        var profile = film.flatMap(f -> f.pictures().stream().findFirst())
                .flatMap(p -> NalUnits.profileLevel(p.data())).orElse("42E01F");
        //= rfc6184#8.2.2-18,28 no parameter sets are said: they are in the film
        return "profile-level-id=" + profile + ";packetization-mode=1";
    }

    /// Of what is offered one that the film is in, with the parameters of the offer: what comes is
    /// kept whatever its profile.
    //= rfc6184#8.2.2-1,2,3 the same configuration under the same number: symmetrically
    //= rfc6184#8.2-1 parameters that nobody knows are ignored
    @Override public Optional<Local> answer(int port, p2psip.std.rfc4566.Media offered) {
        var taken = Format.of(offered).stream().filter(f -> coding(f).filter(this::wants)
                .isPresent() && (film.isEmpty() || fragments(f))).limit(1)
                //= rfc7741#6.2-1 parameters that nobody knows are ignored: our own are said
                .map(f -> coding(f).orElseThrow() == Coding.VP8
                        ? Format.of(f.payloadType(), "VP8", CLOCK_RATE, FRAMES) : f).toList();
        return Optional.of(taken).filter(t -> !t.isEmpty()).map(t -> local(port, t));
    }

    /// A film has units that are larger than a packet.
    //= rfc6184#6.2-1,3,4 without the parameter packetization-mode single units only, no FUs
    //= rfc6184#6.3-1 with packetization-mode of 1 fragments are there, too
    //= rfc6184#8.1-57,58,60 1 is the non-interleaved mode, and 0 or nothing that of single units
    private static boolean fragments(Format format) {
        return coding(format).filter(c -> c == Coding.VP8).isPresent()
                || format.fmtp().replace(" ", "").contains("packetization-mode=1");
    }

    private static Optional<Coding> coding(Format format) {
        return Arrays.stream(Coding.values()).filter(c ->
                c.encoding().equalsIgnoreCase(format.map().encoding())).findFirst();
    }

    @Override public void agreed(Stream stream, Instant now) {
        heard = stream.receiveFormats();
        //= rfc6184#5.4-2 units of types that a mode has not are not sent
        payloadType = stream.sendFormats().stream().filter(f -> stream.sends()
                        && film.filter(m -> coding(f).filter(c -> c == m.coding()).isPresent())
                        .isPresent() && fragments(f))
                .mapToInt(Format::payloadType).findFirst();
        if (payloadType.isPresent() && begun.equals(Instant.MAX)) begun = now;
    }

    @Override public void refused() { payloadType = OptionalInt.empty(); }

    @Override public Instant deadline() {
        return payloadType.isEmpty() || begun.equals(Instant.MAX) || coming.isEmpty()
                ? Instant.MAX : begun.plusNanos(Ticks.nanos(at(coming.getFirst()), CLOCK_RATE));
    }

    /// When a picture is seen, in ticks from the first one.
    private long at(Picture picture) { return Math.max(0, picture.at() - first); }

    /// More of a film that is read as it comes. What is too much to keep is not shown, nor is what
    /// comes before anybody is there to see it.
    void show(Picture more, Instant now) {
        if (payloadType.isEmpty() || coming.size() >= MOST_COMING) return;
        coming.add(more);
        wake(now);
    }

    @Override public void wake(Instant now) {
        while (!deadline().isAfter(now)) {
            var picture = coming.remove();
            var payloads = switch (film.orElseThrow().coding()) {
                case H264 -> new NalPacketizer(MOST).payloads(picture.data());
                case VP8 -> new Vp8Packetizer(MOST).payloads(picture.data().getFirst());
            };
            //= rfc7741#4.1-2 the last packet of a frame has the marker bit
            //= rfc7741#4.4-7 the last or only one
            for (int i = 0; i < payloads.size(); i++)
                packets.add(new Packet(i == payloads.size() - 1, payloadType.getAsInt(),
                        at(picture), payloads.get(i)));
        }
    }

    @Override public void heard(RtpPacket packet, Instant now) {
        if (keeps) heard.stream().filter(f -> f.payloadType() == packet.payloadType())
                .findFirst().flatMap(VideoStrand::coding).ifPresent(coding -> {
                    if (roll.filter(r -> r.coding() == coding).isEmpty())
                        roll = Optional.of(new FilmRoll(coding));
                    roll.get().take(packet);
                });
    }

    @Override public void lost(double share, Instant now) { }

    @Override public void end() {
        roll.ifPresent(r -> out.add(new CallOutput.Do(new Effect.Tell(
                new News.Filmed(call, r.film(), r.lost())))));
    }
}
