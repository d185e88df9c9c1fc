package io.tokenlz.cli;

/** How a Megatron token file holds an ID. */
enum MegatronType {
    /** Two bytes, unsigned. */
    UINT16(8, Short.BYTES, 1 << 16),

    /** Four bytes, of which IDs never use the sign. */
    INT32(4, Integer.BYTES, Integer.MAX_VALUE);

    /** What the codes stand for, by their order. */
    private static final String[] NAMES = {
        "of no name", "uint8", "int8", "int16", "int32", "int64", "float64", "float32", "uint16"
    };

    private final int code;
    private final int bytes;
    private final int largestVocabulary;

    MegatronType(int code, int bytes, int largestVocabulary) {
        this.code = code;
        this.bytes = bytes;
        this.largestVocabulary = largestVocabulary;
    }

    int code() {
        return code;
    }

    int bytes() {
        return bytes;
    }

    int largestVocabulary() {
        return largestVocabulary;
    }

    /** The type of a code that stands in a file. */
    static MegatronType ofCode(int code, String file) {
        for (MegatronType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        String name = code < NAMES.length ? NAMES[code] : NAMES[0];
        throw new BadInput(
                file + ": holds tokens of type " + name + " (code " + code + "); only uint16 and int32 can be read");
    }

    /** The smaller type that can hold the IDs of a vocabulary. */
    static MegatronType ofVocabulary(int vocabularySize) {
        return vocabularySize <= UINT16.largestVocabulary ? UINT16 : INT32;
    }
}
