/// Java compiled while the program runs, in memory: exercises, and lines broken on purpose.
package p2psip.tools.compile;
