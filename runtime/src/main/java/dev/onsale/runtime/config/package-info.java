/**
 * Settings of a service: defaults, then a file, then the environment, then values given by code. Read once at the start;
 * every fault is collected, so that one failed start names them all.
 */
@NullMarked
package dev.onsale.runtime.config;

import org.jspecify.annotations.NullMarked;
