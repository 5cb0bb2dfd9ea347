package p2psip.std;

import module java.base;
import net.jqwik.api.FixedSeedMode;
import net.jqwik.api.lifecycle.*;

/// How often a property is tried, and from which seed: as it says and from one seed in the day, so
/// that a build fails for what was changed only; at night (`tries.least`) hundreds of times, from
/// seeds nobody has seen. Who breaks lines by the thousand asks for a few (`tries.most`).
public final class Tries implements AroundPropertyHook {
    @Override public PropertyExecutionResult aroundProperty(
            PropertyLifecycleContext context, PropertyExecutor property) {
        var attributes = context.attributes();
        int least = Integer.getInteger("tries.least", 0);
        attributes.setTries(Math.clamp(attributes.tries().orElse(1000), least,
                Integer.getInteger("tries.most", Integer.MAX_VALUE)));
        if (least == 0 && attributes.seed().isEmpty()) attributes.setSeed("3261");
        attributes.setWhenFixedSeed(FixedSeedMode.ALLOW);
        return property.execute();
    }

    @Override public boolean appliesTo(Optional<AnnotatedElement> element) { return true; }

    @Override public PropagationMode propagateTo() { return PropagationMode.ALL_DESCENDANTS; }
}
