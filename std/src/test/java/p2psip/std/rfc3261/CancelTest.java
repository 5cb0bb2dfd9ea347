package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.Bench.request;

import module java.base;
import org.junit.jupiter.api.Test;

class CancelTest {

    /// A proxy cancels what has come far: its CANCEL has the way before it, not behind it.
    @Test void a_cancel_has_all_its_hops_before_it() {
        var invite = ((Message.Request) Message.parse(request("INVITE", 0)))
                .with("Max-Forwards", "3").with("CSeq", "4711 INVITE");
        var cancel = Cancel.of(invite);
        assertThat(cancel.need("Max-Forwards")).isEqualTo("70");
        //= rfc3261#9.1-4 the same number, and the method CANCEL
        assertThat(cancel.cseq()).isEqualTo(new CSeq(4711, "CANCEL"));
    }
}
