@NullMarked
package dev.onsale.payment;

import org.jspecify.annotations.NullMarked;
