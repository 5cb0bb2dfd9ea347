package p2psip.tools.rfc;

import module java.base;
import p2psip.app.p2psip.UserMistake;
import p2psip.tools.rfc.Citation.*;

/// What somebody wants to read: an RFC, a section of it, or a sentence; in the forms in which
/// people write it down and paste it.
///
/// @param section empty for the whole RFC
/// @param place   the sentences or the paragraph, if some are named
record Asked(int rfc, String section, Optional<Place> place) {
    /// Only its sections.
    static Asked whole(int rfc) { return new Asked(rfc, "", Optional.empty()); }

    private static final String NUMBER = "(?:[0-9]+|[A-Z])(?:\\.[0-9]+)*";
    private static final String RFC = "RFC[ -]?([0-9]+)";
    /// The sign of a section may come as what a terminal without UTF-8 makes of it.
    private static final String SIGN = "(?:#|§+|\ufffd+|SECTIONS?|SEC\\.|APPENDIX|,| )+";
    private static final String WITHIN = "(?: ?(?:[-–]|,? ?SENTENCE) ?([0-9.,]*[0-9])"
            + "| ?(?:¶|\ufffd+|,? ?PARAGRAPH) ?([0-9]+))?";

    /// `RFC 3261 §17.1.1.2-22`, `3261 17.1.1.2`.
    private static final Pattern PLAIN = Pattern.compile("(?:RFC[ -]?)?([0-9]+)(?:" + SIGN + "("
            + NUMBER + ")\\.?" + WITHIN + ")?");
    /// `section 17.1.1.2 of RFC 3261`.
    private static final Pattern TURNED = Pattern.compile("(?:" + SIGN + ")?(" + NUMBER + ")"
            + WITHIN + "(?:,| |OF|IN)+" + RFC);
    /// An address at rfc-editor.org and others that have RFCs, or of our own pages.
    private static final Pattern ADDRESS = Pattern.compile("(?i)(?:[a-z]+:/|www\\.).*?/RFC([0-9]+)"
            + "(?:\\.[a-z]+|/[0-9A-Z]+\\.html|/index\\.html)?/?(?:\\?[^#]*)?(?:#(.*))?");
    /// A sentence has its number in the anchors of our pages alone.
    private static final Pattern ANCHOR = Pattern.compile("(?i)(?:section|appendix)-(" + NUMBER
            + ")(?:[-.].*)?|s(" + NUMBER + ")(?:-([0-9]+)|p([0-9]+))?");

    /// @throws UserMistake if it names no RFC
    static Asked parse(String text) {
        var bare = text.strip().replaceFirst("^//= *", "").replaceAll("[\\[\\]()<>`\"]", "")
                .replaceAll("\\s+", " ").strip();
        var place = Citation.place(bare.split(" ")[0]);   // our words may follow
        if (place.isPresent()) return of(place.get());
        var address = ADDRESS.matcher(bare);
        if (address.matches()) return address(address, bare);
        var upper = bare.toUpperCase(Locale.ROOT).replaceFirst("[.,;:]$", "");
        var plain = PLAIN.matcher(upper);
        if (plain.matches())
            return of(plain.group(1), plain.group(2), plain.group(3), plain.group(4), text);
        var turned = TURNED.matcher(upper);
        if (turned.matches())
            return of(turned.group(4), turned.group(1), turned.group(2), turned.group(3), text);
        throw unclear(text);
    }

    private static Asked address(Matcher address, String text) {
        var anchor = address.group(2);
        if (anchor == null || anchor.isEmpty()) return whole(number(address.group(1), text));
        var m = ANCHOR.matcher(anchor);
        if (!m.matches()) throw new UserMistake("#" + anchor + " of this address is no section: the"
                + " heading of a section has one that begins with #section-; p2psip rfc "
                + address.group(1) + " lists them");
        var section = m.group(1) != null ? m.group(1) : m.group(2);
        return of(address.group(1), section.toUpperCase(Locale.ROOT), m.group(3), m.group(4), text);
    }

    private static Asked of(Place place) {
        return new Asked(place.rfc(), place.section(),
                place instanceof All ? Optional.empty() : Optional.of(place));
    }

    /// @param section what a group matched, or nothing; and so the next two
    private static Asked of(String rfc, String section, String sentences, String paragraph,
            String text) {
        int number = number(rfc, text);
        if (section == null) return whole(number);
        var name = "rfc" + number + "#" + section;
        if (sentences == null && paragraph == null)
            return new Asked(number, section, Optional.empty());
        return of(Citation.place(sentences != null ? name + "-" + sentences
                : name + "¶" + paragraph).orElseThrow(() -> unclear(text)));
    }

    private static int number(String digits, String text) {
        if (digits.length() > 6) throw unclear(text);
        return Integer.parseInt(digits);
    }

    private static UserMistake unclear(String text) {
        return new UserMistake("cannot tell what " + text + " is: write it as RFC 3261 §17.1.1.2,"
                + " rfc3261#17.1.1.2-22, or the address of a section");
    }
}
