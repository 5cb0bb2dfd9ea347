import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # One dialog, two names
///
/// A dialog is named by Call-ID, local tag and remote tag. Both ends have the same three words, but
/// not in the same order. Name it as who sends a request in it does, and as who receives that, from
/// the tags in its From and To.
///
/// Hint: From is always who sends this request. Whose tag is local to him?
///
/// Hint: if Bob hangs up, he is in From of his BYE, and his tag is remote to Alice, who receives
/// it.
class Exercise4_1 {
    record Id(String callId, String local, String remote) {}

    // answer
    Id ofTheSender(String callId, String fromTag, String toTag) {
        return new Id(callId, fromTag, toTag);   //~ return new Id(callId, toTag, fromTag);
    }

    Id ofTheReceiver(String callId, String fromTag, String toTag) {
        return new Id(callId, toTag, fromTag);   //~ return new Id(callId, fromTag, toTag);
    }
    // start
    //| Id ofTheSender(String callId, String fromTag, String toTag) {
    //|     return new Id(callId, "", "");
    //| }
    //|
    //| Id ofTheReceiver(String callId, String fromTag, String toTag) {
    //|     return new Id(callId, "", "");
    //| }
    // end

    @Test void who_sends_a_request_is_in_from() {
        assertThat(ofTheSender("c", "alice", "bob")).isEqualTo(new Id("c", "alice", "bob"));
    }

    @Test void who_receives_it_sees_it_from_the_other_side() {
        assertThat(ofTheReceiver("c", "alice", "bob")).isEqualTo(new Id("c", "bob", "alice"));
    }

    @Test void alice_finds_the_dialog_of_her_invite_by_the_bye_of_bob() {
        var ofHerInvite = ofTheSender("c", "alice", "bob");
        var ofHisBye = ofTheReceiver("c", "bob", "alice");
        assertThat(ofHisBye).isEqualTo(ofHerInvite).isEqualTo(new Id("c", "alice", "bob"));
    }
}
