package p2psip.app.node;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_void;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.NodeId;
import p2psip.app.host.*;
import p2psip.app.lookup.Answer;
import p2psip.app.node.*;
import p2psip.app.sip.SipPort;
import p2psip.app.voip.*;
import p2psip.std.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.server.*;

/// How many hand-overs a request takes in a node: records in which one part of it tells another
/// what happened or what to do, from the host's event to the host's effect, both included.
///
/// Nodes and phones live in virtual time, in classes of their own whose records note their making.
/// A record is a hand-over if it implements an interface of this project, unless that is one of
/// [#WIRE] (what a datagram carries) or [#VALUES], or it is made for trace alone ([#TRACE]).
///
/// Counted is what the request itself takes: the turns of the node in which the request comes, in
/// which the host answers an effect, and in which the answer of the ring comes that was waited for:
/// of a registration the last one, who else has the address. Not the ring's confirmations, nor its
/// second answer, for a key is kept at two places.
///
/// The records, in order, are in `app/target/hand-overs.txt` after
///
/// ```
/// mvn -q -pl std,app test -Dtest=HandOversTest -Dsurefire.failIfNoSpecifiedTests=false
/// ```
class HandOversTest {

    /// Vocabularies of what goes over the wire.
    private static final Set<String> WIRE = Set.of("Message", "Body", "Payload", "Frame", "Packet",
            "Attribute");

    /// What a machine reads or remembers rather than being told it.
    private static final Set<String> VALUES = Set.of(
            "Uri", "Value", "What", "Asker", "Path", "Purpose", "Verdict", "Choice", "OfCall",
            "OfWay", "OfNode");

    /// Records that are made for trace, and those that carry them.
    private static final Set<String> TRACE = Set.of(
            "Effect.Note", "Output.Carried", "Output.Changed", "Output.Remark");

    /// Where SIP wraps what is not its own.
    private static final Set<String> SIP = Set.of("rfc3261", "server", "ua", "sip", "sipd");

    /// How the ring says it on the wire.
    private static final String PUT = "Body.Put", GET = "Body.Get", VALUES_FOUND = "Message.Values";

    /// So many that the one that is watched keeps neither record.
    private static final int NODES = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(20), QUIET = Duration.ofSeconds(5);

    private static SequencedMap<String, List<String>> walks = new LinkedHashMap<>();

    @BeforeAll @SuppressWarnings("unchecked") static void walk() throws IOException {
        try {
            walks = ((Supplier<SequencedMap<String, List<String>>>) new Noting()
                    .loadClass(Play.class.getName()).getConstructor().newInstance()).get();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        Files.writeString(Path.of("target", "hand-overs.txt"), all());
    }

    @Test void a_registration_until_it_is_answered() {
        assertThat(count("REGISTER to the ring")).as(all()).isEqualTo(22);
        assertThat(count("REGISTER ring, out")).as(all()).isEqualTo(14);
        assertThat(count("REGISTER from the answer")).as(all()).isEqualTo(15);
    }

    @Test void an_invitation_until_another_node_gets_it() {
        assertThat(count("INVITE look-up") - sips("INVITE look-up")).as(all()).isEqualTo(10);
        assertThat(count("INVITE look-up")).as(all()).isEqualTo(16);
        assertThat(count("INVITE")).as(all()).isEqualTo(103);
    }

    /// How many hand-overs there are in the parts whose names begin so.
    private static long count(String part) {
        return lines(part).filter(line -> !line.startsWith("~") && !line.startsWith(".")).count();
    }

    /// How many of them are in SIP's own words.
    private static long sips(String part) {
        return lines(part).filter(line -> !line.startsWith("~") && !line.startsWith(".")
                && SIP.stream().anyMatch(room -> line.endsWith("(" + room + ")"))).count();
    }

    private static Stream<String> lines(String part) {
        return walks.entrySet().stream().filter(walk -> walk.getKey().startsWith(part))
                .flatMap(walk -> walk.getValue().stream());
    }

    /// All that was made: `~` is of the wire, `.` for trace.
    private static String all() {
        var all = new StringJoiner("\n", "", "\n");
        for (var part : walks.keySet()) {
            all.add("%s: %d hand-overs (%d of them SIP's), %d of the wire, %d for trace".formatted(
                    part, count(part), sips(part),
                    lines(part).filter(line -> line.startsWith("~")).count(),
                    lines(part).filter(line -> line.startsWith(".")).count()));
            walks.get(part).forEach(line -> all.add("    " + line));
        }
        return all.toString();
    }

    /// Written by the classes that [Noting] loads, and therefore not loaded by it.
    public static final class Log {
        private static List<Object> made = new ArrayList<>();

        private Log() {}

        /// Called by each record that is made, before its components are there.
        public static void made(Object what) { made.add(what); }

        /// What was made since this was last asked.
        public static List<Object> take() {
            var taken = made;
            made = new ArrayList<>();
            return taken;
        }
    }

    /// Loads this project anew, with records that note their making.
    private static final class Noting extends ClassLoader {
        private static final String OURS = "p2psip.";

        Noting() { super(HandOversTest.class.getClassLoader()); }

        @Override protected Class<?> loadClass(String name, boolean resolve)
                throws ClassNotFoundException {
            if (!name.startsWith(OURS) || name.equals(Log.class.getName()))
                return super.loadClass(name, resolve);
            var loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }

        @Override protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) throw new ClassNotFoundException(name);
                var bytes = noting(in.readAllBytes());
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        private static byte[] noting(byte[] bytes) {
            var model = ClassFile.of().parse(bytes);
            boolean vocabulary = model.interfaces().stream().anyMatch(
                    i -> i.asInternalName().startsWith(OURS.replace('.', '/')));
            return !vocabulary ? bytes : ClassFile.of().transformClass(model,
                    ClassTransform.transformingMethodBodies((code, element) -> {
                        code.with(element);
                        if (element instanceof InvokeInstruction call
                                && call.owner().asInternalName().equals("java/lang/Record")
                                && call.name().equalsString("<init>"))
                            code.aload(0).invokestatic(ClassDesc.of(Log.class.getName()), "made",
                                    MethodTypeDesc.of(CD_void, CD_Object));
                    }));
        }
    }

    /// Records in the order in which they were made.
    private record Made(List<Object> all) {

        static Made of(List<Turn> turns) {
            return new Made(turns.stream().flatMap(turn -> turn.made.all.stream()).toList());
        }

        /// The place of the first that is or has such a thing; the end if there is none.
        int first(Predicate<Object> such) {
            return IntStream.range(0, all.size()).filter(i -> Play.holds(all.get(i), such))
                    .findFirst().orElse(all.size());
        }

        /// The place behind the last that is or has such a thing; the beginning if there is none.
        int behind(Predicate<Object> such) {
            return all.size() - new Made(all.reversed()).first(such);
        }

        boolean has(Predicate<Object> such) { return behind(such) > 0; }

        Made part(int from, int to) { return new Made(all.subList(from, to)); }

        Made only(Predicate<Object> such) { return new Made(all.stream().filter(such).toList()); }
    }

    /// One turn of the node: what the host told it, and which records were made of that.
    private record Turn(Event event, Made made) {

        /// Whether the host answers an effect, and one that is not the ring's.
        boolean answers() {
            return !(event instanceof Event.Datagram || event instanceof Event.Command)
                    && event.id().part() != Id.Part.LOOKUP;
        }
    }

    /// A node that has its turns noted.
    private record Watched(Machine<Event, Effect> node, List<Turn> turns)
            implements Machine<Event, Effect> {
        @Override public Instant deadline() { return node.deadline(); }

        @Override public List<Effect> wake(Instant now) { return node.wake(now); }

        @Override public List<Effect> handle(Event event, Instant now) {
            Log.take();
            var effects = node.handle(event, now);
            var made = new ArrayList<Object>(List.of(event));
            made.addAll(Log.take());
            turns.add(new Turn(event, new Made(made)));
            return effects;
        }
    }

    /// Alice registers at the node that is watched and calls bob, who is at another. Other nodes
    /// keep their records.
    public static final class Play implements Supplier<SequencedMap<String, List<String>>> {
        private final Network network = new Network(7);
        private final List<Turn> turns = new ArrayList<>();
        private final SequencedMap<String, List<String>> walks = new LinkedHashMap<>();

        @Override public SequencedMap<String, List<String>> get() {
            var nodes = new ArrayList<RunningNode>();
            for (int i = 1; i < NODES; i++) nodes.add(node(i, node -> node, nodes));
            var watched = node(NODES, node -> new Watched(node, turns), nodes);
            var bobs = aor("bob", watched);
            try (var alice = phone(NODES + 1, aor("alice", watched), watched);
                    var bob = phone(NODES + 2, bobs, nodes.getFirst())) {
                bob.register();
                network.run(QUIET);
                turns.clear();
                alice.register();
                network.run(QUIET);
                registration();
                turns.clear();
                alice.call(bobs);
                invitation();
            }
            return walks;
        }

        private void registration() {
            var made = between(datagram("REGISTER"), sent("SIP/2.0 200"));
            int out = made.first(named(PUT)),
                    back = out + made.part(out, made.all.size()).first(Play::isHeard),
                    found = made.first(Answer.Found.class::isInstance);
            note("REGISTER to the ring", made.part(0, out));
            note("REGISTER ring, out", made.part(out, back));
            note("REGISTER ring, back", made.part(back, found));
            note("REGISTER from the answer", made.part(found, made.behind(sent("SIP/2.0 200"))));
        }

        private void invitation() {
            var made = between(datagram("INVITE"), linked("INVITE"));
            int question = made.first(LocationService.Event.Find.class::isInstance),
                    out = made.first(named(GET)),
                    back = out + made.part(out, made.all.size()).first(Play::isHeard),
                    found = made.behind(named(VALUES_FOUND)), heard = made.behind(Play::isAnswer);
            var asking = made.part(question, out);
            var answering = made.part(found, heard);
            note("INVITE to the question", made.part(0, question), asking.only(Play::isAside));
            note("INVITE look-up, out", asking.only(one -> !isAside(one)));
            note("INVITE ring, out", made.part(out, back));
            note("INVITE ring, back", made.part(back, found), answering.only(Play::isAside));
            note("INVITE pin", answering.only(Play::isPin));
            note("INVITE look-up, back", answering.only(one -> !isAside(one) && !isPin(one)));
            note("INVITE from the answer", made.part(heard, made.all.size()));
        }

        private static boolean isAnswer(Object made) {
            return made instanceof Core.Input.Asked(LocationService.Found _);
        }

        /// Whether it is of a datagram, rather than of the question that is asked meanwhile.
        private static boolean isAside(Object made) {
            return !holds(made, LocationService.Event.Find.class::isInstance)
                    && (holds(made, part -> part instanceof Message.Response
                            || part instanceof Effect.Datagram)
                    || values((Record) made).anyMatch(Bytes.class::isInstance));
        }

        /// Whether it keeps on disk whom this node believes, as the first look-up of an address
        /// does.
        private static boolean isPin(Object made) {
            return holds(made,
                    part -> part instanceof Effect.Store || part instanceof Event.Stored);
        }

        /// Whether the host brings a datagram; behind it stands what was made of it.
        private static boolean isHeard(Object made) { return made instanceof Event.Datagram; }

        /// From the turn that begins with this to the one that makes that: besides these two those
        /// in which the host answers, and the last in which the ring does.
        private Made between(Predicate<Event> begins, Predicate<Object> ends) {
            var all = turns.stream().dropWhile(turn -> !begins.test(turn.event)).toList();
            int last = IntStream.range(0, all.size()).filter(i -> all.get(i).made.has(ends))
                    .findFirst().orElseThrow();
            int answer = IntStream.rangeClosed(0, last).filter(
                    i -> all.get(i).made.has(named(VALUES_FOUND))).max().orElse(last);
            return Made.of(IntStream.rangeClosed(0, last).filter(i -> i == 0 || i == answer
                    || i == last || all.get(i).answers()).mapToObj(all::get).toList());
        }

        private static Predicate<Event> datagram(String begins) {
            return event -> event instanceof Event.Datagram(_, _, _, var bytes)
                    && bytes.utf8().startsWith(begins);
        }

        private static Predicate<Object> sent(String begins) {
            return made -> made instanceof Effect.Datagram(_, _, var bytes)
                    && bytes.utf8().startsWith(begins);
        }

        private static Predicate<Object> linked(String begins) {
            return made -> made instanceof SipPort.Output.Send(_, var bytes)
                    && bytes.utf8().startsWith(begins);
        }

        private static Predicate<Object> named(String name) {
            return made -> name(made).contains(name + " ");
        }

        private void note(String part, Made... made) {
            walks.put(part, Arrays.stream(made).flatMap(some -> some.all.stream())
                    .filter(one -> !is(one, VALUES))
                    .map(one -> (isTrace(one) ? "." : is(one, WIRE) ? "~" : "") + name(one))
                    .toList());
        }

        private static boolean is(Object made, Set<String> kinds) {
            return Arrays.stream(made.getClass().getInterfaces())
                    .anyMatch(kind -> kinds.contains(kind.getSimpleName()));
        }

        private static boolean isTrace(Object made) {
            return holds(made, part -> TRACE.stream().anyMatch(
                    name -> name(part).contains(name + " ")));
        }

        /// Whether it is, or has somewhere in it, such a thing.
        private static boolean holds(Object made, Predicate<Object> such) {
            return such.test(made) || switch (made) {
                case Record record -> values(record).anyMatch(part -> holds(part, such));
                case Collection<?> all -> all.stream().anyMatch(part -> holds(part, such));
                case Optional<?> one -> one.stream().anyMatch(part -> holds(part, such));
                default -> false;
            };
        }

        private static Stream<Object> values(Record record) {
            return Arrays.stream(record.getClass().getRecordComponents()).map(component -> {
                try {
                    component.getAccessor().setAccessible(true);
                    return component.getAccessor().invoke(record);
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
            });
        }

        /// `Dht.Input.Get (dht)`.
        private static String name(Object what) {
            var type = what.getClass();
            var room = type.getPackageName();
            return type.getName().substring(room.length() + 1).replace('$', '.')
                    + " (" + room.substring(room.lastIndexOf('.') + 1) + ")";
        }

        private RunningNode node(int i, UnaryOperator<Machine<Event, Effect>> as,
                List<RunningNode> others) {
            var at = "10.0.0." + i;
            var usual = Node.Options.at(InetAddress.ofLiteral(at),
                    others.stream().limit(1).map(RunningNode::overlay).toList());
            var options = new Node.Options(
                    usual.sip(), usual.lookups(), usual.overlay(),
                    usual.door(), usual.trust(), false);
            var line = network.host(at).start(
                    "node " + i, room -> as.apply(new Node(options, room)));
            return line.told(PATIENCE).stream().filter(Node.Ready.class::isInstance)
                    .map(ready -> new RunningNode(line, (Node.Ready) ready)).findFirst()
                    .orElseThrow();
        }

        private Telephone phone(int i, String aor, RunningNode node) {
            return Telephone.start(network.host("10.0.0." + i), aor,
                    PhoneSetup.of(aor, node.sip()));
        }

        /// The first of this user's addresses whose records are kept a quarter of the ring away on
        /// either side.
        private static String aor(String user, RunningNode node) {
            return IntStream.iterate(0, i -> i + 1)
                    .mapToObj(i -> "sip:" + user + i + "@example.com")
                    .filter(aor -> NodeId.of(aor).distance(node.ready().id())
                            .high() >>> Long.SIZE - 5 == 7)
                    .findFirst().orElseThrow();
        }
    }
}
