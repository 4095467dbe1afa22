/**
 * The demo: a stadium drawn as code, and a show in it put on sale by the calls any operator would make.
 *
 * <p>{@link dev.onsale.demo.Stadium} draws the seat map from a few measures: rings of rows around a pitch, cut into sections.
 * {@link dev.onsale.demo.DemoSale} sends it through the gRPC admin API. Nothing here reads a database.
 */
@NullMarked
package dev.onsale.demo;

import org.jspecify.annotations.NullMarked;
