package p2psip.std.rfc4566;

import module java.base;

/// The fields of a line: what they may hold, and how they are told apart.
final class Fields {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
    private static final Pattern TYPED = Pattern.compile("(-?[0-9]{1,9})([dhms]?)");

    private Fields() {}

    /// Free text: anything that does not end the line.
    static String text(String text) {
        for (int i = 0; i < text.length(); i++)
            //= rfc4566#6-14 whatever character set a description says it has
            //= rfc4566#5¶11 no text holds a NUL, a line feed or a carriage return
            if (text.charAt(i) == '\r' || text.charAt(i) == '\n' || text.charAt(i) == 0)
                throw new SyntaxException("NUL or end of line inside a field");
        return text;
    }

    /// A field between spaces.
    static String word(String word) {
        if (word.isEmpty() || word.indexOf(' ') >= 0 || word.indexOf('\t') >= 0)
            throw new SyntaxException("a field that is empty or has blanks: '" + word + "'");
        return text(word);
    }

    static List<String> words(List<String> words) {
        words.forEach(Fields::word);
        return List.copyOf(words);
    }

    /// The fields of a value, exactly so many.
    static List<String> split(String value, int count) {
        var fields = split(value);
        if (fields.size() != count)
            throw new SyntaxException(count + " fields expected: " + value);
        return fields;
    }

    /// The fields of a value; blanks behind the last are let pass.
    static List<String> split(String value) {
        return List.of(value.stripTrailing().split(" ", -1));
    }

    static long number(String digits) {
        if (!DIGITS.matcher(digits).matches()) throw new SyntaxException("no number: " + digits);
        return Long.parseLong(digits);
    }

    static int number(String digits, int min, int max) {
        long n = number(digits);
        if (n < min || n > max)
            throw new SyntaxException("not between " + min + " and " + max + ": " + digits);
        return (int) n;
    }

    static Duration time(String typed) {
        var m = TYPED.matcher(typed);
        if (!m.matches()) throw new SyntaxException("no time: " + typed);
        long n = Long.parseLong(m.group(1));
        //= rfc4566#5.10¶2 a letter after the number multiplies it: days, hours, minutes, seconds
        return switch (m.group(2)) {
            case "d" -> Duration.ofDays(n);
            case "h" -> Duration.ofHours(n);
            case "m" -> Duration.ofMinutes(n);
            default -> Duration.ofSeconds(n);
        };
    }

    /// In the largest unit that leaves no fraction.
    static String time(Duration time) {
        long s = time.toSeconds();
        return s == 0 ? "0" : s % 86400 == 0 ? s / 86400 + "d" : s % 3600 == 0 ? s / 3600 + "h"
                : s % 60 == 0 ? s / 60 + "m" : s + "";
    }
}
