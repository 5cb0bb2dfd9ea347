package p2psip.app.host;

import module java.base;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;
import javax.sound.sampled.TargetDataLine;
import p2psip.std.Bytes;

/// The microphone and the loudspeaker of a [RealHost], where there are such; the last node that
/// asks has them. Samples are 16 bit signed, the high byte first, as in RTP's L16.
final class Sound {
    /// How many frames may wait for the loudspeaker, or for the loop; then the next are dropped.
    private static final int FRAMES = 50;

    private final RealHost host;
    private Optional<Resident> listener = Optional.empty(), speaker = Optional.empty();
    private Optional<TargetDataLine> microphone = Optional.empty();
    private BlockingQueue<Bytes> toPlay = new ArrayBlockingQueue<>(FRAMES);
    private Optional<Thread> playing = Optional.empty();
    private int rate;

    Sound(RealHost host) { this.host = host; }

    void listen(Resident owner, Id id, int rate, int samples) {
        hush();
        listener = Optional.of(owner);
        if (samples == 0) return;
        try {
            var line = AudioSystem.getTargetDataLine(format(rate));
            line.open(format(rate));
            line.start();
            microphone = Optional.of(line);
            Thread.ofPlatform().name("microphone").daemon()
                    .start(() -> hear(owner, id, line, 2 * samples));
        } catch (LineUnavailableException | IllegalArgumentException e) {
            owner.remark("no microphone here", host.now());
        }
    }

    private void hush() {
        microphone.ifPresent(TargetDataLine::close);
        microphone = Optional.empty();
    }

    private void hear(Resident owner, Id id, TargetDataLine line, int size) {
        var ahead = new Semaphore(FRAMES);
        var frame = new byte[size];
        while (line.isOpen() && line.read(frame, 0, size) == size) {
            var heard = Bytes.copyOf(frame);
            if (ahead.tryAcquire()) host.post(() -> {
                ahead.release();
                host.tell(owner, new Event.Heard(id, heard));
            });
        }
    }

    void play(Resident owner, int rate, Bytes samples) {
        if (!speaker.equals(Optional.of(owner)) || rate != this.rate) {
            silence();
            speaker = Optional.of(owner);
            this.rate = rate;
            toPlay = new ArrayBlockingQueue<>(FRAMES);
            playing = speak(owner, rate, toPlay);
        }
        if (playing.isPresent()) toPlay.offer(samples);
    }

    private Optional<Thread> speak(Resident owner, int rate, BlockingQueue<Bytes> frames) {
        try {
            var line = AudioSystem.getSourceDataLine(format(rate));
            line.open(format(rate));
            line.start();
            return Optional.of(Thread.ofPlatform().name("loudspeaker").daemon()
                    .start(() -> play(line, frames)));
        } catch (LineUnavailableException | IllegalArgumentException e) {
            owner.remark("no loudspeaker here", host.now());
            return Optional.empty();
        }
    }

    private static void play(SourceDataLine line, BlockingQueue<Bytes> frames) {
        try (line) {
            while (true) {
                var frame = frames.take().toArray();
                line.write(frame, 0, frame.length);
            }
        } catch (InterruptedException e) {
            // the node has ended, or another one speaks
        }
    }

    private void silence() {
        playing.ifPresent(Thread::interrupt);
        playing = Optional.empty();
        speaker = Optional.empty();
    }

    void end(Resident owner) {
        if (listener.equals(Optional.of(owner))) hush();
        if (speaker.equals(Optional.of(owner))) silence();
    }

    private static AudioFormat format(int rate) { return new AudioFormat(rate, 16, 1, true, true); }
}
