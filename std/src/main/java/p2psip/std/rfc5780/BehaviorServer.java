package p2psip.std.rfc5780;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc5780.BehaviorAttribute.*;
import p2psip.std.rfc5780.ClassicAttribute.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

/// A Binding server of two addresses and two ports, which answers from whichever it is asked to.
/// With one of either it is a Binding server that still knows RESPONSE-PORT and PADDING.
///
/// Like [BindingServer] it is a function of the request alone, and no amplifier: to a request there
/// is one answer, which goes to the address that it came from and is longer by no more than the
/// four addresses and the name it tells. Who asks for padding is given no more than he has sent.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5780#section-6 RFC 5780 §6
public final class BehaviorServer {
    /// What fits an Ethernet frame, a whole number of words.
    static final int MTU = 1_500;

    private static final int NAME = 127;

    /// An answer on its way.
    ///
    /// @param from one of [#places]
    public record Reply(InetSocketAddress from, InetSocketAddress to, Bytes bytes) {}

    private final Software software;
    private final List<InetAddress> addresses;
    private final List<Integer> ports;
    private final boolean changes, classic;

    /// For nobody but clients of RFC 5780 and RFC 8489.
    public BehaviorServer(String software, List<InetAddress> addresses, List<Integer> ports) {
        this(software, addresses, ports, false);
    }

    /// @param software  what it says of itself, at most 127 characters
    /// @param addresses one, or two of one family
    /// @param ports     one or two
    /// @param classic   whether clients of RFC 3489 are answered as well: only where the ports are
    ///                  STUN's alone, for their requests could be another protocol's
    /// @spec https://www.rfc-editor.org/rfc/rfc3489#section-8.1 RFC 3489 §8.1
    public BehaviorServer(String software, List<InetAddress> addresses, List<Integer> ports,
            boolean classic) {
        if (software.codePointCount(0, software.length()) > NAME)
            throw new IllegalArgumentException("a name of more than 127 characters: " + software);
        //= rfc5780#6-1 two addresses, each with both ports, or there is nothing to change
        if (!few(addresses) || !few(ports)
                || addresses.getFirst().getClass() != addresses.getLast().getClass())
            throw new IllegalArgumentException(
                    "not two addresses of one family and two ports: " + addresses + " " + ports);
        this.software = new Software(software);
        this.addresses = List.copyOf(addresses);
        this.ports = List.copyOf(ports);
        this.changes = addresses.size() == 2 && ports.size() == 2;
        this.classic = classic;
    }

    private static boolean few(List<?> all) {
        return !all.isEmpty() && all.size() <= 2 && all.stream().distinct().count() == all.size();
    }

    /// Where it listens and answers from: each address with each port.
    public List<InetSocketAddress> places() {
        return addresses.stream().flatMap(address -> ports.stream()
                .map(port -> new InetSocketAddress(address, port))).toList();
    }

    /// The answer to a datagram, or nothing if it asks for none.
    ///
    /// @param at   which of the [#places] it came to
    /// @param from where it came from
    public Optional<Reply> answer(Bytes datagram, InetSocketAddress at, InetSocketAddress from) {
        return Fingerprints.parse(datagram, BehaviorAttribute.TABLE)
                //= rfc5780#3-1 whose request has no magic cookie is of RFC 3489, and not answered
                .filter(request -> (classic || !request.id().isClassic())
                        && request.kind() == Kind.REQUEST && request.method() == Message.BINDING)
                .map(request -> answer(request, at, from));
    }

    private Reply answer(Message request, InetSocketAddress at, InetSocketAddress from) {
        var unknown = new ArrayList<>(request.unknownRequired());
        //= rfc5780#6-4 without a second address and port CHANGE-REQUEST is an unknown attribute
        //= rfc5780#6.1-2 which is an error 420
        if (!changes && request.has(ChangeRequest.class))
            unknown.add(BehaviorAttribute.CHANGE_REQUEST);
        if (!unknown.isEmpty()) return new Reply(at, from, refusal(request,
                new ErrorCode(420, "Unknown Attribute"), new UnknownAttributes(unknown)));
        int port = request.first(ResponsePort.class).map(ResponsePort::port)
                .orElse(from.getPort());
        //= rfc5780#6.1-11 PADDING with RESPONSE-PORT is an error 400
        //= rfc5780#7.5-2 and goes to no other port
        if (port == 0 || request.has(ResponsePort.class) && request.has(Padding.class))
            return new Reply(at, from, refusal(request, new ErrorCode(400, "Bad Request")));
        var source = source(request.first(ChangeRequest.class).orElse(ChangeRequest.NONE), at);
        //= rfc5780#7.5-1 to the port that was asked for, of the address that asked
        return new Reply(source, new InetSocketAddress(from.getAddress(), port),
                success(request, at, source, from));
    }

    private InetSocketAddress source(ChangeRequest change, InetSocketAddress at) {
        //= rfc5780#6.1-3 "change port" alone: the same address, the other port
        //= rfc5780#6.1-4 "change IP" alone: the other address, the same port
        //= rfc5780#6.1-5,6 both: both are the others; neither: where it was asked
        return new InetSocketAddress(
                change.ip() ? other(addresses, at.getAddress()) : at.getAddress(),
                change.port() ? other(ports, at.getPort()) : at.getPort());
    }

    private static <T> T other(List<T> two, T one) {
        return two.getFirst().equals(one) ? two.getLast() : two.getFirst();
    }

    private Bytes success(Message request, InetSocketAddress at, InetSocketAddress source,
            InetSocketAddress from) {
        if (request.id().isClassic())
            return request.response(Kind.SUCCESS, classic(at, source, from))
                    .encode(ClassicAttribute.TABLE);
        //= rfc5780#6.1-1 the address that asked, with the mask and without it
        //= rfc5780#6.1-7 RESPONSE-ORIGIN is where this answer comes from
        //= rfc5780#6.1-13 and there is no ALTERNATE-SERVER beside them, here or elsewhere
        var all = new ArrayList<Attribute>(List.of(new XorMappedAddress(from),
                new MappedAddress(from), new ResponseOrigin(source)));
        //= rfc5780#6.1-8 OTHER-ADDRESS is both others, whatever was asked for
        //= rfc5780#7.4-1 if there is a second address
        if (changes) all.add(new OtherAddress(source(new ChangeRequest(true, true), at)));
        //= rfc5780#6.1-9 PADDING is answered with PADDING
        request.first(Padding.class).map(BehaviorServer::padding).ifPresent(all::add);
        all.add(software);
        return sealed(request, request.response(Kind.SUCCESS, all));
    }

    private List<Attribute> classic(InetSocketAddress at, InetSocketAddress source,
            InetSocketAddress from) {
        var all = new ArrayList<Attribute>(List.of(
                new MappedAddress(from), new SourceAddress(source)));
        if (changes) all.add(new ChangedAddress(source(new ChangeRequest(true, true), at)));
        return all;
    }

    private static Padding padding(Padding asked) {
        //= rfc5780#6.1-10 departs as long as the MTU only if the request's was: no amplifier
        //= rfc5780#7.6-1 far from 64K
        return new Padding(Bytes.wrap(new byte[Math.min(MTU, asked.filling().size())]));
    }

    private Bytes refusal(Message request, Attribute... why) {
        return sealed(request, request.response(Kind.ERROR, List.of(why))
                .with(List.of(software)));
    }

    private static Bytes sealed(Message request, Message response) {
        var bytes = response.encode(BehaviorAttribute.TABLE);
        return request.has(Fingerprint.class) ? Fingerprints.append(bytes) : bytes;
    }
}
