package dev.onsale.query.elastic;

import java.util.List;

/**
 * A page of what a search found.
 *
 * @param hits the documents
 * @param nextToken for the next page; empty if this was the last
 * @param total how many there are in all, counted to {@link Searches#MOST_COUNTED}
 * @param <T> the documents' type
 */
public record Page<T>(List<T> hits, String nextToken, int total) {}
