package p2psip.app.host;

import module java.base;

/// Something that goes wrong again and again: the user is told when it begins and when it is over,
/// not of each time.
final class Trouble {
    /// How long nothing may have gone wrong before it is over: a disk that is all but full takes
    /// some things and refuses others.
    static final Duration CALM = Duration.ofSeconds(10);

    private final Consumer<String> user;
    private final InstantSource clock;
    private Optional<Instant> last = Optional.empty();

    /// @param user hears each line
    Trouble(Consumer<String> user, InstantSource clock) {
        this.user = user;
        this.clock = clock;
    }

    /// It goes wrong.
    void is(String line) {
        if (last.isEmpty()) user.accept(line);
        last = Optional.of(clock.instant());
    }

    /// It goes well.
    void isNot(String line) {
        if (last.filter(at -> at.plus(CALM).isBefore(clock.instant())).isEmpty()) return;
        last = Optional.empty();
        user.accept(line);
    }
}
