package dev.onsale.command.ticket;

import com.google.zxing.common.BitMatrix;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.openpdf.text.Document;
import org.openpdf.text.Font;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfWriter;
import org.openpdf.text.pdf.draw.LineSeparator;

/** Draws tickets. Takes a few milliseconds of computing: never on an event loop. */
public final class TicketPrinter {
    /** Side of the PNG in pixels. */
    static final int PNG_PIXELS = 600;
    /** Side of the code on a page in points. */
    static final float QR_SIDE = 230;

    private static final float MARGIN = 42;

    private static final BaseFont REGULAR = font("LiberationSans-Regular.ttf");
    private static final BaseFont BOLD = font("LiberationSans-Bold.ttf");

    /** The QR code alone, as a PNG. */
    public byte[] png(PrintedTicket ticket) {
        return QrCode.png(ticket.code(), PNG_PIXELS);
    }

    /** A page a ticket, A5: event, venue, date in the venue's time zone, place, references, QR code. */
    public byte[] pdf(List<PrintedTicket> tickets) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Document document = new Document(PageSize.A5, MARGIN, MARGIN, MARGIN, MARGIN)) {
            PdfWriter writer = PdfWriter.getInstance(document, bytes);
            writer.setFullCompression();
            document.addTitle("Tickets");
            document.open();
            for (PrintedTicket ticket : tickets) {
                document.newPage();
                page(document, writer, ticket);
            }
        }
        return bytes.toByteArray();
    }

    private static void page(Document document, PdfWriter writer, PrintedTicket ticket) {
        TicketDetail detail = ticket.detail();
        TicketDetail.Show show = detail.event();
        document.add(new Paragraph(26, show.name(), new Font(BOLD, 21)));
        document.add(new Paragraph(20, show.venue() + ", " + show.city(), new Font(REGULAR, 12)));
        document.add(new Paragraph(18, show.when(), new Font(REGULAR, 12)));
        document.add(new LineSeparator(0.7f, 100, Color.GRAY, 0, -8));
        document.add(new Paragraph(40, detail.place().words(), new Font(BOLD, 17)));
        document.add(new Paragraph(22, "Ticket " + detail.reference(), new Font(REGULAR, 12)));
        document.add(new Paragraph(18, "Booking " + detail.bookingReference(), new Font(REGULAR, 12)));
        float left = (PageSize.A5.getWidth() - QR_SIDE) / 2;
        draw(writer.getDirectContent(), QrCode.modules(ticket.code()), left, MARGIN);
    }

    /** Runs of black modules as rectangles: sharp at any size, and small. */
    private static void draw(PdfContentByte canvas, BitMatrix modules, float left, float bottom) {
        float side = QR_SIDE / modules.getWidth();
        canvas.setColorFill(Color.BLACK);
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                int run = 0;
                while (x + run < modules.getWidth() && modules.get(x + run, y)) {
                    run++;
                }
                if (run > 0) {
                    canvas.rectangle(left + x * side, bottom + (modules.getHeight() - 1 - y) * side, run * side, side);
                    x += run;
                }
            }
        }
        canvas.fill();
    }

    private static BaseFont font(String file) {
        try (InputStream stream = TicketPrinter.class.getResourceAsStream("/liberation/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("no font " + file);
            }
            return BaseFont.createFont(file, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, true, stream.readAllBytes(), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
