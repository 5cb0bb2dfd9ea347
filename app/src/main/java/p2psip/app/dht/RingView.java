package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.Peer;

/// How a node of the ring sees it: for those who look on.
///
/// @param leaves  its neighbours, clockwise from it
/// @param table   whom it knows by the prefix of their ids, row by row
/// @param records how many it holds, tombstones included
public record RingView(List<Peer> leaves, List<Cell> table, int records) {
    public RingView {
        leaves = List.copyOf(leaves);
        table = List.copyOf(table);
    }

    /// A place of the routing table that is taken.
    ///
    /// @param row    how many digits the ids have in common
    /// @param column the digit in which they differ first, of the peer
    public record Cell(int row, int column, Peer peer) {}
}
