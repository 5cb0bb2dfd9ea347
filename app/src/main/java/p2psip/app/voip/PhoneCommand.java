package p2psip.app.voip;

import module java.base;
import p2psip.app.film.Film;

/// What the program asks of a [Phone]; calls that it places, and texts, have positive numbers of
/// its choice, each its own.
public sealed interface PhoneCommand {
    /// What a program chooses is below this number: from there on they are the phone's own.
    long NUMBERS = 1L << 60;

    record Register(Duration expires) implements PhoneCommand {}

    /// Be found no more: [News.Unregistered].
    record Unregister() implements PhoneCommand {}

    /// What is for one call, by its number.
    sealed interface OnCall extends PhoneCommand {
        long call();
    }

    /// @param subject what it is about, for people; empty if nothing is said of that
    record Call(long call, String uri, String subject) implements OnCall {
        public Call { positive(call); }

        public Call(long call, String uri) { this(call, uri, ""); }
    }

    /// Call somebody into the conference of this phone, in which each talks with each:
    /// [News.Meeting].
    record Meet(long call, String uri) implements PhoneCommand {
        public Meet { positive(call); }
    }

    record Answer(long call) implements OnCall {}

    /// Do not take a call that comes in.
    ///
    /// @param status why not: 486 says that we are busy, 603 that we do not want it
    record Refuse(long call, int status) implements OnCall {}

    /// Ask the peer to wait.
    record Hold(long call) implements OnCall {}

    record Resume(long call) implements OnCall {}

    /// Send silence in place of what is said, or no more; the peer is not told.
    record Mute(long call, boolean muted) implements OnCall {}

    /// Press these keys, one after the other: digits, `*`, `#`, A to D.
    record Press(long call, String keys) implements OnCall {}

    /// Type text to the peer, whose calls have text, too: as much or as little as there is of it.
    record Type(long call, String typed) implements OnCall {}

    /// Show the peer the next picture of a film that has begun, and has not come to its end.
    record Picture(long call, Film.Picture next) implements OnCall {}

    record HangUp(long call) implements OnCall {}

    /// Say how its sound has travelled as yet: [News.Measured].
    record Measure(long call) implements OnCall {}

    /// Ask the peer of a call to call somebody else: [News.Transferring], [News.Transferred].
    record Refer(long call, String uri) implements PhoneCommand {}

    /// Ask the peer of a call to talk with the peer of another call of ours, in our place.
    record Transfer(long call, long to) implements PhoneCommand {}

    /// Ask the peer of a call to come into another call of ours, where all three hear each other:
    /// [News.Transferring], [News.Transferred].
    record Bring(long call, long into) implements PhoneCommand {}

    /// Call whom the peer of a call has named by [News.Referred]: [News.Following].
    record Follow(long referral) implements PhoneCommand {}

    /// Do not.
    record Decline(long referral) implements PhoneCommand {}

    /// Send a text; [News.Sent] tells what has become of it.
    record Text(long id, String uri, String text) implements PhoneCommand {
        public Text { positive(id); }
    }

    /// Be told of somebody's presence, whenever it changes: [News.Presence].
    record Watch(long id, String uri) implements PhoneCommand {
        public Watch { positive(id); }
    }

    record Unwatch(long id) implements PhoneCommand {}

    /// Be told who watches us by way of a server that tells our presence in our place:
    /// [News.Watcher], as of those who watch this phone itself. Nothing comes of it if there is no
    /// such server.
    record Watchers(long id) implements PhoneCommand {
        public Watchers { positive(id); }
    }

    /// Let somebody see our presence, or `*` for everybody of whom nothing else is said.
    record Approve(String uri) implements PhoneCommand {}

    /// Let somebody see that nobody is there, whoever is.
    record Block(String uri) implements PhoneCommand {}

    /// Say how we are to those who may see it.
    ///
    /// @param open whether we can be reached
    /// @param note for people; empty for none
    record Show(boolean open, String note) implements PhoneCommand {}

    /// End the calls and the registration, then close; in the time that a host grants.
    record Leave() implements PhoneCommand {}

    /// Other numbers are the phone's own: of its registration, and of calls that come in.
    private static void positive(long number) {
        if (number <= 0) throw new IllegalArgumentException("no positive number: " + number);
    }
}
