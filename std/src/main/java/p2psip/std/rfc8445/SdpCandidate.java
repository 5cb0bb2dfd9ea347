package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.rfc4566.Attribute;

/// The value of an `a=candidate` line.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8839#section-5.1 RFC 8839 §5.1
public sealed interface SdpCandidate {

    /// One with an address.
    record Known(Candidate candidate) implements SdpCandidate {}

    /// One with a name, such as `NAME.local`: of use to whoever can resolve it, and to nobody else.
    record Named(String host, int port, CandidateType type, String foundation, int component,
            long priority) implements SdpCandidate {

        /// The candidate, when the name has been resolved.
        public Candidate at(InetAddress address) {
            return Candidate.remote(type, foundation, component, priority,
                    new InetSocketAddress(address, port));
        }
    }

    String NAME = "candidate";

    /// Where those who do not reveal a related address say that it is.
    int NOWHERE = 9;

    Pattern ICE_CHARS = Pattern.compile("[A-Za-z0-9+/]{1,32}"),
            HOST = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})");

    /// @throws SyntaxException if it is of no use here: malformed, over TCP, of an unknown type
    static SdpCandidate parse(String value) {
        var word = value.strip().split(" +");
        if (word.length < 8 || !word[6].equals("typ")) throw new SyntaxException("too short");
        if (!ICE_CHARS.matcher(word[0]).matches()) throw new SyntaxException("foundation");
        if (!word[2].equalsIgnoreCase("UDP")) throw new SyntaxException("over " + word[2]);
        int component = (int) number(word[1], 1, 256), port = (int) number(word[5], 1, 65535);
        long priority = number(word[3], 1, Candidate.GREATEST);
        var type = CandidateType.of(word[7]).orElseThrow(() ->
                new SyntaxException("of type " + word[7]));
        //= rfc8839#5.1-10 pairs of a name and a value that are not understood are ignored
        var ip = literal(word[4]);
        //= rfc8839#5.1-2 a name is no address: the line is ignored, unless somebody resolves it
        if (ip.isEmpty()) {
            if (!HOST.matcher(word[4]).matches()) throw new SyntaxException("address");
            return new Named(word[4], port, type, word[0], component, priority);
        }
        var address = new InetSocketAddress(ip.get(), port);
        return new Known(new Candidate(type, word[0], component, priority, address, address,
                related(word)));
    }

    private static Optional<InetSocketAddress> related(String[] word) {
        if (word.length < 12 || !word[8].equals("raddr") || !word[10].equals("rport"))
            return Optional.empty();
        return literal(word[9]).map(ip ->
                new InetSocketAddress(ip, (int) number(word[11], 0, 65535)));
    }

    private static long number(String digits, long least, long most) {
        if (!digits.matches("[0-9]{1,10}")) throw new SyntaxException("number");
        long number = Long.parseLong(digits);
        if (number < least || number > most) throw new SyntaxException("number " + number);
        return number;
    }

    private static Optional<InetAddress> literal(String text) {
        //= rfc8839#5.1¶3 a colon shows that it is IPv6
        if (text.indexOf('%') >= 0 || text.indexOf(':') < 0 && !text.matches("[0-9.]{7,15}"))
            return Optional.empty();
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            throw new SyntaxException("address");
        }
    }

    /// The line for one of ours.
    ///
    /// @param reveal whether the related address is told, by which the own network can be seen
    static Attribute attribute(Candidate candidate, boolean reveal) {
        var value = new StringJoiner(" ");
        //= rfc8839#5.1-1 the address is written in numbers, no FQDN
        value.add(candidate.foundation()).add("" + candidate.component()).add("UDP")
                .add("" + candidate.priority()).add(text(candidate.address()))
                .add("" + candidate.address().getPort()).add("typ").add(candidate.type().token());
        //= rfc8839#5.1-6,7 raddr and rport of what is reflexive or relayed, never of a host
        if (candidate.type() != CandidateType.HOST) {
            boolean six = candidate.address().getAddress() instanceof Inet6Address;
            //= rfc8839#5.1-8 one that is not revealed is 0.0.0.0 or ::, and port 9
            //= rfc8839#9.1-1 for the sake of privacy: 0.0.0.0 or ::, 9
            var related = candidate.related().filter(_ -> reveal).orElse(new InetSocketAddress(
                    InetAddress.ofLiteral(six ? "::" : "0.0.0.0"), NOWHERE));
            value.add("raddr").add(text(related)).add("rport").add("" + related.getPort());
        }
        return new Attribute(NAME, value.toString());
    }

    private static String text(InetSocketAddress address) {
        return p2psip.std.rfc2396.HostName.numeric(address.getAddress());
    }
}
