package dev.onsale.runtime.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something read from files, read again when their content changes. What can't be used changes nothing, and is told of once.
 *
 * @param <T> what is read
 */
final class WatchedFiles<T> {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFiles.class);

    private final String what;
    private final List<Path> files;
    private final Reading<T> reading;
    private int tried;

    /** Reads and checks. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws GeneralSecurityException;
    }

    /** What came of a look at the files. */
    enum Look {
        UNCHANGED,
        RENEWED,
        REFUSED
    }

    WatchedFiles(String what, List<Path> files, Reading<T> reading) {
        this.what = what;
        this.files = files;
        this.reading = reading;
    }

    String what() {
        return what;
    }

    /** Reads for the first time. */
    T first() throws GeneralSecurityException {
        tried = fingerprint();
        return reading.read();
    }

    /** Looks whether the files have changed and, if they can be used, hands on what they say now. Reads files: not for event loops. */
    synchronized Look look(Consumer<T> renewed) {
        int now = fingerprint();
        if (now == tried) {
            return Look.UNCHANGED;
        }
        tried = now;
        try {
            renewed.accept(reading.read());
            LOG.atInfo().addKeyValue("files", what).log("Certificates are renewed");
            return Look.RENEWED;
        } catch (GeneralSecurityException | RuntimeException bad) {
            LOG.atWarn()
                    .addKeyValue("files", what)
                    .addKeyValue("reason", bad.getMessage())
                    .log("Changed certificates can't be used; the old ones are kept");
            return Look.REFUSED;
        }
    }

    /** Of their contents: an editor, a mount or a link that is moved don't all touch the time. */
    private int fingerprint() {
        var contents = new ArrayList<Integer>();
        for (var file : files) {
            try {
                contents.add(Arrays.hashCode(Files.readAllBytes(file)));
            } catch (IOException | UncheckedIOException unreadable) {
                contents.add(0);
            }
        }
        return contents.hashCode();
    }
}
