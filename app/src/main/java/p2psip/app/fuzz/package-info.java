/// An assault on ports, to see that what is wrong harms nobody: [Mutations] makes datagrams that
/// are nearly right, [Assailant] sends them, on a real host or a simulated one; and [LossyRelay], a
/// bad network for any two programs.
package p2psip.app.fuzz;
