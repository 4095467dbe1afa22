@NullMarked
package dev.onsale.payment.stripe;

import org.jspecify.annotations.NullMarked;
