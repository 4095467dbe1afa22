/**
 * The gRPC edge every service shares. A request passes {@code WireHygiene} (headers), {@code FrameInspector} (bytes of
 * the body), the token check, the role check, the limits, the guards (admission, risk), field validation, and then its
 * handler. Whatever goes wrong on the way is answered with a status, within the deadline.
 */
@NullMarked
package dev.onsale.runtime.rpc;

import org.jspecify.annotations.NullMarked;
