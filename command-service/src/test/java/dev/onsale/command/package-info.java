/** Tests of the command service: a server on real stores ({@code CommandServer}) and clients of it ({@code Calls}). */
@NullMarked
package dev.onsale.command;

import org.jspecify.annotations.NullMarked;
