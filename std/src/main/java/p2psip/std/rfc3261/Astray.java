package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Bytes;

/// Responses on their way to a client whose connection is gone: each tries one address after the
/// other until somebody takes it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3263#section-5 RFC 3263 §5
final class Astray {
    /// How many are kept; for one more the oldest is tried nowhere else.
    static final int LIMIT = 1_000;

    /// How many places are tried of each.
    static final int PLACES = 8;

    private static final class One {
        final Bytes message;
        final Via via;
        final Deque<Target> untried = new ArrayDeque<>();
        final Set<Target> tried = new HashSet<>();
        boolean located;
        Optional<Flow> over = Optional.empty();

        One(Bytes message, Via via) {
            this.message = message;
            this.via = via;
        }
    }

    private final SequencedMap<TransactionId, One> all = new LinkedHashMap<>();

    /// @param via the topmost of the response
    void add(TransactionId id, Bytes message, Via via) {
        all.putLast(id, new One(message, via));
        if (all.size() > LIMIT) all.pollFirstEntry();
    }

    void remove(TransactionId id) { all.remove(id); }

    /// It is sent there; answers it.
    Bytes over(TransactionId id, Flow flow, Target target) {
        var one = all.get(id);
        one.over = Optional.of(flow);
        one.tried.add(target);
        return one.message;
    }

    /// A connection takes what is sent over it: what was on its way there is no longer astray.
    void arrived(Flow flow) {
        all.values().removeIf(one -> one.over.filter(flow::equals).isPresent());
    }

    /// Where it says that its client can be found, unless that was asked already.
    Optional<Via> locate(TransactionId id) {
        var one = Optional.ofNullable(all.get(id)).filter(each -> !each.located);
        one.ifPresent(each -> each.located = true);
        return one.map(each -> each.via);
    }

    /// Takes in where its client can be found, and answers the first place.
    Optional<Target> located(TransactionId id, List<Target> targets) {
        var one = Optional.ofNullable(all.get(id));
        one.ifPresent(each -> targets.stream().filter(Predicate.not(each.tried::contains))
                .limit(PLACES).forEach(each.untried::add));
        return next(id);
    }

    //= rfc3263#5¶5 if that results in a failure, the next entry in the list is tried
    Optional<Target> next(TransactionId id) {
        return Optional.ofNullable(all.get(id)).map(one -> one.untried.poll());
    }
}
