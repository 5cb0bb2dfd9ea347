package p2psip.app.media;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.media.MediaProxy.Mode;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc8489.Fingerprints;

/// A browser and a plain telephone, each of which hears its own dialect from the node between them.
class BridgeTest {
    private static final InetAddress SELF =
            Orchid.of(Bytes.hex("01".repeat(32))).getAddress();
    private static final InetSocketAddress PEER = Orchid.of(Bytes.wrap(new byte[32]));
    private static final InetSocketAddress SOUND = at("192.168.1.6", 4000);
    private static final Flow PAGE = new Flow(Transport.WS, at("127.0.0.1", 5066),
            at("127.0.0.1", 40_000), 1), OTHER = new Flow(Transport.WSS,
            at("127.0.0.1", 5067), at("127.0.0.1", 40_001), 2),
            PHONE = Flow.udp(at("192.168.1.5", 5062), at("192.168.1.6", 5060)),
            LINK = Flow.link(Orchid.of(Bytes.hex("01".repeat(32))), PEER);
    private static final String PLAIN = """
            v=0
            o=- 1 1 IN IP4 192.168.1.6
            s=-
            c=IN IP4 192.168.1.6
            t=0 0
            m=audio 4000 RTP/AVP 0 126
            a=rtpmap:126 telephone-event/8000
            a=rtcp-mux
            a=sendrecv
            """;

    private static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    private static Exchange between(Flow alice, Flow bob) {
        return between(Mode.DIRECT, alice, bob);
    }

    private static Exchange between(Mode mode, Flow alice, Flow bob) {
        return new Exchange(mode, SELF, alice, bob, (_, _) -> Optional.empty());
    }

    private static Message invite(String sdp) {
        return MediaProxyTest.message("INVITE sip:b@x SIP/2.0", "INVITE", "a", sdp);
    }

    private static Message again(String sdp) {
        return MediaProxyTest.message("INVITE sip:b@x SIP/2.0", "INVITE", "a b", sdp);
    }

    private static Message ok(String sdp) {
        return MediaProxyTest.message("SIP/2.0 200 OK", "INVITE", "a b", sdp);
    }

    private static Message ack(String sdp) {
        return MediaProxyTest.message("ACK sip:b@x SIP/2.0", "ACK", "a b", sdp);
    }

    private static Message bye() {
        return MediaProxyTest.message("BYE sip:b@x SIP/2.0", "BYE", "a b", "");
    }

    private static Media sound(SessionDescription description) {
        return description.media().getFirst();
    }

    /// A call of a browser that a telephone has taken, with a way and without keys.
    private static final class Call {
        final Exchange node = between(PAGE, PHONE);
        final WebPeer browser = new WebPeer(node, true);
        final Effect.Bind phoneRtp, phoneRtcp, web;
        final Effect.Associate asked;

        Call() {
            node.description(PAGE, invite(browser.sdp("actpass")));
            var phone = node.effects(Effect.Bind.class);
            phoneRtp = phone.getFirst();
            phoneRtcp = phone.getLast();
            var answer = node.description(PHONE, ok(PLAIN));
            web = node.effects(Effect.Bind.class).getFirst();
            browser.takes(answer);
            asked = browser.looks(web).stream().filter(Effect.Associate.class::isInstance)
                    .map(Effect.Associate.class::cast).findFirst().orElseThrow();
        }

        Call keyed() {
            browser.shakes(asked, browser.certificate.der());
            return this;
        }

        List<Effect.Datagram> comes(Effect.Bind socket, InetSocketAddress from, Bytes bytes) {
            return node.packet(socket, from, bytes).stream()
                    .filter(Carried.Do.class::isInstance).map(c -> ((Carried.Do) c).effect())
                    .filter(Effect.Datagram.class::isInstance).map(Effect.Datagram.class::cast)
                    .toList();
        }
    }

    // Descriptions

    @Test void a_telephone_gets_the_codecs_that_it_may_know_and_nothing_of_browsers() {
        var node = between(PAGE, PHONE);
        var sent = node.description(PAGE, invite(new WebPeer(node, true).sdp("actpass")));
        assertThat(sound(sent)).hasToString("""
                m=audio %d RTP/AVP 111 9 0 126
                c=IN IP4 192.168.1.5
                a=rtpmap:111 opus/48000/2
                a=fmtp:111 minptime=10;useinbandfec=1
                a=rtpmap:9 G722/8000
                a=rtpmap:0 PCMU/8000
                a=rtpmap:126 telephone-event/8000
                a=sendrecv
                """.formatted(node.effects(Effect.Bind.class).getFirst().local().getPort())
                .replace("\n", "\r\n"));
        assertThat(sent.attributes()).isEmpty();
    }

    @Test void a_browser_gets_one_port_a_way_a_certificate_and_a_bundle_of_one() {
        var node = between(PAGE, PHONE);
        var browser = new WebPeer(node, true);
        node.description(PAGE, invite(browser.sdp("actpass")));
        var answer = node.description(PHONE, ok(PLAIN));
        assertThat(answer.attributes()).contains(new Attribute("group", "BUNDLE 0"),
                Attribute.flag("ice-lite"));
        var audio = sound(answer);
        int port = node.effects(Effect.Bind.class).getFirst().local().getPort();
        assertThat(audio.proto()).isEqualTo("UDP/TLS/RTP/SAVPF");
        assertThat(audio.port()).isEqualTo(port);
        assertThat(audio.formats()).containsExactly("0", "126");
        assertThat(audio.all("candidate")).singleElement().asString()
                .contains("127.0.0.1 " + port + " typ host");
        assertThat(audio.attributes()).contains(new Attribute("mid", "0"),
                Attribute.flag("rtcp-mux"), new Attribute("setup", "active"),
                new Attribute("rtpmap", "0 PCMU/8000"));
        assertThat(audio.attribute("fingerprint")).isPresent();
        assertThat(audio.has("ice-ufrag")).isTrue();
    }

    @Test void a_called_browser_is_offered_its_dialect_and_its_caller_answered_in_his() {
        var node = between(PHONE, PAGE);
        var browser = new WebPeer(node, false);
        var offer = node.description(PHONE, invite(PLAIN));
        assertThat(sound(offer).proto()).isEqualTo("UDP/TLS/RTP/SAVPF");
        assertThat(sound(offer).attribute("setup")).contains("actpass");
        browser.takes(offer);
        var answer = node.description(PAGE, ok(browser.sdp("active")));
        assertThat(sound(answer).proto()).isEqualTo("RTP/AVP");
        assertThat(sound(answer).has("rtcp-mux")).isFalse();
        assertThat(sound(answer).has("fingerprint")).isFalse();
    }

    @Test void an_offer_that_comes_late_is_answered_in_its_dialect() {
        var node = between(PHONE, PAGE);
        var browser = new WebPeer(node, true);
        node.says(PHONE, invite(""));
        var offer = node.description(PAGE, ok(browser.sdp("actpass")));
        assertThat(sound(offer).proto()).isEqualTo("RTP/AVP");
        var answer = node.description(PHONE, ack(PLAIN));
        assertThat(sound(answer).proto()).isEqualTo("UDP/TLS/RTP/SAVPF");
        assertThat(sound(answer).attribute("setup")).as("of an answer").contains("active");
    }

    @Test void the_other_media_of_a_browser_are_refused_in_the_words_of_each() {
        var node = between(PAGE, PHONE);
        var sent = node.description(PAGE, invite(new WebPeer(node, true).sdp("actpass",
                words -> words + """
                        m=video 9 UDP/TLS/RTP/SAVPF 96
                        c=IN IP4 0.0.0.0
                        a=mid:picture
                        a=rtpmap:96 VP8/90000
                        """)));
        assertThat(sent.media().getLast()).hasToString(
                "m=video 0 RTP/AVP 96\r\nc=IN IP4 0.0.0.0\r\n");
        var answer = node.description(PHONE, ok(PLAIN + "m=video 0 RTP/AVP 96\n"));
        assertThat(answer.media().getLast().toString()).startsWith(
                "m=video 0 UDP/TLS/RTP/SAVPF 96").contains("a=mid:picture");
        assertThat(answer.attribute("group")).contains("BUNDLE 0");
    }

    @Test void an_answer_that_lacks_the_medium_goes_on_without_it() {
        var lacking = PLAIN.substring(0, PLAIN.indexOf("m="));
        var node = between(PAGE, PHONE);
        node.description(PAGE, invite(new WebPeer(node, true).sdp("actpass")));
        assertThat(node.description(PHONE, ok(lacking)).media()).isEmpty();
        var called = between(PHONE, PAGE);
        called.description(PHONE, invite(PLAIN));
        assertThat(called.description(PAGE, ok(lacking)).media()).isEmpty();
        assertThat(sound(called.description(PHONE, again(PLAIN))).port()).isPositive();
    }

    @Test void whom_no_codec_of_the_other_suits_is_offered_none() {
        var node = between(PAGE, PHONE);
        var sent = node.description(PAGE, invite(new WebPeer(node, true).sdp("actpass",
                words -> words.replace("111 63 9 0 13 126", "63 13 126"))));
        assertThat(sound(sent).port()).isZero();
    }

    @ParameterizedTest @EnumSource
    void what_two_browsers_say_to_each_other_is_theirs(Mode mode) {
        var node = between(mode, PAGE, OTHER);
        var offer = invite(new WebPeer(node, true).sdp("actpass"));
        assertThat(node.says(PAGE, offer)).contains(offer);
        var answer = ok(new WebPeer(node, false).sdp("active"));
        assertThat(node.says(OTHER, answer)).contains(answer);
    }

    @Test void who_has_all_that_a_browser_has_is_left_alone() {
        var node = between(PHONE, PAGE);
        var offer = invite(new WebPeer(node, true).sdp("actpass"));
        assertThat(node.says(PHONE, offer)).contains(offer);
    }

    @Test void over_a_link_a_browser_is_a_plain_telephone() {
        var node = between(PAGE, LINK);
        var sent = node.description(PAGE, invite(new WebPeer(node, true).sdp("actpass")));
        assertThat(sound(sent).proto()).isEqualTo("RTP/AVP");
        assertThat(sound(sent).connections().getFirst().inetAddress()).contains(SELF);
        var answer = node.description(LINK, ok(PLAIN.replace("IN IP4 192.168.1.6\nt=",
                "IN IP6 " + PEER.getAddress().getHostAddress() + "\nt=")));
        assertThat(sound(answer).all("candidate")).hasSize(1);
    }

    // Sound

    @Test void sound_and_reports_pass_both_ways_enciphered_on_one_side() {
        var call = new Call().keyed();
        var there = call.comes(call.web, WebPeer.AT, call.browser.secret(WebPeer.rtp(1), false));
        assertThat(there).containsExactly(new Effect.Datagram(
                call.phoneRtp.local(), SOUND, WebPeer.rtp(1)));
        var back = call.comes(call.phoneRtp, SOUND, WebPeer.rtp(9));
        assertThat(back).singleElement().satisfies(datagram -> {
            assertThat(datagram.local()).isEqualTo(call.web.local());
            assertThat(datagram.remote()).isEqualTo(WebPeer.AT);
            assertThat(call.browser.read(datagram.bytes(), false)).contains(WebPeer.rtp(9));
        });
        var report = Bytes.hex("80c90001" + "00000007");
        assertThat(call.comes(call.web, WebPeer.AT, call.browser.secret(report, true)))
                .containsExactly(new Effect.Datagram(
                        call.phoneRtcp.local(), at("192.168.1.6", 4001), report));
        assertThat(call.comes(call.phoneRtcp, at("192.168.1.6", 4001), report))
                .singleElement().satisfies(datagram -> assertThat(
                        call.browser.read(datagram.bytes(), true)).contains(report));
    }

    @Test void feedback_that_a_plain_telephone_cannot_read_stays_here() {
        var call = new Call().keyed();
        String report = "80c90001" + "00000007", wanted = "81ce0002" + "00000007" + "0000004d";
        assertThat(call.comes(call.web, WebPeer.AT,
                call.browser.secret(Bytes.hex(report + wanted), true)))
                .extracting(Effect.Datagram::bytes).containsExactly(Bytes.hex(report));
        assertThat(call.comes(call.web, WebPeer.AT,
                call.browser.secret(Bytes.hex(wanted), true))).as("and nothing else").isEmpty();
    }

    /// On the one port of the browser its second byte tells what it is.
    @Test void what_a_browser_would_take_for_a_report_is_not_sent_as_sound() {
        var call = new Call().keyed();
        var sound = WebPeer.rtp(9).toArray();
        sound[1] = (byte) 200;
        assertThat(call.comes(call.phoneRtp, SOUND, Bytes.wrap(sound))).isEmpty();
    }

    @Test void what_is_too_long_is_not_looked_at() {
        var call = new Call().keyed();
        var hello = new byte[WebEnd.LONGEST + 1];
        hello[0] = 22;
        assertThat(call.node.packet(call.web, WebPeer.AT, Bytes.wrap(hello))).isEmpty();
    }

    @Test void who_has_signed_no_check_is_not_heard_though_he_has_the_keys() {
        var call = new Call().keyed();
        assertThat(call.comes(call.web, at("127.0.0.1", 5556),
                call.browser.secret(WebPeer.rtp(1), false))).isEmpty();
    }

    /// He is answered, but that he asks proves nothing.
    @Test void who_asks_by_ice_without_a_signature_is_nobody() {
        var call = new Call().keyed();
        var stranger = at("127.0.0.1", 5556);
        var asks = new p2psip.std.rfc8489.Message(p2psip.std.rfc8489.Message.Kind.REQUEST,
                p2psip.std.rfc8489.Message.BINDING, p2psip.std.rfc8489.TransactionId.random(
                        new SplittableRandom(1)), List.of()).encode();
        assertThat(call.comes(call.web, stranger, Fingerprints.append(asks)))
                .as("what he is answered").hasSize(1);
        assertThat(call.comes(call.web, stranger,
                call.browser.secret(WebPeer.rtp(1), false))).isEmpty();
    }

    @Test void nothing_is_heard_or_said_before_there_are_keys() {
        var call = new Call();
        assertThat(call.comes(call.web, WebPeer.AT, WebPeer.rtp(1))).isEmpty();
        assertThat(call.comes(call.phoneRtp, SOUND, WebPeer.rtp(9))).isEmpty();
    }

    @Test void another_certificate_than_was_told_of_is_nobody() {
        var call = new Call();
        var stranger = MediaCertificate.make(new SplittableRandom(8), Instant.EPOCH);
        var said = call.browser.shakes(call.asked, stranger.der());
        assertThat(said).anyMatch(Carried.Remark.class::isInstance)
                .contains(new Carried.Do(new Effect.Dissociate(call.asked.id())));
        assertThat(call.comes(call.web, WebPeer.AT,
                call.browser.secret(WebPeer.rtp(1), false))).isEmpty();
        assertThat(call.comes(call.phoneRtp, SOUND, WebPeer.rtp(9))).isEmpty();
    }

    @Test void a_handshake_is_for_whoever_has_signed_a_check() {
        var call = new Call();
        var hello = Bytes.hex("16fefd0000");
        assertThat(call.node.packet(call.web, WebPeer.AT, hello)).containsExactly(
                new Carried.Do(new Effect.Hand(call.asked.id(), hello)));
        assertThat(call.node.packet(call.web, at("127.0.0.1", 5556), hello)).isEmpty();
    }

    // Later

    @Test void on_hold_and_back_the_way_and_the_keys_stay() {
        var call = new Call().keyed();
        var held = call.node.description(PAGE, again(call.browser.sdp("actpass",
                words -> words.replace("a=sendrecv", "a=sendonly"))));
        assertThat(held.direction(sound(held))).isEqualTo(Direction.SENDONLY);
        var answer = call.node.description(PHONE, ok(PLAIN.replace("a=sendrecv", "a=recvonly")));
        assertThat(answer.direction(sound(answer))).isEqualTo(Direction.RECVONLY);
        assertThat(sound(answer).attribute("setup")).as("who began it").contains("active");
        assertThat(call.node.effects(Effect.Associate.class)).isEmpty();
        assertThat(call.comes(call.phoneRtp, SOUND, WebPeer.rtp(9))).hasSize(1);
    }

    @Test void a_browser_that_has_moved_begins_to_look_anew_and_is_answered_so() {
        var call = new Call().keyed();
        var before = sound(SessionDescription.parse(call.node.says(PHONE, ok(PLAIN))
                .orElseThrow().body())).attribute("ice-ufrag");
        call.browser.tell(new p2psip.std.rfc8445.Agent.Input.Restart(1));
        call.node.description(PAGE, again(call.browser.sdp("actpass")));
        var answer = call.node.description(PHONE, ok(PLAIN));
        assertThat(sound(answer).attribute("ice-ufrag")).isPresent().isNotEqualTo(before);
        assertThat(call.comes(call.phoneRtp, SOUND, WebPeer.rtp(9))).as("meanwhile").hasSize(1);
    }

    @Test void a_new_handshake_that_fails_ends_what_was_heard() {
        var call = new Call().keyed();
        var other = MediaCertificate.make(new SplittableRandom(8), Instant.EPOCH);
        call.node.description(PAGE, again(call.browser.sdp("actpass").replace(
                "" + call.browser.certificate.fingerprint(), "" + other.fingerprint())));
        call.node.says(PHONE, ok(PLAIN));
        var anew = call.node.effects(Effect.Associate.class).getFirst();
        assertThat(anew.id()).isNotEqualTo(call.asked.id());
        call.node.media.happened(new Event.NotAssociated(anew.id(), "no answer"), call.node.now);
        assertThat(call.comes(call.web, WebPeer.AT,
                call.browser.secret(WebPeer.rtp(1), false))).isEmpty();
        assertThat(call.comes(call.phoneRtp, SOUND, WebPeer.rtp(9))).isEmpty();
    }

    @Test void when_it_is_over_nothing_is_left() {
        var call = new Call().keyed();
        call.node.says(PAGE, bye());
        call.node.says(PHONE, MediaProxyTest.message("SIP/2.0 200 OK", "BYE", "a b", ""));
        call.node.now = call.node.now.plus(MediaCall.LAST_WORDS);
        call.node.begin();
        call.node.follow(call.node.media.wake(call.node.now));
        assertThat(call.node.effects(Effect.Unbind.class)).extracting(Effect.Unbind::local)
                .contains(call.web.local(), call.phoneRtp.local(), call.phoneRtcp.local());
        assertThat(call.node.effects(Effect.Dissociate.class)).hasSize(1);
        assertThat(call.node.media.size()).isZero();
    }

    @Test void who_is_not_heard_any_more_is_kept_a_way_for_half_a_minute() {
        var call = new Call().keyed();
        var end = call.node.now.plus(MediaCall.SILENCE).plusSeconds(1);
        call.node.begin();
        int times = 0;
        for (var next = call.node.media.deadline(); next.isBefore(end);
                next = call.node.media.deadline()) {
            assertThat(++times).as("woken in vain").isLessThan(10);
            call.node.now = next;
            call.node.follow(call.node.media.wake(next));
        }
        assertThat(call.node.effects(Effect.Datagram.class)).as("a word each 15 s, to keep it")
                .hasSize(1);
        assertThat(call.node.media.size()).isZero();
    }

    @Test void without_a_port_a_browser_is_refused_and_the_call_goes_on() {
        var node = between(PAGE, PHONE);
        node.description(PAGE, invite(new WebPeer(node, true).sdp("actpass")));
        node.says(PHONE, ok(PLAIN));
        for (int i = 0; i < WebEnd.ATTEMPTS; i++) {
            var bind = node.effects(Effect.Bind.class).getLast();
            node.begin();
            node.media.happened(
                    new Event.NotBound(bind.id(), bind.local(), "in use"), node.now);
            node.resume();
        }
        assertThat(sound(SessionDescription.parse(node.gone().orElseThrow().body())).port())
                .isZero();
    }

    // Nonsense: whatever is thrown here ends the node

    @Test void ten_thousand_datagrams_of_nonsense_change_nothing() {
        var call = new Call().keyed();
        var random = new SplittableRandom(1);
        var report = Bytes.hex("80c90001" + "00000007" + "81ce0002" + "00000007" + "0000004d");
        int size = call.node.media.size();
        for (int i = 0; i < 10_000; i++) {
            var seed = i % 2 == 0 ? WebPeer.rtp(i) : report;
            var bytes = (i % 3 == 0 ? call.browser.secret(seed, i % 2 == 1) : seed).toArray();
            for (int n = random.nextInt(4); n > 0; n--)
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            var cut = Bytes.slice(bytes, 0, random.nextInt(bytes.length + 1));
            call.node.packet(call.web, i % 5 == 0 ? SOUND : WebPeer.AT, cut);
            call.node.packet(i % 2 == 0 ? call.phoneRtp : call.phoneRtcp, SOUND, cut);
            UsualReports.of(cut);
        }
        assertThat(call.node.media.size()).isEqualTo(size);
        assertThat(call.comes(call.web, WebPeer.AT,
                call.browser.secret(WebPeer.rtp(10_001), false))).hasSize(1);
    }

    @Test void descriptions_with_lines_lost_doubled_and_moved_go_on_or_not() {
        var random = new SplittableRandom(2);
        for (int i = 0; i < 2_000; i++) {
            var node = i % 2 == 0 ? between(PAGE, PHONE) : between(PHONE, PAGE);
            var browser = new WebPeer(node, i % 2 == 0);
            var page = broken(browser.sdp("actpass"), random);
            var phone = broken(PLAIN, random);
            node.says(i % 2 == 0 ? PAGE : PHONE, invite(i % 2 == 0 ? page : phone));
            node.opens();
            node.says(i % 2 == 0 ? PHONE : PAGE, ok(i % 2 == 0 ? phone : page));
            node.opens();
            node.says(i % 2 == 0 ? PAGE : PHONE, again(broken(page, random)));
            node.opens();
            node.says(i % 2 == 0 ? PHONE : PAGE, ok(broken(phone, random)));
            node.opens();
            assertThat(node.media.size()).isLessThan(20);
        }
    }

    private static String broken(String sdp, SplittableRandom random) {
        var lines = new ArrayList<>(sdp.lines().toList());
        for (int n = random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(5, lines.size()), to = random.nextInt(5, lines.size());
            switch (random.nextInt(4)) {
                case 0 -> { if (lines.size() > 7) lines.remove(at); }
                case 1 -> lines.add(to, lines.get(at));
                case 2 -> Collections.swap(lines, at, to);
                default -> lines.set(at, lines.get(at).substring(0,
                        random.nextInt(2, lines.get(at).length() + 1)));
            }
        }
        return String.join("\n", lines) + "\n";
    }
}
