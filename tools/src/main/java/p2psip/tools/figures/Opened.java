package p2psip.tools.figures;

import module java.base;
import p2psip.std.Timers;

/// Makes and reads what std keeps to itself: a transaction is nobody's business but its layer's,
/// and of those who draw it.
final class Opened {
    private Opened() {}

    /// A new one of that class, by its only constructor.
    static Object make(String name, Object... arguments) {
        try {
            var constructor = Class.forName(name).getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("what is drawn has changed: " + name, e);
        }
    }

    static Object read(Object object, String field) {
        try {
            var found = object.getClass().getDeclaredField(field);
            found.setAccessible(true);
            return found.get(object);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("what is drawn has changed: " + object.getClass(), e);
        }
    }

    /// When each timer of a machine fires that keeps them in a field of that name.
    static SortedMap<String, Instant> timers(Object machine, UnaryOperator<String> names) {
        var due = new TreeMap<String, Instant>();
        if (read(machine, "timers") instanceof Timers<?> timers
                && read(timers, "due") instanceof Map<?, ?> map)
            map.forEach((timer, at) -> due.put(names.apply(timer.toString()), (Instant) at));
        return due;
    }

    /// The constants of the enum `State` of a class, each with its section.
    static SequencedMap<String, String> states(String owner) {
        try {
            var states = new LinkedHashMap<String, String>();
            for (var constant : Class.forName(owner + "$State").getEnumConstants())
                states.put(constant.toString(), ((p2psip.std.Cited) constant).citation());
            return states;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("what is drawn has changed: " + owner, e);
        }
    }
}
