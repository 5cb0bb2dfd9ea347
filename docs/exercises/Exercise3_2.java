import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.*;

/// # Whose answer is it?
///
/// Three requests are under way. A response belongs to the one with the same branch in the topmost
/// Via and the same method in CSeq. Find it, or say that it belongs to none.
///
/// Hint: a CANCEL has the branch of the INVITE that it cancels.
///
/// Hint: `top.branch()` and `cseq.method()` are what the response says.
class Exercise3_2 {
    record Sent(String name, String branch, String method) {}

    // answer
    Optional<String> owner(List<Sent> sent, Via top, CSeq cseq) {
        return sent.stream()
                .filter(s -> s.branch().equals(top.branch()))   //~ .filter(s -> s.branch().startsWith(top.branch()))
                .filter(s -> s.method().equals(cseq.method()))   //~ .filter(s -> true)
                .map(Sent::name).findFirst();
    }
    // start
    //| Optional<String> owner(List<Sent> sent, Via top, CSeq cseq) {
    //|     return Optional.of(sent.getFirst().name());
    //| }
    // end

    private static final List<Sent> UNDER_WAY = List.of(
            new Sent("call", "z9hG4bK1", "INVITE"), new Sent("cancel", "z9hG4bK1", "CANCEL"),
            new Sent("text", "z9hG4bK22", "MESSAGE"));

    private Optional<String> owner(String branch, String method) {
        return owner(UNDER_WAY, Via.parse("SIP/2.0/UDP 10.0.0.1;branch=" + branch),
                new CSeq(7, method));
    }

    @Test void by_its_branch() {
        assertThat(owner("z9hG4bK1", "INVITE")).contains("call");
        assertThat(owner("z9hG4bK22", "MESSAGE")).contains("text");
    }

    @Test void and_by_its_method() {
        assertThat(owner("z9hG4bK1", "CANCEL")).contains("cancel");
    }

    @Test void or_it_is_nobodys() {
        assertThat(owner("z9hG4bK3", "INVITE")).isEmpty();
        assertThat(owner("z9hG4bK2", "MESSAGE")).isEmpty();
    }
}
