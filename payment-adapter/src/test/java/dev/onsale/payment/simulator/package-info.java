@NullMarked
package dev.onsale.payment.simulator;

import org.jspecify.annotations.NullMarked;
