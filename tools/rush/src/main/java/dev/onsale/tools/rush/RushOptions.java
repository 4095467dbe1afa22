package dev.onsale.tools.rush;

/**
 * How big a rush is.
 *
 * @param fans how many come
 * @param seats how many seats they come for
 * @param smallestParty fewest tickets a fan wants
 * @param largestParty most tickets a fan wants
 * @param seed makes the same fans again
 * @param run tells this run's accounts from others'
 * @param arrivalsPerSecond how fast they come
 * @param inside most fans inside at once
 */
record RushOptions(
        int fans,
        int seats,
        int smallestParty,
        int largestParty,
        long seed,
        String run,
        double arrivalsPerSecond,
        int inside) {}
