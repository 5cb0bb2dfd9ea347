import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # The branch of an ACK
///
/// An INVITE that ends is acknowledged. Say which branch the ACK has: that of the INVITE, if it is
/// part of the same transaction, or a new one, if it is a request of its own; and write
/// `isAcknowledged`, whether an ACK follows a response at all.
///
/// Hint: after which answers does the transaction itself send the ACK?
class Exercise3_3 {
    // answer
    String branch(int status, String ofTheInvite, String fresh) {
        return status < 300 ? fresh : ofTheInvite;   //~ return ofTheInvite;
    }

    boolean isAcknowledged(int status) {
        return status >= 200;   //~ return true;
    }
    // start
    //| String branch(int status, String ofTheInvite, String fresh) {
    //|     return ofTheInvite;
    //| }
    //|
    //| boolean isAcknowledged(int status) {
    //|     return false;
    //| }
    // end

    @Test void a_refusal_ends_the_transaction_that_hears_it() {
        assertThat(branch(486, "z9hG4bKold", "z9hG4bKnew")).isEqualTo("z9hG4bKold");
        assertThat(branch(302, "z9hG4bKold", "z9hG4bKnew")).isEqualTo("z9hG4bKold");
        assertThat(branch(603, "z9hG4bKold", "z9hG4bKnew")).isEqualTo("z9hG4bKold");
    }

    @Test void who_takes_the_call_hears_from_the_phone() {
        assertThat(branch(200, "z9hG4bKold", "z9hG4bKnew")).isEqualTo("z9hG4bKnew");
    }

    @Test void nobody_acknowledges_ringing() {
        assertThat(isAcknowledged(180)).isFalse();
        assertThat(isAcknowledged(200)).isTrue();
        assertThat(isAcknowledged(486)).isTrue();
    }
}
