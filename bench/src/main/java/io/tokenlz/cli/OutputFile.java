package io.tokenlz.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes: standard output, or a file that appears under its name only once it is complete. Until then it
 * is written beside it, and whatever goes wrong, an interrupt included, leaves nothing behind.
 */
final class OutputFile implements AutoCloseable {
    private static final int MOST_LINKS = 40;

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
        if (name.startsWith("/dev/") || name.startsWith("/proc/")) {
            // a device or a descriptor: written to as it is, even where it leads to a file
            return new OutputFile(new FileOutputStream(name, true).getChannel(), null, null);
        }
        Path named = followed(Path.of(name));
        if (name.isEmpty() || Files.isDirectory(named)) {
            throw new BadInput((name.isEmpty() ? "OUT" : name) + ": is a directory");
        }
        Path folder = named.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BadInput(name + ": there is no such folder");
        }
        boolean exists = Files.exists(named);
        if (exists && !Files.isWritable(named)) {
            throw new BadInput(name + ": is not writable");
        }
        if (exists && !Files.isRegularFile(named)) {
            // a device or a pipe: there is nothing to replace
            return new OutputFile(FileChannel.open(named, StandardOpenOption.WRITE), null, null);
        }
        Path partial = folder.resolve(
                ".tokenlz-" + Long.toHexString(ThreadLocalRandom.current().nextLong()));
        FileChannel channel;
        try {
            channel = FileChannel.open(partial, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        } catch (IOException refused) {
            throw new BadInput(name + ": no file can be made in its folder");
        }
        partial.toFile().deleteOnExit();
        if (exists && Files.getFileStore(named).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(partial, Files.getPosixFilePermissions(named));
        }
        return new OutputFile(channel, partial, named);
    }

    /** Where symbolic links lead, even to a file that does not exist yet. */
    private static Path followed(Path named) throws IOException {
        Path path = named;
        for (int links = 0; Files.isSymbolicLink(path); links++) {
            if (links == MOST_LINKS) {
                throw new BadInput(named + ": too many symbolic links");
            }
            path = path.resolveSibling(Files.readSymbolicLink(path));
        }
        return path;
    }

    WritableByteChannel channel() {
        return channel;
    }

    /** Writes all of these bytes. */
    void write(byte[] all) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(all);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
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
