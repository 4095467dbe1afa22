package dev.onsale.standalone.fuzz;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of the inputs: how many were answered how, and which answers are wrong. */
public final class Findings {

    private static final int MOST_FAULTS = 60;

    private final long seed;
    private final Map<String, Map<String, Integer>> outcomes = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private int inputs;
    private int answeredOk;
    private int unavailable;

    Findings(long seed) {
        this.seed = seed;
    }

    synchronized void note(long number, Input input, Outcome outcome) {
        inputs++;
        answeredOk += outcome.status() == 0 || (outcome.http() == 200 && outcome.status() < 0) ? 1 : 0;
        unavailable += outcome.unavailable() ? 1 : 0;
        outcomes.computeIfAbsent(input.kind(), kind -> new TreeMap<>()).merge(outcome.word(), 1, Integer::sum);
        String fault = outcome.fault(input.leeway());
        if (fault != null && faults.size() < MOST_FAULTS) {
            faults.add("%s input %s, answered %s\nagain: -Dfuzz.seed=%d -Dfuzz.first=%d -Dfuzz.inputs=1\n%s"
                    .formatted(input.kind(), fault, outcome.word(), seed, number, input.show()));
        }
    }

    synchronized boolean hopeless() {
        return faults.size() >= MOST_FAULTS;
    }

    /** How many were sent. */
    public synchronized int inputs() {
        return inputs;
    }

    /** How many were answered with UNAVAILABLE, though nothing is away. */
    public synchronized int unavailable() {
        return unavailable;
    }

    /** Each wrong answer with its input and how to send it again. */
    public synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** How many inputs whose answer says that they got past the checks: answered OK, or refused by a handler. */
    public synchronized int handled() {
        return answeredOk + count(word -> HANDLED.stream().anyMatch(word::startsWith));
    }

    private static final List<String> HANDLED = List.of(
            "NOT_FOUND", "FAILED_PRECONDITION", "ABORTED", "ALREADY_EXISTS", "INVALID_ARGUMENT PAGE", "streamed");

    /** How many inputs were refused by the field validation. */
    public synchronized int invalid() {
        return count(word -> word.contains("INVALID_FIELD"));
    }

    private int count(java.util.function.Predicate<String> words) {
        return outcomes.values().stream()
                .flatMap(words1 -> words1.entrySet().stream())
                .filter(entry -> words.test(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** How many inputs of each kind were answered how, most frequent first. */
    public synchronized String table() {
        return outcomes.entrySet().stream()
                .map(kind -> "%-20s %7d  %s"
                        .formatted(
                                kind.getKey(),
                                kind.getValue().values().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum(),
                                kind.getValue().entrySet().stream()
                                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                                        .map(entry -> entry.getKey() + " " + entry.getValue())
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining("\n"));
    }
}
