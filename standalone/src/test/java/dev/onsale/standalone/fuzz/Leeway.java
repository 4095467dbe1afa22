package dev.onsale.standalone.fuzz;

/** What an input may be answered with besides a plain refusal. */
enum Leeway {
    /** OK: the caller may do this. */
    OK,
    /** An HTTP status without a gRPC status: it isn't gRPC any more. */
    HTTP,
    /** The end of the stream or of the connection: it isn't HTTP any more. */
    ENDED,
    /** UNIMPLEMENTED: the path or the encoding is one that nobody serves. */
    UNIMPLEMENTED,
    /** DEADLINE_EXCEEDED: the input names a short deadline, or never ends. */
    EXPIRED
}
