package p2psip.std.rfc3665;

import module java.base;

/// A flow that an RFC draws: who is there, and what they do.
public interface Scenario {
    /// Of the RFC.
    String section();

    /// Who is there, all of them where they should be.
    void cast(Scene scene);

    void play(Scene scene);

    /// What two steps make of it.
    record Of(String section, Consumer<Scene> casting, Consumer<Scene> steps) implements Scenario {
        @Override public void cast(Scene scene) {
            casting.accept(scene);
            scene.passed();
        }

        @Override public void play(Scene scene) { steps.accept(scene); }
    }
}
