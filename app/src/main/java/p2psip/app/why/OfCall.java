package p2psip.app.why;

import module java.base;
import p2psip.app.trace.Trace.Subject;
import p2psip.std.rfc2396.HostName;

/// What was seen of one call.
public sealed interface OfCall extends Fact {

    /// What is at the other end of the hop that a message takes.
    enum Hop {
        PHONE, NODE;

        String at(InetSocketAddress peer) {
            return this == NODE ? "the other node" : "the phone at " + HostName.text(peer);
        }
    }

    @Override default Subject subject() { return Subject.SIP; }

    /// A message has passed.
    ///
    /// @param status  of a response, 0 for a request
    /// @param phrase  of a response
    /// @param warning what its Warning says, if it has one
    record Message(boolean sent, Hop hop, InetSocketAddress peer, String method, int status,
            String phrase, String warning) implements OfCall {
        boolean isRequest(String wanted) { return status == 0 && method.equals(wanted); }

        @Override public String text() {
            return (status == 0 ? method : status + " " + phrase + " (" + method + ")")
                    + (sent ? " to " : " from ") + hop.at(peer)
                    + (warning.isEmpty() ? "" : ": " + warning);
        }
    }

    /// The time of a transaction is over.
    ///
    /// @param client whether its request was this node's
    record TimedOut(boolean client, Hop hop, InetSocketAddress peer, String method)
            implements OfCall {
        /// The timer that fired, by the letter of the RFC.
        String timer() { return !client ? "H" : method.equals("INVITE") ? "B" : "F"; }

        @Override public String text() {
            return "Timer " + timer() + " fired: " + (client ? "no answer to our " + method
                    + " from " : "no ACK to our answer from ") + hop.at(peer);
        }

        @Override public String citation() {
            return switch (timer()) {
                case "B" -> "rfc3261#17.1.1.2-13";
                case "F" -> "rfc3261#17.1.2.2-4";
                default -> "rfc3261#17.2.1-12";
            };
        }
    }

    /// What carries the messages could not.
    record NotCarried(boolean client, Hop hop, InetSocketAddress peer, String method)
            implements OfCall {
        @Override public String text() {
            return method + " could not be brought to " + hop.at(peer);
        }

        @Override public String citation() { return "rfc3261#8.1.3.1-2"; }
    }

    /// It was asked where somebody is.
    record Sought(String who) implements OfCall {
        @Override public String text() { return "look-up: where is " + who + "?"; }
    }

    /// And that came back.
    ///
    /// @param here     whether he is a phone of this node
    /// @param known    whether anybody has ever served the address
    /// @param places   where he may be
    /// @param warnings for who calls
    record Found(String who, boolean here, boolean known, int places, List<String> warnings)
            implements OfCall {
        public Found { warnings = List.copyOf(warnings); }

        @Override public String text() {
            return "look-up: " + who + (here ? " is a phone of this node" : places > 0
                    ? " is served by " + (places == 1 ? "a node" : places + " nodes")
                    : known ? " is known, and nobody is there" : " is known to nobody")
                    + warnings.stream().map(w -> "; " + w).collect(Collectors.joining());
        }
    }

    /// Another key than the one that this node believes claims an address.
    ///
    /// @param called whether who has the one that is believed is there as well
    record NotBelieved(String who, boolean called, String why) implements OfCall {
        @Override public String text() {
            return (called ? "not all are believed: " : "not believed: ") + why;
        }

        @Override public String citation() { return "rfc7519#11.1¶1"; }
    }

    /// A request of this node is given up: who it went to is not there, or has let it ring too
    /// long.
    record GivenUp(Hop hop, InetSocketAddress peer, String method) implements OfCall {
        @Override public String text() {
            return method + " to " + hop.at(peer) + " is given up: nothing comes back";
        }

        @Override public String citation() { return "rfc3261#16.8-3"; }
    }

    /// Who has begun it was asked for a password, had given one, and it was wrong.
    record Denied(String who, InetSocketAddress from) implements OfCall {
        @Override public String text() {
            return "wrong password for " + who + " from " + HostName.text(from);
        }

        @Override public String citation() { return "rfc3261#22.2-3"; }
    }

    /// How telephones have looked for a way between them, by ICE.
    ///
    /// @param opened whether any check was answered
    record Checked(boolean opened, List<OfWay.Pair> pairs) implements OfCall {
        public Checked { pairs = List.copyOf(pairs); }

        @Override public Subject subject() { return Subject.STUN; }

        @Override public String text() {
            return "ICE between the telephones: " + (opened ? "a way" : "no way") + " in "
                    + pairs.size() + " pairs" + pairs.stream().map(pair -> "\n" + pair)
                    .collect(Collectors.joining());
        }

        @Override public String citation() { return "rfc8445#7.2.5.2.3-1"; }
    }

    /// The sound that has come from one side.
    ///
    /// @param hop     whether the phone's own, or what the other node sends by the Link
    /// @param who     for people
    /// @param packets how many
    /// @param missing how many more their numbers say were sent
    /// @param awaited since when there should be some
    /// @param first   when the first has come, and the last; as `awaited` if none has
    /// @param jitter  how unevenly they come, smoothed
    record Heard(Hop hop, String who, long packets, long missing, Instant awaited,
            Instant first, Instant last, Duration jitter) implements OfCall {
        @Override public Subject subject() { return Subject.MEDIA; }

        /// Of what was sent, how much is missing.
        public double loss() { return packets == 0 ? 1 : (double) missing / (packets + missing); }

        @Override public String text() {
            return packets == 0 ? "sound from " + who + ": none"
                    : "sound from " + who + ": " + packets + " packets" + (missing == 0 ? ""
                    : ", " + missing + " lost") + ", the last "
                    + Span.of(awaited, last) + " after the answer";
        }
    }
}
