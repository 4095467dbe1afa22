package dev.onsale.runtime.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a process. A later source wins: defaults in the code, the file named by {@code --config} or {@code
 * ONSALE_CONFIG}, the environment ({@code ONSALE_HOLD_MAX_SEATS} for {@code hold.max-seats}), values given by code.
 *
 * <p>A getter that meets a bad value notes the fault and answers the default; {@link #check()} then fails with all of
 * them. Durations are written {@code 250ms}, {@code 30s}, {@code 5m}, {@code 2h} or in ISO form.
 */
public final class Config {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

    private final Map<String, String> file;
    private final Map<String, String> environment;
    private final Map<String, String> explicit;
    private final List<String> faults;
    private final Set<String> read;

    private Config(
            Map<String, String> file,
            Map<String, String> environment,
            Map<String, String> explicit,
            List<String> faults,
            Set<String> read) {
        this.file = file;
        this.environment = environment;
        this.explicit = explicit;
        this.faults = faults;
        this.read = read;
    }

    /** The settings of a process started with these arguments: a file if one is named, and the environment. */
    public static Config load(String... arguments) {
        return load(System.getenv(), arguments);
    }

    static Config load(Map<String, String> environment, String... arguments) {
        var named = fileNamed(environment, arguments);
        Map<String, String> file = named == null ? Map.of() : ConfigSources.fromFile(Path.of(named));
        return new Config(file, environment, Map.of(), newFaults(), newRead());
    }

    /** Settings given by code alone; everything else is the default. The environment is not read. */
    public static Config of(Map<String, String> values) {
        return new Config(Map.of(), Map.of(), Map.copyOf(values), newFaults(), newRead());
    }

    /** These settings with some values given by code, which win. Faults are shared with this one. */
    public Config with(Map<String, String> values) {
        var more = new HashMap<>(explicit);
        more.putAll(values);
        return new Config(file, environment, Map.copyOf(more), faults, read);
    }

    /** Text; the default if not set. */
    public String string(String key, String fallback) {
        var value = raw(key);
        return value == null ? fallback : value;
    }

    /** Text, or empty if not set. */
    public Optional<String> optionalString(String key) {
        return Optional.ofNullable(raw(key));
    }

    /** Text that must be set. */
    public String required(String key) {
        var value = raw(key);
        return value == null ? fault(key, "not set", "a value", "") : value;
    }

    /** A whole number between two bounds, both included. */
    public int integer(String key, int fallback, int least, int most) {
        return (int) longInteger(key, fallback, least, most);
    }

    /** A whole number between two bounds, both included. */
    public long longInteger(String key, long fallback, long least, long most) {
        return parsed(key, fallback, least + " to " + most, text -> {
            long value = Long.parseLong(text);
            return value >= least && value <= most ? value : null;
        });
    }

    /** A number between two bounds, both included. */
    public double decimal(String key, double fallback, double least, double most) {
        return parsed(key, fallback, least + " to " + most, text -> {
            double value = Double.parseDouble(text);
            return value >= least && value <= most ? value : null;
        });
    }

    /** {@code true} or {@code false}. */
    public boolean bool(String key, boolean fallback) {
        return parsed(key, fallback, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        });
    }

    /** A length of time between two bounds, both included. */
    public Duration duration(String key, Duration fallback, Duration least, Duration most) {
        return parsed(key, fallback, show(least) + " to " + show(most), text -> {
            var value = parseDuration(text);
            return value.compareTo(least) >= 0 && value.compareTo(most) <= 0 ? value : null;
        });
    }

    /** One of the constants of an enum, in any case, with dashes for underscores. */
    public <E extends Enum<E>> E oneOf(String key, E fallback) {
        var constants = fallback.getDeclaringClass().getEnumConstants();
        var expected = Arrays.stream(constants).map(Config::show).collect(Collectors.joining(", "));
        return parsed(
                key,
                fallback,
                "one of " + expected,
                text -> Arrays.stream(constants)
                        .filter(constant -> show(constant).equalsIgnoreCase(text.replace('_', '-')))
                        .findFirst()
                        .orElse(null));
    }

    /** A TCP port; 0 lets the system choose. */
    public int port(String key, int fallback) {
        return integer(key, fallback, 0, 65_535);
    }

    /** An absolute URI, or empty if not set. */
    public Optional<URI> optionalUri(String key) {
        return Optional.ofNullable(raw(key)).map(text -> uri(key, URI.create("none:" + key)));
    }

    /** An absolute URI. */
    public URI uri(String key, URI fallback) {
        return parsed(key, fallback, "an absolute URI", text -> {
            var uri = URI.create(text);
            return uri.isAbsolute() ? uri : null;
        });
    }

    /** A path, or empty if not set. */
    public Optional<Path> optionalPath(String key) {
        return Optional.ofNullable(raw(key)).map(Path::of);
    }

    /** Texts separated by commas; blanks around them are dropped. */
    public List<String> list(String key, List<String> fallback) {
        var value = raw(key);
        return value == null
                ? fallback
                : Arrays.stream(value.split(",", -1))
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .toList();
    }

    /** Notes a fault that a getter can't see, such as two settings that contradict each other. */
    public void reject(String key, String value, String expected) {
        faults.add(key + ": " + value + " (expected: " + expected + ")");
    }

    /** Fails if any getter so far met a bad value. */
    public void check() {
        if (!faults.isEmpty()) {
            throw new ConfigFault(faults);
        }
    }

    /** Keys of the file that nobody has asked for: probably misspelt. */
    public List<String> unread() {
        return file.keySet().stream()
                .filter(key -> !read.contains(key))
                .sorted()
                .toList();
    }

    private @Nullable String raw(String key) {
        read.add(key);
        var value = explicit.get(key);
        if (value == null) {
            value = ConfigSources.fromEnvironment(environment, key);
        }
        if (value == null) {
            value = file.get(key);
        }
        return value == null || value.isBlank() ? null : value.strip();
    }

    private <T> T parsed(String key, T fallback, String expected, Function<String, @Nullable T> parse) {
        var text = raw(key);
        if (text == null) {
            return fallback;
        }
        try {
            var value = parse.apply(text);
            return value == null ? fault(key, text, expected, fallback) : value;
        } catch (IllegalArgumentException | ArithmeticException | DateTimeParseException e) {
            return fault(key, text, expected, fallback);
        }
    }

    private <T> T fault(String key, String value, String expected, T fallback) {
        reject(key, value, expected);
        return fallback;
    }

    private static Duration parseDuration(String text) {
        var matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Duration.parse(text);
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static String show(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private static String show(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static @Nullable String fileNamed(Map<String, String> environment, String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--config") && i + 1 < arguments.length) {
                return arguments[i + 1];
            }
            if (arguments[i].startsWith("--config=")) {
                return arguments[i].substring("--config=".length());
            }
        }
        return environment.get("ONSALE_CONFIG");
    }

    private static List<String> newFaults() {
        return Collections.synchronizedList(new ArrayList<>());
    }

    private static Set<String> newRead() {
        return Collections.synchronizedSet(new LinkedHashSet<>());
    }
}
