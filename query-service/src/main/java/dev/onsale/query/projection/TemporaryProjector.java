package dev.onsale.query.projection;

import dev.onsale.query.stream.GroupPosition;
import dev.onsale.query.stream.GroupReader;
import dev.onsale.query.stream.Worker;

/** A projector with a group of its own, both of which go when it is closed. */
public final class TemporaryProjector implements AutoCloseable {
    private final PatientWriter writer;
    private final GroupPosition position;
    private final GroupReader reader;
    private final Worker worker;

    TemporaryProjector(PatientWriter writer, GroupPosition position, GroupReader reader, Worker worker) {
        this.writer = writer;
        this.position = position;
        this.reader = reader;
        this.worker = worker;
    }

    /**
     * Writes to the same indexes.
     *
     * @return the writer
     */
    public PatientWriter writer() {
        return writer;
    }

    /**
     * Tells how far it has come.
     *
     * @return its group's position
     */
    public GroupPosition position() {
        return position;
    }

    @Override
    public void close() {
        worker.stop().await();
        reader.destroyGroups().await();
    }
}
