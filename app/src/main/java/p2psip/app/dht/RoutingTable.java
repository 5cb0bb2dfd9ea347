package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;

/// Peers by prefix: the cell at row r and column c holds one whose id shares r digits with this
/// node's and goes on with digit c.
///
/// The cell of this node's own digit stays empty: what falls there is the next row's. With 16
/// columns a ring of N nodes fills about log16 N rows.
final class RoutingTable {
    static final int COLUMNS = 16;

    private final NodeId self;
    private final NavigableMap<Integer, Peer> cells = new TreeMap<>();

    RoutingTable(NodeId self) { this.self = self; }

    Optional<Peer> at(NodeId point) { return Optional.ofNullable(cells.get(cell(point))); }

    void put(Peer peer) { cells.put(cell(peer.id()), peer); }

    boolean contains(NodeId id) {
        return at(id).filter(peer -> peer.id().equals(id)).isPresent();
    }

    void remove(NodeId id) { if (contains(id)) cells.remove(cell(id)); }

    List<Peer> row(int row) {
        return List.copyOf(cells.subMap(row * COLUMNS, (row + 1) * COLUMNS).values());
    }

    /// Bit c: somebody is in column c of a row.
    int columns(int row) {
        int columns = 0;
        for (int cell : cells.subMap(row * COLUMNS, (row + 1) * COLUMNS).keySet())
            columns |= 1 << cell % COLUMNS;
        return columns;
    }

    List<Peer> all() { return List.copyOf(cells.values()); }

    List<RingView.Cell> cells() {
        return cells.entrySet().stream().map(cell -> new RingView.Cell(cell.getKey() / COLUMNS,
                cell.getKey() % COLUMNS, cell.getValue())).toList();
    }

    /// The last row that has anybody in it.
    int depth() { return cells.isEmpty() ? 0 : cells.lastKey() / COLUMNS; }

    private int cell(NodeId point) {
        int row = self.sharedDigits(point);
        return row * COLUMNS + point.digit(row);
    }
}
