package p2psip.app.why;

import module java.base;
import p2psip.app.trace.Trace.Subject;
import p2psip.std.rfc2396.HostName;

/// What was seen of the ways to other nodes.
public sealed interface OfWay extends Fact {
    @Override default Subject subject() { return Subject.RING; }

    /// A handshake had no good end.
    ///
    /// @param way      an address, or whose node by which relay
    /// @param imposter whether somebody else was there
    record NotMet(String way, String why, boolean imposter) implements OfWay {
        @Override public String text() { return "handshake with " + way + ": " + why; }
    }

    /// There is a Link, or it goes another way now.
    ///
    /// @param node who is at the other end
    /// @param link the address by which SIP knows it
    /// @param way  an address, or the relay
    record Up(String node, InetSocketAddress link, boolean relayed, String way) implements OfWay {
        @Override public String text() {
            return "Link to " + node + (relayed ? " by a relay: " : ": ") + way;
        }
    }

    record Down(String node, InetSocketAddress link) implements OfWay {
        @Override public String text() { return "no Link to " + node + " any more"; }
    }

    /// One pair of candidates of a search for a straight way, and what became of it.
    ///
    /// @param outside whether the peer's candidate is one that its router has given
    record Pair(String from, String to, boolean outside, String state, int sent, int answered,
            int heard, String last) {
        @Override public String toString() {
            return from + " -> " + to + " " + state.toLowerCase(Locale.ROOT) + ": " + sent
                    + " sent, " + answered + " answered, " + heard + " heard; " + last;
        }
    }

    /// A search for a straight way has ended.
    ///
    /// @param outside whether this side could name an address that its router has given
    record Searched(String node, InetSocketAddress link, boolean opened, boolean outside,
            List<Pair> pairs) implements OfWay {
        public Searched { pairs = List.copyOf(pairs); }

        @Override public Subject subject() { return Subject.STUN; }

        @Override public String text() {
            return "ICE with " + node + ": " + (opened ? "a straight way" : "no straight way")
                    + " in " + pairs.size() + " pairs" + pairs.stream().map(pair -> "\n" + pair)
                    .collect(Collectors.joining());
        }

        @Override public String citation() {
            return opened ? "rfc8445#8.1.2¶3" : "rfc8445#8.1.2¶7";
        }

    }

    /// A relay has not handed something on.
    record NotHanded(String way, String why) implements OfWay {
        @Override public String text() { return "not handed on to " + way + ": " + why; }
    }

    /// A STUN server says from where it sees this node, or says nothing.
    record Stun(String server, Optional<InetSocketAddress> seen, String why) implements OfWay {
        @Override public Subject subject() { return Subject.STUN; }

        @Override public String text() {
            return "STUN server " + server + ": " + seen.map(at -> "seen at " + HostName.text(at))
                    .orElse(why);
        }

        @Override public String citation() { return seen.isPresent() ? "" : "rfc8489#6.2.1-11"; }

        @Override public Optional<String> standing() { return Optional.of("stun " + server); }
    }
}
