package dev.onsale.runtime.limit;

/**
 * How calls of one method are limited.
 *
 * @param cost tokens that one message takes; 0: none
 * @param inNode whether it takes them from buckets of the node alone: for methods that are answered from memory, which a
 *     question to Redis would make slower and dearer than they are
 * @param lane how important it is when there is too much to do
 */
record MethodRule(int cost, boolean inNode, Lane lane) {

    MethodRule cost(int other) {
        return new MethodRule(other, inNode, lane);
    }

    MethodRule inTheNode() {
        return new MethodRule(cost, true, lane);
    }

    MethodRule lane(Lane other) {
        return new MethodRule(cost, inNode, other);
    }
}
