package p2psip.std.rfc3858;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3858.WatcherInfo.*;

class WatcherInfoTest {
    /// The example of §5.
    @Test void the_example_of_the_rfc() {
        assertThat(parse("""
                <?xml version="1.0"?>
                <watcherinfo xmlns="urn:ietf:params:xml:ns:watcherinfo" version="0" state="full">
                  <watcher-list resource="sip:professor@example.net" package="presence">
                    <watcher status="active" id="8ajksjda7s" duration-subscribed="509"
                        event="approved" >sip:userA@example.net</watcher>
                    <watcher status="pending" id="hh8juja87s997-ass7"
                        display-name="Mr. Subscriber"
                        event="subscribe">sip:userB@example.org</watcher>
                  </watcher-list>
                </watcherinfo>""")).isEqualTo(new WatcherInfo(0, true, List.of(new WatcherList(
                "sip:professor@example.net", "presence", List.of(
                        new Watcher("8ajksjda7s", "sip:userA@example.net", Status.ACTIVE,
                                Cause.APPROVED, "", Optional.empty(), Optional.of(509L)),
                        new Watcher("hh8juja87s997-ass7", "sip:userB@example.org", Status.PENDING,
                                Cause.SUBSCRIBE, "Mr. Subscriber"))))));
    }

    //= rfc3858#3-3,6 elements and attributes that nobody knows are ignored
    @Test void what_is_of_elsewhere_is_not_looked_at() {
        assertThat(parse("<watcherinfo xmlns='urn:ietf:params:xml:ns:watcherinfo' xmlns:x='x' "
                + "version='7' state='partial' x:y='z'><x:watcher-list/><watcher-list resource='r' "
                + "package='p' colour='red'><x:watcher/><watcher status='waiting' id='i' x:z='1' "
                + "event='giveup' expiration='9'>sip:a@b<x:q>c</x:q></watcher></watcher-list>"
                + "</watcherinfo>")).isEqualTo(new WatcherInfo(7, false, List.of(new WatcherList(
                        "r", "p", List.of(new Watcher("i", "sip:a@b", Status.WAITING, Cause.GIVEUP,
                                "", Optional.of(9L), Optional.empty()))))));
    }

    //= rfc3858#3-4,5 two attributes, of which the version has 32 bits
    //= rfc3858#3-7 two attributes: resource and package
    //= rfc3858#3-9 three attributes: id, status and event
    @Test void what_must_be_there() {
        var whole = new WatcherInfo(1, true, List.of(new WatcherList("r", "p", List.of(
                new Watcher("i", "u", Status.ACTIVE, Cause.SUBSCRIBE, ""))))).encode().utf8();
        parse(whole);
        for (var missing : List.of("version=\"1\"", "state=\"full\"", "resource=\"r\"",
                "package=\"p\"", "id=\"i\"", "status=\"active\"", "event=\"subscribe\"")) {
            assertThat(whole).contains(missing);
            assertRefused(whole.replace(" " + missing, ""));
        }
        assertRefused(whole.replace("version=\"1\"", "version=\"4294967296\""));
        assertRefused(whole.replace("\"active\"", "\"asleep\""));
        assertRefused(whole.replace("\"full\"", "\"half\""));
        assertRefused(whole.replace("ns:watcherinfo", "ns:other"));
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> parse(text)).as(text)
                .isInstanceOf(p2psip.std.SyntaxException.class);
    }

    private static WatcherInfo parse(String text) { return WatcherInfo.parse(Bytes.utf8(text)); }

    //= rfc3858#3-1,2 what is written is well-formed and in UTF-8, for it is read
    @Property(tries = 200) void what_is_written_is_read(@ForAll("documents") WatcherInfo info) {
        assertThat(WatcherInfo.parse(info.encode())).isEqualTo(info);
        assertThat(info.encode().utf8()).startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    }

    @Provide Arbitrary<WatcherInfo> documents() {
        var text = Arbitraries.strings().withChars("aé<&>\"'x;").ofMaxLength(8);
        var number = Arbitraries.longs().between(0, 4294967295L);
        var watchers = Combinators.combine(text, text, Arbitraries.of(Status.class),
                Arbitraries.of(Cause.class), text, number.optional(), number.optional())
                .as(Watcher::new).list().ofMaxSize(3);
        var lists = Combinators.combine(text, text, watchers).as(WatcherList::new).list()
                .ofMaxSize(2);
        return Combinators.combine(number, Arbitraries.of(true, false), lists).as(WatcherInfo::new);
    }
}
