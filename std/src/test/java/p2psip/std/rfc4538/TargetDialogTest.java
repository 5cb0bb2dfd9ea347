package p2psip.std.rfc4538;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.ua.Dialog;

class TargetDialogTest {
    private static Optional<TargetDialog> of(String... values) {
        return TargetDialog.of(Message.parse("REFER sip:b@b SIP/2.0\n" + Arrays.stream(values)
                .map(v -> "Target-Dialog: " + v + "\n").collect(Collectors.joining()) + "\n"));
    }

    //= rfc4538#3-5,6,7 the Call-ID, and the tags as the recipient has them
    @Test void a_dialog_of_ours_as_the_peer_names_it() {
        var ours = new Dialog.Id("c@a", "mine", "his");
        assertThat(TargetDialog.atPeer(ours)).hasToString("c@a;local-tag=his;remote-tag=mine");
        assertThat(of("c@a;local-tag=his;remote-tag=mine").orElseThrow().id())
                .as("as the peer has it").isEqualTo(new Dialog.Id("c@a", "his", "mine"));
    }

    //= rfc4538#4-5 what lacks a tag is as if it was not there
    @Test void what_names_no_dialog_is_ignored() {
        assertThat(of("c@a ; x=y;Remote-Tag=2;LOCAL-TAG=1"))
                .hasValue(new TargetDialog("c@a", "1", "2"));
        for (var value : List.of("c@a", "c@a;local-tag=1", "c@a;remote-tag=1", "c;;", "c@a;\"", ""))
            assertThat(of(value)).as(value).isEmpty();
        assertThat(of("c;local-tag=1;remote-tag=2", "d;local-tag=1;remote-tag=2")).isEmpty();
        assertThat(of()).isEmpty();
    }
}
