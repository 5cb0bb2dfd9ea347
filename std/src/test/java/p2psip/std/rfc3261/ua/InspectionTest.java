package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import p2psip.std.rfc3261.*;
import org.junit.jupiter.api.Test;

/// Requests outside of a dialog, and what is looked at before they are processed.
class InspectionTest {

    //= rfc3261#8.2.1-2 a method that is known, but not served: 405
    //= rfc3261#8.2.1-4 with Allow, which lists those that are
    //= rfc3261#8.2.1-3 the Allow must be there
    @Test void methods() {
        var flow = play("""
                    0 bob   -> alice REGISTER 1
                    0 alice -> bob   405 REGISTER
                    0 bob   -> alice FLY 2
                    0 alice -> bob   501 FLY
                    0 bob   -> alice MESSAGE 3
                    0 alice -> TU    Asked MESSAGE
                    0 alice -> bob   200 MESSAGE
                """);
        //= rfc3261#21.4.6-1 as a 405 must have: a list of the valid methods
        assertThat(flow.answer("REGISTER").list("Allow"))
                .containsExactly("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "MESSAGE");
    }

    //= rfc3261#8.2.1-1 the method is looked at before all else
    //= rfc3261#8.2-3 then the rest in its order: whom it is for, what it requires, its body
    @Test void the_first_fault_decides() {
        play("""
                    0 bob   -> alice FLY 1 uri=sip:mallory@127.0.0.1 Require=x Content-Type=x/y body
                    0 alice -> bob   501 FLY
                    0 bob   -> alice OPTIONS 2 uri=sip:mallory@127.0.0.1 Require=x \
                        Content-Type=x/y body
                    0 alice -> bob   404 OPTIONS
                    0 bob   -> alice OPTIONS 3 Require=x Content-Type=x/y body
                    0 alice -> bob   420 OPTIONS Unsupported=x
                    0 bob   -> alice OPTIONS 4 Content-Type=x/y body
                    0 alice -> bob   415 OPTIONS
                    0 bob   -> alice INVITE 5 Accept=text/plain Record-Route=<< sdp
                    0 alice -> bob   406
                    0 bob   -> alice INVITE 6 Record-Route=<< sdp
                    0 alice -> bob   400
                """);
    }

    //= rfc3261#8.2.2.1-4 a scheme that is not supported: 416
    //= rfc3261#8.2.2.1-5 somebody who does not live here: 404
    //= rfc3261#8.1.1.2-2 a SIP URI is understood
    @Test void request_uris() {
        //= rfc3261#21.4.10-1 and not 410, for whether that is permanent is not known
        play("""
                    0 bob   -> alice OPTIONS 1 uri=urn:service:sos
                    0 alice -> bob   416 OPTIONS
                    0 bob   -> alice OPTIONS 5 uri=sips:alice@127.0.0.1:5060
                    0 alice -> bob   416 OPTIONS
                    0 bob   -> alice OPTIONS 2 uri=sip:mallory@127.0.0.1:5060
                    0 alice -> bob   404 OPTIONS
                    0 bob   -> alice OPTIONS 3 uri=sip:127.0.0.1:5060
                    0 alice -> bob   200 OPTIONS Accept-Encoding=identity
                    0 bob   -> alice OPTIONS 4 uri=sip:%61lice@127.0.0.1:5060
                    0 alice -> bob   200 OPTIONS Accept-Encoding=identity
                """);
    }

    //= rfc3261#8.2.2.1-2 a request is accepted whatever the scheme in To, and whomever it names
    @Test void to_does_not_matter() {
        for (var to : List.of("<tel:+12015550123>", "<urn:service:sos>", "<sip:mallory@far>"))
            play("""
                    0 bob   -> alice OPTIONS 1 To=%s
                    0 alice -> bob   200 OPTIONS Accept-Encoding=identity
                """.formatted(to));
    }

    //= rfc3261#8.2.2-1 fields that are not understood are ignored, and the request is processed
    //= rfc3261#8.2.2-2 and malformed ones that are not necessary for that
    @Test void strange_fields() {
        var request = Message.parse("""
                OPTIONS sip:alice@127.0.0.1 SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.2;branch=z9hG4bKa
                To: <sip:alice@127.0.0.1>
                From: <sip:bob@127.0.0.2>;tag=1
                Call-ID: c
                CSeq: 1 OPTIONS
                Date: some day
                Unheard-Of: 1
                Unheard-Of: 2

                """);
        assertThat(Validator.check(request)).isEqualTo(new Validator.Verdict.Fine(request));
    }

    /// S12: the ancestor refused any Require, and named nothing.
    //= rfc3261#8.2.2.3-1 an extension that is not understood: 420
    //= rfc3261#8.2.2.3-2 with Unsupported, which lists it
    //= rfc3261#21.4.15-1 which lists the unsupported extensions
    @Test void required_extensions() {
        //= rfc3261#20.32-1,2 Require is not ignored; no option tag in it is
        //= rfc3261#21.4.16-3 what the client only supports is no hindrance: it gets baseline SIP
        play("""
                    0 bob   -> alice INVITE 1 Require=100rel,_nothingSIP sdp1
                    0 alice -> bob   420 Unsupported=100rel,nothingSIP
                    0 bob   -> alice INVITE 3 Require=100rel sdp1
                    0 alice -> bob   420 Unsupported=100rel
                    1 bob   -> alice INVITE 2 Supported=100rel sdp1
                    1 alice -> TU    Incoming -1 sdp1
                """);
    }

    //= rfc3261#8.2.3-1 a body that is not understood: 415
    //= rfc3261#8.2.3-2 with the types that are
    //= rfc3261#8.2.3-3 or the encodings
    @Test void bodies() {
        //= rfc3261#21.4.13-1 one of them is listed, depending on the problem
        //= rfc3261#20.11-2 without a handling parameter a body is required
        var flow = play("""
                    0 bob   -> alice INVITE 1 Content-Type=application/unknown body
                    0 alice -> bob   415
                    0 bob   -> alice INVITE 4 Content-Type=x/y Content-Disposition=session body
                    0 alice -> bob   415
                    0 bob   -> alice INVITE 5 Content-Disposition=icon sdp
                    0 alice -> bob   415
                    0 bob   -> alice OPTIONS 2 Content-Encoding=gzip sdp
                    0 alice -> bob   415 OPTIONS Accept-Encoding=identity
                    0 bob   -> alice OPTIONS 3 Content-Type=x/y \
                        Content-Disposition=session;handling=optional body
                    0 alice -> bob   200 OPTIONS Accept-Encoding=identity
                    0 bob   -> alice OPTIONS 6 Content-Type=x/y \
                        Content-Disposition=;handling=optional body
                    0 alice -> bob   200 OPTIONS Accept-Encoding=identity
                """);
        assertThat(flow.answer("INVITE").list("Accept"))
                .containsExactly("application/sdp", "text/plain");
    }

    //= rfc3261#8.2.2.2-1 a request is compared with the transactions under way
    //= rfc3261#20.11-1 without Content-Disposition SDP is for the session, a text to be rendered
    @Test void what_a_body_is_for() {
        play("""
                    0 bob   -> alice INVITE 1 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    1 bob   -> alice INVITE 2 Content-Type=text/plain body
                    1 alice -> TU    Incoming -2
                    2 bob   -> alice INVITE 3 Content-Disposition=render sdp3
                    2 alice -> TU    Incoming -3
                    3 bob   -> alice INVITE 4 Content-Disposition=Session;handling=required sdp4
                    3 alice -> TU    Incoming -4 sdp4
                """);
    }

    //= rfc3261#20.1-1 who says nothing in Accept takes application/sdp
    @Test void what_the_caller_would_accept() {
        play("""
                    0 bob   -> alice INVITE 1 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    1 bob   -> alice INVITE 2 Accept=text/plain,application/isup sdp2
                    1 alice -> bob   406
                    2 bob   -> alice INVITE 3 Accept=text/plain,APPLICATION/SDP;q=0.5 sdp3
                    2 alice -> TU    Incoming -2 sdp3
                    3 bob   -> alice INVITE 4 Accept=*/* sdp4
                    3 alice -> TU    Incoming -3 sdp4
                    4 bob   -> alice OPTIONS 5 Accept=text/plain
                    4 alice -> bob   200 OPTIONS Accept-Encoding=identity
                """);
    }

    //= rfc3261#8.2.2.2-2 the same request by two ways: 482 to the second
    //= rfc7984#3.2-1 were they two copies to two addresses of ours, the second is rejected
    @Test void merged_requests() {
        play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    5 bob   -> alice INVITE 7 sdp1
                    5 alice -> bob   482
                """);
    }

    //= rfc3261#12.2.2-1,2 a To tag of no dialog of ours: 481; a request with such a tag is rejected
    //= rfc3261#15.1.2-1 and so for a BYE without any
    @Test void requests_of_no_dialog() {
        play("""
                    0 bob   -> alice INVITE 7 To=<sip:alice@atlanta.com>;tag=gone sdp1
                    0 alice -> bob   481
                    5 bob   -> alice BYE 8
                    5 alice -> bob   481 BYE
                """);
    }

    /// What cannot be read in a response is as if it were not there.
    @Test void a_response_with_fields_that_cannot_be_read() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 200 Record-Route=<<sip:x Contact=>< sdp2
                  100 alice -> b1    ACK 1 sip:bob@biloxi.com
                  100 alice -> TU    Answered 1 sdp2
                """);
    }

    //= rfc3261#11.2-2 OPTIONS is told Allow, Accept, Accept-Encoding, Accept-Language, Supported
    @Test void options() {
        var flow = play("""
                    0 bob   -> alice OPTIONS 1
                    0 alice -> bob   200 OPTIONS Accept-Encoding=identity
                    5 TU    -> alice send 1 OPTIONS sip:bob@biloxi.com
                    5 alice -> bob   OPTIONS 1 sip:bob@biloxi.com
                   50 bob   -> alice 200 OPTIONS
                   50 alice -> TU    Result 1 200
                   60 TU    -> alice send 2 MESSAGE sip:bob@biloxi.com
                   60 alice -> bob   MESSAGE 1 sip:bob@biloxi.com
                32060 bob    ! TIMEOUT MESSAGE
                32060 alice -> TU    Result 2 408
                """);
        for (var name : List.of("Allow", "Accept", "Accept-Encoding", "Accept-Language",
                "Supported")) assertThat(flow.answer("OPTIONS").has(name)).as(name).isTrue();
        assertThat(flow.answer("OPTIONS").list("Allow"))
                .containsExactly("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "MESSAGE");
        //= rfc3261#11.1-2 our own says which body it would like
        assertThat(flow.sent("OPTIONS").need("Accept")).isEqualTo("application/sdp");
        assertThat(flow.agent().legs()).isZero();
    }

    //= rfc3261#11-1 OPTIONS is supported
    //= rfc3261#8.2.6.1-1,2 without a provisional response; it is answered as soon as it comes
    @Test void options_are_answered_at_once() {
        var flow = play("""
                    0 bob   -> alice OPTIONS 1
                    0 alice -> bob   200 OPTIONS Accept-Encoding=identity
                """);
        assertThat(flow.answers("OPTIONS")).hasSize(1);
    }

    //= rfc3261#11.2-1 the status is the one that an INVITE would get
    //= rfc3261#11.2-7 the formats that can be taken are described
    //= rfc3261#11.2-6 to who accepts such a description
    @Test void what_the_program_can_do() {
        play("""
                    0 TU    -> alice describe 200 sdp9
                    0 bob   -> alice OPTIONS 1
                    0 alice -> bob   200 OPTIONS Accept-Encoding=identity sdp9
                    0 bob   -> alice OPTIONS 2 Accept=text/plain,application/*;q=0.1
                    0 alice -> bob   200 OPTIONS Accept-Encoding=identity sdp9
                    0 bob   -> alice OPTIONS 3 Accept=text/plain
                    0 alice -> bob   200 OPTIONS Accept-Encoding=identity
                    1 TU    -> alice describe 486 sdp9
                    1 bob   -> alice OPTIONS 4
                    1 alice -> bob   486 OPTIONS Accept-Encoding=identity sdp9
                """);
    }

    /// Its transaction may be over all the same, and then nothing else comes.
    //= rfc3261#8.1.3.3-1 a response with two Via is not for us
    @Test void a_response_that_went_astray() {
        play("""
                    0 TU    -> alice send 1 OPTIONS sip:bob@biloxi.com
                    0 alice -> bob   OPTIONS 1 sip:bob@biloxi.com
                   40 bob   -> alice 100 OPTIONS Via=SIP/2.0/UDP_a,SIP/2.0/UDP_b
                   50 bob   -> alice 200 OPTIONS Via=SIP/2.0/UDP_a,SIP/2.0/UDP_b
                   50 alice -> TU    Result 1 408
                  100 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                  100 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  200 bob   -> alice 482 INVITE;b1 Via=SIP/2.0/UDP_a,SIP/2.0/UDP_b
                  200 alice -> TU    Ended 1 408
                """);
    }

    /// While a 2xx to an INVITE comes again, and another time it may be whole.
    @Test void a_2xx_that_went_astray() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 bob   -> alice 200 INVITE;b1 Via=SIP/2.0/UDP_a,SIP/2.0/UDP_b sdp2
                  600 bob   -> alice 200 INVITE;b1 Contact=<sip:bob@there> sdp2
                  600 alice -> bob   ACK 1 sip:bob@there
                  600 alice -> TU    Answered 1 sdp2
                """);
        //= rfc3261#9.1-11 if none is, who gives up waits 64*T1 and no longer
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 bob   -> alice 200 INVITE;b1 Via=SIP/2.0/UDP_a,SIP/2.0/UDP_b sdp2
                50000 TU    -> alice hangup 1
                82000 alice  * forgets INVITE
                82000 alice -> TU    Ended 1 487
                """);
    }
}
