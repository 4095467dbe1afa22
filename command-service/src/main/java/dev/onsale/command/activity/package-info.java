/** Which calls to the write side are kept for support. */
@NullMarked
package dev.onsale.command.activity;

import org.jspecify.annotations.NullMarked;
