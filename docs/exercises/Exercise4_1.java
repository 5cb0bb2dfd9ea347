import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// # One dialog, two names
///
/// A dialog is named by Call-ID, local tag and remote tag. Both ends have the same three words, but
/// not in the same order. Name it as each end does, from the From and To tags of the first request
/// and its answer.
///
/// Hint: who called is in From, for as long as the call lives. Whose tag is local to him?
class Exercise4_1 {
    record Id(String callId, String local, String remote) {}

    // answer
    Id ofTheCaller(String callId, String fromTag, String toTag) {
        return new Id(callId, fromTag, toTag);   //~ return new Id(callId, toTag, fromTag);
    }

    Id ofTheCallee(String callId, String fromTag, String toTag) {
        return new Id(callId, toTag, fromTag);   //~ return new Id(callId, fromTag, toTag);
    }
    // start
    //| Id ofTheCaller(String callId, String fromTag, String toTag) {
    //|     return new Id(callId, "", "");
    //| }
    //|
    //| Id ofTheCallee(String callId, String fromTag, String toTag) {
    //|     return new Id(callId, "", "");
    //| }
    // end

    @Test void the_caller_is_in_from() {
        assertThat(ofTheCaller("c", "alice", "bob")).isEqualTo(new Id("c", "alice", "bob"));
    }

    @Test void the_callee_sees_it_from_the_other_side() {
        assertThat(ofTheCallee("c", "alice", "bob")).isEqualTo(new Id("c", "bob", "alice"));
    }

    @Test void when_bob_hangs_up_from_and_to_have_changed_sides() {
        // his BYE: From is bob, To is alice; alice receives it
        assertThat(ofTheCallee("c", "bob", "alice"))
                .isEqualTo(ofTheCaller("c", "alice", "bob"));
    }
}
