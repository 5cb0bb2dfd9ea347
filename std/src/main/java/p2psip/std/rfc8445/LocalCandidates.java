package p2psip.std.rfc8445;

import module java.base;

/// Our candidates for one stream: each gets its foundation and its priority, and what is said
/// already by another is dropped.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-5.1 RFC 8445 §5.1
final class LocalCandidates {
    /// How many there are at most: a machine with more addresses is known by the first of them.
    static final int MOST = 64;

    private static final int BEST = 65535;

    /// The precedence of RFC 6724 §2.1, by which a lite agent prefers one family.
    private static final int SIX = 40, FOUR = 35;

    private final Foundations foundations;
    private final boolean lite;
    private final List<Candidate> all = new ArrayList<>();
    private final List<InetAddress> ranks = new ArrayList<>();
    private final Map<InetSocketAddress, Candidate> bases = new LinkedHashMap<>();

    LocalCandidates(Foundations foundations, boolean lite) {
        this.foundations = foundations;
        this.lite = lite;
    }

    /// What stands for equal chances: the same in all streams of a session.
    static final class Foundations {
        private final Map<List<Object>, String> known = new LinkedHashMap<>();

        //= rfc8445#5.2-5 another address, another foundation; the same address, the same
        String of(CandidateType type, InetAddress base, Optional<InetAddress> server) {
            return known.computeIfAbsent(List.of(type, base, server),
                    _ -> Integer.toString(known.size() + 1));
        }
    }

    List<Candidate> all() { return List.copyOf(all); }

    /// The host or relayed candidate from which is sent.
    Optional<Candidate> base(InetSocketAddress base) {
        return Optional.ofNullable(bases.get(base));
    }

    Collection<Candidate> bases() { return bases.values(); }

    /// The candidate with that address for that component, if it is one of ours.
    Optional<Candidate> at(InetSocketAddress address, int component) {
        return all.stream().filter(one -> one.address().equals(address)
                && one.component() == component).findFirst();
    }

    /// Candidates of the machine's own addresses.
    //= rfc8445#5.2-4,7 of each component, and of type preference 126 for a lite agent, too
    List<Candidate> hosts(int component, List<InetSocketAddress> addresses) {
        var found = new ArrayList<Candidate>();
        var ordered = HostAddresses.interleave(
                addresses.stream().map(InetSocketAddress::getAddress).distinct().toList());
        //= rfc8445#5.2-1,2 a lite agent has one candidate of each family, and of each address
        if (lite) ordered = Stream.of(true, false).flatMap(six -> addresses.stream()
                .map(InetSocketAddress::getAddress)
                .filter(ip -> HostAddresses.isSix(ip) == six).limit(1)).toList();
        boolean six = ordered.stream().anyMatch(HostAddresses::isSix);
        for (var ip : ordered) for (var address : addresses) {
            if (!address.getAddress().equals(ip)) continue;
            int preference = !lite ? preference(CandidateType.HOST, component, ip)
                    //= rfc8445#5.2-8,9 IPv4 alone: 65535; else the precedence of RFC 6724
                    //= rfc8445#5.2-6 so each candidate has a unique priority
                    : !six ? BEST : HostAddresses.isSix(ip) ? SIX : FOUR;
            add(CandidateType.HOST, component, address, address, Optional.empty(),
                    Optional.empty(), preference).ifPresent(found::add);
            if (lite) break;
        }
        return found;
    }

    Optional<Candidate> reflexive(int component, InetSocketAddress mapped, InetSocketAddress base,
            InetSocketAddress server) {
        return add(CandidateType.SERVER_REFLEXIVE, component, mapped, base, Optional.of(base),
                Optional.of(server.getAddress()), preference(CandidateType.SERVER_REFLEXIVE,
                        component, base.getAddress()));
    }

    Optional<Candidate> relayed(int component, InetSocketAddress relayed, InetSocketAddress mapped,
            InetSocketAddress server) {
        //= rfc8445#5.1.2.2-3 of several TURN servers the first is preferred
        return add(CandidateType.RELAYED, component, relayed, relayed, Optional.of(mapped),
                Optional.of(server.getAddress()), preference(CandidateType.RELAYED, component,
                        relayed.getAddress()));
    }

    /// What the peer sees us by, and nobody has told before.
    Candidate learned(Candidate base, InetSocketAddress mapped, long priority) {
        return new Candidate(CandidateType.PEER_REFLEXIVE, foundations.of(
                CandidateType.PEER_REFLEXIVE, base.ip(), Optional.empty()), base.component(),
                priority, mapped, base.base(), Optional.of(base.base()));
    }

    /// The priority of what is learned by a check from a base.
    static long learnedPriority(Candidate base) {
        int preference = (int) (base.priority() >> 8 & BEST);
        return CandidateType.PEER_REFLEXIVE.priority(preference, base.component());
    }

    private Optional<Candidate> add(CandidateType type, int component, InetSocketAddress address,
            InetSocketAddress base, Optional<InetSocketAddress> related,
            Optional<InetAddress> server, int preference) {
        //= rfc8445#5.1.1.2-9 so is a relayed candidate that is identical to a host candidate
        //= rfc8445#5.1.3-1 same address and base: the redundant one, which has lower priority, goes
        boolean redundant = all.stream().anyMatch(one -> one.address().equals(address)
                && one.base().equals(base) && one.component() == component);
        if (redundant || all.size() >= MOST) return Optional.empty();
        var candidate = new Candidate(type, foundations.of(type, base.getAddress(), server),
                component, type.priority(preference, component), address, base, related);
        all.add(candidate);
        if (address.equals(base)) bases.put(base, candidate);
        return Optional.of(candidate);
    }

    /// The better the earlier an address was named.
    private int preference(CandidateType type, int component, InetAddress base) {
        if (!ranks.contains(base)) ranks.add(base);
        //= rfc8445#5.1.2.1-4 a single address has 65535
        int preference = BEST - ranks.indexOf(base);
        var taken = all.stream().filter(one -> one.type() == type && one.component() == component)
                .map(Candidate::priority).collect(Collectors.toCollection(TreeSet::new));
        //= rfc8421#5-3 the local preference of each is unique
        //= rfc8445#5.1.2.1-5 unique among those of one type and component
        while (taken.contains(type.priority(preference, component))) preference--;
        return preference;
    }

    /// Forgets all that is sent from a base that is no more.
    void gone(InetSocketAddress base) {
        all.removeIf(one -> one.base().equals(base));
        bases.remove(base);
    }
}
