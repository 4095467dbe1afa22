package dev.onsale.command.risk;

import dev.onsale.command.risk.Signal.Spoken;
import java.util.List;

/**
 * A verdict and its reasons.
 *
 * @param verdict what becomes of the call
 * @param score sum of what the signals count
 * @param signals those that spoke, strongest first
 * @param measures what was measured
 */
record Judgement(Verdict verdict, double score, List<Spoken> signals, Measures measures) {}
