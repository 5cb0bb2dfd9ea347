/// Tools that read the sources and the specifications.
package p2psip.tools;
