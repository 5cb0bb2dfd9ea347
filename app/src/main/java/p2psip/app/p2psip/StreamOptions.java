package p2psip.app.p2psip;

import module java.base;
import p2psip.app.film.*;
import p2psip.app.voip.*;
import p2psip.std.Ticks;
import picocli.CommandLine.Option;

/// The options of a phone about what its calls have beside sound: text, and pictures.
final class StreamOptions {
    /// So long before its time a picture is given to the phone.
    private static final Duration AHEAD = Duration.ofMillis(500);
    private static final int CLOCK_RATE = 90_000;

    /// @param from when its first picture was seen, in ticks
    private record Rest(Reel reel, long from) {}

    /// What is read as it comes, until a call shows it.
    private final AtomicReference<Rest> rest = new AtomicReference<>();

    @Option(names = "--text", description = "Have text in calls, too, if the peer does: what is"
            + " typed here reaches it while you speak, letter by letter (RFC 4103), and each line"
            + " that it types is said as `text: Hello`. A script types what comes in at standard"
            + " input; where you type commands, say WORDS is one.")
    boolean text;

    @Option(names = "--type", paramLabel = "TEXT", description = "A line to type as soon as the"
            + " call is there; it takes --text along.")
    String line;

    @Option(names = "--video", paramLabel = "FILE", description = "Show a film to the peer, once:"
            + " H.264 as `ffmpeg -c:v libx264 film.h264` writes it (seen at 25 pictures a second),"
            + " or VP8 as `ffmpeg -c:v libvpx film.ivf` does; what comes by a pipe is shown to the"
            + " first call as it comes. It is sent as it is, unopened.")
    Path video;

    @Option(names = "--record-video", paramLabel = "FILE", description = "Write the pictures of the"
            + " peer to a file that others play: H.264 as it comes, or an IVF of VP8.")
    Path record;

    /// The same phone with these streams.
    ///
    /// @throws UserMistake if there is no such film, or the phone is to keep its calls secret
    PhoneSetup of(PhoneSetup phone) {
        if ((types() || video != null || record != null) && phone.secrecy().offers())
            throw new UserMistake("text and pictures go in clear, and --srtp "
                    + phone.secrecy().name().toLowerCase(Locale.ROOT)
                    + " wants no call in clear: leave out one of the two");
        if (record != null) SoundOptions.checkWritable("--record-video", record);
        return phone.with(new PhoneSetup.Beside(types(), Optional.ofNullable(video)
                .map(this::read), record != null));
    }

    boolean types() { return text || line != null; }

    private Film read(Path file) {
        try {
            if (!Files.isRegularFile(file)) return begin(Files.newInputStream(file));
            if (Files.size(file) > Film.LIMIT) throw new UserMistake("--video " + file
                    + " is larger than " + (Film.LIMIT >> 20) + " MiB: give a shorter one");
            return FilmFile.parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw UserMistake.reading("" + file, e, "give --video a film");
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--video " + file + ": " + e.getMessage());
        }
    }

    /// A film of its first picture, by which it is offered; the others come.
    private Film begin(InputStream pipe) throws IOException {
        var reel = FilmFile.open(pipe);
        var first = reel.next().stream().toList();
        first.forEach(picture -> rest.set(new Rest(reel, picture.at())));
        return new Film(reel.coding(), first);
    }

    /// Shows the first call what else comes of a film, until the pipe ends or the call does.
    void show(Telephone.Call call, Consumer<String> say) {
        var more = rest.getAndSet(null);
        if (more != null) Thread.ofVirtual().start(() -> show(more, call, say));
    }

    private static void show(Rest rest, Telephone.Call call, Consumer<String> say) {
        long begun = System.nanoTime();
        try {
            for (var next = rest.reel.next(); next.isPresent(); next = rest.reel.next()) {
                //  what comes sooner waits in the pipe, so that little of it is kept
                long due = Ticks.nanos(next.get().at() - rest.from, CLOCK_RATE) - AHEAD.toNanos();
                LockSupport.parkNanos(begun + due - System.nanoTime());
                call.show(next.get());
            }
        } catch (IOException | IllegalArgumentException e) {
            say.accept("nothing more is shown: " + e.getMessage());
        }
    }

    /// Keeps what a call has shown; answers what to say of it.
    Optional<String> write(Telephone.Call call) {
        if (record == null) return Optional.empty();
        if (call.filmed().isEmpty()) return Optional.of("film: nothing was shown");
        var filmed = call.filmed().get();
        try {
            Files.write(record, FilmFile.encode(filmed.film()));
        } catch (IOException e) {
            throw UserMistake.writing(record, e, "give --record-video another file");
        }
        return Optional.of("film: %d pictures of %s, %d not whole".formatted(
                filmed.film().pictures().size(), filmed.film().coding(), filmed.lost()));
    }
}
