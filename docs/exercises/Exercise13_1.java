import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # Be the router
///
/// Write a router with one address. What leaves gets a port of the router, the same each time for
/// the same machine inside, from 40001 on. What comes in to a port goes to the machine that has it,
/// if that machine has sent to the sender before; all else is dropped.
///
/// Hint: two tables, one from inside to port, one of whom each port has sent to.
///
/// Hint: keep them in fields; each test begins with a new object.
class Exercise13_1 {
    // answer
    private final Map<String, Integer> ports = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    int out(String inside, String to) {
        int port = ports.computeIfAbsent(inside, _ -> 40_001 + ports.size());   //~ int port = 40_001 + open.size();
        open.add(port + " " + to);   //~ for (int p = 40_001; p < 40_010; p++) open.add(p + " " + to);
        return port;
    }

    Optional<String> in(String from, int port) {
        if (!open.contains(port + " " + from)) return Optional.empty();   //~ if (port == 0) return Optional.empty();
        return ports.keySet().stream().filter(inside -> ports.get(inside) == port).findFirst();
    }
    // start
    //| int out(String inside, String to) {
    //|     return 40_001;
    //| }
    //|
    //| Optional<String> in(String from, int port) {
    //|     return Optional.empty();
    //| }
    // end

    @Test void each_machine_has_its_port() {
        assertThat(out("alice", "server")).isEqualTo(40_001);
        assertThat(out("carol", "server")).isEqualTo(40_002);
        assertThat(out("alice", "bob")).isEqualTo(40_001);
        assertThat(out("trudy", "server")).isEqualTo(40_003);
    }

    @Test void an_answer_finds_its_way() {
        int port = out("alice", "server");
        assertThat(in("server", port)).contains("alice");
    }

    @Test void a_stranger_does_not() {
        int port = out("alice", "server");
        assertThat(in("bob", port)).isEmpty();
        assertThat(in("server", 40_009)).isEmpty();
    }

    @Test void until_he_was_sent_to() {
        int port = out("alice", "bob");
        assertThat(in("bob", port)).contains("alice");
    }

    @Test void by_the_one_whom_he_sends_to() {
        int alice = out("alice", "bob"), carol = out("carol", "server");
        assertThat(in("bob", alice)).contains("alice");
        assertThat(in("bob", carol)).isEmpty();
        assertThat(in("server", carol)).contains("carol");
    }
}
