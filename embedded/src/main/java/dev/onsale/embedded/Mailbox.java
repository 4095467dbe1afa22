package dev.onsale.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The mails that were delivered, one file each; only the newest are kept, so that a rush does not fill the disk. */
final class Mailbox {

    private static final int KEPT = 5_000;
    private static final String SUFFIX = ".eml";

    private final Path folder;
    private final Deque<Envelope> envelopes = new ArrayDeque<>();
    private long last;

    /** What the sender said at delivery. */
    private record Envelope(long id, List<String> to) {}

    /** Writes a message's bytes. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    Mailbox(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(SUFFIX))
                        .sorted()
                        .forEach(this::remember);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the mails in " + folder, e);
        }
    }

    private void remember(String name) {
        long id = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        try {
            add(new Envelope(id, MailReader.read(id, file(id)).to()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void deliver(List<String> to, Content content) throws IOException {
        long id = last + 1;
        try (OutputStream out = Files.newOutputStream(file(id))) {
            content.writeTo(out);
        }
        add(new Envelope(id, to));
    }

    private void add(Envelope envelope) {
        last = envelope.id();
        envelopes.addFirst(envelope);
        if (envelopes.size() > KEPT) {
            try {
                Files.deleteIfExists(file(envelopes.removeLast().id()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Path file(long id) {
        return folder.resolve(String.format(Locale.ROOT, "%010d%s", id, SUFFIX));
    }

    /** The newest mails first; those to one recipient, or all if the address is empty. */
    synchronized List<Mail> find(String recipient, int limit) {
        return envelopes.stream()
                .filter(envelope -> recipient.isEmpty() || isTo(envelope, recipient))
                .limit(limit)
                .map(this::read)
                .toList();
    }

    private static boolean isTo(Envelope envelope, String recipient) {
        return envelope.to().stream()
                .anyMatch(to -> to.toLowerCase(Locale.ROOT).contains(recipient.toLowerCase(Locale.ROOT)));
    }

    private Mail read(Envelope envelope) {
        try {
            return MailReader.read(envelope.id(), file(envelope.id()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized int size() {
        return envelopes.size();
    }
}
