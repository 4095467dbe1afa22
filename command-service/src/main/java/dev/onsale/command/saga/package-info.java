/**
 * The saga engine: work in several steps that survives crashes, moves between nodes and can be undone.
 *
 * <p>An RPC writes the saga's row by {@link dev.onsale.command.saga.Sagas#start} in the same transaction as what the saga is
 * about, and answers. A {@link dev.onsale.command.saga.SagaRunner} on any node claims due rows by a conditional update (a
 * lease, and an owner epoch that is one higher with each owner), and a virtual thread each takes the steps in order. One save
 * commits the result of a step together with the intent of the next, so what may have happened is always on record. A save
 * by an owner that was replaced meanwhile changes no row. Steps that nobody waits for run in a {@link
 * dev.onsale.command.saga.SagaLane} of their own, few at a time. What a step's outcome leads to is decided in {@link
 * dev.onsale.command.saga.SagaPosition} and nowhere else.
 */
@NullMarked
package dev.onsale.command.saga;

import org.jspecify.annotations.NullMarked;
