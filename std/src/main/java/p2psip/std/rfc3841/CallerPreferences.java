package p2psip.std.rfc3841;

import module java.base;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.Params;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc3261.server.LocationService.Found;
import p2psip.std.rfc3840.*;
import p2psip.std.rfc3840.FeatureSet.Value;

/// A proxy that asks those phones of a user first, or alone, that can do what the caller wants.
///
/// @param obliges whether it also does what only some owners like: tell a caller who wants it where
///                the phones are, or follow where a phone redirects to
/// @spec https://www.rfc-editor.org/rfc/rfc3841#section-7.2 RFC 3841 §7.2
public record CallerPreferences(boolean obliges) implements ProxyExtension {
    static final String ACCEPT = "Accept-Contact", REJECT = "Reject-Contact",
            DISPOSITION = "Request-Disposition";

    /// More preferences than these are no one's: each is held against each phone.
    static final int MAX = 16;

    private static final String REQUIRE = "require", EXPLICIT = "explicit";

    /// It does what all owners like.
    public CallerPreferences() { this(false); }

    /// One that the caller has.
    ///
    /// @param require  whether a phone that does not match is not called
    /// @param explicit whether a phone has to say that it matches
    private record Preference(FeatureSet wanted, boolean require, boolean explicit) {

        static Preference parse(String value) {
            int semicolon = value.indexOf(';');
            var params = Params.parse(semicolon < 0 ? "" : value.substring(semicolon));
            return new Preference(FeatureSet.of(params), params.has(REQUIRE),
                    params.has(EXPLICIT));
        }

        /// How much of what is wanted a phone says of itself.
        double score(FeatureSet phone) {
            return wanted.isEmpty() ? 1 : (double) wanted.terms().keySet().stream()
                    .filter(phone::has).count() / wanted.terms().size();
        }

        /// Empty if the phone is not called.
        OptionalDouble judge(FeatureSet phone) {
            double score = score(phone);
            if (!explicit || score == 1) return OptionalDouble.of(score);
            return require ? OptionalDouble.empty() : OptionalDouble.of(0);
        }
    }

    /// A phone, and how much the caller prefers it.
    private record Scored(Destination to, double preference) {}

    @Override public Optional<Refusal> refuses(Request request, Flow flow) {
        try {
            //= rfc3841#11-2 too many rules are rejected
            if (request.list(ACCEPT).size() + request.list(REJECT).size() > MAX)
                return Optional.of(Refusal.of(400, "Too Many Preferences"));
            for (var name : List.of(ACCEPT, REJECT)) for (var value : request.list(name)) {
                int semicolon = value.indexOf(';');
                //= rfc3841#10-1 no more than one require, or explicit
                if (semicolon >= 0 && Params.parse(value.substring(semicolon)).repeated()
                        .isPresent()) return Optional.of(Refusal.of(400, "Bad " + name));
            }
            return Optional.empty();
        } catch (SyntaxException e) {
            return Optional.of(Refusal.of(400, "Bad Preference"));
        }
    }

    //= rfc3841#7.2-1 of the users of its own domain, whose phones have said what they can do
    //= rfc5627#6.1-6 preferences of the caller also among the contacts bound to a GRUU
    @Override public Found found(Request request, Found found) {
        return request.is("ACK") ? found : new Found(found.id(), found.known(),
                choose(request, found.destinations()), found.headers());
    }

    //= rfc3841#7.2-2,4 the processing is applied to them as it is described
    List<Destination> choose(Request request, List<Destination> destinations) {
        //= rfc3841#7-2 nothing of what the caller says is modified or removed
        return disposed(preferred(request, destinations), directives(request));
    }

    /// Nobody minds that a redirection is left to the caller.
    @Override public boolean recurses(Request request, boolean usual) {
        var directives = directives(request);
        return !directives.contains("no-recurse")
                && (usual || obliges && directives.contains("recurse"));
    }

    //= rfc3841#7.2.4-1 no feature parameters are in what a redirect has of the target set
    @Override public boolean redirects(Request request) {
        return obliges && !request.is("ACK") && directives(request).contains("redirect");
    }

    // Which

    private static List<Destination> preferred(Request request, List<Destination> all) {
        var accept = request.list(ACCEPT).stream().map(Preference::parse).toList();
        var reject = request.list(REJECT).stream().map(Preference::parse).toList();
        boolean implicit = accept.isEmpty() && reject.isEmpty();
        var wanted = implicit ? List.of(implied(request)) : accept;
        var scored = all.stream().flatMap(to -> scored(to, wanted, reject).stream()).toList();
        //  who cannot be served, though he has not asked for anything, is told so by the phones
        if (scored.isEmpty() && implicit) return all;
        return scored.stream().sorted(Comparator.comparingDouble((Scored s) -> s.to.q())
                .thenComparingDouble(Scored::preference).reversed()).map(Scored::to).toList();
    }

    /// What a request asks for by what it is: its method, and its event package.
    private static Preference implied(Request request) {
        var set = new FeatureSet(new LinkedHashMap<>())
                .with("sip.methods", new Value.Token(request.method(), false));
        if (request.is("SUBSCRIBE") && request.has("Event")) set = set.with("sip.events",
                new Value.Token(request.need("Event").split(";", 2)[0].strip(), false));
        return new Preference(set, true, false);
    }

    private static Optional<Scored> scored(Destination to, List<Preference> accept,
            List<Preference> reject) {
        var phone = features(to);
        //  a phone that says nothing of itself is called in any case
        if (phone.isEmpty()) return Optional.of(new Scored(to, 1));
        //  rejected is what a phone has said itself that it is
        if (reject.stream().anyMatch(r -> r.wanted.terms().keySet().stream().allMatch(phone::has)
                && r.wanted.matches(phone))) return Optional.empty();
        double sum = 0;
        int matching = 0;
        for (var each : accept) {
            if (!each.wanted.matches(phone)) {
                if (each.require) return Optional.empty();
                continue;
            }
            var score = each.judge(phone);
            if (score.isEmpty()) return Optional.empty();
            sum += score.getAsDouble();
            matching++;
        }
        return Optional.of(new Scored(to, matching == 0 ? 0 : sum / matching));
    }

    private static FeatureSet features(Destination to) {
        return FeatureSet.of(to.notes().stream()
                .filter(note -> note.is(FeatureRegistrar.FEATURES)).findFirst()
                .map(note -> Params.parse(note.value())).orElse(Params.NONE));
    }

    // How

    private static Set<String> directives(Request request) {
        return request.list(DISPOSITION).stream().map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    //= rfc3841#7.1-1 the directives are executed, for the domain is ours
    //= rfc3841#9.1-1 the caller says whether the request forks, and what is tried at once
    private List<Destination> disposed(List<Destination> all, Set<String> directives) {
        //  who is redirected is told of all, and none is left out or equal
        if (!obliges || !directives.contains("redirect")) {
            //= rfc3841#9.1-3 not to fork: to the best alone
            if (directives.contains("no-fork")) return all.stream().limit(1).toList();
            if (directives.contains("parallel"))
                return all.stream().map(to -> with(to, 1)).toList();
            if (!directives.contains("sequential")) return all;
        }
        var one = new ArrayList<Destination>();
        for (var to : all) one.add(with(to, (1000 - 1000 * one.size() / all.size()) / 1000.0));
        return one;
    }

    private static Destination with(Destination to, double q) {
        return new Destination(to.uri(), q, to.hops(), to.spare(), to.notes());
    }
}
