package p2psip.std.rfc4235;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc4235.DialogInfo.*;
import p2psip.std.rfc6665.EventPackage;

class DialogInfoTest {
    /// The example of §4.2, which lacks the entity.
    @Test void the_sample_of_the_rfc() {
        assertThat(parse("""
                <?xml version="1.0" encoding="UTF-8"?>
                <dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xsi:schemaLocation="urn:ietf:params:xml:ns:dialog-info"
                    version="1" state="full">
                  <dialog id="123456">
                    <state>confirmed</state>
                    <duration>274</duration>
                    <local>
                      <identity display="Alice">sip:alice@example.com</identity>
                      <target uri="sip:alice@pc33.example.com">
                        <param pname="isfocus" pval="true"/>
                        <param pname="class" pval="personal"/>
                      </target>
                    </local>
                    <remote>
                      <identity display="Bob">sip:bob@example.org</identity>
                      <target uri="sip:bobster@phone21.example.org"/>
                    </remote>
                  </dialog>
                </dialog-info>""")).isEqualTo(new DialogInfo(1, true, "", List.of(new Dialog(
                "123456", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Phase.CONFIRMED, Optional.empty(), Optional.empty(), Optional.of(274L),
                Optional.of(new Participant(List.of(new Identity("Alice",
                        "sip:alice@example.com")), Optional.of("sip:alice@pc33.example.com"))),
                Optional.of(new Participant(List.of(new Identity("Bob", "sip:bob@example.org")),
                        Optional.of("sip:bobster@phone21.example.org")))))));
    }

    /// Of the examples of §6.
    @Test void the_examples_of_the_rfc() {
        assertThat(parse("""
                <dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info"
                    version="4" state="partial" entity="sip:alice@example.com">
                  <dialog id="as7d900as8" call-id="a84b4c76e66710" local-tag="1928301774"
                      remote-tag="456887766" direction="initiator">
                    <state event="rejected" code="486">terminated</state>
                  </dialog>
                </dialog-info>""").dialogs()).containsExactly(new Dialog("as7d900as8",
                Optional.of("a84b4c76e66710"), Optional.of("1928301774"),
                Optional.of("456887766"), Optional.of(Direction.INITIATOR), Phase.TERMINATED,
                Optional.of(Cause.REJECTED), Optional.of(486L), Optional.empty(),
                Optional.empty(), Optional.empty()));
    }

    @Test void what_must_be_there() {
        var whole = new DialogInfo(1, true, "e", List.of(new Dialog("i", Phase.EARLY)))
                .encode().utf8();
        parse(whole);
        for (var missing : List.of(" version=\"1\"", " state=\"full\"", " id=\"i\"",
                "<state>early</state>")) {
            assertThat(whole).contains(missing);
            assertThatThrownBy(() -> parse(whole.replace(missing, ""))).as(missing)
                    .isInstanceOf(p2psip.std.SyntaxException.class);
        }
        //= rfc4235#4.1.1-1 each has an id of its own
        var dialog = whole.substring(whole.indexOf("<dialog "), whole.indexOf("</dialog-info>"));
        assertThatThrownBy(() -> parse(whole.replace(dialog, dialog + dialog)))
                .isInstanceOf(p2psip.std.SyntaxException.class);
        //= rfc4235#4.1-1 a version of 32 bits
        assertThatThrownBy(() -> parse(whole.replace("\"1\"", "\"4294967296\"")))
                .isInstanceOf(p2psip.std.SyntaxException.class);
    }

    private static DialogInfo parse(String text) { return DialogInfo.parse(Bytes.utf8(text)); }

    //= rfc4235#4-1,2 well-formed, in UTF-8
    //= rfc4235#4.1.6.2-2 with quotes and ampersands escaped
    @Property(tries = 200) void what_is_written_is_read(@ForAll("documents") DialogInfo info) {
        assertThat(DialogInfo.parse(info.encode())).isEqualTo(info);
    }

    @Provide Arbitrary<DialogInfo> documents() {
        var text = Arbitraries.strings().withChars("aé<&>\"'x;").ofMaxLength(8);
        var number = Arbitraries.longs().between(0, 4294967295L);
        var who = Combinators.combine(Combinators.combine(text, text).as(Identity::new).list()
                .ofMaxSize(2), text.optional()).as(Participant::new);
        var rest = Combinators.combine(Arbitraries.of(Phase.class),
                Arbitraries.of(Cause.class).optional(), number.optional(), number.optional(),
                who.optional(), who.optional()).as((phase, cause, code, duration, local, remote) ->
                new Dialog("", Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.empty(), phase, cause, code, duration, local, remote));
        var dialogs = Combinators.combine(text, text.optional(), text.optional(), text.optional(),
                Arbitraries.of(Direction.class).optional(), rest).as((id, call, local, remote,
                        direction, d) -> new Dialog(id, call, local, remote, direction, d.phase(),
                                d.cause(), d.code(), d.duration(), d.local(), d.remote()))
                .list().uniqueElements(Dialog::id).ofMaxSize(3);
        return Combinators.combine(number, Arbitraries.of(true, false), text, dialogs)
                .as(DialogInfo::new);
    }

    //= rfc4235#3.7-1,2 first all dialogs, then those that have changed
    @Test void documents_say_all_and_then_what_is_new() {
        var before = new State("sip:a@b", List.of(
                new Dialog("1", Phase.CONFIRMED), new Dialog("2", Phase.TRYING)));
        var after = new State("sip:a@b", List.of(
                new Dialog("1", Phase.CONFIRMED), new Dialog("3", Phase.TRYING)));
        assertThat(DialogInfo.parse(before.whole(0).orElseThrow().bytes())).isEqualTo(
                new DialogInfo(0, true, "sip:a@b", before.dialogs()));
        assertThat(DialogInfo.parse(after.news(before, 1).orElseThrow().bytes())).isEqualTo(
                new DialogInfo(1, false, "sip:a@b", List.of(
                        new Dialog("3", Phase.TRYING), new Dialog("2", Phase.TERMINATED))));
    }

    //= rfc4235#3.4-1 the duration is an hour
    //= rfc4235#3.5-1,2,3 the one format, in any Accept header field
    //= rfc4235#3.9-1 subscriptions of each fork
    @Test void its_package() {
        var events = DialogInfo.of("sip:a@b");
        assertThat(events.name()).isEqualTo("dialog");
        assertThat(events.expires()).isEqualTo(Duration.ofHours(1));
        assertThat(events.bodies()).containsExactly(DialogInfo.TYPE);
        assertThat(events.forking()).isEqualTo(EventPackage.Forking.ALL);
        //= rfc4235#3.10-1 every second at most
        assertThat(events.interval()).isEqualTo(Duration.ofSeconds(1));
    }
}
