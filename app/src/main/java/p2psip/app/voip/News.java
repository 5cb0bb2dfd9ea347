package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc2396.Address;

/// What a [Phone] tells the program around it.
///
/// Calls have numbers: positive ones that the program has chosen, or the phone itself where it is
/// [Following], negative ones that came in.
public sealed interface News {

    /// The phone is there; `address` is where it takes in SIP.
    record Ready(InetSocketAddress address) implements News {}

    /// It cannot be: port in use ...
    record NotReady(InetSocketAddress wanted, String why) implements News {}

    /// Nobody is at that port of this machine: the other is used.
    record OtherPort(int wanted, int used) implements News {}

    /// Nothing has come back yet for a call or a text of this number, or for the registration (0).
    record Unanswered(long number) implements News {}

    record Registered(Duration expires) implements News {}

    record NotRegistered(int status, String reason) implements News {}

    record Unregistered() implements News {}

    /// Somebody calls.
    ///
    /// @param subject what it is about, in his words; empty if he does not say
    record Incoming(long call, Address from, String subject) implements News {
        public Incoming(long call, Address from) { this(call, from, ""); }
    }

    /// Somebody has called with an offer that could not be taken, and was told so.
    record Refused(Address from, int status, String reason) implements News {}

    /// Our call has got somewhere: 180 means that it rings there. Each status is told once.
    record Progress(long call, int status, String reason) implements News {}

    /// Both can talk now.
    record Established(long call, Address peer) implements News {}

    /// The peer of a call is another than he was, by the word of our proxy.
    record Identified(long call, Address peer) implements News {}

    /// Which way sound is to flow from now on, as both have agreed; whether it does is another
    /// matter: [Heard], [Silent].
    ///
    /// @param sending   whether the peer wants to hear us
    /// @param receiving whether it is to be heard
    record Session(long call, boolean sending, boolean receiving) implements News {}

    /// Which way sound goes from now on, as ICE has found it.
    ///
    /// @param from  our own address, or one that is lent to us
    /// @param relay whether it takes the detour over a relay, of either side
    record Way(long call, InetSocketAddress from, InetSocketAddress to, boolean relay)
            implements News {}

    /// That way is no more, or there is none; `why` is for people. Another one is looked for if
    /// there was one, else the call ends.
    record WayLost(long call, String why) implements News {}

    /// Nobody on the way hears the call from now on, or can change it.
    ///
    /// @param how by which suite, and where the keys come from
    record Secured(long call, String how) implements News {}

    /// The peer cannot talk in secret: it is asked whether it can in clear.
    record InClear(long call) implements News {}

    /// The peer is heard: for the first time, or again after [Silent].
    record Heard(long call) implements News {}

    /// The peer is to be heard, and has not been for so long; told again when that has doubled.
    record Silent(long call, Duration time) implements News {}

    /// The peer has pressed a key.
    record Key(long call, char key) implements News {}

    /// This URI leads to this phone alone, from anywhere: its GRUU.
    record Reached(String uri) implements News {}

    /// A server has something to say to the user, about what was asked of it last.
    record Warned(String text) implements News {}

    /// The peer of a call asks us to call somebody else; to be answered by [PhoneCommand.Follow] or
    /// [PhoneCommand.Decline].
    ///
    /// @param uri whom
    record Referred(long referral, long call, String uri) implements News {}

    /// What the peer of a call has asked for is done: there is another call, to somebody else.
    record Following(long call, long by, String uri) implements News {}

    /// Nobody has decided in time on what was [Referred]: it is not done.
    record Lapsed(long referral) implements News {}

    /// How it gets on that the peer of a call calls somebody else, as we have asked for.
    record Transferring(long call, int status, String reason) implements News {}

    /// What has come of that: the last status that is known.
    record Transferred(long call, int status, String reason) implements News {}

    /// A call comes in that takes the place of another, which ends as soon as both can talk.
    record Replaced(long call, long by) implements News {}

    /// A call is about to come in whose caller wants to come into another, sent by its peer; if it
    /// is taken all hear each other.
    record Joining(long call, long into) implements News {}

    /// How the sound of a call has travelled as yet.
    ///
    /// @param codec in what we send it; empty while nothing is to be sent
    record Measured(long call, Optional<String> codec, Statistics statistics) implements News {}

    /// The call is over.
    ///
    /// @param status 200 if somebody hung up, else why there was no call
    record Ended(long call, int status, String reason, Statistics statistics) implements News {}

    /// What was said and heard, told right before [Ended] if it was to be recorded.
    record Recorded(long call, Recording recording) implements News {}

    /// A text from somebody.
    record Message(Address from, String text) implements News {}

    /// How somebody is whom we watch; told when that changes.
    ///
    /// @param open  whether he can be reached
    /// @param notes what he says of himself
    record Presence(long id, String uri, boolean open, List<String> notes) implements News {
        public Presence { notes = List.copyOf(notes); }
    }

    /// Nothing more is told of somebody whom we watch; for ever, if there is no pause.
    ///
    /// @param why a status, or a reason
    record Unseen(long id, String uri, String why, Optional<Duration> pause) implements News {}

    /// Somebody watches us, or wants to, or does no more.
    record Watcher(Address who, Seen seen) implements News {}

    /// What a watcher sees of us.
    enum Seen {
        /// How we are.
        ALL,
        /// That he has to wait: nobody has said that he may, or may not.
        NOTHING_YET,
        /// That nobody is there.
        NOBODY,
        /// Nothing more: he has gone, or was sent away.
        NO_MORE
    }

    /// With whom we talk in the conference of this phone, told when that changes.
    ///
    /// @param others their URIs
    record Meeting(List<String> others) implements News {
        public Meeting { others = List.copyOf(others); }
    }

    /// What has become of a text of ours.
    record Sent(long id, int status, String reason) implements News {}
}
