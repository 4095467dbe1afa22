package dev.onsale.query.venue;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes text into pictures, where this machine has a font at all; elsewhere pictures have colours but no words. */
final class Lettering {
    private static final Logger LOG = LoggerFactory.getLogger(Lettering.class);

    private final boolean fonts;

    Lettering(boolean fonts) {
        this.fonts = fonts;
    }

    static Lettering ofThisMachine() {
        Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            new TextLayout("A1", new Font(Font.SANS_SERIF, Font.PLAIN, 12), graphics.getFontRenderContext());
            return new Lettering(true);
        } catch (RuntimeException | LinkageError | InternalError none) {
            LOG.atInfo().addKeyValue("reason", none.toString()).log("No font here: PNG pictures have no words");
            return new Lettering(false);
        } finally {
            graphics.dispose();
        }
    }

    void middle(Graphics2D graphics, String text, double x, double y, double size) {
        if (fonts && !text.isBlank()) {
            TextLayout layout = layout(graphics, text, size);
            var box = layout.getBounds();
            layout.draw(graphics, (float) (x - box.getCenterX()), (float) (y - box.getCenterY()));
        }
    }

    void left(Graphics2D graphics, String text, double x, double y, double size) {
        if (fonts && !text.isBlank()) {
            layout(graphics, text, size).draw(graphics, (float) x, (float) y);
        }
    }

    private static TextLayout layout(Graphics2D graphics, String text, double size) {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont((float) size);
        return new TextLayout(text, font, graphics.getFontRenderContext());
    }
}
