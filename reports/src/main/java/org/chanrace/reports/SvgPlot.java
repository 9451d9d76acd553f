package org.chanrace.reports;

/**
 * A plot to stand in a page that includes {@link SvgDiagram#styleSheet()}: a title, a rectangle to draw in, axes.
 *
 * <p>Coordinates are integers and ids begin with a prefix, as in {@link SvgDiagram}. The origin of the rectangle is its lower left corner, and its two
 * directions are right and up.
 */
final class SvgPlot {
    private static final int TOP = 40;
    private static final int RIGHT = 24;
    private static final int BOTTOM = 40;
    private static final int ROW = 18;

    /** Width of a sample in the legend. */
    static final int SAMPLE = 24;

    private final String prefix;
    private final String title;
    private final int left;
    private final int width;
    private final int height;
    private final Markup definitions = new Markup();
    private final Markup axes = new Markup();
    private final Markup marks = new Markup();
    private int rows;
    private int next;

    /**
     * @param prefix what ids within begin with, unique in the page
     * @param left room for the labels of the vertical axis
     * @param width of the rectangle
     * @param height of the rectangle
     */
    SvgPlot(String prefix, String title, int left, int width, int height) {
        this.prefix = prefix;
        this.title = Characters.oneLine(title);
        this.left = left;
        this.width = width;
        this.height = height;
    }

    /** What a name within the plot is called in the page. */
    String id(String name) {
        return prefix + name;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The picture's coordinate of a place so far right of the origin. */
    int x(int right) {
        return left + right;
    }

    /** The picture's coordinate of a place so far above the origin. */
    int y(int up) {
        return TOP + height - up;
    }

    /** Patterns and the like. */
    Markup definitions() {
        return definitions;
    }

    /** What is drawn above the axes. */
    Markup marks() {
        return marks;
    }

    /** A mark of the horizontal axis. */
    void across(int right, String label) {
        axes.empty("line", "x1", x(right), "y1", y(0), "x2", x(right), "y2", y(-5), "class", "st-lifeline");
        axes.leaf("text", label, "x", x(right), "y", y(-18), "text-anchor", "middle", "class", "st-muted").line();
    }

    /** A line through the rectangle at a place of the horizontal axis. */
    void upward(int right) {
        axes.empty("line", "x1", x(right), "y1", y(0), "x2", x(right), "y2", y(height), "class", "st-rule").line();
    }

    /** A mark of the vertical axis, with a line through the rectangle. */
    void up(int up, String label) {
        axes.empty("line", "x1", x(0), "y1", y(up), "x2", x(width), "y2", y(up), "class", up == 0 ? "st-lifeline" : "st-rule");
        axes.leaf("text", label, "x", x(-6), "y", y(up) + 4, "text-anchor", "end", "class", "st-muted").line();
    }

    /** A place in the picture's coordinates. */
    record Spot(int x, int y) {}

    /** A further entry of the legend, below everything. Returns where its sample begins, {@value #SAMPLE} wide, which the caller draws. */
    Spot legend(String text) {
        int wide = SAMPLE + 6 + SvgLayout.textWidth(text);
        if (rows == 0 || next + wide > left + width) {
            rows++;
            next = 12;
        }
        Spot spot = new Spot(next, y(-BOTTOM) + ROW * rows);
        marks.leaf("text", text, "x", spot.x() + SAMPLE + 6, "y", spot.y() + 4).line();
        next += wide + 18;
        return spot;
    }

    /** The element. */
    String element() {
        int right = left + width + RIGHT;
        int bottom = y(-BOTTOM) + ROW * rows + (rows == 0 ? 0 : 10);
        Markup svg = new Markup();
        svg.open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "st", "viewBox", "0 0 " + right + " " + bottom, "width", right, "height", bottom, "role", "img",
                "aria-labelledby", id("t")).line();
        svg.leaf("title", title, "id", id("t")).line();
        String defined = definitions.toString();
        if (!defined.isEmpty()) svg.open("defs").raw(defined).close("defs").line();
        svg.leaf("text", title, "x", 12, "y", 20, "class", "st-thread").line();
        return svg.raw(axes.toString()).raw(marks.toString()).close("svg").toString();
    }
}
