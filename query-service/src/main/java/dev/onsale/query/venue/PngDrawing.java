package dev.onsale.query.venue;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Draws a picture as PNG, without a screen. Takes some milliseconds: never on an event loop. */
final class PngDrawing {
    private static final BasicStroke LINE = new BasicStroke(1);
    private static final BasicStroke DASHES =
            new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 3}, 0);
    private static final Color EDGE = Color.decode("#333333");

    static {
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false); // Everything stays in memory.
    }

    private final Lettering lettering;

    PngDrawing(Lettering lettering) {
        this.lettering = lettering;
    }

    byte[] draw(VenuePicture picture) {
        Sheet sheet = Sheet.of(picture);
        BufferedImage image = new BufferedImage(sheet.width(), sheet.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, sheet.width(), sheet.height());
            graphics.setColor(Color.BLACK);
            lettering.middle(graphics, picture.title(), sheet.width() / 2.0, Sheet.MARGIN + 14, 22);
            for (int i = 0; i < picture.plan().shapes().size(); i++) {
                shape(
                        graphics,
                        sheet,
                        picture.plan().shapes().get(i),
                        picture.levels().get(i));
            }
            if (picture.isLive()) {
                legend(graphics, sheet);
            }
        } finally {
            graphics.dispose();
        }
        return encode(image);
    }

    private void shape(Graphics2D graphics, Sheet sheet, Shape shape, Level level) {
        Path2D path = new Path2D.Double();
        path.moveTo(sheet.x(shape.x()[0]), sheet.y(shape.y()[0]));
        for (int i = 1; i < shape.x().length; i++) {
            path.lineTo(sheet.x(shape.x()[i]), sheet.y(shape.y()[i]));
        }
        path.closePath();
        graphics.setColor(Color.decode(level.fill()));
        graphics.fill(path);
        graphics.setColor(EDGE);
        graphics.setStroke(level == Level.BLOCKED ? DASHES : LINE);
        graphics.draw(path);
        double size = sheet.labelSize(shape);
        if (size > 0) {
            double[] middle = shape.middle();
            graphics.setColor(Color.decode(level.ink()));
            lettering.middle(graphics, shape.code(), sheet.x(middle[0]), sheet.y(middle[1]), size);
        }
    }

    private void legend(Graphics2D graphics, Sheet sheet) {
        double x = Sheet.MARGIN;
        double y = sheet.legendTop();
        graphics.setStroke(LINE);
        for (Level level : Sheet.legendLevels()) {
            Rectangle2D swatch = new Rectangle2D.Double(x, y, Sheet.SWATCH, Sheet.SWATCH);
            graphics.setColor(Color.decode(level.fill()));
            graphics.fill(swatch);
            graphics.setColor(EDGE);
            graphics.draw(swatch);
            graphics.setColor(Color.BLACK);
            lettering.left(graphics, level.words(), x + Sheet.SWATCH + 6, y + 13, 14);
            x += Sheet.LEGEND_STEP;
        }
    }

    private static byte[] encode(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
