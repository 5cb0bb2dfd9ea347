package p2psip.std.rfc3261.server;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc5626.FlowNote;

/// RFC 5626 §7: an instance that is reached by several flows is called by one after the other.
class InstanceTest {
    private final ProxyPlay play = new ProxyPlay("cell");

    InstanceTest() {
        for (int id = 1; id <= 2; id++) play.bob.add(new Destination(
                SipUri.parse("sip:bob@flow" + id), 1, List.of(), false,
                List.of(new FlowNote(id + "", "<urn:uuid:1>").header())));
    }

    //= rfc5626#7-1 the target set never has two contacts of one instance-id at a time
    @Test void after_a_430_another_flow_is_tried() {
        //= rfc5626#11.5-1 a 430 says of one flow only that it has failed
        //= rfc5626#7-2 the branch that failed with 430 is replaced with another of the instance
        play.plays("""
                 0 alice -> proxy INVITE
                 0 proxy -> alice 100
                 0 proxy -> cell  INVITE
                 0 proxy -> flow1 INVITE
                 5 flow1 -> proxy 430
                 5 proxy -> flow2 INVITE
                 6 cell  -> proxy 486
                 7 flow2 -> proxy 200
                 7 proxy -> alice 200
                """);
    }

    /// §11.5: a 430 is for the proxy that knows the flows, and for no endpoint.
    @Test void when_all_flows_have_failed_the_caller_is_told_that_nobody_is_there() {
        play.plays("""
                 0 alice -> proxy INVITE
                 0 proxy -> alice 100
                 0 proxy -> cell  INVITE
                 0 proxy -> flow1 INVITE
                 5 flow1 -> proxy 430
                 5 proxy -> flow2 INVITE
                 6 flow2 -> proxy 430
                 7 cell  -> proxy 430
                 7 proxy -> alice 480
                """);
    }

    @Test void a_flow_that_has_failed_says_nothing_where_another_has_answered() {
        play.plays("""
                 0 alice -> proxy INVITE
                 0 proxy -> alice 100
                 0 proxy -> cell  INVITE
                 0 proxy -> flow1 INVITE
                 5 flow1 -> proxy 430
                 5 proxy -> flow2 INVITE
                 6 flow2 -> proxy 486
                 7 cell  -> proxy 430
                 7 proxy -> alice 486
                """);
    }

    //= rfc5626#7-3 after another final response no other target of the instance gets the request
    @Test void an_instance_that_has_answered_is_not_asked_again() {
        play.plays("""
                 0 alice -> proxy INVITE
                 0 proxy -> alice 100
                 0 proxy -> cell  INVITE
                 0 proxy -> flow1 INVITE
                 5 flow1 -> proxy 486
                 7 cell  -> proxy 404
                 7 proxy -> alice 486
                """);
    }
}
