/// Where nodes live: [Host] is the machine room, [Event] what it tells a node, [Effect] what a node
/// asks of it.
package p2psip.app.host;
