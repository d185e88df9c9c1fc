package io.tokenlz.cli;

import java.util.HexFormat;

/** Fingerprints as they are written in options. */
final class HexFingerprint {
    private HexFingerprint() {}

    static byte[] parse(String option, String text) {
        try {
            byte[] bytes = HexFormat.of().parseHex(text);
            if (bytes.length > 0) {
                return bytes;
            }
        } catch (IllegalArgumentException notHexadecimal) {
            // told below, with the option's name
        }
        throw new BadInput(option + ": '" + text + "' is not 1 to 32 bytes in hexadecimal");
    }
}
