package p2psip.std.rfc5393;

import module java.base;
import p2psip.std.rfc3261.Grammar;
import p2psip.std.rfc3261.Message.Request;

/// How many branches there may be at once of one request, here and further on.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5393#section-5.3.3 RFC 5393 §5.3.3
public final class Breadth {
    public static final int MAX = 60;

    private final int all;
    /// How much no branch has: all of it when no final response is awaited.
    private int free;

    public Breadth(Request request) {
        all = free = of(request);
    }

    public static int of(Request request) {
        //= rfc5393#5.3.3-1,2,3 Max-Breadth is added as 60, the maximum: more is overwritten
        return request.first("Max-Breadth").filter(v -> Grammar.isNumber(v, MAX))
                .map(Integer::parseInt).filter(n -> n > 0).orElse(MAX);
    }

    /// Whether there may be another branch.
    public boolean isFree() {
        //= rfc5393#5.3.3-5 the branches under way never have more breadth than the request
        //= rfc5393#5.3.3.1-1 the Max-Breadth of a finished branch is reused
        return free > 0;
    }

    /// Whether no final response is awaited.
    public boolean isWhole() { return free == all; }

    /// That of one more branch.
    ///
    /// @param others that may begin at the same time
    public int share(int others) {
        //= rfc5393#5.3.3-7,8 Max-Breadth is distributed between the branches, all of it
        int share = Math.ceilDiv(free, Math.min(free, 1 + others));
        free -= share;
        return share;
    }

    /// The final response of a branch with that breadth is no longer awaited.
    public void settled(int share) { free += share; }
}
