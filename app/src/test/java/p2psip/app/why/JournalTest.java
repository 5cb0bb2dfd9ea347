package p2psip.app.why;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.app.trace.*;
import p2psip.app.trace.Trace.Subject;
import p2psip.app.why.OfCall.*;

/// What a journal keeps, and what it forgets.
class JournalTest {
    private static final Instant T = Instant.EPOCH;
    private static final InetSocketAddress PHONE =
            new InetSocketAddress(InetAddress.ofLiteral("192.168.1.6"), 5060);

    private final Journal journal = new Journal();

    private static Account.Call call(String id) {
        return new Account.Call(id, "sip:a@x", "sip:b@x", T);
    }

    private static OfCall.Message said(boolean sent, Hop hop, String method, int status) {
        return new OfCall.Message(sent, hop, PHONE, method, status, "", "");
    }

    @Test void the_oldest_calls_are_forgotten_first_and_counted() {
        for (int i = 0; i <= Journal.CALLS; i++) journal.begin(call("" + i));
        assertThat(journal.of("0", T)).isEmpty();
        assertThat(journal.of("1", T)).isPresent();
        assertThat(journal.last(T).call()).contains(call("" + Journal.CALLS));
        assertThat(journal.last(T).forgottenCalls()).isEqualTo(1);
    }

    @Test void of_a_call_the_oldest_facts_are_forgotten_first_and_counted() {
        journal.begin(call("1"));
        for (int i = 0; i < Journal.OF_CALL + 5; i++)
            journal.note("1", new OfCall.Sought("" + i), T);
        var account = journal.of("1", T).orElseThrow();
        assertThat(account.ofCall()).hasSize(Journal.OF_CALL).first()
                .extracting(Entry::fact).isEqualTo(new OfCall.Sought("5"));
        assertThat(account.forgottenOfCall()).isEqualTo(5);
        assertThat(Explanation.of(account).forgotten()).isEqualTo(5);
    }

    @Test void facts_of_the_node_and_remarks_have_limits_of_their_own() {
        journal.note(new OfNode.Lost("first", true), T);
        for (int i = 0; i < 1_000; i++)
            journal.note(new OfNode.Remark(Subject.SIP, "" + i, ""), T);
        assertThat(journal.size()).isEqualTo(Journal.REMARKS + 1);
        for (int i = 0; i < 1_000; i++) journal.note(new OfNode.Lost("" + i, true), T);
        assertThat(journal.size()).isEqualTo(Journal.REMARKS + Journal.OF_NODE);
    }

    @Test void what_stands_stays_whatever_happens_besides() {
        journal.note(new OfNode.Clock(true, "90 min behind", "another"), T);
        for (int i = 0; i < 1_000; i++) journal.note(new OfNode.Lost("" + i, true), T);
        assertThat(journal.last(T).ofNode()).extracting(Entry::fact)
                .contains(new OfNode.Clock(true, "90 min behind", "another"));
        journal.note(new OfNode.Clock(false, "", "another"), T);
        assertThat(journal.last(T).ofNode()).extracting(Entry::fact)
                .doesNotContain(new OfNode.Clock(true, "90 min behind", "another"));
    }

    @Test void the_same_is_counted_and_not_written_again() {
        for (int i = 0; i < 7; i++)
            journal.note(new OfNode.Lost("1", true), T.plusSeconds(i));
        assertThat(journal.last(T).ofNode()).singleElement().satisfies(entry ->
                assertThat(entry).isEqualTo(new Entry(T, T.plusSeconds(6), 7, entry.fact())));
    }

    /// Whatever comes: it stays within its limits, and there is an explanation.
    @Property(tries = 100) void it_never_grows_beyond_its_limits(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 3_000; i++) {
            var id = "" + random.nextInt(300);
            if (random.nextInt(4) == 0) journal.begin(call(id));
            journal.note(id, said(random.nextBoolean(), Hop.values()[random.nextInt(2)],
                    List.of("INVITE", "ACK", "BYE").get(random.nextInt(3)),
                    random.nextInt(7) * 100), T.plusSeconds(i));
            journal.note(new OfNode.Missed("" + random.nextInt(500), random.nextBoolean(), ""), T);
        }
        assertThat(journal.size()).isLessThanOrEqualTo(Journal.CALLS * Journal.OF_CALL
                + Journal.OF_NODE + Journal.REMARKS + Journal.STANDING);
        var account = journal.last(T.plusSeconds(3_000));
        assertThat(account.ofNode()).hasSizeLessThanOrEqualTo(Journal.STANDING);
        assertThat(Explanation.ofLast(account).what()).isNotEmpty();
    }

    @Test void where_nothing_happened_nothing_is_wrong() {
        assertThat(Explanation.ofLast(journal.last(T)).verdict())
                .isEqualTo(Explanation.Verdict.NOTHING);
    }

    @Test void a_call_that_goes_on_is_not_judged() {
        journal.begin(call("1"));
        journal.note("1", said(false, Hop.PHONE, "INVITE", 0), T);
        var why = Explanation.of(journal.last(T.plusSeconds(10)));
        assertThat(why.verdict()).isEqualTo(Explanation.Verdict.UNDER_WAY);
    }

    /// As it is printed, to a file and to a terminal.
    @Test void an_explanation_reads_so() {
        journal.begin(call("1"));
        journal.note("1", said(false, Hop.PHONE, "INVITE", 0), T);
        journal.note("1", new OfCall.Sought("sip:b@x"), T);
        journal.note("1", new OfCall.Found("sip:b@x", false, false, 0, List.of()),
                T.plusMillis(81));
        journal.note("1", said(true, Hop.PHONE, "INVITE", 404), T.plusMillis(82));
        var why = Explanation.of(journal.last(T.plusSeconds(1)));
        var plain = new Narration(new Screen(80, false, Optional.empty()), Sentences.LINKS);
        assertThat(plain.of(why)).isEqualTo("""
                Nobody has said that he serves sip:b@x.

                  call      sip:a@x to sip:b@x, Call-ID 1
                  missing   a record of anybody who serves the address
                  asked by  [rfc3261#21.4.5¶1]
                  try       look at the address; else have the phone of whom you call registered

                      0.000 INVITE from the phone at 192.168.1.6:5060
                      0.000 look-up: where is sip:b@x?
                 >    0.081 look-up: sip:b@x is known to nobody
                      0.082 404  (INVITE) to the phone at 192.168.1.6:5060
                """);
        var words = new Narration(new Screen(60, true, Optional.empty()), citation ->
                new Sentences.Sentence("", List.of("The server has definitive information."), ""));
        assertThat(words.of(why)).contains("definitive", "\u001b[31mNobody")
                .satisfies(text -> assertThat(text.replaceAll("\u001b\\[\\d+m", "").lines())
                        .allMatch(line -> line.length() <= 60));
    }

    @Test void what_others_send_commands_no_terminal() {
        journal.begin(new Account.Call("\u001b[2J", "sip:a@x", "sip:b@x", T));
        var why = Explanation.of(journal.last(T));
        assertThat(new Narration(Screen.PAGE, Sentences.LINKS).of(why)).doesNotContain("\u001b");
    }
}
