package p2psip.std.rfc5359;

import module java.base;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3665.Scenario;
import p2psip.std.rfc3665.Scene;
import p2psip.std.rfc3891.Replacements.Rule;

/// The flows of RFC 5359: who is there, and what they do.
enum ServiceFlow implements Scenario {
    CALL_HOLD("2.1", scene -> throughProxy(scene), scene -> {
        talk(scene, "alice", "sip:bob@proxy.example", "bob");
        scene.phone("bob").holds(0);
        scene.phone("bob").changes();
        scene.phone("alice").hangsUp();
    }),

    CONSULTATION_HOLD("2.2", scene -> {
        throughProxy(scene);
        scene.phone("carol", "proxy", "proxy").registers();
    }, scene -> {
        talk(scene, "alice", "sip:bob@proxy.example", "bob");
        scene.phone("bob").holds(0);
        scene.phone("bob").calls("sip:carol@proxy.example");
        scene.phone("carol").answers();
        scene.phone("bob").hangsUp(1);
        scene.phone("bob").changes();
        scene.phone("alice").hangsUp();
    }),

    MUSIC_ON_HOLD("2.3", scene -> {
        team(scene, "alice", "bob", "music");
        scene.phone("music").serves = true;
    }, scene -> {
        talk(scene, "alice", scene.contact("bob"), "bob");
        scene.phone("bob").holds(0);
        scene.phone("bob").parks(0, scene.contact("music"));
        scene.phone("bob").picksUp("music");
    }),

    UNATTENDED_TRANSFER("2.4", scene -> phones(scene, "alice", "bob", "carol"),
            scene -> {
        talk(scene, "bob", scene.contact("alice"), "alice");
        scene.phone("alice").refers(0, scene.contact("carol"));
        scene.phone("alice").hangsUp();
        scene.phone("carol").answers();
    }),

    ATTENDED_TRANSFER("2.5", scene -> phones(scene, "alice", "bob", "carol"),
            scene -> {
        talk(scene, "alice", scene.contact("bob"), "bob");
        scene.phone("bob").holds(0);
        talk(scene, "bob", scene.contact("carol"), "carol");
        scene.phone("bob").holds(1);
        scene.phone("bob").transfers(0, 1);
        scene.phone("bob").hangsUp();
    }),

    INSTANT_MESSAGING_TRANSFER("2.6", scene -> team(scene, "alice", "bob", "carol"),
            scene -> {
        talk(scene, "alice", scene.contact("bob"), "bob");
        scene.phone("bob").tells(scene.contact("carol"));
        scene.phone("carol").clicks();
    }),

    FORWARDING_UNCONDITIONAL("2.7", scene -> {
        scene.phone("alice", "nowhere", "proxy");
        scene.forwarding("proxy", false, "gateway");
        scene.phone("gateway", "nowhere");
    }, scene -> {
        talk(scene, "alice", "sip:bob@proxy.example", "gateway");
        scene.phone("alice").hangsUp();
    }),

    /// Bob himself knows where he is, and the proxy follows him.
    FORWARDING_BY_REDIRECTION("2.7", scene -> {
        scene.phone("alice", "nowhere", "proxy");
        scene.forwarding("proxy", true, "bob");
        scene.phone("bob", "nowhere").status = 302;
        scene.phone("gateway", "nowhere");
        scene.phone("bob").elsewhere = "<" + scene.contact("gateway") + ">";
    }, scene -> {
        talk(scene, "alice", "sip:bob@proxy.example", "gateway");
        scene.phone("alice").hangsUp();
    }),

    FORWARDING_BUSY("2.8", scene -> {
        twoPhones(scene);
        scene.phone("b1").status = 486;
    }, scene -> {
        talk(scene, "alice", "sip:bob@proxy.example", "b2");
        scene.phone("alice").hangsUp();
    }),

    FORWARDING_NO_ANSWER("2.9", scene -> {
        twoPhones(scene);
        scene.phone("b1").ringsOnce = true;
    }, scene -> {
        scene.phone("alice").calls("sip:bob@proxy.example");
        nobodyAnswers(scene);
        scene.phone("b2").answers();
        scene.phone("alice").hangsUp();
    }),

    THIRD_PARTY_IS_ADDED("2.10", scene -> phones(scene, "alice", "bob", "carol"),
            scene -> {
        talk(scene, "alice", scene.contact("bob"), "bob");
        scene.phone("bob").changes();
        talk(scene, "bob", scene.contact("carol"), "carol");
    }),

    THIRD_PARTY_JOINS("2.11", scene -> team(scene, "alice", "bob", "carol"), scene -> {
        talk(scene, "alice", scene.contact("bob"), "bob");
        scene.phone("carol").joins("bob");
        scene.phone("bob").changes();
        scene.phone("bob").answers(1);
    }),

    FIND_ME("2.12", scene -> {
        scene.phone("alice", "nowhere", "proxy");
        scene.forwarding("proxy", false, "b1", "b2", "b3", "b4");
        for (var phone : List.of("b1", "b2", "b3", "b4")) scene.phone(phone, "nowhere");
        scene.phone("b1").ringsOnce = true;
        scene.phone("b2").status = 480;
        scene.phone("b3").status = 486;
    }, scene -> {
        scene.phone("alice").calls("sip:bob@proxy.example");
        nobodyAnswers(scene);
        scene.phone("b4").answers();
        scene.phone("b4").hangsUp();
    }),

    INCOMING_SCREENING("2.13", scene -> {
        scene.phone("alice", "nowhere");
        scene.screening("proxy", "Screening Failure (Terminating)",
                new Header("Error-Info", "<sip:announcement.example>"));
        scene.phone("bob", "nowhere").status = 305;
        scene.phone("bob").elsewhere = "<sip:proxy.example>";
        scene.phone("announcement", "nowhere").status = 200;
    }, scene -> {
        scene.phone("alice").calls(scene.contact("bob"));
        scene.phone("alice").calls("sip:announcement.example");
        scene.phone("announcement").hangsUp();
    }),

    OUTGOING_SCREENING("2.14", scene -> {
        scene.phone("alice", "proxy", "proxy");
        scene.screening("proxy", "Screening Failure (Originating)");
        scene.phone("bob", "nowhere");
    }, scene -> scene.phone("alice").calls("sip:bob@elsewhere.example")),

    CALL_PARK("2.15", scene -> {
        team(scene, "alice", "bob", "park", "carol");
        scene.phone("park").serves = true;
    }, scene -> {
        talk(scene, "alice", scene.contact("bob"), "bob");
        scene.phone("bob").parks(0, scene.contact("park"));
        scene.phone("park").shows();
        scene.phone("carol").watches(scene.contact("park"));
        scene.phone("carol").picksUp(false);
    }),

    CALL_PICKUP("2.16", scene -> team(scene, "alice", "bob", "bill"), scene -> {
        scene.phone("alice").calls(scene.contact("bob"));
        scene.phone("bob").shows();
        scene.phone("bill").watches(scene.contact("bob"));
        scene.phone("bill").picksUp(true);
        scene.phone("alice").hangsUp(1);
    }),

    AUTOMATIC_REDIAL("2.17", scene -> {
        phones(scene, "alice", "bob", "carol");
        talk(scene, "bob", scene.contact("carol"), "carol");
        scene.phone("bob").shows();
    }, scene -> {
        scene.phone("bob").status = 486;
        scene.phone("alice").calls(scene.contact("bob"));
        scene.phone("alice").watches(scene.contact("bob"));
        scene.phone("bob").status = 180;
        scene.phone("bob").hangsUp();
        scene.phone("bob").shows();
        scene.phone("alice").calls(scene.contact("bob"));
        scene.phone("bob").answers(2);
        scene.phone("bob").shows();
        scene.phone("alice").watchesNoMore();
    }),

    CLICK_TO_DIAL("2.18", scene -> {
        phones(scene, "pc", "bob", "carol");
        scene.phone("bob").serves = true;
    }, scene -> {
        scene.phone("pc").clicks(scene.contact("bob"), scene.contact("carol"));
        scene.phone("carol").answers();
    });

    private final Scenario of;

    ServiceFlow(String section, Consumer<Scene> cast, Consumer<Scene> steps) {
        of = new Of(section, cast, steps);
    }

    private static void throughProxy(Scene scene) {
        scene.phone("alice", "proxy", "proxy");
        scene.home("proxy");
        scene.phone("bob", "proxy", "proxy").registers();
    }

    private static void twoPhones(Scene scene) {
        scene.phone("alice", "nowhere", "proxy");
        scene.forwarding("proxy", false, "b1", "b2");
        scene.phone("b1", "nowhere");
        scene.phone("b2", "nowhere");
    }

    private static void phones(Scene scene, String... names) { phones(scene, Rule.SAME, names); }

    /// Phones of those who may take each other's calls, though nothing in the message that does so
    /// says by what right, as RFC 3891 wants it.
    private static void team(Scene scene, String... names) { phones(scene, (_, _) -> true, names); }

    private static void phones(Scene scene, Rule rule, String... names) {
        scene.services(rule);
        for (var name : names) scene.phone(name, "nowhere");
    }

    /// As long as a proxy lets a phone ring.
    private static void nobodyAnswers(Scene scene) { scene.pass(Duration.ofSeconds(190)); }

    /// One calls, and the other answers.
    private static void talk(Scene scene, String caller, String uri, String callee) {
        scene.phone(caller).calls(uri);
        scene.phone(callee).answers();
    }

    @Override public String section() { return of.section(); }

    @Override public void cast(Scene scene) { of.cast(scene); }

    @Override public void play(Scene scene) { of.play(scene); }
}
