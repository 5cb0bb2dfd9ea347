package p2psip.tools.htmlify;

import module java.base;
import p2psip.tools.htmlify.Program.Unit;

/// Where a name in a comment leads: to our type, to a package, or from the address of an RFC to our
/// page of it.
///
/// @param unit whose comment it is
/// @param page the page on which it is shown
record Names(Book book, Unit unit, String page) implements Function<String, Optional<String>> {
    private static final Pattern RFC = Pattern.compile(
            "https://www\\.rfc-editor\\.org/rfc/rfc(\\d+)#(?:section|appendix)-(\\S+)");

    @Override public Optional<String> apply(String name) {
        var rfc = RFC.matcher(name);
        if (rfc.matches()) {
            int number = Integer.parseInt(rfc.group(1));
            return book.shown().containsKey(number)
                    && book.index(number).section(rfc.group(2)).isPresent()
                    ? Optional.of(Html.way(page, Book.page(number, rfc.group(2))) + "#s"
                            + rfc.group(2)) : Optional.empty();
        }
        var parts = name.split("#", 2);
        if (parts[0].isEmpty()) return unit.declarations().stream()
                .filter(d -> d.name().equals(parts[1].replaceFirst("\\(.*", ""))).findFirst()
                .map(d -> file(unit.path()) + "#L" + d.line());
        return book.program().type(parts[0], unit.packageName())
                .map(found -> file(found.getKey().path()) + "#L" + found.getValue().line())
                .or(() -> book.program().units().stream().filter(Unit::main)
                        .filter(u -> u.packageName().equals(name)).findFirst()
                        .map(u -> Html.way(page, u.packagePage())));
    }

    /// The way to a file; nothing on its own page.
    String file(Path file) {
        var to = Html.page(file);
        return to.equals(page) ? "" : Html.way(page, to);
    }
}
