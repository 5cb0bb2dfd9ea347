package p2psip.tools.rfc;

import module java.base;
import p2psip.tools.rfc.Citation.Type;

/// How things stand with a sentence, all that is said of it taken together.
public enum Standing {
    BOTH('T', "implemented and tested"),
    DONE('i', "implemented"),
    TESTED('t', "tested"),
    DEPARTS('D', "departs"),
    TODO('d', "to do"),
    OPEN('.', "open"),
    NOT_OURS('n', "not ours"),
    NOTHING_ASKED('a', "asks nothing"),
    PERMISSION('p', "a permission"),
    SUPERSEDED('s', "superseded");

    /// In the snapshot.
    final char letter;
    private final String meaning;

    Standing(char letter, String meaning) {
        this.letter = letter;
        this.meaning = meaning;
    }

    /// What is done only in part departs, or is still to do: nothing is flattered.
    public static Standing of(Set<Type> types) {
        if (types.isEmpty()) return OPEN;
        if (types.contains(Type.DEPARTS)) return DEPARTS;
        if (types.contains(Type.TODO)) return TODO;
        if (types.contains(Type.IMPLEMENTED)) return types.contains(Type.TEST) ? BOTH : DONE;
        return types.contains(Type.TEST) ? TESTED : valueOf(types.iterator().next().name());
    }

    /// Whether the sentence asks something of us.
    public boolean applies() { return compareTo(OPEN) <= 0; }

    /// For people.
    public String meaning() { return meaning; }

    /// For style sheets: all that asks nothing of us looks alike.
    public String colour() { return applies() ? name().toLowerCase(Locale.ROOT) : "except"; }

    /// Each letter with its meaning.
    static String legend() {
        return Arrays.stream(values()).map(s -> s.letter + " " + s.meaning)
                .collect(Collectors.joining(", "));
    }
}
