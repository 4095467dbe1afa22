package dev.onsale.runtime.rpc;

/** A call whose headers have passed the wire hygiene. */
record Arrival(InspectedRequest wire, Call call) {}
