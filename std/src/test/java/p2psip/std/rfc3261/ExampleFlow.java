package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.rfc3665.Scenario;
import p2psip.std.rfc3665.Scene;

/// The flows of RFC 3261 itself (§24): who is there, and what they do.
enum ExampleFlow implements Scenario {
    REGISTRATION("24.1", scene -> {
        scene.home("biloxi.com");
        scene.phone("bob", "biloxi.com");
    }, scene -> scene.phone("bob").registers()),

    SESSION_SETUP("24.2", scene -> {
        scene.phone("alice", "atlanta.com", "atlanta.com");
        scene.forgetfulProxy("atlanta.com");
        scene.forgetful("biloxi.com");
        scene.phone("bob", "biloxi.com").registers();
    }, scene -> {
        scene.phone("alice").calls("sip:bob@biloxi.com");
        scene.phone("bob").answers();
        scene.phone("bob").hangsUp();
    });

    private final Scenario of;

    ExampleFlow(String section, Consumer<Scene> cast, Consumer<Scene> steps) {
        of = new Of(section, cast, steps);
    }

    @Override public String section() { return of.section(); }

    @Override public void cast(Scene scene) { of.cast(scene); }

    @Override public void play(Scene scene) { of.play(scene); }
}
