package io.tokenlz.examples.gateway;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/** Events whose data is a JSON string, for line breaks would end an event's data. */
final class ServerSentEvents {
    private ServerSentEvents() {}

    /** An event that is a message, the kind that needs no name. */
    static ByteBuf message(String text, ByteBufAllocator allocator) {
        return ByteBufUtil.writeUtf8(allocator, "data: " + quote(text) + "\n\n");
    }

    /** An event of another kind. */
    static ByteBuf named(String name, String text, ByteBufAllocator allocator) {
        return ByteBufUtil.writeUtf8(allocator, "event: " + name + "\ndata: " + quote(text) + "\n\n");
    }

    private static String quote(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
