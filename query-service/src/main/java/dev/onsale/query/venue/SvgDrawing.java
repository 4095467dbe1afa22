package dev.onsale.query.venue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.StringJoiner;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Draws a picture as SVG. All text goes through the XML writer, which escapes it. */
final class SvgDrawing {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();

    private final VenuePicture picture;
    private final Sheet sheet;
    private final XMLStreamWriter xml;

    private SvgDrawing(VenuePicture picture, XMLStreamWriter xml) {
        this.picture = picture;
        this.sheet = Sheet.of(picture);
        this.xml = xml;
    }

    static byte[] draw(VenuePicture picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = WRITERS.createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            new SvgDrawing(picture, xml).draw();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    private void draw() throws XMLStreamException {
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        start("svg", "xmlns", NAMESPACE, "viewBox", "0 0 " + sheet.width() + " " + sheet.height(), "role", "img");
        xml.writeAttribute("font-family", "sans-serif");
        title(picture.title().isEmpty() ? "Venue" : picture.title());
        empty("rect", "width", "100%", "height", "100%", "fill", "#ffffff");
        if (!picture.title().isEmpty()) {
            text(picture.title(), sheet.width() / 2.0, Sheet.MARGIN + 14, 22, "#000000");
        }
        for (int i = 0; i < picture.plan().shapes().size(); i++) {
            shape(picture.plan().shapes().get(i), picture.levels().get(i));
        }
        if (picture.isLive()) {
            legend();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void shape(Shape shape, Level level) throws XMLStreamException {
        StringJoiner points = new StringJoiner(" ");
        for (int i = 0; i < shape.x().length; i++) {
            points.add(number(sheet.x(shape.x()[i])) + "," + number(sheet.y(shape.y()[i])));
        }
        start("g", "id", "section-" + clean(shape.code()));
        title(shape.name() + (level.words().isEmpty() ? "" : ": " + level.words()));
        start("polygon", "points", points.toString(), "fill", level.fill(), "stroke", "#333333");
        if (level == Level.BLOCKED) {
            xml.writeAttribute("stroke-dasharray", "4 3");
        }
        xml.writeEndElement();
        double size = sheet.labelSize(shape);
        if (size > 0) {
            double[] middle = shape.middle();
            text(shape.code(), sheet.x(middle[0]), sheet.y(middle[1]), size, level.ink());
        }
        xml.writeEndElement();
    }

    private void legend() throws XMLStreamException {
        double x = Sheet.MARGIN;
        double y = sheet.legendTop();
        for (Level level : Sheet.legendLevels()) {
            String side = Integer.toString(Sheet.SWATCH);
            empty(
                    "rect",
                    "x",
                    number(x),
                    "y",
                    number(y),
                    "width",
                    side,
                    "height",
                    side,
                    "fill",
                    level.fill(),
                    "stroke",
                    "#333333");
            start("text", "x", number(x + Sheet.SWATCH + 6), "y", number(y + 13), "font-size", "14");
            xml.writeCharacters(level.words());
            xml.writeEndElement();
            x += Sheet.LEGEND_STEP;
        }
    }

    private void title(String title) throws XMLStreamException {
        start("title");
        xml.writeCharacters(clean(title));
        xml.writeEndElement();
    }

    private void text(String text, double x, double y, double size, String ink) throws XMLStreamException {
        start(
                "text",
                "x",
                number(x),
                "y",
                number(y),
                "font-size",
                number(size),
                "fill",
                ink,
                "text-anchor",
                "middle",
                "dominant-baseline",
                "central");
        xml.writeCharacters(clean(text));
        xml.writeEndElement();
    }

    private void start(String element, String... attributes) throws XMLStreamException {
        xml.writeStartElement(element);
        attributes(attributes);
    }

    private void empty(String element, String... attributes) throws XMLStreamException {
        xml.writeEmptyElement(element);
        attributes(attributes);
    }

    private void attributes(String... pairs) throws XMLStreamException {
        for (int i = 0; i < pairs.length; i += 2) {
            xml.writeAttribute(pairs[i], pairs[i + 1]);
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** XML has no way to say some characters, escaped or not. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().forEach(c -> clean.appendCodePoint(isXml(c) ? c : 0xFFFD));
        return clean.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c < 0xD800)
                || (c > 0xDFFF && c < 0xFFFE)
                || c > 0xFFFF;
    }
}
