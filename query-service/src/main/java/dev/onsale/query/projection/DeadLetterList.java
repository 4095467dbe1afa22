package dev.onsale.query.projection;

import com.google.protobuf.util.Timestamps;
import dev.onsale.proto.query.v1.DeadLetter;
import dev.onsale.proto.query.v1.ListDeadLettersRequest;
import dev.onsale.proto.query.v1.ListDeadLettersResponse;
import dev.onsale.proto.query.v1.RetryDeadLettersRequest;
import dev.onsale.proto.query.v1.RetryDeadLettersResponse;
import dev.onsale.query.stream.StreamId;
import dev.onsale.runtime.error.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dead letters of all shards as one list. Blocks: for virtual threads. */
final class DeadLetterList {
    private static final Pattern ID = Pattern.compile("([0-9]{1,4})/([0-9]{1,18}-[0-9]{1,18})");
    private static final String FIRST = "-";
    private static final int USUAL_PAGE = 50;
    private static final int MOST_RETRIED = 1000;
    private static final int MOST_SHOWN = 50;

    private final DeadLetters letters;
    private final DeadLetterRetry retry;

    DeadLetterList(DeadLetters letters, DeadLetterRetry retry) {
        this.letters = letters;
        this.retry = retry;
    }

    /** A place in the list: from here on. */
    private record Place(int shard, String id) {
        static Place parse(String text) {
            Matcher matcher = ID.matcher(text);
            if (!matcher.matches()) {
                throw Refusal.invalid("page_token", "is not one of ours");
            }
            return new Place(Integer.parseInt(matcher.group(1)), matcher.group(2));
        }
    }

    ListDeadLettersResponse list(ListDeadLettersRequest request) {
        int size = request.getPageSize() == 0 ? USUAL_PAGE : request.getPageSize();
        Place start = request.getPageToken().isEmpty()
                ? new Place(request.hasShard() ? request.getShard() : 0, FIRST)
                : Place.parse(request.getPageToken());
        List<StoredLetter> found = from(start, request.hasShard(), size + 1);
        ListDeadLettersResponse.Builder page = ListDeadLettersResponse.newBuilder();
        found.stream().limit(size).map(letter -> message(letter, "")).forEach(page::addDeadLetters);
        if (found.size() > size) {
            page.setNextPageToken(id(found.getLast()));
        }
        List<Long> counts = letters.counts().await();
        long total = request.hasShard()
                ? (request.getShard() < counts.size() ? counts.get(request.getShard()) : 0)
                : counts.stream().mapToLong(Long::longValue).sum();
        return page.setTotal(total).build();
    }

    RetryDeadLettersResponse retry(RetryDeadLettersRequest request) {
        List<StoredLetter> wanted = request.getDeadLetterIdsCount() > 0
                ? named(request.getDeadLetterIdsList())
                : from(
                        new Place(request.hasShard() ? request.getShard() : 0, FIRST),
                        request.hasShard(),
                        MOST_RETRIED + 1);
        boolean more = wanted.size() > MOST_RETRIED;
        List<StoredLetter> now = wanted.subList(0, Math.min(wanted.size(), MOST_RETRIED));
        List<DeadLetterRetry.Failed> failed = now.isEmpty() ? List.of() : retry.retry(now);
        RetryDeadLettersResponse.Builder answer = RetryDeadLettersResponse.newBuilder()
                .setRetried(now.size())
                .setProjected(now.size() - failed.size())
                .setMore(more);
        failed.stream()
                .limit(MOST_SHOWN)
                .map(one -> message(one.letter(), one.reason()))
                .forEach(answer::addFailed);
        return answer.build();
    }

    private List<StoredLetter> from(Place start, boolean thisShardOnly, int most) {
        List<StoredLetter> found = new ArrayList<>();
        int end = thisShardOnly ? Math.min(start.shard + 1, letters.shards()) : letters.shards();
        for (int shard = start.shard; shard < end && found.size() < most; shard++) {
            String from = shard == start.shard ? start.id : FIRST;
            found.addAll(letters.list(shard, from, most - found.size()).await());
        }
        return found;
    }

    private List<StoredLetter> named(List<String> ids) {
        List<StoredLetter> found = new ArrayList<>();
        for (String text : ids.stream().distinct().toList()) {
            Place place = Place.parse(text);
            if (place.shard < letters.shards()) {
                letters.list(place.shard, place.id, 1).await().stream()
                        .filter(letter -> StreamId.parse(letter.id()).equals(StreamId.parse(place.id)))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** As it is told; with a new reason if it failed a moment ago. */
    private static DeadLetter message(StoredLetter letter, String newReason) {
        DeadLetter.Builder message = DeadLetter.newBuilder()
                .setDeadLetterId(id(letter))
                .setShard(letter.shard())
                .setEntryId(letter.entryId())
                .setReason(newReason.isEmpty() ? letter.reason() : newReason)
                .setRetries(letter.retries() + (newReason.isEmpty() ? 0 : 1))
                .setCreateTime(Timestamps.fromMillis(letter.createdMillis()))
                .putAllChange(letter.change());
        if (letter.retriedMillis() > 0) {
            message.setRetryTime(Timestamps.fromMillis(letter.retriedMillis()));
        }
        return message.build();
    }

    private static String id(StoredLetter letter) {
        return letter.shard() + "/" + letter.id();
    }
}
