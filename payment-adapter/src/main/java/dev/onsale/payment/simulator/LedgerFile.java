package dev.onsale.payment.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/** The ledger's file: JSON lines, only ever added to, forced to disk with every batch. One writer. */
final class LedgerFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private volatile long durableBytes;

    private LedgerFile(Path path, FileChannel channel, long length) {
        this.path = path;
        this.channel = channel;
        this.durableBytes = length;
    }

    /** Opens it and hands over every line it holds. A last line that was cut short by a crash was never answered: it goes. */
    static LedgerFile open(Path path, Consumer<LedgerEntry> each) throws IOException {
        Path absolute = path.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        FileChannel channel = FileChannel.open(absolute, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long whole = readWholeLines(absolute, each);
        channel.truncate(whole);
        channel.position(whole);
        return new LedgerFile(absolute, channel, whole);
    }

    private static long readWholeLines(Path path, Consumer<LedgerEntry> each) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                each.accept(LedgerEntry.parse(new String(bytes, start, i - start, StandardCharsets.UTF_8)));
                start = i + 1;
            }
        }
        return start;
    }

    /** Adds the lines; returns when they are on disk. */
    void append(List<LedgerEntry> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.toLine()).append('\n'));
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
        durableBytes = channel.position();
    }

    Path path() {
        return path;
    }

    /** How many bytes, from the first, are whole lines on disk. */
    long durableBytes() {
        return durableBytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
