/**
 * The life of a service: parts are opened in order, the service says it is ready, and on stop everything ends in
 * reverse: not ready, drain the RPC server, close the parts.
 */
@NullMarked
package dev.onsale.runtime.service;

import org.jspecify.annotations.NullMarked;
