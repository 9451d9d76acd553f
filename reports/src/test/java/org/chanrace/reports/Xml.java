package org.chanrace.reports;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads back what was written; throws when it is not well-formed. */
final class Xml {
    private Xml() {}

    static Document parse(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        var builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new InputSource(new StringReader(text)));
    }

    /** The page as XML: void elements closed, boolean attributes given a value. */
    static Document parseHtml(String page) throws Exception {
        String xml = page.replaceFirst("^<!DOCTYPE html>\n", "").replaceAll("<(meta|input)( [^>]*?)?>", "<$1$2/>").replaceAll("(<[^<>]*\") (checked|open)(/?>)", "$1 $2=\"\"$3");
        return parse(xml);
    }

    static List<Element> elements(Document document, String name) {
        List<Element> all = new ArrayList<>();
        NodeList nodes = document.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) all.add((Element) nodes.item(i));
        return all;
    }
}
