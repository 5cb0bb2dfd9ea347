package p2psip.std.rfc5589;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3515.*;
import p2psip.std.rfc3891.Replacements;
import p2psip.std.rfc6665.Subscriptions;

/// The flows of RFC 5589 between three phones: what is asked, in order, and how it is answered.
/// The transferor is `or`, the transferee `ee`, the transfer target `target`.
class TransferTest {
    /// A phone that takes what comes, follows each REFER, and tells how that gets on.
    private final class Phone {
        final String name;
        final List<String> told = new ArrayList<>();
        final Map<Long, Long> referrals = new HashMap<>();
        long calls = 100;
        int status = 200;
        boolean ringing;
        UserAgent agent;

        Phone(String name, boolean gruu, List<String> routes) {
            this(name, Optional.empty(), gruu, routes);
        }

        /// @param aor if it has another name than its address
        Phone(String name, Optional<Address> aor, boolean gruu, List<String> routes) {
            this.name = name;
            net.add(name, domains -> {
                var own = SipUri.of(name, domains.listeners().getFirst().address());
                return agent = new UserAgent(new Profile(aor.orElse(Address.of(own)),
                        gruu ? own.withParams(Params.NONE.with("gr", "1")) : own,
                        routes.stream().map(Address::parse).toList(), Optional.empty(), "test",
                        CallRules.PLAIN, Optional.empty()),
                        List.of(new Replacements(), new Referrals(),
                                new Subscriptions(List.of(), net.random)), net.random);
            }, this::heard);
        }

        void ask(Core.Command command) { net.ask(name, command); }

        void invite(long call, String uri, List<Header> more) {
            ask(new Call.Command.Invite(call, uri, Optional.of(Content.sdp("offer")), more));
        }

        private void heard(Core.Event event) {
            switch (event) {
                case Call.Event.Incoming(long call, _, _, _) -> {
                    if (ringing) ask(new Call.Command.Ring(call, Optional.empty()));
                    else if (status != 200) ask(new Call.Command.Refuse(call, status));
                    else ask(new Call.Command.Answer(call, Optional.of(Content.sdp("answer"))));
                }
                case Call.Event.ChangeOffered(long call, _) ->
                        ask(new Call.Command.Answer(call, Optional.of(Content.sdp("ok"))));
                case Referee.Event.Asked(long referral, _, var to, var more) -> {
                    ask(new Referee.Command.Follow(referral));
                    referrals.put(++calls, referral);
                    invite(calls, to.uri(), more);
                }
                case Call.Event.Progress(long call, int said, var reason, _, _) ->
                        report(call, said, reason);
                case Call.Event.Answered(long call, _) -> report(call, 200, "OK");
                case Call.Event.Ended(long call, int said, var reason) -> {
                    report(call, said, reason);
                    told.add("call " + call + " ended");
                }
                case Referrer.Event.Progress(_, int said, _) -> told.add("told " + said);
                case Replacements.Replacing(_, long old) -> told.add("replaces " + old);
                default -> { }
            }
        }

        private void report(long call, int said, String reason) {
            var referral = referrals.get(call);
            if (referral != null) ask(new Referee.Command.Report(referral, said, reason));
        }
    }

    private SipNet net = new SipNet();

    private void phones(boolean gruu) {
        or = new Phone("or", gruu, List.of());
        ee = new Phone("ee", gruu, List.of());
        target = new Phone("target", gruu, List.of());
    }

    private Phone or, ee, target;

    private String uri(String name) {
        return SipUri.of(name, net.address(name)).toString();
    }

    /// The requests that pass, ACK left out, each with the answer to it, in the order they begin.
    private List<String> flow() { return flow(Duration.ofSeconds(3)); }

    private List<String> flow(Duration span) {
        var lines = new ArrayList<String>();
        for (var line : net.run(span)) {
            var words = line.split(" ");
            if (words[3].equals("ACK") || words[3].equals("100")) continue;
            if (!words[3].matches("\\d+")) lines.add(line);
            else for (int i = lines.size() - 1; i >= 0; i--)
                if (lines.get(i).startsWith(words[2] + " -> " + words[0] + " ")
                        && lines.get(i).matches("\\S+ -> \\S+ [A-Z]+( 1\\d\\d)*")) {
                    lines.set(i, lines.get(i) + " " + words[3]);
                    break;
                }
        }
        return lines;
    }

    /// Dialog 1: the transferee has called, and is put on hold.
    private void talkAndHold() {
        ee.invite(1, uri("or"), List.of());
        net.run(Duration.ofSeconds(1));
        or.ask(new Call.Command.Change(-1, Optional.of(Content.sdp("hold"))));
        assertThat(flow()).containsExactly("or -> ee INVITE 200");
    }

    // §6 basic transfer

    //= rfc5589#5-1 a new dialog, for the Contact is routable outside of the first
    //= rfc5589#6-1,2 REFER and NOTIFY in Allow, and Target-Dialog in Supported
    @Test void basic_transfer_in_a_new_dialog() {
        phones(true);
        talkAndHold();
        var invite = (Request) net.last("ee -> or INVITE");
        assertThat(invite.list("Allow")).contains("REFER", "NOTIFY");
        assertThat(invite.list("Supported")).contains("tdialog", "replaces");
        or.ask(new Referrer.Command.Refer(2, -1, uri("target")));
        assertThat(flow()).containsExactly("or -> ee REFER 200", "ee -> or NOTIFY 200",
                "ee -> target INVITE 200", "ee -> or NOTIFY 200");
        var refer = (Request) net.last("or -> ee REFER");
        assertThat(refer.callId()).isNotEqualTo(invite.callId());
        assertThat(refer.need("Target-Dialog")).startsWith(invite.callId());
        assertThat(or.told).containsExactly("told 100", "told 200");
        or.ask(new Call.Command.HangUp(-1));
        assertThat(flow()).containsExactly("or -> ee BYE 200");
        target.ask(new Call.Command.HangUp(-1));
        assertThat(flow()).containsExactly("target -> ee BYE 200");
    }

    //= rfc5589#5-2 inside of the dialog, for the nature of the Contact is not known
    //= rfc5589#5-3 where the transferee is prepared to receive it
    @Test void basic_transfer_in_the_dialog_of_the_call() {
        phones(false);
        talkAndHold();
        or.ask(new Referrer.Command.Refer(2, -1, uri("target")));
        assertThat(flow()).containsExactly("or -> ee REFER 200", "ee -> or NOTIFY 200",
                "ee -> target INVITE 200", "ee -> or NOTIFY 200");
        assertThat(net.last("or -> ee REFER").callId())
                .isEqualTo(net.last("ee -> or INVITE").callId());
        //= rfc3892#3-4 Referred-By as it was, in the INVITE
        assertThat(net.last("ee -> target INVITE").first("Referred-By"))
                .isEqualTo(net.last("or -> ee REFER").first("Referred-By")).isPresent();
        or.ask(new Call.Command.HangUp(-1));
        assertThat(flow()).containsExactly("or -> ee BYE 200");
    }

    @Test void failed_transfer_the_target_is_busy() {
        for (boolean gruu : List.of(true, false)) {
            var test = new TransferTest();
            test.phones(gruu);
            test.target_is_busy();
        }
    }

    private void target_is_busy() {
        talkAndHold();
        target.status = 486;
        or.ask(new Referrer.Command.Refer(2, -1, uri("target")));
        assertThat(flow()).containsExactly("or -> ee REFER 200", "ee -> or NOTIFY 200",
                "ee -> target INVITE 486", "ee -> or NOTIFY 200");
        assertThat(or.told).containsExactly("told 100", "told 486");
        or.ask(new Call.Command.Change(-1, Optional.of(Content.sdp("unhold"))));
        assertThat(flow()).containsExactly("or -> ee INVITE 200");
        or.ask(new Call.Command.HangUp(-1));
        assertThat(flow()).containsExactly("or -> ee BYE 200");
    }

    @Test void failed_transfer_the_target_does_not_answer() {
        phones(true);
        talkAndHold();
        target.ringing = true;
        or.ask(new Referrer.Command.Refer(2, -1, uri("target")));
        assertThat(flow()).containsExactly("or -> ee REFER 200", "ee -> or NOTIFY 200",
                "ee -> target INVITE 180", "ee -> or NOTIFY 200");
        ee.ask(new Call.Command.HangUp(101));
        assertThat(flow()).containsExactly("ee -> target CANCEL 200", "ee -> or NOTIFY 200");
        assertThat(or.told).containsExactly("told 100", "told 180", "told 487");
        assertThat(ee.told).contains("call 101 ended").doesNotContain("call 1 ended");
    }

    // §7 consultation

    @Test void consultation_hold_exposing_the_target() {
        phones(true);
        talkAndHold();
        or.invite(1, uri("target"), List.of());
        assertThat(flow()).containsExactly("or -> target INVITE 200");
        or.ask(new Call.Command.HangUp(1));
        assertThat(flow()).containsExactly("or -> target BYE 200");
        or.ask(new Referrer.Command.Refer(2, -1, uri("target")));
        assertThat(flow()).containsExactly("or -> ee REFER 200", "ee -> or NOTIFY 200",
                "ee -> target INVITE 200", "ee -> or NOTIFY 200");
    }

    private void consult() {
        talkAndHold();
        or.invite(1, uri("target"), List.of());
        assertThat(flow()).containsExactly("or -> target INVITE 200");
        or.ask(new Call.Command.Change(1, Optional.of(Content.sdp("hold"))));
        assertThat(flow()).containsExactly("or -> target INVITE 200");
    }

    /// The target is asked to call the transferee, and learns his address; not the other way.
    @Test void consultation_hold_protecting_the_target() {
        phones(true);
        consult();
        or.ask(new Referrer.Command.Transfer(2, 1, -1));
        assertThat(flow()).containsExactly("or -> target REFER 200", "target -> or NOTIFY 200",
                "target -> ee INVITE 200", "ee -> or BYE 200", "target -> or NOTIFY 200");
        assertThat(ee.told).containsExactly("replaces 1", "call 1 ended");
        assertThat(or.told).containsExactly("told 100", "call -1 ended", "told 200");
        or.ask(new Call.Command.HangUp(1));
        assertThat(flow()).containsExactly("or -> target BYE 200");
    }

    //= rfc5589#7.3-1 the Contact of the target is the Refer-To URI
    @Test void attended_transfer() {
        for (boolean gruu : List.of(true, false)) {
            var test = new TransferTest();
            test.phones(gruu);
            test.attended();
        }
    }

    private void attended() {
        consult();
        or.ask(new Referrer.Command.Transfer(2, -1, 1));
        assertThat(flow()).containsExactly("or -> ee REFER 200", "ee -> or NOTIFY 200",
                "ee -> target INVITE 200", "target -> or BYE 200", "ee -> or NOTIFY 200");
        assertThat(target.told).containsExactly("replaces -1", "call -1 ended");
        var dialog = (Response) net.last("target -> or 200");
        //= rfc3891#4-1,3 the dialog with the transferor, confirmed, in a Replaces field
        //= rfc3891#4-4 to the Contact
        var invite = (Request) net.last("ee -> target INVITE");
        assertThat(invite.need("Replaces")).startsWith(dialog.callId() + ";to-tag=");
        assertThat(SipUri.parse(invite.uri()).host())
                .isEqualTo(net.address("target").getAddress().getHostAddress());
        or.ask(new Call.Command.HangUp(-1));
        assertThat(flow()).containsExactly("or -> ee BYE 200");
        assertThat(ee.told).containsExactly("call 1 ended");
    }

    /// The transferor is called by his address, but calls by his name: the target knows the name.
    //= rfc3892#2.1-1 who has referred, by Referred-By
    //= rfc3891#3-7 and that is who is replaced
    @Test void attended_transfer_by_who_was_called_by_another_name() {
        or = new Phone("or", Optional.of(Address.parse("<sip:or@example.com>")), false, List.of());
        ee = new Phone("ee", false, List.of());
        target = new Phone("target", false, List.of());
        consult();
        or.ask(new Referrer.Command.Transfer(2, -1, 1));
        flow();
        assertThat(net.last("ee -> target INVITE").need("Referred-By"))
                .isEqualTo("<sip:or@example.com>");
        assertThat(target.told).containsExactly("replaces -1", "call -1 ended");
    }

    //= rfc5589#7.3-2 where servers stand between, the address of record
    //= rfc5589#7.3-3 with Require, so that no other phone takes it
    @Test void attended_transfer_through_a_proxy() {
        net.proxy("p");
        var routes = List.of("<sip:p.example;lr>");
        or = new Phone("or", false, routes);
        ee = new Phone("ee", false, routes);
        target = new Phone("target", false, routes);
        ee.invite(1, uri("or"), List.of());
        net.run(Duration.ofSeconds(1));
        or.invite(1, uri("target"), List.of());
        net.run(Duration.ofSeconds(1));
        or.ask(new Referrer.Command.Transfer(2, -1, 1));
        net.run(Duration.ofSeconds(3));
        assertThat(target.told).containsExactly("replaces -1", "call -1 ended");
        //= rfc3891#6.2-2 explicitly refused where it is not supported
        assertThat(net.last("p -> target INVITE").list("Require")).containsExactly("replaces");
        //= rfc3892#3-4 proxies do not modify Referred-By
        assertThat(net.last("p -> target INVITE").need("Referred-By"))
                .isEqualTo("<" + uri("or") + ">");
    }

    @Test void an_attended_transfer_that_is_refused_leaves_all_calls() {
        phones(true);
        consult();
        target.ask(new Call.Command.HangUp(-1));
        flow();
        or.ask(new Referrer.Command.Refer(2, -1, uri("target") + "?Replaces=x%3Bto-tag%3D1"
                + "%3Bfrom-tag%3D2"));
        assertThat(flow()).containsExactly("or -> ee REFER 200", "ee -> or NOTIFY 200",
                "ee -> target INVITE 481", "ee -> or NOTIFY 200");
        assertThat(or.told).contains("told 481").doesNotContain("call -1 ended");
    }

    /// The transferor has left before it is known how it went; the rest is told all the same.
    @Test void a_transferor_who_leaves_at_once() {
        phones(false);
        talkAndHold();
        target.ringing = true;
        or.ask(new Referrer.Command.Refer(2, -1, uri("target")));
        flow();
        or.ask(new Call.Command.HangUp(-1));
        assertThat(flow()).containsExactly("or -> ee BYE 200");
        target.ask(new Call.Command.Answer(-1, Optional.of(Content.sdp("answer"))));
        assertThat(flow()).containsExactly("ee -> or NOTIFY 200");
        assertThat(or.told).containsExactly("told 100", "told 180", "call -1 ended", "told 200");
    }

    /// A tenth of all datagrams is lost: the two talk in the end, all is told, and nothing is left.
    @Property(tries = 60) void a_transfer_survives_loss(
            @ForAll long seed, @ForAll boolean gruu, @ForAll boolean attended) {
        net = new SipNet(seed);
        net.loss = 0.1;
        phones(gruu);
        ee.invite(1, uri("or"), List.of());
        if (attended) or.invite(1, uri("target"), List.of());
        net.run(Duration.ofSeconds(60));
        or.ask(attended ? new Referrer.Command.Transfer(2, -1, 1)
                : new Referrer.Command.Refer(2, -1, uri("target")));
        net.run(Duration.ofSeconds(120));
        assertThat(or.told).contains("told 200");
        if (attended) assertThat(target.told).containsExactly("replaces -1", "call -1 ended");
        or.ask(new Call.Command.HangUp(-1));
        ee.ask(new Call.Command.HangUp(101));
        net.run(Duration.ofSeconds(400));
        assertThat(or.told).contains("call -1 ended");
        assertThat(ee.told).contains("call 1 ended", "call 101 ended");
        assertThat(Stream.of(or, ee, target).map(phone -> phone.agent.legs())).containsOnly(0);
    }
}
