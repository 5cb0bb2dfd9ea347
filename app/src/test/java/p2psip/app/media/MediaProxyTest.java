package p2psip.app.media;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.Orchid;
import p2psip.app.host.*;
import p2psip.app.media.MediaProxy.*;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc4566.SessionDescription;

/// What a node does to descriptions, and with media, call by call.
class MediaProxyTest {
    private static final Bytes KEY = Bytes.wrap(new byte[32]), OTHER = Bytes.hex("01".repeat(32));
    private static final InetSocketAddress PEER = Orchid.of(KEY);
    private static final InetAddress SELF = Orchid.of(OTHER).getAddress();
    private static final InetSocketAddress PHONE = at("192.168.1.6", 4000);
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

    private final MediaProxy proxy = new MediaProxy(Mode.NEEDED, SELF,
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("192.168.1.5")),
            new SplittableRandom(1));
    private Instant now = Instant.EPOCH;

    private static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    private static Message message(String start, String method, String sdp) {
        var body = sdp.replace("\n", "\r\n");
        return Message.parse(Bytes.utf8((start + "\nVia: SIP/2.0/UDP 192.168.1.6;branch=z9hG4bK1\n"
                + "From: <sip:a@x>;tag=1\nTo: <sip:b@x>\nCall-ID: c\nCSeq: 1 " + method + "\n"
                + (sdp.isEmpty() ? "" : "Content-Type: application/sdp\n") + "Content-Length: "
                + body.length() + "\n\n").replace("\n", "\r\n") + body));
    }

    private static Message invite(String sdp) {
        return message("INVITE sip:b@x SIP/2.0", "INVITE", sdp);
    }

    private static Message ok(String method, String sdp) {
        return message("SIP/2.0 200 OK", method, sdp);
    }

    private List<Output> leaves(Message message) {
        return proxy.handle(new Input.Leaves(PEER, message, Optional.empty()), now);
    }

    private List<Output> comes(Message message) {
        return proxy.handle(new Input.Comes(
                PEER, message, Optional.of(PHONE.getAddress())), now);
    }

    private static SessionDescription sent(List<Output> outputs) {
        return outputs.stream().filter(Output.Send.class::isInstance)
                .map(o -> SessionDescription.parse(((Output.Send) o).message().body()))
                .findFirst().orElseThrow();
    }

    private static SessionDescription delivered(List<Output> outputs) {
        return outputs.stream().filter(Output.Deliver.class::isInstance)
                .map(o -> SessionDescription.parse(((Output.Deliver) o).message().body()))
                .findFirst().orElseThrow();
    }

    private static <T extends Effect> List<T> effects(List<Output> outputs, Class<T> kind) {
        return outputs.stream().filter(Output.Do.class::isInstance)
                .map(o -> ((Output.Do) o).effect()).filter(kind::isInstance).map(kind::cast)
                .toList();
    }

    /// As the other node says it: its address, and the channel that it has chosen.
    private static String theirs(int channel) {
        return OFFER.replace("IN IP4 192.168.1.6\nt=", "IN IP6 " + PEER.getAddress()
                .getHostAddress() + "\nt=").replace("audio 4000", "audio " + channel);
    }

    /// The sockets that are asked for are opened.
    private List<Output> open(List<Output> outputs) {
        var all = new ArrayList<>(outputs);
        for (var bind : effects(outputs, Effect.Bind.class)) all.addAll(proxy.handle(
                new Input.Happened(new Event.Bound(bind.id(), bind.local())), now));
        return all;
    }

    /// A call of a telephone of ours that was taken; the effects that have opened its sockets.
    private List<Output> call() {
        leaves(invite(OFFER));
        return open(comes(ok("INVITE", theirs(600))));
    }

    @Test void a_description_leaves_with_the_nodes_address_and_a_channel() {
        var sent = sent(leaves(invite(OFFER)));
        var audio = sent.media().getFirst();
        assertThat(sent.connection(audio).inetAddress()).contains(SELF);
        assertThat(audio.port()).isEven().isNotZero();
        assertThat(audio.all("candidate")).as("no way past the node").isEmpty();
        assertThat(sent.media().getLast().port()).as("what is refused stays so").isZero();
        assertThat(sent(leaves(invite(OFFER))).media().getFirst().port())
                .as("the same channel again").isEqualTo(audio.port());
    }

    @Test void where_the_other_can_send_to_the_phone_nothing_is_changed() {
        var near = proxy.handle(new Input.Leaves(
                PEER, invite(OFFER), Optional.of(at("192.168.1.9", 5063))), now);
        assertThat(near).containsExactly(new Output.Send(PEER, invite(OFFER)));
        var open = invite(OFFER.replace("192.168.1.6", "203.0.113.6"));
        assertThat(leaves(open)).containsExactly(new Output.Send(PEER, open));
        assertThat(proxy.size()).isZero();
    }

    @Test void by_choice_all_go_by_the_link_or_none() {
        var never = new MediaProxy(Mode.DIRECT, SELF, List.of(), new SplittableRandom(1));
        assertThat(never.handle(new Input.Leaves(PEER, invite(OFFER), Optional.empty()), now))
                .containsExactly(new Output.Send(PEER, invite(OFFER)));
        var always = new MediaProxy(Mode.ALWAYS, SELF, List.of(), new SplittableRandom(1));
        var open = OFFER.replace("192.168.1.6", "203.0.113.6");
        assertThat(sent(always.handle(new Input.Leaves(PEER, invite(open), Optional.empty()), now))
                .media().getFirst().connections().getFirst().inetAddress()).contains(SELF);
    }

    @Test void what_comes_waits_for_sockets_beside_the_phone_and_names_them() {
        leaves(invite(OFFER));
        var outputs = comes(ok("INVITE", theirs(600)));
        assertThat(outputs).noneMatch(Output.Deliver.class::isInstance);
        var binds = effects(outputs, Effect.Bind.class);
        assertThat(binds).hasSize(2).allSatisfy(bind -> assertThat(bind.local().getAddress())
                .isEqualTo(InetAddress.ofLiteral("192.168.1.5")));
        assertThat(binds.getFirst().local().getPort()).isEven();
        assertThat(binds.getLast().local().getPort())
                .isEqualTo(binds.getFirst().local().getPort() + 1);
        var audio = delivered(open(outputs)).media().getFirst();
        assertThat(audio.port()).isEqualTo(binds.getFirst().local().getPort());
        assertThat(audio.connections().getFirst().inetAddress())
                .contains(InetAddress.ofLiteral("192.168.1.5"));
    }

    @Test void a_pair_of_ports_that_is_in_use_is_passed_over() {
        leaves(invite(OFFER));
        var first = effects(comes(ok("INVITE", theirs(600))), Effect.Bind.class);
        var next = proxy.handle(new Input.Happened(new Event.NotBound(
                first.getLast().id(), first.getLast().local(), "in use")), now);
        assertThat(effects(next, Effect.Unbind.class)).hasSize(2);
        assertThat(delivered(open(next)).media().getFirst().port())
                .isEqualTo(effects(next, Effect.Bind.class).getFirst().local().getPort());
    }

    @Test void one_without_any_port_is_refused_and_the_call_goes_on() {
        leaves(invite(OFFER));
        var outputs = comes(ok("INVITE", theirs(600)));
        for (int i = 0; i < Leg.ATTEMPTS; i++) {
            var bind = effects(outputs, Effect.Bind.class).getFirst();
            outputs = proxy.handle(new Input.Happened(
                    new Event.NotBound(bind.id(), bind.local(), "in use")), now);
        }
        assertThat(delivered(outputs).media().getFirst().port()).isZero();
    }

    @Test void another_nodes_address_is_not_believed() {
        leaves(invite(OFFER));
        var elsewhere = theirs(600).replace(PEER.getAddress().getHostAddress(),
                Orchid.of(Bytes.hex("02".repeat(32))).getAddress().getHostAddress());
        assertThat(delivered(comes(ok("INVITE", elsewhere))).media().getFirst().port()).isZero();
    }

    @Test void media_go_both_ways_and_reports_beside_them() {
        var ours = sent(leaves(invite(OFFER))).media().getFirst().port();
        var binds = effects(open(comes(ok("INVITE", theirs(600)))), Effect.Bind.class);
        for (int control = 0; control < 2; control++) {
            var socket = binds.get(control);
            var phone = at("192.168.1.6", 4000 + control);
            var packet = Bytes.hex("80000001" + "00".repeat(8) + "ab".repeat(20));
            assertThat(proxy.handle(new Input.Happened(new Event.Datagram(
                    socket.id(), socket.local(), phone, packet)), now))
                    .containsExactly(new Output.Moment(PEER, 600 + control, packet));
            assertThat(effects(proxy.handle(new Input.Moment(
                    PEER, ours + control, packet), now), Effect.Datagram.class))
                    .containsExactly(new Effect.Datagram(socket.local(), phone, packet));
        }
    }

    @Test void strangers_and_other_nodes_are_not_heard() {
        var binds = effects(call(), Effect.Bind.class);
        var packet = Bytes.hex("80000001" + "00".repeat(8));
        assertThat(proxy.handle(new Input.Happened(new Event.Datagram(binds.getFirst().id(),
                binds.getFirst().local(), at("192.168.1.66", 4000), packet)), now)).isEmpty();
        for (int channel = 0; channel < 65_536; channel += 2)
            assertThat(proxy.handle(new Input.Moment(
                    Orchid.of(OTHER), channel, packet), now)).isEmpty();
    }

    private void ends() {
        now = now.plus(MediaCall.LAST_WORDS);
        var outputs = proxy.wake(now);
        assertThat(effects(outputs, Effect.Unbind.class)).hasSize(2);
        assertThat(outputs).contains(new Output.Await(PEER, false));
        assertThat(proxy.size()).isZero();
        assertThat(proxy.deadline()).isEqualTo(Instant.MAX);
    }

    @Test void the_link_is_waited_for_while_the_call_is_open_and_all_ends_with_a_bye() {
        assertThat(call()).contains(new Output.Await(PEER, true));
        assertThat(comes(message("BYE sip:a@x SIP/2.0", "BYE", "")))
                .contains(new Output.Await(PEER, false));
        ends();
    }

    @Test void a_call_that_is_refused_ends_too() {
        leaves(invite(OFFER));
        open(comes(message("SIP/2.0 183 Session Progress", "INVITE", theirs(600))));
        comes(message("SIP/2.0 486 Busy Here", "INVITE", ""));
        ends();
    }

    @Test void a_call_in_which_nothing_is_heard_is_carried_no_longer() {
        call();
        now = now.plus(MediaCall.SILENCE);
        assertThat(proxy.wake(now)).anyMatch(Output.Remark.class::isInstance);
        assertThat(proxy.size()).isZero();
    }

    @Test void one_that_is_heard_in_either_direction_goes_on() {
        var binds = effects(call(), Effect.Bind.class);
        for (int i = 0; i < 10; i++) {
            now = now.plusSeconds(29);
            assertThat(proxy.wake(now)).isEmpty();
            proxy.handle(new Input.Happened(new Event.Datagram(binds.getFirst().id(),
                    binds.getFirst().local(), PHONE,
                    Bytes.hex("8000000%d".formatted(i) + "00".repeat(8)))), now);
        }
        assertThat(proxy.size()).isPositive();
    }

    @Test void one_that_is_held_ends_with_its_dialog_alone() {
        call();
        comes(invite(theirs(600).replace("sendrecv", "inactive")));
        now = now.plus(Duration.ofDays(1));
        assertThat(proxy.wake(now)).isEmpty();
        leaves(message("BYE sip:b@x SIP/2.0", "BYE", ""));
        ends();
    }

    @Test void a_change_of_the_session_keeps_channel_and_sockets() {
        var ours = sent(leaves(invite(OFFER))).media().getFirst().port();
        var before = delivered(open(comes(ok("INVITE", theirs(600))))).media().getFirst().port();
        var again = comes(invite(theirs(700)));
        assertThat(effects(again, Effect.Bind.class)).isEmpty();
        assertThat(delivered(again).media().getFirst().port()).isEqualTo(before);
        assertThat(sent(leaves(ok("INVITE", OFFER))).media().getFirst().port()).isEqualTo(ours);
    }

    @Test void a_flood_of_calls_has_a_limit() {
        for (int i = 0; i < MediaProxy.CALLS + 10; i++) leaves(Message.parse(Bytes.utf8(
                invite(OFFER).encode().utf8().replace("Call-ID: c", "Call-ID: " + i))));
        assertThat(proxy.size()).isLessThanOrEqualTo(MediaProxy.CALLS * 5);
    }
}
