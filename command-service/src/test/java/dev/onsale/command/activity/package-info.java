@NullMarked
package dev.onsale.command.activity;

import org.jspecify.annotations.NullMarked;
