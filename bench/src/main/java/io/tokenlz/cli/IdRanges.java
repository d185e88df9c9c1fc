package io.tokenlz.cli;

import java.util.List;
import java.util.stream.IntStream;

/** Token IDs and ranges of them as they are written in options. */
final class IdRanges {
    /** Far more than any model protects. */
    private static final int MOST_IDS = 1 << 22;

    private IdRanges() {}

    /** Two IDs with a separator between them, or one that counts as both. */
    static int[] parse(String option, String text, String separator) {
        String[] parts = text.split(separator, -1);
        try {
            int first = Integer.parseInt(parts[0].trim());
            int last = parts.length == 1 ? first : Integer.parseInt(parts[1].trim());
            if (parts.length <= 2 && first >= 0 && last >= 0) {
                return new int[] {first, last};
            }
        } catch (NumberFormatException notAnId) {
            // told below, with the option's name
        }
        throw new BadInput(option + ": '" + text + "' is not ID" + separator + "ID");
    }

    static int[] expand(String option, List<String> ranges, int vocabularySize) {
        return ranges.stream()
                .map(range -> parse(option, range, "-"))
                .flatMapToInt(ends -> {
                    if (ends[1] >= vocabularySize || ends[0] > ends[1]) {
                        throw new BadInput(option + ": " + ends[0] + "-" + ends[1]
                                + " is not a range of IDs below the vocabulary's size of " + vocabularySize);
                    }
                    if (ends[1] - ends[0] >= MOST_IDS) {
                        throw new BadInput(option + ": more than " + MOST_IDS + " IDs in a range");
                    }
                    return IntStream.rangeClosed(ends[0], ends[1]);
                })
                .toArray();
    }
}
