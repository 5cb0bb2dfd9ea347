package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.capture.*;
import p2psip.app.host.Nat;
import p2psip.app.sim.*;
import p2psip.std.Bytes;

/// Households behind real routers of Linux call each other: who is owed a way without a relay has
/// one, as in the simulation of the same routers.
@Tag("peer")
class LabTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /// A household of the lab.
    ///
    /// @param home the same, simulated
    private record House(String name, Home home, Process process, BlockingQueue<String> says) {

        /// Waits for a line that begins so.
        String hears(String beginning) throws Exception {
            var end = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                var line = says.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (line == null) throw new AssertionError(name + " says no " + beginning);
                if (line.startsWith(beginning)) return line;
            }
        }

        void tell(String line) throws IOException {
            var out = process.outputWriter();
            out.write(line + "\n");
            out.flush();
        }
    }

    @TempDir Path folder;
    private Lab lab;
    private Programs programs;
    private final List<String> places = new ArrayList<>();
    /// By their ids.
    private final Map<String, House> superNodes = new LinkedHashMap<>();

    @BeforeEach void begin() throws Exception {
        Programs.assumeNight();
        Lab.assumePossible();
        lab = new Lab();
        programs = new Programs(folder);
        for (int i = 0; i < 2; i++) {
            var host = lab.open();
            var house = start(host, "-", null);
            superNodes.put(id(house), house);
            places.add(host.address() + ":" + Household.OVERLAY);
        }
    }

    @AfterEach void end() throws Exception {
        if (lab == null) return;   // there can be none
        programs.close();
        lab.close();
    }

    private House start(Lab.Host host, String name, Home home) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-cp",
                System.getProperty("surefire.test.class.path",
                        System.getProperty("java.class.path")),
                Household.class.getName(), host.address(), name));
        command.addAll(places);
        var process = programs.speak(Lab.on(host, command).toArray(String[]::new));
        var says = new LinkedBlockingQueue<String>();
        Thread.startVirtualThread(() -> {
            try {
                process.inputReader().lines().forEach(says::add);
            } catch (UncheckedIOException e) {
                // it was ended
            }
        });
        return new House(name, home, process, says);
    }

    /// What the simulation has for a router of the lab.
    private static Home home(Lab.Kind kind, boolean second) {
        var routers = switch (kind) {
            case OPEN -> List.<Nat>of();
            case CONE -> List.of(Nat.LINUX);
            case SYMMETRIC -> List.of(Nat.SYMMETRIC);
            case FULL_CONE -> List.of(Nat.FULL_CONE);
        };
        var all = new ArrayList<>(routers);
        if (second) all.add(Nat.LINUX);
        return new Home(kind.name().toLowerCase(Locale.ROOT) + (second ? "/2" : ""), all, false);
    }

    private static String id(House house) throws Exception {
        return house.hears("ready").substring("ready ".length());
    }

    /// One call: `direct`, or the relay's id.
    private static String call(House from, House to, String callee) throws Exception {
        from.tell("call " + to.name + " 0");
        var talking = from.hears("talking ");
        assertThat(talking).as("%s calls %s", from.name, to.name).contains(callee + "=");
        assertThat(from.hears("call ")).as("%s calls %s", from.name, to.name)
                .contains("heard=true");
        assertThat(to.hears("called")).contains("heard=true").contains("(verified)");
        return talking.replaceAll(".*" + callee + "=(\\w+).*", "$1");
    }

    private void agree(List<Lab.Kind> kinds, List<Boolean> seconds) throws Exception {
        var callers = new ArrayList<House>();
        var callees = new ArrayList<House>();
        for (var second : seconds) for (var kind : kinds) {
            if (kind == Lab.Kind.OPEN && second) continue;
            var name = "h" + callers.size();
            callers.add(start(lab.home(kind, second), name, home(kind, second)));
            callees.add(start(lab.home(kind, second), name + "b", home(kind, second)));
        }
        for (var house : callers) house.hears("ready");
        var ids = new HashMap<House, String>();
        for (var house : callees) ids.put(house, id(house));
        var wrong = new ArrayList<String>();
        for (var from : callers) for (var to : callees) {
            var way = call(from, to, ids.get(to));
            boolean straight = NatMatrix.call(from.home, to.home, 1).direct();
            var cell = from.home.name() + " - " + to.home.name() + ": "
                    + (way.equals("direct") ? way : "relayed")
                    + (Home.owed(from.home, to.home) ? ", owed" : "");
            System.out.println("routers of Linux: " + cell);
            if (straight != way.equals("direct")) wrong.add(cell);
        }
        assertThat(wrong).as("not as simulated").isEmpty();
    }

    /// The whole matrix: seven kinds of homes, each with each.
    @Test void all_pairs_of_routers_are_as_in_the_simulation() throws Exception {
        agree(List.of(Lab.Kind.values()), List.of(false, true));
    }

    /// Four homes: calls straight and by a relay, until the relay is killed in the middle of one.
    @Test void calls_between_homes() throws Exception {
        var homes = new ArrayList<Lab.Host>();
        var houses = new ArrayList<House>();
        for (var kind : List.of(Lab.Kind.CONE, Lab.Kind.CONE, Lab.Kind.SYMMETRIC,
                Lab.Kind.SYMMETRIC)) {
            homes.add(lab.home(kind, false));
            houses.add(start(homes.getLast(), "h" + houses.size(), home(kind, false)));
        }
        var ids = new ArrayList<String>();
        for (var house : houses) ids.add(id(house));
        assertThat(call(houses.get(0), houses.get(1), ids.get(1))).isEqualTo("direct");
        assertThat(superNodes).containsKey(call(houses.get(0), houses.get(2), ids.get(2)));
        if (Programs.isThere("dumpcap")) relayKilled(houses.get(2), houses.get(3), ids.get(3));
    }

    /// Each kind of router with the friendliest and with the least friendly of them.
    @Test void real_telephones_behind_all_kinds_of_routers() throws Exception {
        Baresip.assumeThere();
        int pairs = 0;
        for (var other : List.of(Lab.Kind.CONE, Lab.Kind.SYMMETRIC))
            for (var one : Lab.Kind.values()) {
                var homes = List.of(lab.home(one, false), lab.home(other, false));
                var houses = List.of(start(homes.getFirst(), "a" + pairs, home(one, false)),
                        start(homes.getLast(), "b" + pairs, home(other, false)));
                for (var house : houses) house.hears("ready");
                realTelephones(homes.getFirst(), homes.getLast(), one + " - " + other, ++pairs);
            }
    }

    /// Nothing but the overlay's sealed packets crosses the public network, and who hands them on
    /// may die.
    private void relayKilled(House alice, House bob, String callee) throws Exception {
        var file = folder.resolve("relay.pcapng");
        try (var _ = new Dumpcap(file, "udp", lab.capturing())) {
            alice.tell("call " + bob.name + " 3");
            var relay = alice.hears("talking ").replaceAll(".*" + callee + "=(\\w+).*", "$1");
            assertThat(superNodes).containsKey(relay);
            superNodes.get(relay).process.destroyForcibly();
            for (var line : List.of(alice.hears("call "), bob.hears("called"))) {
                System.out.println("relay killed: " + line);
                assertThat(line).contains("heard=true");
                assertThat(Integer.parseInt(line.replaceAll(".*lost=(\\d+).*", "$1")))
                        .as("packets of 20 ms that are lost").isLessThanOrEqualTo(50);
            }
        }
        var report = Inspector.inspect(
                Capture.parse(Bytes.wrap(Files.readAllBytes(file))), _ -> { });
        System.out.println("on the public network: " + report);
        assertThat(report.problems()).isEmpty();
        assertThat(report.ok(Protocol.OVERLAY)).isGreaterThan(100);
        assertThat(report.ok(Protocol.SIP) + report.ok(Protocol.RTP) + report.ok(Protocol.RTCP))
                .as("words and sound").isZero();
    }

    private void realTelephones(Lab.Host one, Lab.Host other, String kinds, int pair)
            throws Exception {
        var bob = baresip(other, "bob" + pair, 1000, "-t", "25");
        var alice = baresip(one, "alice" + pair, 440, "-t", "6", "-e",
                "/dial sip:bob" + pair + "@example.com");
        assertThat(programs.last().waitFor(PATIENCE)).isTrue();
        for (var heard : Map.of(alice, 1000, bob, 440).entrySet()) {
            var recording = heard.getKey().recording();
            System.out.printf("baresip, %s: %.1f s, %.0f %% of it the other's tone%n", kinds,
                    Tone.seconds(recording), 100 * Tone.share(recording, heard.getValue()));
            assertThat(Tone.seconds(recording)).as(kinds).isGreaterThan(3);
            assertThat(Tone.share(recording, heard.getValue())).as(kinds).isGreaterThan(0.9);
        }
    }

    private BaresipFolder baresip(Lab.Host home, String name, int hertz, String... options)
            throws Exception {
        var baresip = new BaresipFolder(folder.resolve(name), home.address(), 5060, 10_000, "");
        baresip.write("sip:" + name + "@example.com",
                "sip:" + home.address() + ":5062;transport=udp", hertz);
        programs.start(Lab.on(home, baresip.command(options)).toArray(String[]::new));
        programs.says("200 OK");   // it is registered
        return baresip;
    }
}
