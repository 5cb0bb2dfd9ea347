package p2psip.app.voip;

import module java.base;
import p2psip.app.film.Film;
import p2psip.app.film.Film.Coding;
import p2psip.std.rfc3550.RtpPacket;
import p2psip.std.rfc6184.NalAssembler;
import p2psip.std.rfc7741.Vp8Assembler;

/// Keeps the pictures that come, of one coding: those that are whole.
final class FilmRoll {
    /// How many packets one that is missing is waited for.
    private static final int PATIENCE = 32;

    private final Coding coding;
    private final NalAssembler units = new NalAssembler();
    private final Vp8Assembler frames = new Vp8Assembler();
    private final List<Film.Picture> pictures = new ArrayList<>();
    /// What came before its turn, by numbers that count on past 65535.
    private final NavigableMap<Long, RtpPacket> early = new TreeMap<>();
    private OptionalLong turn = OptionalLong.empty();
    private OptionalLong clock = OptionalLong.empty();
    private long size, lost;

    FilmRoll(Coding coding) { this.coding = coding; }

    Coding coding() { return coding; }

    void take(RtpPacket packet) {
        if (turn.isEmpty()) turn = OptionalLong.of((1L << 32) + packet.sequence());
        long number = turn.getAsLong() + (short) (packet.sequence() - (int) turn.getAsLong());
        if (number < turn.getAsLong()) return;   // too late, or twice
        early.put(number, packet);
        while (!early.isEmpty() && (early.firstKey() == turn.getAsLong()
                || early.size() > PATIENCE)) {
            var first = early.pollFirstEntry();
            turn = OptionalLong.of(first.getKey() + 1);
            next(first.getValue());
        }
    }

    private void next(RtpPacket packet) {
        switch (coding) {
            case H264 -> units.received(packet).forEach(this::keep);
            case VP8 -> frames.received(packet).forEach(this::keep);
        }
    }

    private void keep(NalAssembler.Picture picture) {
        if (picture.whole()) keep(new Film.Picture(time(picture.timestamp()), picture.units()));
        else lost++;
    }

    private void keep(Vp8Assembler.Frame frame) {
        frame.data().ifPresentOrElse(data ->
                keep(new Film.Picture(time(frame.timestamp()), List.of(data))), () -> lost++);
    }

    private void keep(Film.Picture picture) {
        size += picture.data().stream().mapToLong(d -> d.size() + 12).sum();
        if (size <= Film.LIMIT) pictures.add(picture);
        else lost++;
    }

    /// Counts on past 32 bits.
    private long time(long timestamp) {
        long time = clock.isEmpty() ? timestamp
                : clock.getAsLong() + (int) (timestamp - clock.getAsLong());
        clock = OptionalLong.of(time);
        return time;
    }

    /// How many pictures were not whole.
    long lost() { return lost; }

    /// All that has come, when no more comes.
    Film film() {
        early.values().forEach(this::next);
        early.clear();
        units.end().forEach(this::keep);
        frames.end().forEach(this::keep);
        return new Film(coding, pictures);
    }
}
