package dev.onsale.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whom child processes run as. PostgreSQL and Elasticsearch refuse root, so root hands them to an unprivileged account;
 * anybody else runs them as himself.
 *
 * @param user the numeric user id
 * @param group the numeric group id
 * @param switches whether this process is root and must change to that account
 */
record Account(int user, int group, boolean switches) {

    private static final Path PASSWD = Path.of("/etc/passwd");
    private static final List<String> PREFERRED = List.of("nobody", "daemon", "bin");

    /** The account to use: ours, or the first suitable one if we are root. */
    static Account choose() {
        try {
            int user = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            int group = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:gid");
            return user == 0 ? unprivileged() : new Account(user, group, false);
        } catch (IOException e) {
            throw new StoresException("Embedded stores need Linux with /proc; give URLs of running stores instead", e);
        }
    }

    private static Account unprivileged() throws IOException {
        if (!Programs.onPath("setpriv")) {
            throw new StoresException("Running as root needs the program setpriv (util-linux) to start PostgreSQL and"
                    + " Elasticsearch as another user; install it, or run as a user");
        }
        List<String> lines = Files.readAllLines(PASSWD);
        return PREFERRED.stream()
                .flatMap(name -> find(lines, name).stream())
                .findFirst()
                .orElseThrow(
                        () -> new StoresException("No unprivileged account in " + PASSWD + ": tried " + PREFERRED));
    }

    private static Optional<Account> find(List<String> lines, String name) {
        return lines.stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 3 && fields[0].equals(name))
                .map(fields -> new Account(Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), true))
                .findFirst();
    }

    /** Makes the account the owner of one file or folder. */
    void own(Path path) {
        if (!switches) {
            return;
        }
        try {
            Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot give " + path + " to user " + user, e);
        }
    }

    /**
     * The command that runs another one as this account. If a file it needs lies where others may not pass (a clone or a
     * JDK under /root), the process keeps the one capability that lets it pass.
     */
    List<String> wrap(List<String> command, List<Path> reads) {
        if (!switches) {
            return command;
        }
        List<String> wrapped =
                new ArrayList<>(List.of("setpriv", "--reuid", "" + user, "--regid", "" + group, "--clear-groups"));
        if (!reads.stream().allMatch(Account::open)) {
            wrapped.addAll(List.of(
                    "--securebits",
                    "+no_setuid_fixup",
                    "--inh-caps",
                    "+dac_override",
                    "--ambient-caps",
                    "+dac_override"));
        }
        wrapped.addAll(command);
        return wrapped;
    }

    private static boolean open(Path path) {
        for (Path above = path.toAbsolutePath().getParent(); above != null; above = above.getParent()) {
            try {
                if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
