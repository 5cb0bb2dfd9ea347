package p2psip.std.rfc3665;

import module java.base;

/// The flows of RFC 3665 that are not about telephone networks: who is there, and what they do.
enum BasicFlow implements Scenario {
    NEW_REGISTRATION("2.1", scene -> {
        scene.phone("bob", "server");
        scene.registrar("server");
    }, scene -> scene.phone("bob").registers()),

    UPDATE_OF_CONTACT_LIST("2.2", BasicFlow::registered, scene -> scene.phone("bob").registers()),

    REQUEST_FOR_CURRENT_CONTACT_LIST("2.3", BasicFlow::registered,
            scene -> scene.phone("bob").asksForContacts("sip:bob@server.example")),

    CANCELLATION_OF_REGISTRATION("2.4", BasicFlow::registered,
            scene -> scene.phone("bob").unregisters()),

    UNSUCCESSFUL_REGISTRATION("2.5", scene -> {
        scene.phone("bob", "server", "wrong", List.of());
        scene.registrar("server");
    }, scene -> scene.phone("bob").registers()),

    SESSION("3.1", scene -> {
        scene.phone("alice", "nowhere");
        scene.phone("bob", "nowhere");
    }, scene -> {
        scene.phone("alice").calls(scene.contact("bob"));
        scene.phone("bob").answers();
        scene.phone("bob").hangsUp();
    }),

    THROUGH_TWO_PROXIES("3.2", scene -> twoProxies(scene, true, false), scene -> {
        scene.phone("alice").calls("sip:bob@p2.example");
        scene.phone("bob").answers();
        scene.phone("bob").hangsUp();
    }),

    MULTIPLE_PROXY_AUTHENTICATION("3.3", scene -> {
        twoProxies(scene, true, true);
        scene.phone("bob").status = 200;
    }, scene -> scene.phone("alice").calls("sip:bob@p2.example")),

    PROXY_FAILURE("3.4", scene -> {
        scene.net.servers("proxies", "p1", "p2");
        scene.phone("alice", "p2", "proxies");
        scene.proxy("p1", true);
        scene.home("p2", true);
        scene.phone("bob", "p2").registers();
        scene.net.kill("p1");
    }, scene -> {
        scene.phone("alice").calls("sip:bob@p2.example");
        scene.pass();
        scene.phone("bob").answers();
        scene.phone("bob").hangsUp();
    }),

    /// The gateway is a proxy here: what it does to media is not seen in the ladder.
    SIP_ALG("3.5", scene -> {
        scene.phone("alice", "p2", "alg");
        scene.proxy("alg", false);
        scene.forgetful("p2");
        scene.phone("bob", "p2").registers();
    }, scene -> {
        scene.phone("alice").calls("sip:bob@p2.example");
        scene.phone("bob").answers();
        scene.phone("alice").hangsUp();
    }),

    REDIRECT_WITH_SDP_IN_ACK("3.6", scene -> {
        scene.phone("alice", "nowhere");
        scene.redirecting("redirect", "p3");
        scene.home("p3");
        scene.phone("bob", "p3").registers();
    }, scene -> {
        scene.phone("alice").invites("sip:bob@redirect.example", Optional.empty());
        scene.phone("bob").answers();
        scene.phone("bob").hangsUp();
    }),

    RE_INVITE("3.7", scene -> {
        scene.phone("alice", "nowhere");
        scene.forgetful("p2");
        scene.phone("bob", "p2").registers();
    }, scene -> {
        scene.phone("alice").calls("sip:bob@p2.example");
        scene.phone("bob").answers();
        scene.phone("bob").changes();
        scene.phone("alice").hangsUp();
    }),

    NO_ANSWER("3.8", scene -> twoProxies(scene, false, false), scene -> {
        scene.phone("alice").calls("sip:bob@p2.example");
        scene.phone("alice").hangsUp();
    }),

    BUSY("3.9", scene -> {
        twoProxies(scene, false, false);
        scene.phone("bob").status = 486;
    }, scene -> scene.phone("alice").calls("sip:bob@p2.example")),

    NO_RESPONSE("3.10", scene -> {
        twoProxies(scene, false, false);
        scene.net.kill("bob");
    }, scene -> {
        scene.phone("alice").calls("sip:bob@p2.example");
        scene.pass();
    }),

    TEMPORARILY_UNAVAILABLE("3.11", scene -> twoProxies(scene, false, false), scene -> {
        scene.phone("alice").calls("sip:bob@p2.example");
        scene.phone("bob").refuses(480);
    });

    private final Scenario of;

    BasicFlow(String section, Consumer<Scene> cast, Consumer<Scene> steps) {
        of = new Of(section, cast, steps);
    }

    private static void registered(Scene scene) {
        NEW_REGISTRATION.cast(scene);
        scene.phone("bob").registers();
    }

    /// Alice calls through Proxy 1 whom Proxy 2 knows.
    private static void twoProxies(Scene scene, boolean firstAsks, boolean secondAsks) {
        scene.phone("alice", "p1", "p1");
        scene.proxy("p1", firstAsks);
        scene.home("p2", secondAsks);
        scene.phone("bob", "p2").registers();
    }

    @Override public String section() { return of.section(); }

    @Override public void cast(Scene scene) { of.cast(scene); }

    @Override public void play(Scene scene) { of.play(scene); }
}
