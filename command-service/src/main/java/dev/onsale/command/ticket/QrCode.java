package dev.onsale.command.ticket;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.client.j2se.MatrixToImageWriter;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A ticket's code as squares, with error correction M: readable with a seventh of it dirty. The mask is fixed: a signed code
 * looks random under any mask, and to try all eight takes longer than everything else on a ticket's page.
 */
final class QrCode {
    private static final int QUIET_ZONE = 4;
    private static final Map<EncodeHintType, Object> HINTS = Map.of(
            EncodeHintType.ERROR_CORRECTION,
            ErrorCorrectionLevel.M,
            EncodeHintType.MARGIN,
            QUIET_ZONE,
            EncodeHintType.QR_MASK_PATTERN,
            3);

    private QrCode() {}

    /** One bit a module, with the quiet zone that scanners need. */
    static BitMatrix modules(String code) {
        return matrix(code, 1);
    }

    /** A black and white PNG so many pixels wide and high. */
    static byte[] png(String code, int pixels) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            MatrixToImageWriter.writeToStream(matrix(code, pixels), "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BitMatrix matrix(String code, int size) {
        try {
            return new QRCodeWriter().encode(code, BarcodeFormat.QR_CODE, size, size, HINTS);
        } catch (WriterException tooLong) {
            throw new IllegalArgumentException("does not fit a QR code", tooLong);
        }
    }
}
