package io.tokenlz.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes: standard output, or a file that appears under its name only once it is complete. Until then it
 * is written beside it, and whatever goes wrong, an interrupt included, leaves nothing behind.
 */
final class OutputFile implements AutoCloseable {
    private final WritableByteChannel channel;
    private final @Nullable Path partial;
    private final @Nullable Path target;

    private OutputFile(WritableByteChannel channel, @Nullable Path partial, @Nullable Path target) {
        this.channel = channel;
        this.partial = partial;
        this.target = target;
    }

    static OutputFile open(String name) throws IOException {
        if (name.equals("-")) {
            return new OutputFile(Channels.newChannel(new FileOutputStream(FileDescriptor.out)), null, null);
        }
        Path named = Path.of(name);
        if (Files.isDirectory(named)) {
            throw new BadInput(name + ": is a directory");
        }
        if (Files.exists(named) && !Files.isRegularFile(named)) {
            // a device or a pipe: there is nothing to replace
            return new OutputFile(FileChannel.open(named, StandardOpenOption.WRITE), null, null);
        }
        Path target = Files.exists(named) ? named.toRealPath() : named.toAbsolutePath();
        Path partial = target.resolveSibling("." + target.getFileName() + ".partial-"
                + ProcessHandle.current().pid());
        FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        partial.toFile().deleteOnExit();
        return new OutputFile(channel, partial, target);
    }

    WritableByteChannel channel() {
        return channel;
    }

    /** Says that all was written: the file gets its name. */
    void complete() throws IOException {
        channel.close();
        if (partial != null && target != null) {
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (partial != null) {
            Files.deleteIfExists(partial);
        }
    }
}
