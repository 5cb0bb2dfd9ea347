/// An assault on ports, to see that what is wrong harms nobody: [Mutations] makes datagrams that
/// are nearly right, [Assailant] sends them, on a real host or a simulated one.
package p2psip.app.fuzz;
