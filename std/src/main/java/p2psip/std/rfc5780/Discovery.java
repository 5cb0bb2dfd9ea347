package p2psip.std.rfc5780;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc5780.BehaviorAttribute.*;
import p2psip.std.rfc5780.Findings.Finding;
import p2psip.std.rfc8489.*;

/// Asks a server of two addresses and two ports what the routers on the way do to one port of ours:
/// one test after the other, from the same socket. Begins when it is first woken.
///
/// What is sent opens routers, so the tests of filtering, which want a router that has sent nothing
/// to the server's other address, come before those of mapping, which do just that:
///
/// ```text
///     4.2      to A1:P1                    connectivity; the server tells A2:P2
///     4.4 II   to A1:P1, answer from A2:P2     let in: endpoint-independent filtering
///     4.4 III  to A1:P1, answer from A1:P2     let in: address-dependent filtering
///     4.3 II   to A2:P1                    seen as at first: endpoint-independent mapping
///     4.3 III  to A2:P2                    seen as before: address-dependent mapping
/// ```
///
/// A test that ends the question spares the next one of its section. A server whose other address
/// nobody reaches would look like a router that lets nobody in; so, where both tests of filtering
/// are met by silence, the last test is run in any case, and believed (erratum 7971 asks for it).
///
/// The socket should be new: what it has sent before changes what is found.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5780#section-4 RFC 5780 §4
public final class Discovery implements Machine<Discovery.Input, Discovery.Output> {

    public sealed interface Input {
        record Received(InetSocketAddress from, Bytes bytes) implements Input {}
    }

    public sealed interface Output {
        record Send(InetSocketAddress to, Bytes bytes) implements Output {}
        record Entered(State state) implements Output, p2psip.std.Entered {}
        record Found(Findings findings) implements Output {}

        /// There is nothing to find out: no connectivity, or no permission.
        ///
        /// @param code the error code of the answer, 0 if there was none
        record Failed(int code, String why) implements Output {}
    }

    /// Which test is run.
    public enum State implements Cited {
        @Section("4.2") CONNECTIVITY, @Section("4.4") FILTERING_II, @Section("4.4") FILTERING_III,
        @Section("4.3") MAPPING_II, @Section("4.3") MAPPING_III, @Section("4") OVER
    }

    /// Silence is an answer here and ought not to take 39.5 seconds: four requests in 5.5 seconds.
    public static final Timing TIMING = new Timing(Duration.ofMillis(500), 4, 4, false);

    /// Between the beginnings of two tests.
    private static final Duration PACE = Duration.ofMillis(100);

    /// What came of a test.
    private sealed interface Result {
        record Answer(Message response) implements Result {}
        record Silence() implements Result {}
        record Trouble(int code, String why) implements Result {}
    }

    private final InetSocketAddress server;
    private final Set<InetSocketAddress> own;
    private final Authentication authentication;
    private final Timing timing;
    private final RandomGenerator random;
    private State state = State.CONNECTIVITY;
    private Optional<Client> client = Optional.empty();
    private InetSocketAddress other, mapped;
    private Finding filtering = new Finding.Unknown("not asked");
    private Result second = new Result.Silence();
    private Instant begun = Instant.MIN, due = Instant.MIN;

    /// @param server where it is asked first: A1:P1
    /// @param own    the addresses of the socket that it is asked from, on this host
    public Discovery(InetSocketAddress server, Set<InetSocketAddress> own,
            Authentication authentication, Timing timing, RandomGenerator random) {
        this.server = server;
        this.own = Set.copyOf(own);
        this.authentication = authentication;
        this.timing = timing;
        this.random = random;
        this.other = server;
        this.mapped = server;
    }

    @Override public Instant deadline() { return client.map(Client::deadline).orElse(due); }

    @Override public boolean terminated() { return state == State.OVER; }

    @Override public List<Output> wake(Instant now) {
        if (now.isBefore(deadline())) return List.of();
        return client.isPresent() ? told(client.get().wake(now), Optional.empty(), now)
                : begin(now);
    }

    private List<Output> begin(Instant now) {
        begun = now;
        client = Optional.of(new Client(asked(), Message.BINDING, change(), authentication, timing,
                BehaviorAttribute.TABLE, random));
        return told(client.get().wake(now), Optional.empty(), now);
    }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Received(var from, var bytes) -> client.isPresent()
                    && (from.equals(answering()) || from.equals(asked()))
                    // a client knows its server by its address: it is told that of whom it asked
                    ? told(client.get().handle(new Client.Input.Received(asked(), bytes), now),
                            Optional.of(from), now)
                    : List.of();
        };
    }

    private List<Output> enter(State next) {
        state = next;
        client = Optional.empty();
        //= rfc5780#5-7 one transaction at a time, and no more than ten begin within a second
        due = next == State.OVER ? Instant.MAX : begun.plus(PACE);
        return List.of(new Output.Entered(next));
    }

    private InetSocketAddress asked() {
        return switch (state) {
            case CONNECTIVITY, FILTERING_II, FILTERING_III, OVER -> server;
            //= rfc5780#4.3¶2 to the alternate address, but the primary port
            case MAPPING_II -> new InetSocketAddress(other.getAddress(), server.getPort());
            case MAPPING_III -> other;
        };
    }

    /// From where the answer has to come.
    private InetSocketAddress answering() {
        return switch (state) {
            case CONNECTIVITY, MAPPING_II, MAPPING_III, OVER -> asked();
            case FILTERING_II -> other;
            case FILTERING_III -> new InetSocketAddress(server.getAddress(), other.getPort());
        };
    }

    private List<Attribute> change() {
        return switch (state) {
            case CONNECTIVITY, MAPPING_II, MAPPING_III, OVER -> List.of();
            //= rfc5780#4.4¶3 CHANGE-REQUEST with both flags
            case FILTERING_II -> List.of(new ChangeRequest(true, true));
            //= rfc5780#4.4¶4 then with that of the port alone
            case FILTERING_III -> List.of(new ChangeRequest(false, true));
        };
    }

    /// @param from where the datagram came from that made the client speak
    private List<Output> told(List<Client.Output> outputs, Optional<InetSocketAddress> from,
            Instant now) {
        var all = new ArrayList<Output>();
        for (var output : outputs) switch (output) {
            //= rfc5780#5-6 ALTERNATE-SERVER is not followed: the tests are about this server
            case Client.Output.Send(var to, _) when !to.equals(asked()) ->
                    all.addAll(result(new Result.Trouble(300, "it sends us to another server")));
            case Client.Output.Send(var to, var bytes) -> all.add(new Output.Send(to, bytes));
            case Client.Output.Succeeded(var response) -> all.addAll(result(
                    from.filter(answering()::equals).isPresent() ? new Result.Answer(response)
                            : new Result.Trouble(0, "the server answers from where it was asked")));
            case Client.Output.Failed(int code, var why) -> all.addAll(result(from.isPresent()
                    //= rfc5780#5-3 a 420 to CHANGE-REQUEST leaves its question open, no more
                    ? new Result.Trouble(code, why)
                    : new Result.Silence()));
        }
        if (client.isEmpty() && !due.isAfter(now)) all.addAll(begin(now));
        return all;
    }

    private List<Output> result(Result result) {
        return switch (state) {
            case CONNECTIVITY -> connected(result);
            case FILTERING_II -> switch (result) {
                case Result.Answer _ -> filters(Behavior.ENDPOINT_INDEPENDENT);
                case Result.Silence _ -> enter(State.FILTERING_III);
                case Result.Trouble(int code, var why) -> unfiltered(code, why);
            };
            case FILTERING_III -> switch (result) {
                case Result.Answer _ -> filters(Behavior.ADDRESS_DEPENDENT);
                case Result.Silence _ -> filters(Behavior.ADDRESS_AND_PORT_DEPENDENT);
                case Result.Trouble(int code, var why) -> unfiltered(code, why);
            };
            case MAPPING_II -> {
                second = result;
                yield seen(result).filter(mapped::equals).isPresent() && !doubtful()
                        ? found(known(Behavior.ENDPOINT_INDEPENDENT)) : enter(State.MAPPING_III);
            }
            case MAPPING_III -> {
                if (doubtful() && !(result instanceof Result.Answer))
                    filtering = new Finding.Unknown("the server's other address answers nobody");
                yield found(mapping(result));
            }
            case OVER -> List.of();
        };
    }

    private List<Output> connected(Result result) {
        return switch (result) {
            //= rfc5780#4.2¶1 no response: no UDP connectivity with the server
            case Result.Silence _ -> fail(0, "no answer");
            case Result.Trouble(int code, var why) -> fail(code, why);
            case Result.Answer(var response) -> {
                var at = Client.mapped(response);
                if (at.isEmpty()) yield fail(0, "an answer without an address");
                mapped = at.get();
                var told = response.first(OtherAddress.class).map(OtherAddress::address)
                        .filter(this::isOther);
                //= rfc5780#4.3¶1 without OTHER-ADDRESS the tests cannot be run
                if (told.isEmpty()) yield untold();
                other = told.get();
                yield enter(State.FILTERING_II);
            }
        };
    }

    /// Whether tests can be run with it: nothing is sent to a group, or to port 0.
    private boolean isOther(InetSocketAddress told) {
        var ip = told.getAddress();
        return told.getPort() != 0 && told.getPort() != server.getPort()
                && !ip.equals(server.getAddress()) && !ip.isMulticastAddress()
                && !ip.isAnyLocalAddress() && ip.getClass() == server.getAddress().getClass();
    }

    private List<Output> untold() {
        var why = new Finding.Unknown("the server has no second address and port to ask from");
        filtering = why;
        return found(translated() ? why : known(Behavior.ENDPOINT_INDEPENDENT));
    }

    private boolean translated() { return !own.contains(mapped); }

    /// Whether silence alone speaks for what is believed of filtering.
    private boolean doubtful() {
        return filtering.equals(known(Behavior.ADDRESS_AND_PORT_DEPENDENT));
    }

    private List<Output> unfiltered(int code, String why) {
        filtering = new Finding.Unknown(code == 0 ? why : code + " " + why);
        return map();
    }

    private List<Output> filters(Behavior how) {
        filtering = known(how);
        return map();
    }

    /// Goes on to the tests of mapping, if any is needed.
    private List<Output> map() {
        //= rfc5780#4.3¶1 seen by its own address it is not behind a NAT
        if (!translated() && !doubtful()) return found(known(Behavior.ENDPOINT_INDEPENDENT));
        return enter(State.MAPPING_II);
    }

    private Finding mapping(Result third) {
        var then = seen(second);
        if (!translated() || then.filter(mapped::equals).isPresent())
            return known(Behavior.ENDPOINT_INDEPENDENT);
        if (then.isEmpty() || seen(third).isEmpty())
            return new Finding.Unknown("the server's other address does not answer");
        //= rfc5780#4.3¶2 what test III shows is compared with test II
        return known(then.equals(seen(third)) ? Behavior.ADDRESS_DEPENDENT
                : Behavior.ADDRESS_AND_PORT_DEPENDENT);
    }

    private static Optional<InetSocketAddress> seen(Result result) {
        return result instanceof Result.Answer(var response) ? Client.mapped(response)
                : Optional.empty();
    }

    private static Finding known(Behavior behavior) { return new Finding.Known(behavior); }

    private List<Output> found(Finding mapping) {
        return end(new Output.Found(new Findings(mapped, translated(), mapping, filtering)));
    }

    private List<Output> fail(int code, String why) { return end(new Output.Failed(code, why)); }

    private List<Output> end(Output last) {
        var all = new ArrayList<>(enter(State.OVER));
        all.add(last);
        return all;
    }
}
