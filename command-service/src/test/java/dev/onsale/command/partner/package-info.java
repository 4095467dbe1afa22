/** Partners: keys, feeds and webhooks, tested on real stores and real receivers. */
@NullMarked
package dev.onsale.command.partner;

import org.jspecify.annotations.NullMarked;
