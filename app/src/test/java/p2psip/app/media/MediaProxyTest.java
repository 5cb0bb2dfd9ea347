package p2psip.app.media;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.Orchid;
import p2psip.app.host.*;
import p2psip.app.media.MediaProxy.Mode;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc4566.SessionDescription;

/// What a node does to descriptions, and with media, where a telephone of its own speaks to another
/// node.
class MediaProxyTest {
    private static final Bytes KEY = Bytes.wrap(new byte[32]), OTHER = Bytes.hex("01".repeat(32));
    private static final InetSocketAddress PEER = Orchid.of(KEY);
    private static final InetAddress SELF = Orchid.of(OTHER).getAddress();
    private static final InetSocketAddress MEDIA = at("192.168.1.6", 4000);
    private static final Flow PHONE = Flow.udp(
            at("192.168.1.5", 5062), at("192.168.1.6", 5060)),
            LINK = Flow.link(Orchid.of(OTHER), PEER);
    private static final String OFFER = """
            v=0
            o=- 1 1 IN IP4 192.168.1.6
            s=-
            c=IN IP4 192.168.1.6
            t=0 0
            m=audio 4000 RTP/AVP 0
            a=candidate:1 1 UDP 1 192.168.1.6 4000 typ host
            a=sendrecv
            m=video 0 RTP/AVP 31
            """;

    private final Exchange node = exchange(Mode.NEEDED, Optional.empty());

    private static Exchange exchange(Mode mode, Optional<InetSocketAddress> straight) {
        return new Exchange(mode, SELF, PHONE, LINK, (_, _) -> straight);
    }

    private static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    static Message message(String start, String method, String tags, String sdp) {
        var body = sdp.replace("\n", "\r\n");
        var tag = tags.split(" ");
        return Message.parse(Bytes.utf8((start + "\nVia: SIP/2.0/UDP 192.168.1.6;branch=z9hG4bK1\n"
                + "From: <sip:a@x>;tag=" + tag[0] + "\nTo: <sip:b@x>"
                + (tag.length == 1 ? "" : ";tag=" + tag[1])
                + "\nCall-ID: c\nCSeq: 1 " + method + "\nContact: <sip:a@192.168.1.6>\n"
                + (sdp.isEmpty() ? "" : "Content-Type: application/sdp\n") + "Content-Length: "
                + body.length() + "\n\n").replace("\n", "\r\n") + body));
    }

    private static Message invite(String sdp) {
        return message("INVITE sip:b@x SIP/2.0", "INVITE", "a", sdp);
    }

    /// Of Bob's, later.
    private static Message again(String sdp) {
        return message("INVITE sip:a@x SIP/2.0", "INVITE", "b a", sdp);
    }

    private static Message ok(String sdp) {
        return message("SIP/2.0 200 OK", "INVITE", "a b", sdp);
    }

    /// As the other node says it: its address, and the channel that it has chosen.
    private static String theirs(int channel) {
        return OFFER.replace("IN IP4 192.168.1.6\nt=", "IN IP6 " + PEER.getAddress()
                .getHostAddress() + "\nt=").replace("audio 4000", "audio " + channel);
    }

    private SessionDescription leaves(Message message) { return node.description(PHONE, message); }

    private SessionDescription comes(Message message) { return node.description(LINK, message); }

    /// A call of a telephone of ours that was taken; the sockets that were opened for it.
    private List<Effect.Bind> call() {
        leaves(invite(OFFER));
        comes(ok(theirs(600)));
        return node.effects(Effect.Bind.class);
    }

    @Test void a_description_leaves_with_the_nodes_address_and_a_channel() {
        var sent = leaves(invite(OFFER));
        var audio = sent.media().getFirst();
        assertThat(sent.connection(audio).inetAddress()).contains(SELF);
        assertThat(audio.port()).isEven().isNotZero();
        assertThat(audio.all("candidate")).as("no way past the node").isEmpty();
        assertThat(sent.media().getLast().port()).as("what is refused stays so").isZero();
        comes(ok(theirs(600)));
        assertThat(leaves(message("INVITE sip:b@x SIP/2.0", "INVITE", "a b", OFFER))
                .media().getFirst().port()).as("the same channel again").isEqualTo(audio.port());
    }

    @Test void where_the_other_can_send_to_the_phone_nothing_is_changed() {
        var near = exchange(Mode.NEEDED, Optional.of(at("192.168.1.9", 5063)));
        assertThat(near.says(PHONE, invite(OFFER))).contains(invite(OFFER));
        var open = invite(OFFER.replace("192.168.1.6", "203.0.113.6"));
        assertThat(node.says(PHONE, open)).contains(open);
        for (var each : List.of(near, node)) {
            each.says(LINK, ok(""));
            assertThat(each.media.size()).isZero();
        }
    }

    @Test void by_choice_all_pass_or_none() {
        assertThat(exchange(Mode.DIRECT, Optional.empty()).says(PHONE, invite(OFFER)))
                .contains(invite(OFFER));
        assertThat(exchange(Mode.ALWAYS, Optional.empty()).description(PHONE,
                invite(OFFER.replace("192.168.1.6", "203.0.113.6")))
                .media().getFirst().connections().getFirst().inetAddress()).contains(SELF);
    }

    @Test void who_chose_none_answers_a_channel_by_a_channel() {
        var direct = exchange(Mode.DIRECT, Optional.empty());
        direct.description(LINK, invite(theirs(600)));
        assertThat(direct.description(PHONE, ok(OFFER)).media().getFirst().connections().getFirst()
                .inetAddress()).contains(SELF);
    }

    @Test void what_comes_waits_for_sockets_beside_the_phone_and_names_them() {
        leaves(invite(OFFER));
        assertThat(node.says(LINK, ok(theirs(600)))).isEmpty();
        var binds = node.effects(Effect.Bind.class);
        assertThat(binds).hasSize(2).allSatisfy(bind -> assertThat(bind.local().getAddress())
                .isEqualTo(InetAddress.ofLiteral("192.168.1.5")));
        assertThat(binds.getFirst().local().getPort()).isEven();
        assertThat(binds.getLast().local().getPort())
                .isEqualTo(binds.getFirst().local().getPort() + 1);
        var audio = SessionDescription.parse(node.opens().orElseThrow().body()).media().getFirst();
        assertThat(audio.port()).isEqualTo(binds.getFirst().local().getPort());
        assertThat(audio.connections().getFirst().inetAddress())
                .contains(InetAddress.ofLiteral("192.168.1.5"));
    }

    @Test void messages_that_come_meanwhile_go_on_behind_it_up_to_a_limit() {
        leaves(invite(OFFER));
        node.says(LINK, ok(theirs(600)));
        var binds = List.copyOf(node.effects(Effect.Bind.class));
        for (int i = 0; i < MediaProxy.WAITING + 3; i++)
            assertThat(node.says(LINK, ok(theirs(600)))).isEmpty();
        assertThat(node.carried).anyMatch(Carried.Remark.class::isInstance);
        node.begin();
        binds.forEach(bind -> node.media.happened(
                new Event.Bound(bind.id(), bind.local()), node.now));
        node.resume();
        assertThat(node.count()).isEqualTo(MediaProxy.WAITING);
    }

    @Test void a_pair_of_ports_that_is_in_use_is_passed_over() {
        leaves(invite(OFFER));
        node.says(LINK, ok(theirs(600)));
        var first = node.effects(Effect.Bind.class);
        node.begin();
        node.media.happened(new Event.NotBound(
                first.getLast().id(), first.getLast().local(), "in use"), node.now);
        node.resume();
        assertThat(node.effects(Effect.Unbind.class)).hasSize(2);
        var port = node.effects(Effect.Bind.class).getFirst().local().getPort();
        assertThat(SessionDescription.parse(node.opens().orElseThrow().body())
                .media().getFirst().port()).isEqualTo(port);
    }

    @Test void what_was_opened_of_a_pair_in_use_does_not_count() {
        leaves(invite(OFFER));
        node.says(LINK, ok(theirs(600)));
        var first = node.effects(Effect.Bind.class);
        node.begin();
        node.media.happened(new Event.NotBound(
                first.getFirst().id(), first.getFirst().local(), "in use"), node.now);
        node.media.happened(
                new Event.Bound(first.getLast().id(), first.getLast().local()), node.now);
        node.resume();
        assertThat(node.opens()).isPresent();
    }

    /// Another node of the machine may have taken its own one after the other.
    @Test void many_ports_in_a_row_that_are_in_use_are_passed_over() {
        leaves(invite(OFFER));
        node.says(LINK, ok(theirs(600)));
        int taken = node.effects(Effect.Bind.class).getFirst().local().getPort();
        for (int tries = 1; ; tries++) {
            var bind = node.effects(Effect.Bind.class).getFirst();
            if (bind.local().getPort() > taken + 200 || bind.local().getPort() < taken) break;
            assertThat(tries).isLessThan(Leg.ATTEMPTS / 2);
            node.begin();
            node.media.happened(new Event.NotBound(bind.id(), bind.local(), "in use"), node.now);
            node.resume();
        }
        assertThat(node.opens().map(m -> SessionDescription.parse(m.body()).media().getFirst()
                .port())).hasValueSatisfying(port -> assertThat(port).isPositive());
    }

    @Test void one_without_any_port_is_refused_and_the_call_goes_on() {
        leaves(invite(OFFER));
        node.says(LINK, ok(theirs(600)));
        for (int i = 0; i < Leg.ATTEMPTS; i++) {
            var bind = node.effects(Effect.Bind.class).getFirst();
            node.begin();
            node.media.happened(new Event.NotBound(bind.id(), bind.local(), "in use"), node.now);
            node.resume();
        }
        assertThat(SessionDescription.parse(node.gone().orElseThrow().body())
                .media().getFirst().port()).isZero();
    }

    @Test void another_nodes_address_is_not_believed() {
        leaves(invite(OFFER));
        var elsewhere = theirs(600).replace(PEER.getAddress().getHostAddress(),
                Orchid.of(Bytes.hex("02".repeat(32))).getAddress().getHostAddress());
        assertThat(comes(ok(elsewhere)).media().getFirst().port()).isZero();
    }

    @Test void media_go_both_ways_and_reports_beside_them() {
        var ours = leaves(invite(OFFER)).media().getFirst().port();
        comes(ok(theirs(600)));
        var binds = List.copyOf(node.effects(Effect.Bind.class));
        for (int control = 0; control < 2; control++) {
            var socket = binds.get(control);
            var phone = at("192.168.1.6", 4000 + control);
            var packet = Bytes.hex("80000001" + "00".repeat(8) + "ab".repeat(20));
            assertThat(node.packet(socket, phone, packet))
                    .containsExactly(new Carried.Moment(PEER, 600 + control, packet));
            assertThat(node.moment(PEER, ours + control, packet)).containsExactly(new Carried.Do(
                    new Effect.Datagram(socket.local(), phone, packet)));
        }
    }

    @Test void strangers_and_other_nodes_are_not_heard() {
        var binds = call();
        var packet = Bytes.hex("80000001" + "00".repeat(8));
        assertThat(node.packet(binds.getFirst(), at("192.168.1.66", 4000), packet)).isEmpty();
        for (int channel = 0; channel < 65_536; channel += 2)
            assertThat(node.moment(Orchid.of(OTHER), channel, packet)).isEmpty();
    }

    private void ends() {
        node.now = node.now.plus(MediaCall.LAST_WORDS);
        node.begin();
        node.follow(node.media.wake(node.now));
        assertThat(node.effects(Effect.Unbind.class)).hasSize(2);
        assertThat(node.carried).contains(new Carried.Await(PEER, false));
        node.says(LINK, message("SIP/2.0 200 OK", "BYE", "a b", ""));
        assertThat(node.media.deadline()).isEqualTo(Instant.MAX);
    }

    @Test void the_link_is_waited_for_while_the_call_is_open_and_all_ends_with_a_bye() {
        call();
        assertThat(node.carried).contains(new Carried.Await(PEER, true));
        node.says(LINK, message("BYE sip:a@x SIP/2.0", "BYE", "b a", ""));
        assertThat(node.carried).contains(new Carried.Await(PEER, false));
        ends();
        assertThat(node.media.size()).isZero();
    }

    @Test void a_call_that_is_refused_ends_too() {
        leaves(invite(OFFER));
        comes(message("SIP/2.0 183 Session Progress", "INVITE", "a b", theirs(600)));
        node.says(LINK, message("SIP/2.0 486 Busy Here", "INVITE", "a b", ""));
        ends0();
    }

    private void ends0() {
        node.now = node.now.plus(MediaCall.LAST_WORDS);
        node.begin();
        node.follow(node.media.wake(node.now));
        assertThat(node.effects(Effect.Unbind.class)).hasSize(2);
        assertThat(node.media.deadline()).isEqualTo(Instant.MAX);
    }

    @Test void one_that_fails_or_is_given_up_ends_as_well() {
        leaves(invite(OFFER));
        comes(message("SIP/2.0 183 Session Progress", "INVITE", "a b", theirs(600)));
        node.fails();
        ends0();
        leaves(invite(OFFER));
        comes(message("SIP/2.0 183 Session Progress", "INVITE", "a b", theirs(600)));
        node.says(PHONE, message("CANCEL sip:b@x SIP/2.0", "CANCEL", "a", ""));
        ends0();
    }

    @Test void a_call_in_which_nothing_is_heard_is_carried_no_longer() {
        call();
        node.now = node.now.plus(MediaCall.SILENCE);
        node.begin();
        node.follow(node.media.wake(node.now));
        assertThat(node.carried).anyMatch(Carried.Remark.class::isInstance);
        assertThat(node.media.size()).isZero();
    }

    @Test void one_that_is_heard_in_both_directions_goes_on_be_it_by_reports_alone() {
        var ours = leaves(invite(OFFER)).media().getFirst().port();
        comes(ok(theirs(600)));
        var binds = List.copyOf(node.effects(Effect.Bind.class));
        for (int i = 0; i < 10; i++) {
            later(Duration.ofSeconds(29));
            assertThat(node.media.deadline()).isAfter(node.now);
            var packet = Bytes.hex("8000000%d".formatted(i) + "00".repeat(8));
            node.packet(binds.getFirst(), MEDIA, packet);
            node.moment(PEER, ours + 1, packet);
        }
        assertThat(node.media.size()).isPositive();
        // and now the phone alone
        later(Duration.ofSeconds(29));
        node.packet(binds.getFirst(), MEDIA, Bytes.hex("8000000a" + "00".repeat(8)));
        later(Duration.ofSeconds(1));
        assertThat(node.media.size()).isZero();
    }

    private void later(Duration span) {
        node.now = node.now.plus(span);
        node.begin();
        node.follow(node.media.wake(node.now));
    }

    @Test void one_that_is_held_ends_with_its_dialog_alone() {
        call();
        comes(again(theirs(600).replace("sendrecv", "inactive")));
        node.now = node.now.plus(Duration.ofDays(1));
        assertThat(node.media.wake(node.now)).isEmpty();
        node.says(PHONE, message("BYE sip:b@x SIP/2.0", "BYE", "a b", ""));
        ends();
    }

    @Test void a_change_of_the_session_keeps_channel_and_sockets() {
        var ours = leaves(invite(OFFER)).media().getFirst().port();
        var before = comes(ok(theirs(600))).media().getFirst().port();
        var changed = comes(again(theirs(700)));
        assertThat(node.effects(Effect.Bind.class)).isEmpty();
        assertThat(changed.media().getFirst().port()).isEqualTo(before);
        assertThat(leaves(message("SIP/2.0 200 OK", "INVITE", "b a", OFFER))
                .media().getFirst().port()).isEqualTo(ours);
    }

    @Test void a_2xx_that_is_said_again_is_changed_again() {
        leaves(invite(OFFER));
        var first = comes(ok(theirs(600)));
        assertThat(comes(ok(theirs(600)))).isEqualTo(first);
    }

    /// RFC 3261 §13.2.1: the offer stands in the 2xx, the answer in the ACK.
    @Test void an_offer_in_the_answer_to_an_invite() {
        node.says(PHONE, invite(""));
        var offer = comes(ok(theirs(600)));
        assertThat(offer.media().getFirst().connections().getFirst().inetAddress())
                .contains(InetAddress.ofLiteral("192.168.1.5"));
        var answer = leaves(message("ACK sip:b@x SIP/2.0", "ACK", "a b", OFFER));
        assertThat(answer.connection(answer.media().getFirst()).inetAddress()).contains(SELF);
    }

    /// The telephone of the other node is public, ours is not: it sends past both nodes, and gets
    /// what comes by the Link.
    @Test void an_answer_that_goes_by_the_link_where_the_offer_did_not() {
        var offer = invite(OFFER.replace("192.168.1.6", "203.0.113.9"));
        assertThat(node.says(LINK, offer)).contains(offer);
        var answer = leaves(ok(OFFER)).media().getFirst();
        assertThat(answer.connections().getFirst().inetAddress()).contains(SELF);
        var packet = Bytes.hex("80000001" + "00".repeat(8));
        assertThat(node.moment(PEER, answer.port(), packet)).singleElement()
                .isInstanceOfSatisfying(Carried.Do.class, out -> assertThat(out.effect())
                        .isInstanceOfSatisfying(Effect.Datagram.class,
                                sent -> assertThat(sent.remote()).isEqualTo(MEDIA)));
    }

    @Test void any_request_may_carry_one() {
        call();
        for (var method : List.of("UPDATE", "PRACK")) {
            var sent = leaves(message(method + " sip:b@x SIP/2.0", method, "a b", OFFER));
            assertThat(sent.connection(sent.media().getFirst()).inetAddress()).contains(SELF);
        }
    }

    @Test void a_flood_of_calls_has_a_limit() {
        for (int i = 0; i < MediaProxy.CALLS + 10; i++) node.says(PHONE, Message.parse(Bytes.utf8(
                invite(OFFER).encode().utf8().replace("Call-ID: c", "Call-ID: " + i))));
        assertThat(node.media.size()).isLessThanOrEqualTo(MediaProxy.CALLS * 6);
        for (int i = 0; i < Passing.LIMIT + 10; i++) node.says(PHONE, Message.parse(Bytes.utf8(
                invite("").encode().utf8().replace("Call-ID: c", "Call-ID: x" + i))));
        assertThat(node.media.size())
                .isLessThanOrEqualTo(MediaProxy.CALLS * 3 + Passing.LIMIT * 2);
    }
}
