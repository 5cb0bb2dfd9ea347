package p2psip.std.xml;

/// Documents of the kinds that stand on this package.
final class Examples {
    private Examples() {}

    /// @spec https://www.rfc-editor.org/rfc/rfc3863#section-4 RFC 3863 §4
    static final String PRESENCE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <presence xmlns="urn:ietf:params:xml:ns:pidf"
                    xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" entity="pres:ada@example.com">
              <tuple id="desk">
                <status><basic>open</basic></status>
                <contact priority="0.8">sip:ada@192.0.2.4</contact>
                <note xml:lang="de">Im B\u00fcro &amp; bei Tee</note>
                <timestamp>2026-11-30T09:15:00Z</timestamp>
              </tuple>
              <tuple id="hall"><status><basic>closed</basic></status></tuple>
              <dm:person id="p1"><dm:note><![CDATA[<in a meeting>]]></dm:note></dm:person>
            </presence>
            """;

    /// @spec https://www.rfc-editor.org/rfc/rfc3858#section-4 RFC 3858 §4
    static final String WATCHERS = """
            <?xml version='1.0'?>
            <watcherinfo xmlns='urn:ietf:params:xml:ns:watcherinfo' version='3' state='partial'>
              <watcher-list resource='sip:ada@example.com' package='presence'>
                <watcher status='pending' id='w7' event='subscribe'
                    duration-subscribed='60'>sip:bob@example.com</watcher>
                <watcher status='active' id='w9' event='approved'
                    display-name='&quot;Carol&quot;'>sip:carol@example.com</watcher>
              </watcher-list>
            </watcherinfo>""";

    /// Of XML-RPC, with a value that is no more than text.
    static final String CALL = """
            <?xml version="1.0"?>
            <methodCall><methodName>put</methodName><params>
            <param><value><base64>AAECAw==</base64></value></param>
            <param><value><int>60</int></value></param>
            <param><value>a &lt; b</value></param>
            </params></methodCall>""";

    /// @spec https://www.rfc-editor.org/rfc/rfc6120#section-4.2 RFC 6120 §4.2
    static final String STREAM = """
            <?xml version='1.0'?><stream:stream from='ada@example.com' to='example.com' \
            version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>
            <stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></stream:features>
            <iq type='result' id='r1'><query xmlns='jabber:iq:roster'>\
            <item jid='bob@example.com' name='Bob'/><item jid='carol@example.com'/></query></iq>

             <message to='ada@example.com' type='chat'><body>Tea &amp; cake?\n At 5</body></message>
            <presence/></stream:stream>""";
}
