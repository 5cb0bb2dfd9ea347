package p2psip.app.sound;

import module java.base;

/// What lies between two pieces of sound, as far as each sample is foretold by those beside it.
///
/// It is taken that each sample is a weighted sum of those before it and of something that nobody
/// knows. By the weights (found from both pieces and a first guess of what is between them) those
/// samples are chosen for the gap with which least remains unexplained. A voice is foretold well by
/// as much as a period of it; noise is not, and then little is made up.
///
/// @spec https://ieeexplore.ieee.org/document/1164824 Janssen, Veldhuis, Vries: Adaptive
///       interpolation of discrete-time signals that can be modeled as autoregressive processes
final class Interpolation {
    /// How much is added to what each sample has in common with itself, so that what is nearly
    /// without noise has an answer too.
    private static final double FLOOR = 1e-4, SLIGHTLY = 1e-7;

    private Interpolation() {}

    /// @param before the samples up to the gap
    /// @param guess  of those in the gap
    /// @param behind those after it
    /// @param order  how many foretell the next
    static double[] between(double[] before, double[] guess, double[] behind, int order) {
        var all = new double[before.length + guess.length + behind.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(guess, 0, all, before.length, guess.length);
        System.arraycopy(behind, 0, all, before.length + guess.length, behind.length);
        var weights = weights(all, Math.min(order, all.length / 2));
        var common = alike(weights, weights.length);
        common[0] *= 1 + SLIGHTLY;
        var wanted = new double[guess.length];
        for (int i = 0; i < wanted.length; i++) {
            int at = before.length + i;
            for (int l = 1; l < common.length; l++) {
                if (at - l >= 0 && at - l < before.length) wanted[i] -= common[l] * all[at - l];
                if (at + l >= before.length + guess.length && at + l < all.length)
                    wanted[i] -= common[l] * all[at + l];
            }
        }
        return solve(Arrays.copyOf(common, guess.length), wanted);
    }

    /// Of each sample and so many before it: their weighted sum is what nobody could foretell.
    private static double[] weights(double[] samples, int order) {
        var alike = alike(samples, order + 1);
        alike[0] = alike[0] * (1 + FLOOR) + 1;
        var wanted = new double[order];
        for (int i = 0; i < order; i++) wanted[i] = -alike[i + 1];
        var weights = new double[order + 1];
        weights[0] = 1;
        System.arraycopy(solve(Arrays.copyOf(alike, order), wanted), 0, weights, 1, order);
        return weights;
    }

    /// What the samples have in common with those 0, 1, 2 ... before them.
    private static double[] alike(double[] samples, int count) {
        var alike = new double[count];
        for (int l = 0; l < count; l++)
            for (int i = l; i < samples.length; i++) alike[l] += samples[i] * samples[i - l];
        return alike;
    }

    /// Solves linear equations whose matrix has `row[|i - j|]` at i, j: by Levinson's recursion.
    private static double[] solve(double[] row, double[] wanted) {
        int n = wanted.length;
        var found = new double[n];
        var step = new double[n];   // what the equations so far make of the next one
        double rest = row[0];
        for (int k = 0; k < n; k++) {
            double missing = wanted[k];
            for (int i = 0; i < k; i++) missing -= row[k - i] * found[i];
            double add = missing / rest;
            for (int i = 0; i < k; i++) found[i] += add * step[k - 1 - i];
            found[k] = add;
            if (k + 1 == n) break;
            double turn = -row[k + 1];
            for (int i = 0; i < k; i++) turn -= row[k - i] * step[i];
            turn /= rest;
            for (int i = 0; i < k / 2 + k % 2; i++) {
                double one = step[i], other = step[k - 1 - i];
                step[i] = one + turn * other;
                step[k - 1 - i] = other + turn * one;
            }
            step[k] = turn;
            rest *= 1 - turn * turn;
        }
        return found;
    }
}
