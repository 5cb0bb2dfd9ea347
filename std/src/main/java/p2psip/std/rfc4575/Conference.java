package p2psip.std.rfc4575;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc4575.ConferenceInfo.State;
import p2psip.std.rfc6665.*;
import p2psip.std.xml.*;

/// What its documents have said of a conference so far: the subscriber's view. Each says all, or
/// what has changed, element by element; here they come together, whatever they are about.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4575#section-4.6 RFC 4575 §4.6
public final class Conference {
    /// So many children of one element are kept; more are not looked at.
    static final int MAX = 1_000;

    /// What tells one element from others of its name, beside which there is but one of each.
    private static final Map<String, String> KEYS = Map.of(
            "user", ConferenceInfo.ENTITY, "endpoint", ConferenceInfo.ENTITY, "media", "id");

    private static final String ENTRY = "entry";

    private Optional<Element> root = Optional.empty();
    private long version = -1;

    /// How it is, as far as it is known.
    public Optional<ConferenceInfo> info() { return root.map(ConferenceInfo::of); }

    /// Whether it is over: then the subscription is to be ended, too.
    public boolean over() { return root.filter(Conference::deleted).isPresent(); }

    /// Takes a document.
    ///
    /// @throws p2psip.std.SyntaxException if it is none
    public Table.Step take(Bytes document) {
        var said = Attributes.root(Element.parse(document), ConferenceInfo.NAMESPACE,
                ConferenceInfo.ROOT);
        var info = ConferenceInfo.of(said);
        if (info.version() <= version) return Table.Step.STALE;
        boolean whole = info.state() != State.PARTIAL;
        //= rfc4575#4.6-4 more than one higher: a subscription refresh brings the full state
        if (!whole && (root.isEmpty() || info.version() > version + 1)) return Table.Step.GAP;
        //= rfc4575#4.6-1 a first full document sets version and local data
        //= rfc4575#4.6-2 so does each that is full, or says that all is deleted
        version = info.version();
        //= rfc4575#4.6-3 a deleted one says that the conference has ceased to exist
        root = Optional.of(whole ? said : merged(root.get(), said));
        return Table.Step.TAKEN;
    }

    private static boolean deleted(Element element) {
        return ConferenceInfo.state(element) == State.DELETED;
    }

    /// An element that has a partial state, with what it was before.
    //= rfc4575#4.4-1 the mechanism that subscribing clients have to support
    private static Element merged(Element before, Element said) {
        var children = new LinkedHashMap<Object, Element>();
        before.elements().forEach(child -> children.put(key(child), child));
        for (var child : said.elements()) {
            var key = key(child);
            var old = children.get(key);
            //= rfc4575#4.6-5 what is deleted is removed
            if (deleted(child)) children.remove(key);
            else if (old == null && children.size() >= MAX) continue;
            else children.put(key, old == null || ConferenceInfo.state(child) == State.FULL
                    ? child : merged(old, child));
        }
        return new Element(said.name(), attributes(before, said),
                List.<Node>copyOf(children.values()));
    }

    private static List<Attribute> attributes(Element before, Element said) {
        var all = new LinkedHashMap<Name, Attribute>();
        before.attributes().forEach(each -> all.put(each.name(), each));
        said.attributes().forEach(each -> all.put(each.name(), each));
        return List.copyOf(all.values());
    }

    private static Object key(Element element) {
        return List.of(element.name(), Optional.ofNullable(KEYS.get(element.local()))
                .flatMap(element::attribute).or(() -> element.local().equals(ENTRY)
                        ? element.child("uri").map(Element::text) : Optional.empty()).orElse(""));
    }
}
