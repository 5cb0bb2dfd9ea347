package p2psip.std.rfc3550;

import module java.base;
import p2psip.std.rfc3550.RtcpPacket.SourceDescription;
import p2psip.std.rfc3550.RtcpPacket.SourceDescription.Item;

/// What a participant says of itself beside its CNAME, as far as there is bandwidth for it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.3.9 RFC 3550 §6.3.9
//= rfc3550#6-6 minimal information, as the identification of a participant, to be displayed
final class Introduction {
    /// One item goes along with each third report.
    static final int EVERY = 3;
    /// Of so many turns one is for the items behind the first.
    static final int RARE = 8;
    /// How often others are told that a note is no longer meant.
    static final int ENDINGS = 4;

    private final List<Item> items;
    private Optional<Item> note = Optional.empty();
    private int endings;
    private int report, turn, rare;
    private long allOctets, extraOctets;

    Introduction(List<Item> items) {
        for (var item : items)
            //= rfc3550#6.5.7-3 no NOTE is an item of a configuration
            if (item.type() <= SourceDescription.CNAME || item.type() == SourceDescription.NOTE)
                throw new IllegalArgumentException("not for every report: " + item);
        this.items = List.copyOf(items);
    }

    /// @param text empty if there is nothing to note any more
    void note(String text) {
        //= rfc3550#6.5.7-2 a NOTE is not included routinely, but while somebody means it
        var item = Item.of(SourceDescription.NOTE, text);
        //= rfc3550#6.5.7-5 when it becomes inactive an empty one is sent a few times more
        endings = text.isEmpty() && note.isPresent() ? ENDINGS : 0;
        note = text.isEmpty() && endings == 0 ? Optional.empty() : Optional.of(item);
    }

    /// The item whose turn it is, if it is that of any.
    List<Item> next() {
        // by utility: the first item seven times of eight, the others in the eighth
        //= rfc3550#6.3.9-3 bandwidth for additional items: a fraction, each third interval
        if (++report % EVERY != 0) return List.of();
        var item = item();
        //= rfc3550#6.3.9-1,2 additional information with caution: no more than 20 % of all
        if (item.isEmpty() || (extraOctets + size(item.get())) * 5 > allOctets) return List.of();
        extraOctets += size(item.get());
        turn++;
        if (item.equals(note)) {
            if (endings > 0 && --endings == 0) note = Optional.empty();
        } else if (turn % RARE == 0) {
            rare++;
        }
        return List.of(item.get());
    }

    private Optional<Item> item() {
        if (note.isPresent()) return note;
        if (items.size() < 2 || (turn + 1) % RARE != 0) return items.stream().findFirst();
        return Optional.of(items.get(1 + rare % (items.size() - 1)));
    }

    private static int size(Item item) { return 2 + item.text().size(); }

    /// A report has gone out.
    void sent(int octets) { allOctets += octets; }
}
