package org.chanrace.reports;

/** Writes elements one after another; text and attribute values are escaped here and nowhere else. */
final class Markup {
    private final StringBuilder out = new StringBuilder(4096);

    /** Opens an element. Attributes are pairs of name and value. */
    Markup open(String name, Object... attributes) {
        tag(name, attributes);
        out.append('>');
        return this;
    }

    /** An element without content. */
    Markup empty(String name, Object... attributes) {
        tag(name, attributes);
        out.append("/>");
        return this;
    }

    /** An element that contains only text. */
    Markup leaf(String name, String text, Object... attributes) {
        return open(name, attributes).text(text).close(name);
    }

    /** Text. */
    Markup text(String text) {
        out.append(Characters.xml(text));
        return this;
    }

    /** Closes an element. */
    Markup close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    /** A line break, for those who read the source. */
    Markup line() {
        out.append('\n');
        return this;
    }

    /** What is markup already. */
    Markup raw(CharSequence markup) {
        out.append(markup);
        return this;
    }

    private void tag(String name, Object... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2)
            out.append(' ').append(attributes[i]).append("=\"").append(Characters.xml(String.valueOf(attributes[i + 1]))).append('"');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
