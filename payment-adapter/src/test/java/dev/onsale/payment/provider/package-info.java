@NullMarked
package dev.onsale.payment.provider;

import org.jspecify.annotations.NullMarked;
