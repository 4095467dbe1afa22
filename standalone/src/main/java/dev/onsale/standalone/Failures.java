package dev.onsale.standalone;

import dev.onsale.embedded.StoresException;
import dev.onsale.runtime.config.ConfigFault;
import dev.onsale.runtime.error.Refusal;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in words where we have words for it, and with the stack where we have not. */
final class Failures implements IExecutionExceptionHandler {

    private static final int FAILED = 1;
    private static final int MISCONFIGURED = 2;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        switch (failure) {
            case ConfigFault fault -> {
                fault.faults().forEach(command.getErr()::println);
                return MISCONFIGURED;
            }
            case CannotRun cannot -> command.getErr().println(cannot.getMessage());
            case StoresException stores -> command.getErr().println(stores.getMessage());
            case Refusal refusal -> command.getErr().println(refusal.getMessage());
            case IOException io -> command.getErr().println(io.getMessage());
            default -> failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return FAILED;
    }
}
