package p2psip.std.rfc5764;

import module java.base;
import p2psip.std.Bytes;

/// The data of the extension `use_srtp`: what a client offers, or what a server has chosen.
///
/// @param profiles numbers, the preferred first; what is not known here is kept
/// @param mki what packets are to name their key by, empty if they do not
/// @spec https://www.rfc-editor.org/rfc/rfc5764#section-4.1.1 RFC 5764 §4.1.1
public record UseSrtp(List<Integer> profiles, Bytes mki) {
    /// The number of the extension.
    public static final int EXTENSION = 14;
    private static final int MAX_PROFILES = 0x7fff, MAX_MKI = 255;

    public UseSrtp {
        profiles = List.copyOf(profiles);
        if (profiles.isEmpty() || profiles.size() > MAX_PROFILES || mki.size() > MAX_MKI
                || profiles.stream().anyMatch(p -> p < 0 || p > 0xffff))
            throw new SyntaxException(profiles.size() + " profiles, MKI of " + mki.size());
    }

    /// What a client offers, without MKI.
    //= rfc5764#4.1.1-1 the client fills the extension data with such a value
    public static UseSrtp offer(List<ProtectionProfile> profiles) {
        return new UseSrtp(profiles.stream().map(ProtectionProfile::value).toList(), Bytes.EMPTY);
    }

    /// What a server answers to this offer, if anything.
    ///
    //= rfc5764#4.1.1-2 whoever accepts responds with its own
    //= rfc5764#4.1.1-3 of a single profile, the chosen one
    //= rfc5764#4.1.3-4 without MKI, as if there had been none: that is one of the two ways
    public Optional<UseSrtp> answer(List<ProtectionProfile> ours) {
        return ProtectionProfile.select(ours, profiles)
                .map(chosen -> new UseSrtp(List.of(chosen.value()), Bytes.EMPTY));
    }

    /// What this client's offer has become by a server's answer; empty if the answer breaks the
    /// rules, and then the handshake is aborted.
    public Optional<ProtectionProfile> agreed(UseSrtp answer) {
        //= rfc5764#4.1.3-5 another MKI than the one offered aborts the handshake
        if (answer.profiles.size() != 1 || !profiles.contains(answer.profiles.getFirst())
                || !answer.mki.isEmpty() && !answer.mki.equals(mki)) return Optional.empty();
        return ProtectionProfile.of(answer.profiles.getFirst());
    }

    /// @throws SyntaxException if it is cut short, or has something behind it
    public static UseSrtp parse(Bytes data) {
        var in = data.buffer();
        try {
            int size = in.getShort() & 0xffff;
            if (size % 2 != 0 || size > in.remaining())
                throw new SyntaxException("profiles of " + size + " bytes");
            var profiles = new ArrayList<Integer>();
            for (int i = 0; i < size; i += 2) profiles.add(in.getShort() & 0xffff);
            var mki = Bytes.from(in, in.get() & 0xff);
            if (in.hasRemaining()) throw new SyntaxException("something behind the MKI");
            return new UseSrtp(profiles, mki);
        } catch (BufferUnderflowException e) {
            throw new SyntaxException("use_srtp cut short");
        }
    }

    public Bytes encode() {
        var out = ByteBuffer.allocate(3 + 2 * profiles.size() + mki.size());
        out.putShort((short) (2 * profiles.size()));
        profiles.forEach(p -> out.putShort(p.shortValue()));
        out.put((byte) mki.size()).put(mki.buffer());
        return Bytes.wrap(out.array());
    }
}
