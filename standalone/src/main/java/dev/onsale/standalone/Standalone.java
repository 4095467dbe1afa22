package dev.onsale.standalone;

import dev.onsale.tools.bench.Bench;
import dev.onsale.tools.rush.Rush;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The command line. A new command is one more class in the list. */
@Command(
        name = "onsale",
        description = "Sells tickets when far more people want them than there are seats.",
        mixinStandardHelpOptions = true,
        versionProvider = Standalone.Version.class,
        subcommands = {
            UpCommand.class,
            TokenCommand.class,
            VerifyDrawCommand.class,
            VerifyAuditCommand.class,
            GateCommand.class,
            RebuildCommand.class,
            DeadLettersCommand.class,
            Rush.class,
            Bench.class
        })
public final class Standalone {

    private Standalone() {}

    /** Runs one command and ends the process with its exit code: 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] arguments) {
        logTo("logback-command.xml");
        System.exit(commandLine().execute(arguments));
    }

    /** Which file configures the log; counts until something is logged. */
    static void logTo(String configuration) {
        System.setProperty("logback.configurationFile", configuration);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Standalone())
                .setDefaultValueProvider(Standalone::usual)
                .setExecutionExceptionHandler(new Failures())
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Every command's {@code --data} means the same folder if it is not given. */
    private static @Nullable String usual(ArgSpec argument) {
        return argument instanceof OptionSpec option && option.longestName().equals("--data")
                ? DataOption.usual().toString()
                : null;
    }

    /** The version, from the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Standalone.class.getPackage().getImplementationVersion();
            return new String[] {"Onsale " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
