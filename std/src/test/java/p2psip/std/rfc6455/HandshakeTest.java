package p2psip.std.rfc6455;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.*;
import p2psip.std.Bytes;

/// What a client asks, whom a server lets in, and what a client takes for an answer.
class HandshakeTest {
    /// Of the examples in sections 1.2 and 1.3.
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==",
            ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static final Call CALL = new Call(WebSocketUri.parse("ws://server.example.com/chat"),
            List.of("chat", "superchat"), Optional.of("http://example.com"));
    private static final Door DOOR = new Door(List.of("server.example.com")::contains,
            List.of("/chat", "/chat?x=1")::contains, List.of("http://example.com")::contains,
            List.of("superchat", "chat"));
    private static final String REQUEST = """
            GET /chat HTTP/1.1
            Host: server.example.com
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Protocol: chat, superchat
            Origin: http://example.com

            """, ANSWER = """
            HTTP/1.1 101 Switching Protocols
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
            Sec-WebSocket-Protocol: chat

            """;

    private static Bytes wire(String text) {
        return Bytes.wrap(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Head head(String text) {
        return Head.next(wire(text).buffer()).orElseThrow();
    }

    private static String text(Head head) { return head.encode().utf8().replace("\r\n", "\n"); }

    //= rfc6455#4.1-19,20 the request is a GET of HTTP/1.1 for the resource
    //= rfc6455#4.1-21,22,23 it has the header fields Host, Upgrade and Connection
    @Test void the_example_of_the_rfc_is_asked_and_answered() {
        assertThat(text(CALL.head(KEY))).isEqualTo(REQUEST);
        assertThat(Call.accept(KEY)).isEqualTo(ACCEPT);
        var answer = DOOR.answer(CALL.head(KEY));
        //= rfc6455#4.2.2-8 one of the client's protocols
        assertThat(text(answer.head())).isEqualTo(ANSWER);
        assertThat(answer.visit()).contains(new Door.Visit(
                "/chat", Optional.of("http://example.com"), Optional.of("chat")));
        assertThat(CALL.accepted(answer.head(), KEY)).contains("chat");
    }

    //= rfc6455#4.1-18 a valid request of HTTP it is all the same
    @Test void who_is_no_browser_has_no_origin_and_the_usual_port_is_not_written() {
        var plain = Call.of(WebSocketUri.parse("wss://[2001:db8::1]:443/a?b=%23"));
        assertThat(text(plain.head(KEY))).startsWith(
                "GET /a?b=%23 HTTP/1.1\nHost: [2001:db8::1]\n")
                .doesNotContain("Origin", "Protocol");
        //= rfc6455#4.1-25 Origin may be said by whoever is like a browser
        assertThat(text(CALL.head(KEY))).contains("\nOrigin: http://example.com\n");
        assertThat(text(Call.of(WebSocketUri.parse("ws://h:443")).head(KEY)))
                .startsWith("GET / HTTP/1.1\nHost: h:443\n");
    }

    //= rfc6455#10.2-1 the Origin is verified
    @Test void a_page_from_elsewhere_is_refused() {
        assertThat(text(DOOR.answer(head(REQUEST.replace("//example.com", "//evil.example.net")))
                .head())).startsWith("HTTP/1.1 403 ");
    }

    //= rfc6455#11.3.1-1 the key must not appear more than once
    //= rfc6455#4.2.2-5,6,7 who is not accepted, another version, no such service
    //= rfc6455#10.2-2 an unacceptable Origin gets 403
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "GET /chat HTTP/1.1 | POST /chat HTTP/1.1 | 405 GET only",
            "GET /chat HTTP/1.1 | GET /chat HTTP/1.0 | 400 no request of HTTP/1.1",
            "GET /chat HTTP/1.1 | GET chat HTTP/1.1 | 400 no request of HTTP/1.1",
            "GET /chat HTTP/1.1 | GET /chat | 400 no request of HTTP/1.1",
            "GET /chat HTTP/1.1 | GET /other HTTP/1.1 | 404 nothing is there",
            "Host: server.example.com | Host: evil.example.net | 403 this server has another name",
            "Host: server.example.com | X: y | 403 this server has another name",
            "Host: | Host: x@Host: | 400 Host twice",
            "http://example.com | http://evil.example.net | 403 not for pages from there",
            "Origin: | Origin: x@Origin: | 400 Origin twice",
            "Upgrade: websocket | Upgrade: h2c | 426 this is for WebSocket",
            "Connection: Upgrade | Connection: close | 426 this is for WebSocket",
            "Version: 13 | Version: 8 | 426 another version is spoken here",
            "Version: 13 | Version: 13@Sec-WebSocket-Version: 8 | 400 Sec-WebSocket-Version twice",
            "Key: dGhlIHNhbXBsZSBub25jZQ== | Key: dGhlIHNhbXBsZQ== | 400 no key of 16 bytes",
            "Key: dGhlIHNhbXBsZSBub25jZQ== | Key: ~ | 400 no key of 16 bytes",
            "Key: dGhl | Other: dGhl | 400 no key of 16 bytes",
            "Sec-WebSocket-Key: | Sec-WebSocket-Key: x@Sec-WebSocket-Key: |"
                    + " 400 Sec-WebSocket-Key twice",
            "chat, superchat | other | 400 spoken here: superchat, chat",
            "Protocol: chat | Other: chat | 400 spoken here: superchat, chat"})
    void who_does_not_ask_as_he_must_is_told_so(String part, String other, String told) {
        //= rfc6455#4.2.1-1 what is no such handshake gets the code of its error
        var answer = DOOR.answer(head(REQUEST.replace(part.strip(),
                other.strip().replace("@", "\n"))));
        assertThat(text(answer.head())).startsWith("HTTP/1.1 " + told.strip() + "\n")
                .endsWith("Content-Length: 0\n\n");
        assertThat(answer.visit()).isEmpty();
    }

    @Test void with_an_error_comes_what_would_be_right() {
        assertThat(text(DOOR.answer(head(REQUEST.replace("13", "7"))).head()))
                .contains("\nSec-WebSocket-Version: 13\n");
        assertThat(text(DOOR.answer(head(REQUEST.replace("Upgrade: w", "X: w"))).head()))
                .contains("\nUpgrade: websocket\nConnection: Upgrade\n");
        assertThat(text(DOOR.answer(head(REQUEST.replace("GET", "PUT"))).head()))
                .contains("\nAllow: GET\n");
    }

    //= rfc6455#4.2.1-2 without Origin it is no browser
    //= rfc6455#4.2.2-9 no field where no protocol was agreed on
    @Test void what_else_a_client_may_say_does_no_harm() {
        var asked = REQUEST.replace("Origin: http://example.com\n", "Cookie: a=b; c=d\n")
                .replace("Connection: Upgrade", "connection: keep-alive, upgrade")
                .replace("Upgrade: websocket", "UPGRADE:\tWebSocket ")
                .replace("/chat", "/chat?x=1");
        var anything = new Door(DOOR.hosts(), DOOR.resources(), DOOR.origins(), List.of());
        var answer = anything.answer(head(asked));
        assertThat(answer.visit()).contains(
                new Door.Visit("/chat?x=1", Optional.empty(), Optional.empty()));
        assertThat(text(answer.head())).doesNotContain("Sec-WebSocket-Protocol");
    }

    //= rfc6455#4.2.2-11,12 extensions are offered and not used; the response is a valid one
    //= rfc6455#9-2 no extension is in the answer
    //= rfc6455#9.1-2 a list may be in two fields
    @Test void extensions_are_not_used_and_lists_may_be_split() {
        var answer = DOOR.answer(head(REQUEST
                .replace("Origin:", "Sec-WebSocket-Extensions: permessage-deflate\nOrigin:")
                .replace("Protocol: chat, superchat",
                        "Protocol: other,\nSec-WebSocket-Protocol: superchat")));
        assertThat(text(answer.head())).isEqualTo(ANSWER.replace(": chat", ": superchat"));
    }

    //= rfc6455#4.1-28 the response is validated
    //= rfc6455#4.1-29,30 without Upgrade, or the key's hash in Sec-WebSocket-Accept, it must fail
    //= rfc6455#4.1-31,32 so it does by an extension, or a protocol, that was not in the handshake
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "101 Switching Protocols | 403 no | it answers 403 no",
            "101 Switching Protocols | 200 OK | it answers 200 OK",
            "HTTP/1.1 101 | HTTP/1.0 101 | no answer of HTTP/1.1",
            "HTTP/1.1 101 Switching Protocols | SIP/2.0 | no answer of HTTP/1.1",
            "Upgrade: websocket | Upgrade: h2c | it does not upgrade to websocket",
            "Upgrade: websocket | X: y | it does not upgrade to websocket",
            "Connection: Upgrade | Connection: close | it does not upgrade the connection",
            "s3pPLMBiTxaQ9kYGzzhZRbK+xOo= | S3pPLMBiTxaQ9kYGzzhZRbK+xOo= | has not read the key",
            "Sec-WebSocket-Accept | X | has not read the key",
            "Upgrade: w | Sec-WebSocket-Accept: x@Upgrade: w | Sec-WebSocket-Accept twice",
            "Upgrade: w | Sec-WebSocket-Extensions: x@Upgrade: w | extensions that nobody asked",
            "Protocol: chat | Protocol: sip | a protocol that nobody asked for",
            "Protocol: chat | Protocol: chat@Sec-WebSocket-Protocol: chat | Protocol twice"})
    void what_is_no_answer_is_not_taken_for_one(String part, String other, String why) {
        //= rfc6455#11.3.3-1 Sec-WebSocket-Accept must not appear twice
        var answer = head(ANSWER.replace(part.strip(), other.strip().replace("@", "\n")));
        assertThatThrownBy(() -> CALL.accepted(answer, KEY)).isInstanceOf(SyntaxException.class)
                .hasMessageContaining(why.strip());
    }

    @Test void no_protocol_may_be_agreed_on_and_white_space_is_no_matter() {
        var answer = head(ANSWER.replace("Sec-WebSocket-Protocol: chat\n", "")
                .replace("Accept: ", "Accept:  ").replace("xOo=", "xOo= \t")
                .replace("websocket", "WEBSOCKET"));
        assertThat(CALL.accepted(answer, KEY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b: c", "a : b", ": b", "a", " a: b", "a: b\u0001", "a: b\u007f"})
    void what_is_no_field_is_refused(String line) {
        assertThatThrownBy(() -> head("GET / HTTP/1.1\n" + line + "\n\n"))
                .isInstanceOf(SyntaxException.class).hasMessage("no field of HTTP");
    }

    @Test void a_head_has_its_limits() {
        assertThat(head("GET / HTTP/1.1\n" + "a: b\n".repeat(64) + "\n").fields()).hasSize(64);
        assertThatThrownBy(() -> head("GET / HTTP/1.1\n" + "a: b\n".repeat(65) + "\n"))
                .hasMessage("more than 64 fields");
        var largest = "GET / HTTP/1.1\nx: ";
        int room = Head.MAX_BYTES - wire(largest).size() - 4;
        assertThat(head(largest + "y".repeat(room) + "\n\n").fields()).hasSize(1);
        assertThatThrownBy(() -> head(largest + "y".repeat(room + 1) + "\n\n"))
                .hasMessageContaining("8192 bytes");
        assertThat(Head.next(wire(largest + "y".repeat(room)).buffer())).isEmpty();
    }

    //= rfc6455#3-1 the port is optional
    @Test void a_uri_is_read() {
        assertThat(WebSocketUri.parse("WSS://Example.org:5065/sip?a=b")).isEqualTo(
                new WebSocketUri(true, "Example.org", OptionalInt.of(5065), "/sip?a=b"));
        assertThat(WebSocketUri.parse("ws://h").portOrUsual()).isEqualTo(80);
        assertThat(WebSocketUri.parse("wss://h?q").portOrUsual()).isEqualTo(443);
        for (var text : List.of("ws://h/", "wss://[::1]:8443/a/b?c=d", "ws://10.0.0.1:1/"))
            assertThat(WebSocketUri.parse(text)).hasToString(text);
    }

    //= rfc6455#3-2,3 no fragment
    //= rfc6455#4.1-3,4 the components of a URI are valid, or there is no connection
    @ParameterizedTest
    @ValueSource(strings = {"http://h/", "h", "ws:h", "ws://", "ws://h/#a", "ws://h/a b",
            "ws://h/%2", "ws://h:0/", "ws://h:65536/", "ws://u@h/", "ws://h/\r\nX: y", ""})
    void what_is_no_uri_is_refused(String text) {
        assertThatThrownBy(() -> WebSocketUri.parse(text))
                .isInstanceOf(p2psip.std.SyntaxException.class);
    }
}
