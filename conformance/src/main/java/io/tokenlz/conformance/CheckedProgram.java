package io.tokenlz.conformance;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The program that is checked: a process that is sent a line and asked for one. When it ends or says nothing for too long it is
 * started anew with the next line. Not thread-safe.
 */
final class CheckedProgram implements AutoCloseable {
    /** An answer of more characters is as good as one that never ends. */
    private static final int LONGEST_ANSWER = 1 << 26;

    private static final int MOST_ERRORS_SHOWN = 2000;
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final List<String> command;
    private final Duration timeout;
    private final int longestAnswer;
    private final ExecutorService exchanges = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tokenlz-conformance");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Running running;
    private int starts;

    CheckedProgram(List<String> command, Duration timeout) {
        this(command, timeout, LONGEST_ANSWER);
    }

    CheckedProgram(List<String> command, Duration timeout, int longestAnswer) {
        this.command = command;
        this.timeout = timeout;
        this.longestAnswer = longestAnswer;
    }

    /** A process, its streams, and the last that it said on standard error. */
    private static final class Running {
        final Process process;
        final Writer jobs;
        final BufferedReader answers;

        /** Guarded by this. */
        private final StringBuilder errors = new StringBuilder();

        Running(Process process) {
            this.process = process;
            jobs = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        void drainErrors() {
            byte[] some = new byte[1 << 12];
            try (InputStream in = process.getErrorStream()) {
                for (int count = in.read(some); count >= 0; count = in.read(some)) {
                    addErrors(new String(some, 0, count, StandardCharsets.UTF_8));
                }
            } catch (IOException killed) {
                addErrors(""); // what it said so far is all
            }
        }

        private synchronized void addErrors(String more) {
            errors.append(more);
            errors.delete(0, Math.max(0, errors.length() - MOST_ERRORS_SHOWN));
        }

        synchronized String errors() {
            return errors.toString().strip();
        }

        void kill() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** How often a process was started. */
    int starts() {
        return starts;
    }

    /** Whether the next line goes to a process that is there. */
    boolean isRunning() {
        return running != null;
    }

    /**
     * Sends a line and waits for one.
     *
     * @throws IOException if the program can't be started
     */
    Reply ask(String line) throws IOException {
        Running current = running == null ? start() : running;
        running = current;
        CompletableFuture<@Nullable String> answer =
                CompletableFuture.supplyAsync(() -> exchange(current, line), exchanges);
        try {
            String found = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return found == null ? ended(current) : Reply.of(found);
        } catch (TimeoutException late) {
            restart();
            return new Reply(Outcome.HUNG, null, "no answer within " + timeout.toSeconds() + " s" + said(current));
        } catch (ExecutionException broken) {
            restart();
            return new Reply(Outcome.HUNG, null, broken.getCause() + said(current));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private Running start() throws IOException {
        Running started = new Running(new ProcessBuilder(command).start());
        exchanges.execute(started::drainErrors);
        starts++;
        return started;
    }

    /** The next line of the answers; null if the program ended before. */
    private @Nullable String exchange(Running program, String line) {
        try {
            program.jobs.write(line);
            program.jobs.write('\n');
            program.jobs.flush();
        } catch (IOException ended) {
            return null;
        }
        try {
            return readLine(program.answers);
        } catch (IOException ended) {
            return null;
        }
    }

    private @Nullable String readLine(BufferedReader answers) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = answers.read(); next != '\n'; next = answers.read()) {
            if (next < 0) {
                return null;
            }
            if (line.length() == longestAnswer) {
                throw new IllegalStateException("an answer of more than " + longestAnswer + " characters");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    private Reply ended(Running program) {
        boolean exited;
        try {
            exited = program.process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            exited = false;
        }
        String how = exited ? "ended with status " + program.process.exitValue() : "closed its output";
        restart();
        return new Reply(Outcome.CRASHED, null, how + said(program));
    }

    private static String said(Running program) {
        String errors = program.errors();
        return errors.isEmpty() ? "" : "; standard error: " + errors;
    }

    /** Ends the process; the next line is sent to a new one. */
    void restart() {
        if (running != null) {
            running.kill();
            running = null;
        }
    }

    @Override
    public void close() {
        restart();
        exchanges.shutdownNow();
    }
}
