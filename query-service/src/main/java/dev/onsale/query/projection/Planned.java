package dev.onsale.query.projection;

import dev.onsale.query.elastic.Document;
import dev.onsale.query.stream.Entry;
import java.util.List;

/**
 * A document to be written, and the entries it stands for: if it can never be written, they are put aside.
 *
 * @param document the document
 * @param entries where it came from
 */
record Planned(Document document, List<Entry> entries) {}
