/// The command `p2psip`: [Main] finds its verbs and runs one of them.
package p2psip.app.p2psip;
