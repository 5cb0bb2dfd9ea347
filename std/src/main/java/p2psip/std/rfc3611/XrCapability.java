package p2psip.std.rfc3611;

import module java.base;
import p2psip.std.rfc3611.ExtendedReport.*;
import p2psip.std.rfc4566.*;

/// Which extended reports a side would like to have: the attribute `rtcp-xr`.
///
/// @param blocks parameters for reports on a stream, as they are written: `voip-metrics`,
///     `stat-summary=loss,jitt` ...
/// @param roundTrip who is to answer to reference times, if anybody
/// @spec https://www.rfc-editor.org/rfc/rfc3611#section-5.1 RFC 3611 §5.1
public record XrCapability(List<String> blocks, Optional<RoundTrip> roundTrip) {
    /// Understood, but nothing wanted.
    public static final XrCapability NONE = new XrCapability(List.of(), Optional.empty());

    /// How large a block may be where nothing is said of it.
    public static final int MAX_SIZE = 600;

    private static final String ATTRIBUTE = "rtcp-xr", RTT = "rcvr-rtt";
    private static final int MAX_PARAMETERS = 32;
    private static final Pattern SUMMARY = Pattern.compile(
            "[a-z-]+(=(loss|dup|jitt|TTL|HL)(,(loss|dup|jitt|TTL|HL)){0,4})?");
    /// A parameter name for each type of block that reports on a stream.
    private static final Map<String, Class<? extends Block>> NAMES = Map.of(
            "pkt-loss-rle", Losses.class, "pkt-dup-rle", Duplicates.class,
            "pkt-rcpt-times", ReceiptTimes.class, "stat-summary", Summary.class,
            "voip-metrics", VoipMetrics.class);

    /// @param sendersOnly whether none but senders of data answer
    /// @param size of the block of answers, at most
    public record RoundTrip(boolean sendersOnly, int size) {
        //= rfc3611#5.1-7 which participants respond is indicated: all, or senders
        private static Optional<RoundTrip> parse(String value) {
            return value.matches("(all|sender)(:[0-9]{1,5})?") ? Optional.of(new RoundTrip(
                    value.startsWith("sender"), value.indexOf(':') < 0 ? MAX_SIZE
                    : Integer.parseInt(value.substring(value.indexOf(':') + 1))))
                    : Optional.empty();
        }

        @Override public String toString() {
            return RTT + "=" + (sendersOnly ? "sender" : "all")
                    + (size == MAX_SIZE ? "" : ":" + size);
        }
    }

    public XrCapability {
        blocks = List.copyOf(blocks);
        //= rfc3611#5.1-5 no space within a list
        if (blocks.stream().anyMatch(b -> !valid(b)))
            throw new IllegalArgumentException("parameters " + blocks);
    }

    private static boolean valid(String parameter) {
        var name = parameter.replaceFirst("=.*", "");
        if (!NAMES.containsKey(name)) return false;
        if (name.equals("stat-summary"))
            return SUMMARY.matcher(parameter).matches()
                    //= rfc3611#5.1-6 TTL and HL are not signalled together
                    && !(parameter.contains("TTL") && parameter.contains("HL"));
        return name.equals("voip-metrics") ? parameter.equals(name)
                : parameter.matches("[a-z-]+(=[0-9]{1,5})?");
    }

    /// What a description says of a medium; empty if it says nothing.
    public static Optional<XrCapability> of(SessionDescription description, Media medium) {
        //= rfc3611#5.1-1 the media level replaces the session level
        var said = medium.attribute(ATTRIBUTE).or(() -> description.attributes().stream()
                .filter(a -> a.name().equals(ATTRIBUTE)).map(Attribute::value).findFirst());
        return said.map(XrCapability::parse);
    }

    private static XrCapability parse(String value) {
        var words = Arrays.stream(value.strip().split(" +")).limit(MAX_PARAMETERS).toList();
        return new XrCapability(words.stream().filter(XrCapability::valid).toList(),
                words.stream().filter(w -> w.startsWith(RTT + "="))
                        .flatMap(w -> RoundTrip.parse(w.substring(RTT.length() + 1)).stream())
                        .findFirst());
    }

    /// The line of a media section.
    //= rfc3611#5-2 where SDP signaling is used it is as defined there
    //= rfc3611#5.1-11 with an empty list if nothing is wanted
    public Attribute attribute() {
        return new Attribute(ATTRIBUTE, String.join(" ", Stream.concat(blocks.stream(),
                roundTrip.stream().map(RoundTrip::toString)).toList()));
    }

    /// What is answered to an offer.
    ///
    /// @param ours what this side would like to have
    public XrCapability answer(XrCapability ours) {
        //= rfc3611#5.2-13 no collaborative parameter that is absent from the offer
        //= rfc3611#5.2-2 unilateral ones as this side wishes
        //= rfc3611#5.2-14 or an attribute without parameters
        return new XrCapability(ours.blocks, roundTrip.filter(_ -> ours.roundTrip.isPresent()));
    }

    /// Whether the side that has said this wants that block.
    //= rfc3611#5.2-1,3,4 the blocks that correspond to unilateral parameters are sent
    public boolean wants(Block block) {
        return blocks.stream()
                .anyMatch(b -> NAMES.get(b.replaceFirst("=.*", "")).isInstance(block));
    }

    /// How large that block may be.
    public int size(Class<? extends Block> type) {
        return blocks.stream().filter(b -> NAMES.get(b.replaceFirst("=.*", "")) == type)
                .filter(b -> b.matches(".*=[0-9]+"))
                .map(b -> Integer.parseInt(b.substring(b.indexOf('=') + 1)))
                .findFirst().map(n -> Math.min(n, MAX_SIZE)).orElse(MAX_SIZE);
    }

    /// A summary with no more than is wanted.
    //= rfc3611#5.1-4 the fields that the list indicates
    public Summary wanted(Summary all) {
        var flags = blocks.stream().filter(b -> b.startsWith("stat-summary="))
                .flatMap(b -> Arrays.stream(b.substring(13).split(","))).toList();
        return flags.isEmpty() ? all : new Summary(all.ssrc(), all.begin(), all.end(),
                flags.contains("loss") ? all.lost() : OptionalLong.empty(),
                flags.contains("dup") ? all.duplicates() : OptionalLong.empty(),
                flags.contains("jitt") ? all.jitter() : Optional.empty(),
                flags.contains("TTL") || flags.contains("HL") ? all.hops() : Optional.empty());
    }
}
