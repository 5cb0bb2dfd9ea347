package p2psip.app.p2psip;

import module java.base;
import p2psip.app.voip.News;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc2396.HostName;

/// Says in a line, for people and for scripts, what a phone tells.
///
/// @param own  who we are
/// @param mark what our node says of somebody, behind his URI
record Announcer(String own, Function<Address, String> mark) {

    /// Nothing if it is of no interest, or said elsewhere.
    Optional<String> of(News news) {
        return Optional.of(switch (news) {
            case News.Ready(var at) -> "phone " + own + " at " + HostName.text(at);
            case News.OtherPort(int wanted, int used) ->
                    "nobody is at port " + wanted + " here: using the node at port " + used;
            case News.Unanswered _ -> "nothing answers yet";
            case News.Registered(var expires) -> "registered for " + expires.toSeconds() + " s";
            case News.Unregistered _ -> "unregistered";
            case News.Incoming(_, var from, var subject) ->
                    name(from) + " calls" + about(subject);
            case News.Refused(var from, int status, var reason) ->
                    from.uri() + " called: " + status + " " + printable(reason);
            case News.Progress(_, int status, var reason) -> status + " " + printable(reason);
            case News.Established(_, var peer) -> "talking with " + name(peer);
            case News.Identified(_, var peer) -> "the peer is " + name(peer) + " now";
            case News.Session(_, boolean sending, boolean receiving) -> "agreed: "
                    + (sending && receiving ? "sound both ways" : sending ? "sound to the peer only"
                    : receiving ? "sound from the peer only" : "no sound");
            case News.Way(_, var from, var to, boolean relay) -> "sound goes from "
                    + HostName.text(from) + " to " + HostName.text(to)
                    + (relay ? ", over a relay" : "");
            case News.WayLost(_, var why) -> "no way for sound: " + why;
            case News.Secured(_, var how) -> "secret: " + how;
            case News.InClear _ -> "the peer cannot keep it secret: calling once more, in clear";
            case News.Following(_, _, var to) -> "the peer asks you to call " + to + ": calling";
            case News.Transferring(_, int status, var reason) ->
                    "SIP/2.0 " + status + " " + printable(reason);
            case News.Transferred(_, int status, var reason) ->
                    "transfer: " + status + " " + printable(reason);
            case News.Replaced _ -> "another takes the place of the peer";
            case News.Joining _ -> "another wants to come into the call, sent by the peer";
            case News.Heard _ -> "the peer is heard";
            case News.Silent(_, var silence) -> "nothing heard for " + silence.toSeconds() + " s";
            case News.Reached(var uri) -> "this phone alone is reached as " + uri;
            case News.Warned(var text) -> "warning: " + printable(text);
            case News.Key(_, char key) -> "key " + key;
            case News.Message(var from, var text) ->
                    "message from " + from.uri() + ": " + printable(text);
            case News.Presence(_, var uri, boolean open, var notes) -> uri
                    + (open ? " can be reached" : " cannot be reached") + notes.stream()
                            .map(text -> ": " + printable(text)).collect(Collectors.joining());
            case News.Unseen(_, var uri, var why, var pause) -> "nothing is heard of " + uri
                    + ": " + why + pause.map(time -> ", tried again in " + time.toSeconds() + " s")
                            .orElse("");
            case News.Watcher(var who, var seen) -> name(who) + watching(who, seen);
            case News.Meeting(var others) -> "in the conference: "
                    + (others.isEmpty() ? "nobody else" : String.join(", ", others));
            case News.Sent(_, int status, var reason) ->
                    "message: " + status + " " + printable(reason);
            case News.Ended(_, int status, var reason, _) ->
                    "call ended: " + status + " " + printable(reason);
            case News.NotReady _, News.NotRegistered _, News.Recorded _, News.Referred _,
                    News.Lapsed _, News.Measured _ -> "";
        }).filter(line -> !line.isEmpty());
    }

    String name(Address who) { return who.uri() + mark.apply(who); }

    private static String watching(Address who, News.Seen seen) {
        return switch (seen) {
            case ALL -> " sees whether you can be reached";
            case NOTHING_YET -> " wants to see whether you can be reached: say --approve or"
                    + " --block " + who.uri();
            case NOBODY -> " wants to see whether you can be reached, and sees nobody";
            case NO_MORE -> " does not watch you any more";
        };
    }

    /// What a call is about, behind who it is from.
    static String about(String subject) {
        return subject.isEmpty() ? "" : " about \"" + printable(subject) + "\"";
    }

    /// What a stranger says goes to a terminal.
    static String printable(String text) { return text.replaceAll("\\p{Cntrl}", " "); }
}
