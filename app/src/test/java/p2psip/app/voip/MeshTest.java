package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.std.rfc2396.Address;

/// Phones on a simulated network that meet each other in a conference: each pair has a call of its
/// own, and hears each other.
class MeshTest {
    private static final List<String> NAMES = List.of("alice", "bob", "carol", "dave", "erin");

    private final Network network = new Network(42, _ -> { });
    private final Map<String, Host.Line> lines = new LinkedHashMap<>();
    private final Map<String, List<News>> told = new LinkedHashMap<>();

    private static String address(String name) { return "10.0.0." + (NAMES.indexOf(name) + 1); }

    private static String uri(String name) { return "sip:" + name + "@" + address(name); }

    private static PhoneSetup setup(String name, boolean answer) {
        return PhoneSetup.of(uri(name)).port(5060).calls(8).answering(answer).recording()
                .meeting();
    }

    private void start(int parties) {
        for (var name : NAMES.subList(0, parties)) {
            lines.put(name, network.host(address(name)).start(name,
                    room -> new Phone(setup(name, true), room)));
            told.put(name, new ArrayList<>());
        }
    }

    private void command(String who, PhoneCommand command) { lines.get(who).command(command); }

    private void run(Duration time) {
        var first = true;
        for (var line : lines.entrySet()) {
            told.get(line.getKey()).addAll(newsOf(line.getValue(), first ? time : Duration.ZERO));
            first = false;
        }
    }

    private List<News> newsOf(Host.Line line, Duration time) {
        var end = line.now().plus(time);
        var all = new ArrayList<News>();
        do for (var each : line.told(Duration.between(line.now(), end))) all.add((News) each);
        while (line.now().isBefore(end) && !line.ended());
        return all;
    }

    private <N extends News> List<N> told(String who, Class<N> kind) {
        return told.get(who).stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// With whom each talks.
    private Set<String> met(String who) {
        var all = told(who, News.Meeting.class);
        return all.isEmpty() ? Set.of() : new TreeSet<>(all.getLast().others());
    }

    private Set<String> allBut(String who, int parties) {
        return NAMES.subList(0, parties).stream().filter(name -> !name.equals(who))
                .map(MeshTest::uri).collect(Collectors.toCollection(TreeSet::new));
    }

    /// Each has met all others, has one call with each, and hears it.
    private void assertMet(int parties) {
        for (var who : NAMES.subList(0, parties)) {
            assertThat(met(who)).as(who).isEqualTo(allBut(who, parties));
            var over = told(who, News.Ended.class).stream().map(News.Ended::call).toList();
            var calls = told(who, News.Established.class).stream()
                    .filter(call -> !over.contains(call.call())).toList();
            assertThat(calls).as(who).hasSize(parties - 1);
            assertThat(told(who, News.Heard.class)).as(who).extracting(News.Heard::call)
                    .containsAll(calls.stream().map(News.Established::call).toList());
        }
    }

    private void leave() {
        lines.values().forEach(line -> line.command(new PhoneCommand.Leave()));
        lines.forEach((who, line) -> told.get(who).addAll(newsOf(line, Duration.ofSeconds(3))));
    }

    /// How many packets each has had of each, when all have hung up.
    private void assertHeard(int parties, int packets) {
        for (var who : NAMES.subList(0, parties))
            assertThat(told(who, News.Ended.class).stream()
                    .filter(end -> end.statistics().received() >= packets)).as(who)
                    .hasSize(parties - 1);
    }

    @Test void three_meet_when_one_calls_the_others() {
        start(3);
        command("alice", new PhoneCommand.Meet(1, uri("bob")));
        command("alice", new PhoneCommand.Meet(2, uri("carol")));
        run(Duration.ofSeconds(12));
        assertMet(3);
        leave();
        assertHeard(3, 250);
    }

    @Test void five_meet_one_after_the_other() {
        start(5);
        for (int i = 1; i < 5; i++) {
            //  whoever is there brings the next
            command(NAMES.get(i - 1), new PhoneCommand.Meet(1, uri(NAMES.get(i))));
            run(Duration.ofSeconds(7));
        }
        assertMet(5);
        leave();
        assertHeard(5, 200);
    }

    /// Two bring somebody at the same time: the two hear of each other by those who are there.
    @Test void two_come_at_the_same_time() {
        start(5);
        command("alice", new PhoneCommand.Meet(1, uri("bob")));
        command("alice", new PhoneCommand.Meet(2, uri("carol")));
        run(Duration.ofSeconds(8));
        command("bob", new PhoneCommand.Meet(1, uri("dave")));
        command("carol", new PhoneCommand.Meet(1, uri("erin")));
        run(Duration.ofSeconds(25));
        assertMet(5);
    }

    @Test void who_began_it_may_leave() {
        start(4);
        command("alice", new PhoneCommand.Meet(1, uri("bob")));
        command("alice", new PhoneCommand.Meet(2, uri("carol")));
        run(Duration.ofSeconds(8));
        command("alice", new PhoneCommand.HangUp(1));
        command("alice", new PhoneCommand.HangUp(2));
        run(Duration.ofSeconds(3));
        assertThat(met("alice")).isEmpty();
        assertThat(met("bob")).containsExactly(uri("carol"));
        command("bob", new PhoneCommand.Meet(1, uri("dave")));
        run(Duration.ofSeconds(8));
        assertThat(met("carol")).containsExactly(uri("bob"), uri("dave"));
        assertThat(met("dave")).containsExactly(uri("bob"), uri("carol"));
    }

    @Test void a_sixth_finds_no_room() {
        start(5);
        for (int i = 1; i < 5; i++) command("alice", new PhoneCommand.Meet(i, uri(NAMES.get(i))));
        run(Duration.ofSeconds(15));
        assertMet(5);
        command("alice", new PhoneCommand.Meet(9, "sip:frank@10.0.0.6"));
        run(Duration.ofSeconds(1));
        assertThat(told("alice", News.Ended.class)).filteredOn(end -> end.call() == 9)
                .extracting(News.Ended::status).containsExactly(486);
    }

    /// Who is in one conference is not brought into another, and nobody comes unasked.
    @Test void another_conference_is_refused() {
        start(4);
        command("alice", new PhoneCommand.Meet(1, uri("bob")));
        command("carol", new PhoneCommand.Meet(1, uri("dave")));
        run(Duration.ofSeconds(6));
        command("carol", new PhoneCommand.Meet(2, uri("bob")));
        run(Duration.ofSeconds(6));
        assertThat(told("carol", News.Ended.class)).extracting(News.Ended::status)
                .containsExactly(486);
        assertThat(met("bob")).containsExactly(uri("alice"));
    }

    /// Who is not in it is not told who is.
    @Test void a_stranger_may_not_watch() {
        start(2);
        command("alice", new PhoneCommand.Meet(1, uri("bob")));
        run(Duration.ofSeconds(4));
        var stranger = new Mesh(Address.parse(uri("alice")), new SplittableRandom(1)).events();
        assertThat(stranger.rule().orElseThrow().of(Address.parse("<sip:eve@10.0.0.9>")))
                .isEqualTo(p2psip.std.rfc6665.Access.REFUSED);
    }
}
