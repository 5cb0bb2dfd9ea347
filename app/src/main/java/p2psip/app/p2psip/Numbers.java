package p2psip.app.p2psip;

import module java.base;

/// Numbers as command lines give them; what is out of range is the user's mistake.
final class Numbers {
    private Numbers() {}

    /// The number, if it is within these two.
    static double within(double least, double most, String option, double number) {
        if (number >= least && number <= most) return number;
        throw new UserMistake(option + " " + text(number) + " is out of range: give a number from "
                + text(least) + " to " + text(most));
    }

    private static String text(double number) {
        return number == Math.rint(number) ? "" + (long) number : "" + number;
    }
}
