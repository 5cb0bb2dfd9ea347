package p2psip.app.voip;

import module java.base;
import p2psip.app.film.Film;
import p2psip.app.host.*;
import p2psip.std.*;
import p2psip.std.rfc3264.Local;
import p2psip.std.rfc3264.Stream;
import p2psip.std.rfc4566.SessionDescription;

/// The streams of a call beside its sound, as its phone wants them.
final class Sides {
    /// Where the ids of their sockets begin: beyond those of the sound, of names and of handshakes
    /// ([Gatherer#NAMES], [Shield#RTP]), or what is told of these would be taken for theirs.
    private static final int CHILDREN = 1 << 22;

    private final List<Side> all = new ArrayList<>();
    private final Optional<TextStrand> text;
    private final Optional<VideoStrand> video;
    private final Outbox<CallOutput> out;
    private final long call;
    private boolean open;

    /// @param cname the same in all sessions of a call
    Sides(long call, PhoneSetup.Beside wanted, InetAddress address, String cname, boolean traced,
            RandomGenerator random, Outbox<CallOutput> out) {
        this.call = call;
        this.out = out;
        var typed = new Outbox<Strand.Packet>();
        var filmed = new Outbox<Strand.Packet>();
        text = wanted.text() ? Optional.of(new TextStrand(call, typed, out)) : Optional.empty();
        video = wanted.video().isEmpty() && !wanted.film() ? Optional.empty()
                : Optional.of(new VideoStrand(call, wanted, filmed, out));
        text.ifPresent(strand -> all.add(new Side(
                call, CHILDREN, address, strand, cname, traced, typed, random, out)));
        video.ifPresent(strand -> all.add(new Side(
                call, CHILDREN + 2, address, strand, cname, traced, filmed, random, out)));
    }

    /// Opens their ports, once.
    void open() {
        if (!open) for (var side : all) side.open().forEach(e -> out.add(new CallOutput.Do(e)));
        open = true;
    }

    /// Whether it is known which of them can be offered.
    boolean settled() { return all.stream().allMatch(Side::settled); }

    boolean own(Id id) { return all.stream().anyMatch(side -> side.owns(id)); }

    void happened(Event event, Instant now) {
        all.stream().filter(side -> side.owns(event.id())).forEach(s -> s.happened(event, now));
    }

    /// What is said of them.
    List<Local> locals(Optional<SessionDescription> offered, boolean held) {
        return all.stream().flatMap(side -> side.local(offered).stream())
                .map(local -> held ? local.held() : local).toList();
    }

    /// @param streams all but the sound
    void agreed(List<Stream> streams, Instant now) {
        for (var side : all) streams.stream().filter(stream -> stream.accepted()
                        && stream.local().type().equals(side.strand().type())).findFirst()
                .ifPresentOrElse(stream -> side.agreed(stream, now), side::refused);
    }

    /// Sends what somebody types.
    void type(String typed, Instant now) {
        text.ifPresentOrElse(strand -> strand.type(typed, now), () -> out.add(
                new CallOutput.Do(new Effect.Tell(new News.NotTyped(call, typed)))));
        all.forEach(side -> side.send(now));
    }

    /// Sends what comes of a film.
    void show(Film.Picture next, Instant now) {
        video.ifPresent(strand -> strand.show(next, now));
        all.forEach(side -> side.send(now));
    }

    Instant deadline() {
        return all.stream().map(Side::deadline).min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    void wake(Instant now) {
        for (var side : all) if (!side.deadline().isAfter(now)) side.wake(now);
    }

    void close(Instant now) { if (open) all.forEach(side -> side.close(now)); }
}
