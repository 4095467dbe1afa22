package dev.onsale.query.elastic;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes documents in bulk, with external versions, and tells for each what became of it. Blocks: for virtual threads. */
public final class BulkWriter {
    private static final int CONFLICT = 409;
    private static final int MOST_DOCUMENTS = 1000;

    private final Elastic elastic;
    private final IndexTargets targets;

    /**
     * A writer.
     *
     * @param elastic the connection
     * @param targets where the documents go
     */
    public BulkWriter(Elastic elastic, IndexTargets targets) {
        this.elastic = elastic;
        this.targets = targets;
    }

    /**
     * Writes once; what failed is for the caller to repeat.
     *
     * @param documents any number
     * @return one outcome each, in the same order
     */
    public List<WriteOutcome> write(List<Document> documents) {
        List<WriteOutcome> outcomes = new ArrayList<>(documents.size());
        for (int from = 0; from < documents.size(); from += MOST_DOCUMENTS) {
            outcomes.addAll(send(
                    documents.subList(from, Math.min(documents.size(), from + MOST_DOCUMENTS)), VersionType.External));
        }
        return outcomes;
    }

    /**
     * Writes once, also over a document of the same version: for repairs.
     *
     * @param documents at most 1,000
     * @return one outcome each, in the same order
     */
    public List<WriteOutcome> overwrite(List<Document> documents) {
        return send(documents, VersionType.ExternalGte);
    }

    private List<WriteOutcome> send(List<Document> documents, VersionType versions) {
        try {
            List<BulkOperation> operations = documents.stream()
                    .map(document -> operation(document, versions))
                    .toList();
            BulkResponse response = elastic.blocking().bulk(bulk -> bulk.operations(operations));
            return response.items().stream().map(BulkWriter::outcome).toList();
        } catch (ElasticsearchException e) {
            return all(documents, outcome(e, documents.size()));
        } catch (IOException e) {
            return all(documents, new WriteOutcome.Later(text(e), false));
        }
    }

    /** A whole bulk that is refused may only be too large, or hold one bad document: smaller ones tell. */
    private static WriteOutcome outcome(ElasticsearchException e, int documents) {
        if (Elastic.passing(e)) {
            return new WriteOutcome.Later(text(e), Elastic.busy(e.status()));
        }
        return documents > 1 ? new WriteOutcome.Later(text(e), true) : new WriteOutcome.Refused(text(e));
    }

    private BulkOperation operation(Document document, VersionType versions) {
        return BulkOperation.of(bulk -> bulk.index(index -> index.index(targets.name(document.kind()))
                .requireAlias(targets.aliases())
                .id(document.id())
                .version(document.version())
                .versionType(document.replacesEqual() ? VersionType.ExternalGte : versions)
                .document(document.source())));
    }

    private static WriteOutcome outcome(BulkResponseItem item) {
        ErrorCause error = item.error();
        if (error == null || item.status() == CONFLICT) {
            return new WriteOutcome.Written();
        }
        String cause = item.status() + " " + error.type() + ": " + error.reason();
        return Elastic.passing(item.status())
                ? new WriteOutcome.Later(cause, Elastic.busy(item.status()))
                : new WriteOutcome.Refused(cause);
    }

    private static List<WriteOutcome> all(List<Document> documents, WriteOutcome outcome) {
        return Collections.nCopies(documents.size(), outcome);
    }

    private static String text(Exception e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
