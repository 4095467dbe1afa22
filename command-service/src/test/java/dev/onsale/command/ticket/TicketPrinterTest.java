package dev.onsale.command.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TicketPrinterTest {
    private static final int MOST_BYTES = 48 * 1024;
    private static final int DPI = 200;
    private static final int MARGIN = 42;

    @TempDir
    Path folder;

    private final TicketPrinter printer = new TicketPrinter();

    @RepeatedTest(20)
    void drawsAQrCodeThatAScannerReads() throws Exception {
        PrintedTicket ticket = ticket("Arctic Fox");
        byte[] png = printer.png(ticket);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));

        assertThat(image.getWidth()).isEqualTo(600);
        assertThat(image.getHeight()).isEqualTo(600);
        assertThat(png).hasSizeLessThan(MOST_BYTES);
        assertThat(scan(image)).isEqualTo(ticket.code());
    }

    @RepeatedTest(20)
    void printsWhatAPersonNeedsAndAQrCodeThatAScannerReads() throws Exception {
        PrintedTicket ticket = ticket("Ærøskøbing – Ночь, Βραδιά");
        byte[] pdf = printer.pdf(List.of(ticket));

        assertThat(pdf).hasSizeLessThan(MOST_BYTES);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(new PDFTextStripper().getText(document))
                    .contains("Ærøskøbing – Ночь, Βραδιά")
                    .contains("Olympiastadion, München")
                    .contains("Saturday, 14 March 2026, 19:30 (Europe/Berlin)")
                    .contains("Section 112, row F, seat 7")
                    .contains("T-8FK2-QM4X")
                    .contains("K7QM-2XPA");
            assertThat(scan(codeOf(new PDFRenderer(document).renderImageWithDPI(0, DPI))))
                    .isEqualTo(ticket.code());
        }
    }

    @Test
    void printsAPageATicket() throws Exception {
        byte[] pdf = printer.pdf(List.of(ticket("A"), ticket("B"), ticket("C")));
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(3);
        }
    }

    private PrintedTicket ticket(String name) {
        TicketDetail.Show show = new TicketDetail.Show(
                UUID.randomUUID(),
                name,
                Instant.parse("2026-03-14T18:30:00Z"),
                true,
                "Olympiastadion",
                "München",
                "Europe/Berlin");
        TicketDetail.Place place = new TicketDetail.Place("112", "F", 7, 9, 0, false, null, null, "A");
        TicketDetail detail = new TicketDetail(
                UUID.randomUUID(),
                "T-8FK2-QM4X",
                UUID.randomUUID(),
                "K7QM-2XPA",
                "alice",
                "valid",
                null,
                null,
                show,
                place,
                1);
        return new PrintedTicket(
                detail, new TicketCodes(TicketKeys.open(folder.resolve("k.json"))).sign(detail.code()));
    }

    /** The lower part of the page, where nothing but the code is. */
    private static BufferedImage codeOf(BufferedImage page) {
        int height = Math.round((MARGIN + TicketPrinter.QR_SIDE) / 72 * DPI);
        return page.getSubimage(0, page.getHeight() - height, page.getWidth(), height);
    }

    /** Told where the code is: on one still picture ZXing overlooks one in forty codes of this size, whatever their mask. */
    private static String scan(BufferedImage image) throws Exception {
        var bitmap = new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(image)));
        return new QRCodeReader()
                .decode(bitmap, Map.of(DecodeHintType.PURE_BARCODE, true))
                .getText();
    }
}
