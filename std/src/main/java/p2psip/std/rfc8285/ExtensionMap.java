package p2psip.std.rfc8285;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc8285.HeaderExtension.Element;

/// Which header extensions a stream may have, and by what numbers: the `extmap` attributes of its
/// description.
///
/// @param mixed whether packets of both forms may be mixed in a stream
/// @spec https://www.rfc-editor.org/rfc/rfc8285#section-5 RFC 8285 §5
public record ExtensionMap(List<Entry> entries, boolean mixed) {
    public static final ExtensionMap EMPTY = new ExtensionMap(List.of(), false);

    /// How many entries are read; what is beyond them is ignored.
    public static final int MAX_ENTRIES = 64;

    private static final String ATTRIBUTE = "extmap", MIXED = "extmap-allow-mixed";
    private static final Pattern FORM = Pattern.compile(
            "([0-9]{1,4})(?:/(\\w+))? +(\\S+)(?: +(.*))?");

    /// A mapping.
    ///
    /// @param id 1 to 255, but 15; 4096 to 4351 where it is only offered, to be given another
    /// @param direction none where it is that of the stream
    /// @param uri what the extension is
    /// @param attributes how it is configured, empty if there are none
    public record Entry(int id, Optional<Direction> direction, String uri, String attributes) {
        public Entry {
            if (!usable(id) && !spare(id)) throw new IllegalArgumentException("extension " + id);
            //= rfc8285#5-4 the URI is absolute
            if (!uri.matches("[A-Za-z][A-Za-z0-9+.-]*:\\S+"))
                throw new IllegalArgumentException("no absolute URI: " + uri);
        }

        /// A mapping both ways.
        public static Entry of(int id, String uri) {
            return new Entry(id, Optional.empty(), uri, "");
        }

        private static Optional<Entry> parse(String value) {
            var m = FORM.matcher(value.strip());
            if (!m.matches()) return Optional.empty();
            //= rfc8285#7-3 one of sendonly, recvonly, sendrecv and inactive
            var direction = Arrays.stream(Direction.values())
                    .filter(d -> d.toString().equals(m.group(2))).findFirst();
            if (m.group(2) != null && direction.isEmpty()) return Optional.empty();
            try {
                return Optional.of(new Entry(Integer.parseInt(m.group(1)), direction, m.group(3),
                        Optional.ofNullable(m.group(4)).orElse("")));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        //= rfc8285#7-22 any difference of attributes is that of another extension, with its own ID
        boolean same(Entry other) {
            return uri.equals(other.uri) && attributes.equals(other.attributes);
        }

        Entry with(int id, Direction direction) {
            return new Entry(id, Optional.of(direction), uri, attributes);
        }

        Attribute attribute() {
            return new Attribute(ATTRIBUTE, id + direction.map(d -> "/" + d).orElse("") + " " + uri
                    + (attributes.isEmpty() ? "" : " " + attributes));
        }
    }

    public ExtensionMap {
        var once = new ArrayList<Entry>();
        for (var entry : entries)
            //= rfc8285#5-2,12 each usable ID once, unique in a media section or in the session
            //= rfc8285#4.1.2-2 a distinct extension has a unique ID
            //= rfc8285#5-8 and one with the same attributes appears once: the first is meant
            if (once.size() < MAX_ENTRIES && once.stream().noneMatch(e -> e.same(entry)
                    || usable(e.id) && e.id == entry.id)) once.add(entry);
        entries = List.copyOf(once);
    }

    /// Neither 0, which is padding, nor 15, which is reserved.
    private static boolean usable(int id) {
        return id > 0 && id <= HeaderExtension.MAX_ID && id != 15;
    }

    private static boolean spare(int id) { return id >= 4096 && id <= 4351; }

    /// What a description says of a medium.
    public static ExtensionMap of(SessionDescription description, Media medium) {
        //= rfc8285#5-10,11 mappings are in the media section or all at session level, never mixed
        var where = medium.has(ATTRIBUTE) ? medium : new Attribute.Holder() {
            @Override public List<Attribute> attributes() { return description.attributes(); }
        };
        return new ExtensionMap(where.all(ATTRIBUTE).limit(MAX_ENTRIES)
                .flatMap(v -> Entry.parse(v).stream()).toList(),
                medium.has(MIXED) || description.attributes().contains(Attribute.flag(MIXED)));
    }

    /// The lines of a media section.
    //= rfc8285#5-1 the mapping is performed out of band, in SDP
    public List<Attribute> attributes() {
        var lines = new ArrayList<Attribute>();
        //= rfc8285#6-4 an offer that wishes both forms mixed includes the attribute
        if (mixed && !entries.isEmpty()) lines.add(Attribute.flag(MIXED));
        entries.forEach(entry -> lines.add(entry.attribute()));
        return lines;
    }

    /// What is answered to an offer.
    ///
    /// @param wanted the extensions of this side, each with the direction in which it wants it;
    ///     their numbers do not matter
    /// @param stream the direction of the stream as this side answers it
    public ExtensionMap answer(ExtensionMap wanted, Direction stream) {
        var taken = new TreeSet<Integer>();
        entries.stream().map(Entry::id).filter(ExtensionMap::usable).forEach(taken::add);
        var chosen = new TreeSet<Integer>();
        var answer = new ArrayList<Entry>();
        for (var offered : entries) {
            var ours = wanted.entries.stream().filter(offered::same).findFirst();
            //= rfc8285#7-8,11 what it has no desire for, or does not understand, it removes
            if (ours.isEmpty()) continue;
            //= rfc8285#7-7,10 sendonly is answered recvonly and the other way round, if desired
            //= rfc8285#7-2 without a direction it is that of the stream
            //= rfc8285#7-9,12 where wishes do not meet it is inactive
            var direction = offered.direction.orElse(stream.reversed()).reversed()
                    .and(ours.get().direction.orElse(Direction.SENDRECV)).and(stream);
            //= rfc8285#7-13 the same identifier for the same extension
            //= rfc8285#7-16 an identifier in the valid range is never altered
            if (usable(offered.id)) answer.add(offered.with(offered.id, direction));
            //= rfc8285#7-18,19 of one identifier beyond it one is selected, remapped to a free one
            else if (chosen.add(offered.id)) free(taken).ifPresent(id -> {
                taken.add(id);
                answer.add(offered.with(id, direction));
            });
        }
        //= rfc8285#6-5 who supports the mode and is offered it includes it in the answer
        //= rfc8285#6-1 and who proposes it supports it: here both forms are read always
        return new ExtensionMap(answer, mixed && wanted.mixed);
    }

    private static Optional<Integer> free(Set<Integer> taken) {
        return IntStream.rangeClosed(1, HeaderExtension.MAX_ID).boxed()
                .filter(id -> usable(id) && !taken.contains(id)).findFirst();
    }

    /// What may be used when this side has said this and the other side has said that.
    public ExtensionMap agreed(ExtensionMap remote) {
        //= rfc8285#6-2,6 mixed when negotiated: both descriptions have the attribute, or it is not
        return new ExtensionMap(entries.stream().filter(e -> usable(e.id)
                && remote.entries.stream().anyMatch(r -> r.id == e.id && r.same(e))).toList(),
                mixed && remote.mixed);
    }

    /// The number to send an extension by, if this side may send it.
    //= rfc8285#4.1.2-1 local identifiers in the stream have been negotiated
    public Optional<Integer> sends(String uri) {
        return entries.stream().filter(e -> e.uri.equals(uri) && usable(e.id)
                && e.direction.orElse(Direction.SENDRECV).sends()).map(Entry::id).findFirst();
    }

    /// What a packet says by an extension, if it says it.
    public Optional<Bytes> received(String uri, HeaderExtension extension) {
        return entries.stream().filter(e -> e.uri.equals(uri))
                .flatMap(e -> extension.element(e.id).stream()).findFirst();
    }

    /// The form in which a stream of these is written: each packet as it likes where mixture is
    /// agreed on, else all packets the same.
    ///
    /// @param elements of a packet
    //= rfc8285#4.1.2-7 only one-byte or only two-byte headers, unless mixing is negotiated
    //= rfc8285#6-3 mixed headers do not occur in the absence of it
    public HeaderExtension.Form form(List<Element> elements) {
        //= rfc8285#4.1.2-10 IDs above 14 tell the receivers that two-byte headers will come
        boolean large = entries.stream().anyMatch(e -> usable(e.id) && e.id > 14);
        return large && !mixed ? HeaderExtension.Form.TWO_BYTE
                : new HeaderExtension(elements).form();
    }
}
