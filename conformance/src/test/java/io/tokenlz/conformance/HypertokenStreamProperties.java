package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.HypertokenMark;
import io.tokenlz.hypertokens.HypertokenStream;
import io.tokenlz.hypertokens.ReplayRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a stream went through, it is what a fresh oracle is after the IDs that count. */
class HypertokenStreamProperties {
    private static final int STEPS = 150;

    @Provide
    Arbitrary<CodecCase> cases() {
        return HypertokenArbitraries.cases();
    }

    /** A stream, and the IDs that led to where it is. */
    private static final class Journey {
        /** Which step each ID came by: after a rollback the same ID may come again, but it isn't the same way. */
        final List<Integer> steps = new ArrayList<>();

        final HypertokenStream stream;
        final List<Integer> ids;
        int resets;
        int step;

        Journey(HypertokenStream stream, List<Integer> ids) {
            this.stream = stream;
            this.ids = new ArrayList<>(ids);
            ids.forEach(id -> steps.add(step++));
        }

        void add(int id) {
            ids.add(id);
            steps.add(step++);
        }

        void become(Place place) {
            ids.clear();
            ids.addAll(place.ids);
            steps.clear();
            steps.addAll(place.steps);
        }
    }

    private record Place(HypertokenMark mark, Journey journey, List<Integer> ids, List<Integer> steps, int resets) {
        boolean isOnTheWay() {
            return resets == journey.resets
                    && steps.size() <= journey.steps.size()
                    && journey.steps.subList(0, steps.size()).equals(steps);
        }
    }

    @Property(tries = 2000)
    void isWhereTheIdsThatCountLead(@ForAll("cases") CodecCase that, @ForAll Random random) {
        HypertokenConfig config = HypertokenArbitraries.config(that);
        List<Journey> journeys = new ArrayList<>(List.of(new Journey(new HypertokenStream(config), List.of())));
        List<Place> places = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            Journey journey = journeys.get(random.nextInt(journeys.size()));
            int choice = random.nextInt(100);
            if (choice < 60) {
                accept(journey, HypertokenCases.modelLike(that, journey.stream.codebook(), random));
            } else if (choice < 70) {
                encode(journey, that, random);
            } else if (choice < 80) {
                places.add(new Place(
                        journey.stream.mark(),
                        journey,
                        List.copyOf(journey.ids),
                        List.copyOf(journey.steps),
                        journey.resets));
            } else if (choice < 92) {
                rollBack(places, random);
            } else if (choice < 98) {
                fork(journeys, journey, random);
            } else {
                journey.stream.reset();
                journey.resets++;
                journey.ids.clear();
                journey.steps.clear();
            }
            assertLikeOracle(journey);
        }
        journeys.forEach(HypertokenStreamProperties::assertLikeOracle);
    }

    private static void accept(Journey journey, int id) {
        HypertokenStream stream = journey.stream;
        HypertokenOracle oracle = HypertokenArbitraries.oracle(stream.config());
        List<Integer> before = new ArrayList<>();
        decode(oracle, stream.config(), journey.ids, before);
        List<Integer> span = new ArrayList<>();
        boolean refused = decode(oracle, stream.config(), List.of(id), span) >= 0;
        assertThat(stream.accepts(id)).isEqualTo(!refused);
        try {
            assertThat(stream.accept(id)).isEqualTo(span.size());
            assertThat(refused).isFalse();
            journey.add(id);
            for (int i = 0; i < span.size(); i++) {
                assertThat(stream.spanToken(i)).isEqualTo(span.get(i));
            }
        } catch (MalformedTokenStreamException malformed) {
            assertThat(refused).as(malformed.getMessage()).isTrue();
            assertThat(malformed.position()).isEqualTo(journey.ids.size());
        }
    }

    private static void encode(Journey journey, CodecCase that, Random random) {
        int from = random.nextInt(that.tokens().length + 1);
        int length = random.nextInt(Math.min(20, that.tokens().length - from) + 1);
        int most = random.nextInt(12);
        int[] ids = new int[20];
        long before = journey.stream.baseTokens();
        int count = journey.stream.encode(that.tokens(), from, length, ids, 0, most);
        int covered = (int) (journey.stream.baseTokens() - before);
        assertThat(count).isLessThanOrEqualTo(most);
        assertThat(covered == length || count == most).isTrue();
        HypertokenOracle oracle = HypertokenArbitraries.oracle(journey.stream.config());
        List<Integer> decoded = new ArrayList<>();
        decode(oracle, journey.stream.config(), journey.ids, decoded);
        decoded.clear();
        List<Integer> emitted = Arrays.stream(ids, 0, count).boxed().toList();
        assertThat(decode(oracle, journey.stream.config(), emitted, decoded)).isEqualTo(-1);
        assertThat(decoded)
                .isEqualTo(Arrays.stream(that.tokens(), from, from + covered)
                        .boxed()
                        .toList());
        emitted.forEach(journey::add);
    }

    /** Replaces one of the journeys once there are many, so that forks are forked and tables are joined. */
    private static void fork(List<Journey> journeys, Journey journey, Random random) {
        Journey fork = new Journey(journey.stream.fork(), journey.ids);
        if (journeys.size() < 6) {
            journeys.add(fork);
        } else {
            journeys.set(random.nextInt(journeys.size()), fork);
        }
        assertLikeOracle(fork);
    }

    private static void rollBack(List<Place> places, Random random) {
        if (places.isEmpty()) {
            return;
        }
        Place place = places.get(random.nextInt(places.size()));
        Journey journey = place.journey;
        try {
            journey.stream.rollback(place.mark);
        } catch (IllegalArgumentException gone) {
            assertThat(place.isOnTheWay()).as(gone.getMessage()).isFalse();
            places.remove(place);
            return;
        }
        journey.become(place);
        assertLikeOracle(journey);
    }

    private static int decode(HypertokenOracle oracle, HypertokenConfig config, List<Integer> ids, List<Integer> to) {
        return config.replayRule() == ReplayRule.BASE
                ? oracle.decodeBaseReplay(ids, to)
                : oracle.decodeEmittedReplay(ids, to);
    }

    private static void assertLikeOracle(Journey journey) {
        HypertokenStream stream = journey.stream;
        HypertokenOracle oracle = HypertokenArbitraries.oracle(stream.config());
        List<Integer> decoded = new ArrayList<>();
        decode(oracle, stream.config(), journey.ids, decoded);
        assertThat(stream.acceptedIds()).isEqualTo(journey.ids.size());
        assertThat(stream.baseTokens()).isEqualTo(decoded.size());
        assertThat(HypertokenCases.entries(stream.codebook())).isEqualTo(oracle.codebook());
    }
}
