package p2psip.std.rfc4568;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3711.*;
import p2psip.std.rfc4566.Attribute;
import p2psip.std.rfc7714.AeadSuite;

/// An `a=crypto` line: a suite, and the keys that whoever writes it sends with.
///
/// @param tag by which an answer says which of the lines it has taken
/// @param suite as it is called, known or not
/// @spec https://www.rfc-editor.org/rfc/rfc4568#section-9.1 RFC 4568 §9.1
public record CryptoAttribute(int tag, String suite, List<InlineKey> keys,
        List<SessionParameter> parameters) {
    static final String NAME = "crypto";
    private static final int MAX_TAG = 999_999_999;
    /// How many keys a line may have; beyond it is none.
    public static final int MAX_KEYS = SrtpReceiver.MAX_NAMED_KEYS;
    //= rfc4568#4.1-1 the tag is a decimal number without leading zeroes
    private static final Pattern TAG = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final Pattern SUITE = Pattern.compile("[A-Za-z0-9_]{1,80}");
    /// Of the suites of RFC 6188, if nothing is said.
    private static final long LONG_KEYS = 1L << 31;

    /// What whoever has written the line sends by: all that is needed to read it.
    ///
    /// @param keys the first one is used first
    public record Protection(SrtpPolicy policy, List<MasterKey> keys) {
        public Protection { keys = List.copyOf(keys); }
    }

    public CryptoAttribute {
        if (tag < 0 || tag > MAX_TAG) throw new SyntaxException("tag " + tag);
        if (!SUITE.matcher(suite).matches()) throw new SyntaxException("suite " + suite);
        keys = List.copyOf(keys);
        parameters = List.copyOf(parameters);
        if (keys.isEmpty() || keys.size() > MAX_KEYS)
            throw new SyntaxException(keys.size() + " keys");
    }

    /// Of one key, without session parameters.
    static CryptoAttribute of(int tag, CryptoSuite suite, MasterKey key) {
        return new CryptoAttribute(tag, suite.name(), List.of(InlineKey.of(key)), List.of());
    }

    /// The value of an `a=crypto` attribute.
    ///
    /// @throws SyntaxException if it is no such line
    public static CryptoAttribute parse(String value) {
        var words = value.strip().split("[ \t]+");
        if (words.length < 3) throw new SyntaxException("a crypto line of " + words.length);
        if (!TAG.matcher(words[0]).matches()) throw new SyntaxException("tag " + words[0]);
        return new CryptoAttribute(Integer.parseInt(words[0]), words[1],
                Arrays.stream(words[2].split(";", -1)).map(InlineKey::parse).toList(),
                Arrays.stream(words).skip(3).map(SessionParameter::parse).toList());
    }

    /// The suite of a name, if it is known here: those of this RFC, of 6188 and of 7714.
    public static Optional<CryptoSuite> suite(String name) {
        return Stream.<CryptoSuite>concat(Arrays.stream(HmacSuite.values()),
                        Arrays.stream(AeadSuite.values()))
                // what is not enciphered has parameters for that, and no name in SDP
                .filter(s -> !s.name().startsWith("NULL"))
                .filter(s -> s.name().equalsIgnoreCase(name)).findFirst();
    }

    /// What the line stands for, if it is valid and everything it asks for can be done here.
    public Optional<Protection> protection() {
        var known = suite(suite);
        if (known.isEmpty() || !named() || !supported()) return Optional.empty();
        //= rfc4568#6.2.1-2 30 octets of key and salt for the suite, or the line is invalid
        //= rfc4568#6.2.2-1 with a tag of 32 bits 30 octets of key and salt too
        //= rfc4568#6.2.3-1 f8 has 30 octets of key and salt as well
        int size = known.get().keySize() + known.get().saltSize();
        //= rfc4568#6.1-3 another length is that of no key of the suite: the line is invalid
        if (keys.stream().anyMatch(k -> k.keyAndSalt().size() != size)) return Optional.empty();
        boolean rtp = !has(SessionParameter.UnencryptedSrtp.class);
        boolean rtcp = !has(SessionParameter.UnencryptedSrtcp.class);
        if (!rtp && !known.get().allowsClearRtp()) return Optional.empty();
        return Optional.of(new Protection(new SrtpPolicy(known.get(), rate(), rtp, rtcp),
                keys.stream().map(k -> key(known.get(), k)).toList()));
    }

    /// Whether keys can be told apart by what packets call them.
    private boolean named() {
        //= rfc4568#4.3-3 a packet shows which of the keys it is, without trial and error
        //= rfc4568#6.1-16 so with more than one key all of them have an MKI
        //= rfc4568#6.1-17 the MKI has one length in all of them
        return keys.stream().map(k -> k.mki().size()).distinct().count() == 1
                && (keys.size() == 1
                        || keys.stream().map(InlineKey::mki).distinct().count() == keys.size())
                //= rfc4568#6.1-2 each master key is unique
                && keys.stream().map(InlineKey::keyAndSalt).distinct().count() == keys.size();
    }

    private boolean supported() {
        return parameters.stream().map(SessionParameter::getClass).filter(c ->
                        c != SessionParameter.Extension.class).distinct().count()
                == parameters.stream().filter(p ->
                        !(p instanceof SessionParameter.Extension)).count()
                && parameters.stream().allMatch(p -> switch (p) {
                    case SessionParameter.KeyDerivationRate _, SessionParameter.UnencryptedSrtp _,
                            SessionParameter.UnencryptedSrtcp _ -> true;
                    //= rfc4568#6.3.6-1 a hint that may be ignored: the window has its size
                    case SessionParameter.WindowSizeHint _ -> true;
                    //= rfc4568#6.3.3-1 what is not authenticated is not recommended, nor taken
                    //= rfc4568#6.4.1-3,4 for it invites attacks on late binding
                    case SessionParameter.UnauthenticatedSrtp _ -> false;
                    //= rfc4568#6.3.5-3,4 there is no FEC: a key for it makes the line invalid
                    case SessionParameter.FecKey _ -> false;
                    case SessionParameter.FecOrder(boolean afterwards) -> !afterwards;
                    //= rfc4568#6.3.7-1 with a dash it may be ignored
                    //= rfc4568#6.3.7-2 an unknown one without a dash makes the line invalid
                    case SessionParameter.Extension extension -> extension.optional();
                });
    }

    private boolean has(Class<? extends SessionParameter> kind) {
        return parameters.stream().anyMatch(kind::isInstance);
    }

    private long rate() {
        return parameters.stream().mapToLong(p ->
                p instanceof SessionParameter.KeyDerivationRate(int power) ? 1L << power : 0)
                .max().orElse(0);
    }

    private static MasterKey key(CryptoSuite suite, InlineKey inline) {
        var both = inline.keyAndSalt();
        var key = MasterKey.of(both.slice(0, suite.keySize()),
                both.slice(suite.keySize(), both.size())).withMki(inline.mki());
        //= rfc4568#6.1-6 so many SRTP packets, and so many SRTCP packets
        if (inline.lifetime() > 0) return key.withLifetime(inline.lifetime());
        return suite.keySize() > 16 && suite instanceof HmacSuite ? key.withLifetime(LONG_KEYS)
                : key;
    }

    Attribute attribute() { return new Attribute(NAME, value()); }

    /// The attribute's value, with its secret: it belongs into descriptions, not into logs.
    public String value() {
        return tag + " " + suite + " "
                + keys.stream().map(InlineKey::text).collect(Collectors.joining(";"))
                + parameters.stream().map(p -> " " + p.text()).collect(Collectors.joining());
    }
}
