package io.tokenlz.cli.explore;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * A server-sent event.
 *
 * @param name what it tells
 * @param data the rest; JSON has no line breaks of its own
 */
record ServerEvent(String name, JsonNode data) {
    /** As it is sent. */
    ByteBuf toBytes() {
        return Unpooled.copiedBuffer("event: " + name + "\ndata: " + data + "\n\n", StandardCharsets.UTF_8);
    }
}
