package io.tokenlz.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a command reads: standard input or a file. Whatever goes wrong with it is told with its name. */
final class InputFile implements AutoCloseable {
    private final String name;
    private final FileChannel channel;
    private final boolean regular;

    private InputFile(String name, FileChannel channel, boolean regular) {
        this.name = name;
        this.channel = channel;
        this.regular = regular;
    }

    static InputFile open(String name) throws IOException {
        if (name.equals("-")) {
            return new InputFile(name, new FileInputStream(FileDescriptor.in).getChannel(), false);
        }
        if (name.isEmpty()) {
            throw new BadInput("IN: is empty");
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            throw new BadInput(name + ": is a directory");
        }
        return new InputFile(name, FileChannel.open(path), Files.isRegularFile(path));
    }

    String name() {
        return name;
    }

    /** Whether it can be read from anywhere, not only from its start on. */
    boolean isRegular() {
        return regular;
    }

    /** A channel that can be read from anywhere. */
    FileChannel regular() {
        if (!regular) {
            throw new BadInput(name + ": must be a file: it has to be read from its end and its middle");
        }
        return channel;
    }

    /** Its bytes, or −1 if nobody knows. */
    long size() throws IOException {
        return regular ? channel.size() : -1;
    }

    /** Reads bytes, or −1 at the end. */
    int read(ByteBuffer target) {
        try {
            return channel.read(target);
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    /** Reads bytes from a place on, or −1 at the end. */
    int read(ByteBuffer target, long from) {
        try {
            return regular().read(target, from);
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    /** Lets reading go on at a place. */
    void seek(long position) {
        try {
            regular().position(position);
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    private BadInput unreadable(IOException failure) {
        return new BadInput(name + ": " + TokenLz.describe(failure));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
