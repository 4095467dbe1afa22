@NullMarked
package dev.onsale.payment.movement;

import org.jspecify.annotations.NullMarked;
