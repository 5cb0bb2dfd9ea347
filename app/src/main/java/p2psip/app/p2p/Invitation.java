package p2psip.app.p2p;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.*;

/// What one says to another so that he joins the same ring: which super-nodes there are, and the
/// fingerprints of their keys, so that nobody else is taken for them. It is one line, which can be
/// read aloud, sent or drawn, and holds no secret: whoever has it may join, as whoever knows an
/// address may.
///
/// ```
/// p2psip:join?AQ...      the bytes below, in base64url without padding (RFC 4648 §5)
///
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+-----------------------------------------------+
/// | version = 1   | the first 4 bytes of SHA-256 over all, with   |
/// +---------------+-----------------------------------------------+
/// |               | zeros in place of these four  | super-nodes   |
/// +---------------+-----------------------------------------------+
/// |   the super-nodes, each as Peer says (27 or 39 bytes) ...     |
/// +---------------------------------------------------------------+
/// |   whom to call, an address in UTF-8, to the end; or nothing   |
/// +---------------------------------------------------------------+
/// ```
/// A letter that is wrong, or missing, is noticed but once in four thousand million times. Rings
/// have no names: two that hear of each other become one.
///
/// @param superNodes from 1 to [#MAX], the first to be asked first
/// @param call       whom to call there: `sip:alice@example.com`
public record Invitation(List<Peer> superNodes, Optional<String> call) {

    /// How all of them begin.
    public static final String BEGIN = "p2psip:join?";

    /// Super-nodes of one: as many as make a line and a drawing that can still be read.
    public static final int MAX = 4;

    /// Bytes of the longest address to call.
    public static final int MAX_CALL = 100;

    private static final byte VERSION = 1;
    private static final int CHECK = 4;

    public Invitation {
        superNodes = List.copyOf(superNodes);
        if (superNodes.isEmpty() || superNodes.size() > MAX
                || superNodes.stream().anyMatch(each -> each.address().getPort() == 0)
                || call.stream().anyMatch(text -> !isProper(text)))
            throw new IllegalArgumentException("no invitation: " + superNodes + " " + call);
    }

    /// To some of these, those first that can be reached from everywhere.
    ///
    /// @return empty if there are none
    static Optional<Invitation> to(List<Peer> superNodes) {
        var all = superNodes.stream().filter(peer -> peer.address().getPort() != 0)
                .sorted(Comparator.comparing(peer -> isLocal(peer.address().getAddress())))
                .limit(MAX).toList();
        return all.isEmpty() ? Optional.empty()
                : Optional.of(new Invitation(all, Optional.empty()));
    }

    /// Whether it is good within one network alone: none of these can be reached from elsewhere.
    public boolean isLocal() {
        return superNodes.stream().allMatch(peer -> isLocal(peer.address().getAddress()));
    }

    private static boolean isLocal(InetAddress ip) {
        return Net.isPrivate(ip) || ip.isLoopbackAddress();
    }

    private static boolean isProper(String address) {
        return !address.isEmpty() && address.getBytes(UTF_8).length <= MAX_CALL
                && address.codePoints().noneMatch(c -> c <= ' ' || Character.isISOControl(c)
                        || !Character.isDefined(c));
    }

    /// Reads a line; blanks around it are not part of it.
    ///
    /// @throws SyntaxException with what is wrong and what to do, if it is none
    public static Invitation parse(String line) {
        var text = line.strip();
        if (!text.startsWith(BEGIN)) throw new SyntaxException(
                "no invitation: one begins with " + BEGIN + "; p2psip invite prints it");
        var bytes = decoded(text.substring(BEGIN.length()));
        if (bytes.length <= 1 + CHECK) throw damaged();
        if (bytes[0] != VERSION) throw new SyntaxException("an invitation of version "
                + Byte.toUnsignedInt(bytes[0]) + ", which this p2psip does not know: get a newer");
        if (!Arrays.equals(Arrays.copyOfRange(bytes, 1, 1 + CHECK), check(bytes))) throw damaged();
        try {
            return read(ByteBuffer.wrap(bytes).position(1 + CHECK));
        } catch (BufferUnderflowException
                | IllegalArgumentException | CharacterCodingException e) {
            throw damaged();
        }
    }

    private static byte[] decoded(String text) {
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            //  one spelling: no padding, no stray bits in the last letter
            if (encoded(bytes).equals(text)) return bytes;
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw damaged();
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static SyntaxException damaged() {
        return new SyntaxException("an invitation with a letter wrong or missing: copy it again,"
                + " from " + BEGIN + " to its end");
    }

    private static Invitation read(ByteBuffer in) throws CharacterCodingException {
        var superNodes = new ArrayList<Peer>();
        for (int left = in.get(); left > 0; left--) superNodes.add(Peer.parse(in));
        var call = UTF_8.newDecoder().decode(in).toString();
        return new Invitation(superNodes, Optional.of(call).filter(c -> !c.isEmpty()));
    }

    /// Of all but itself.
    private static byte[] check(byte[] bytes) {
        var counted = bytes.clone();
        Arrays.fill(counted, 1, 1 + CHECK, (byte) 0);
        return Arrays.copyOf(Digests.hash("SHA-256", counted), CHECK);
    }

    /// Where to look for the ring.
    public List<Place> places() { return superNodes.stream().map(Place::of).toList(); }

    /// The line.
    @Override public String toString() {
        var out = ByteBuffer.allocate(1 + CHECK + 1 + MAX * Peer.MAX_BYTES + MAX_CALL);
        out.put(VERSION).position(1 + CHECK).put((byte) superNodes.size());
        superNodes.forEach(each -> each.encode(out));
        call.ifPresent(address -> out.put(address.getBytes(UTF_8)));
        var bytes = Arrays.copyOf(out.array(), out.position());
        System.arraycopy(check(bytes), 0, bytes, 1, CHECK);
        return BEGIN + encoded(bytes);
    }
}
