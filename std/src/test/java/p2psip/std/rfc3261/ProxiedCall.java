package p2psip.std.rfc3261;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_void;

import module java.base;
import java.lang.management.ManagementFactory;
import p2psip.std.*;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.LocationService.*;
import p2psip.std.rfc3263.Locator;

/// What a call through a proxy costs where there are no sockets: INVITE, 100, 180, 200, ACK, BYE,
/// 200 in UDP, both ends keeping to the route, and then the time until nothing of it is left.
///
/// Counted is what the stack does, not what the two ends do. One line for each round of calls, of
/// which the last ones count:
///
/// ```
/// mvn -q -pl std test-compile
/// java -Xmx256m -XX:+UseSerialGC -cp std/target/classes:std/target/test-classes \
///     p2psip.std.rfc3261.ProxiedCall
/// ```
///
/// A compiled program allocates a little less, and not in each run as much less, than is written:
/// what is written says `java -Xint ... p2psip.std.rfc3261.ProxiedCall 300`, calls in a round.
public final class ProxiedCall implements Runnable {
    private static final int ROUNDS = 8;
    private static final String CALLS = "10000";
    private static final InetSocketAddress PROXY = at(5060), ALICE = at(5070), BOB = at(5080);

    /// A message that the proxy has sent, and to whom.
    private record Sent(InetSocketAddress to, Message message) {}

    private final Proxy proxy;
    private final Stack stack;
    private final com.sun.management.ThreadMXBean memory =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private Instant now = Instant.EPOCH;
    private int calls;
    private long bytes, nanos;

    public ProxiedCall() {
        var points = List.of(new ListeningPoint(Transport.UDP, PROXY));
        var random = new SplittableRandom(1);
        proxy = new Proxy(new Domains(points, List.of("example.com")), Guard.OPEN, List.of(),
                false, Proxy.secret(random), random);
        stack = new Stack(points, proxy, new Locator(points, random),
                random, false);
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    public static void main(String[] arguments) {
        var machines = Counting.machines();
        System.out.println("machines/call " + machines.values().stream().mapToInt(i -> i).sum()
                + " " + machines);
        int calls = Integer.parseInt(arguments.length == 0 ? CALLS : arguments[0]);
        var call = new ProxiedCall();
        for (int round = 1; round <= ROUNDS; round++) {
            call.bytes = call.nanos = 0;
            for (int i = 0; i < calls; i++) call.run();
            System.out.printf("round %d: %d bytes/call, %d calls/s%n", round,
                    call.bytes / calls, calls * 1_000_000_000L / call.nanos);
        }
    }

    /// One call from beginning to end.
    @Override public void run() {
        calls++;
        var invited = hear(ALICE, request("INVITE", "sip:bob@example.com", 1, ""), "100", "INVITE");
        var invite = (Request) invited.getLast();
        var routes = invite.headers().stream().filter(h -> h.is("Record-Route")).toList();
        hear(BOB, response(invite, 180, routes), "180");
        hear(BOB, response(invite, 200, routes), "200");
        var route = routes.reversed().stream().map(h -> "Route: " + h.value() + "\n")
                .collect(Collectors.joining());
        hear(ALICE, request("ACK", "sip:bob@127.0.0.1:5080", 1, route), "ACK");
        var bye = hear(ALICE, request("BYE", "sip:bob@127.0.0.1:5080", 2, route), "BYE");
        hear(BOB, response((Request) bye.getFirst(), 200, List.of()), "200");
        while (!stack.deadline().equals(Instant.MAX)) {
            now = stack.deadline();
            check(sent(measured(() -> stack.wake(now))));
        }
        if (stack.transactions() + proxy.size() + proxy.pending() > 0)
            throw new AssertionError("something is left of a call");
    }

    /// Has the proxy hear a message; what it sends must be these.
    private List<Message> hear(InetSocketAddress from, Message message, String... expected) {
        var datagram = new Stack.Input.Datagram(PROXY, from, message.encode());
        now = now.plusMillis(10);
        var sent = sent(measured(() -> stack.handle(datagram, now)));
        check(sent, expected);
        return sent.stream().map(Sent::message).toList();
    }

    private static void check(List<Sent> sent, String... expected) {
        var words = sent.stream().map(one -> switch (one.message) {
            case Request request -> request.method();
            case Response response -> "" + response.status();
        }).toList();
        if (!words.equals(List.of(expected)))
            throw new AssertionError(words + " is not " + List.of(expected));
        for (var one : sent)
            if (!one.to.equals(one.message instanceof Request ? BOB : ALICE))
                throw new AssertionError("not for " + one.to + ": " + one.message);
    }

    /// What comes of outputs, the location service being asked where bob is.
    private List<Sent> sent(List<Stack.Output> outputs) {
        var sent = new ArrayList<Sent>();
        for (var output : outputs) switch (output) {
            case Stack.Output.SendDatagram(_, var to, var bytes) ->
                    sent.add(new Sent(to, Message.parse(bytes)));
            case Core.Output.Told(Event.Find(long id, _, _)) -> {
                var found = new Core.Input.Asked(new Found(id, true, List.of(
                        Destination.of(SipUri.of("bob", "127.0.0.1", OptionalInt.of(5080))))));
                sent.addAll(sent(measured(() -> stack.handle(found, now))));
            }
            default -> throw new AssertionError(output);
        }
        return sent;
    }

    private <T> T measured(Supplier<T> what) {
        long before = memory.getCurrentThreadAllocatedBytes(), since = System.nanoTime();
        var made = what.get();
        nanos += System.nanoTime() - since;
        bytes += memory.getCurrentThreadAllocatedBytes() - before;
        return made;
    }

    private Request request(String method, String uri, int cseq, String route) {
        var body = method.equals("INVITE") ? """
                v=0
                o=alice 1 1 IN IP4 127.0.0.1
                s=-
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio 40000 RTP/AVP 0
                a=rtpmap:0 PCMU/8000
                """.replace("\n", "\r\n") : "";
        return (Request) Message.parse(Bytes.utf8(("""
                %s %s SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK%4$d%1$s
                Max-Forwards: 70
                %sFrom: "Alice" <sip:alice@example.com>;tag=a%d
                To: "Bob" <sip:bob@example.com>%s
                Call-ID: %4$d@127.0.0.1
                CSeq: %d %1$s
                Contact: <sip:alice@127.0.0.1:5070>
                Content-Type: application/sdp
                Content-Length: %d

                """.formatted(method, uri, route, calls, body.isEmpty() ? ";tag=b" : "", cseq,
                body.length())).replace("\n", "\r\n") + body));
    }

    private static Response response(Request request, int status, List<Header> routes) {
        return Reply.to(request, status, "b").change(list -> {
            list.addAll(routes);
            list.add(new Header("Contact", "<sip:bob@127.0.0.1:5080>"));
        });
    }

    /// Loads this project anew, with classes that count how many of them are made.
    private static final class Counting extends ClassLoader {

        /// Called by those classes, and therefore not loaded by this loader.
        public static final class Made {
            private static final SortedMap<String, Integer> BY_CLASS = new TreeMap<>();

            private Made() {}

            public static void made(Object what) {
                if (isMachine(what.getClass()))
                    BY_CLASS.merge(what.getClass().getSimpleName(), 1, Integer::sum);
            }

            private static boolean isMachine(Class<?> type) {
                return type != null && (type.getName().equals(Machine.class.getName())
                        || isMachine(type.getSuperclass())
                        || Arrays.stream(type.getInterfaces()).anyMatch(Made::isMachine));
            }
        }

        Counting() { super(ProxiedCall.class.getClassLoader()); }

        /// The machines that one call makes, by class.
        static SortedMap<String, Integer> machines() {
            try {
                var call = (Runnable) new Counting().loadClass(ProxiedCall.class.getName())
                        .getConstructor().newInstance();
                Made.BY_CLASS.clear();
                call.run();
                return new TreeMap<>(Made.BY_CLASS);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        @Override protected Class<?> loadClass(String name, boolean resolve)
                throws ClassNotFoundException {
            if (!name.startsWith("p2psip.") || name.equals(Made.class.getName()))
                return super.loadClass(name, resolve);
            var loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }

        @Override protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) throw new ClassNotFoundException(name);
                var bytes = counting(ClassFile.of().parse(in.readAllBytes()));
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        /// Has the constructors that call Object's tell what they have made.
        private static byte[] counting(ClassModel model) {
            return ClassFile.of().transformClass(model, ClassTransform.transformingMethodBodies(
                    method -> method.methodName().equalsString("<init>"),
                    CodeTransform.ofStateful(() -> {
                        var told = new AtomicBoolean();
                        return (code, element) -> {
                            code.with(element);
                            if (element instanceof InvokeInstruction call
                                    && call.name().equalsString("<init>")
                                    && call.owner().asInternalName().equals("java/lang/Object")
                                    && !told.getAndSet(true))
                                code.aload(0).invokestatic(ClassDesc.of(Made.class.getName()),
                                        "made", MethodTypeDesc.of(CD_void, CD_Object));
                        };
                    })));
        }
    }
}
