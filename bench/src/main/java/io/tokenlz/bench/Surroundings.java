package io.tokenlz.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What one must know of a machine to judge figures that were taken on it. */
public final class Surroundings {
    private Surroundings() {}

    public static String jdk() {
        return System.getProperty("java.vm.name") + " " + Runtime.version();
    }

    /** The processor, and how many cores of it there are for this process. */
    public static String machine() {
        int cores = Runtime.getRuntime().availableProcessors();
        return processor() + ", " + cores + (cores == 1 ? " core" : " cores");
    }

    public static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }

    /** How many processes wanted a core in the last minute, where the system tells. */
    public static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", load);
    }

    /** JDK, machine and load, as the last line of a report says them. */
    public static String line() {
        return "JDK " + Runtime.version() + ", " + machine() + "; load " + load();
    }

    private static String processor() {
        Path description = Path.of("/proc/cpuinfo");
        try (Stream<String> lines = Files.lines(description)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException notLinux) {
            return "unknown processor";
        }
    }
}
