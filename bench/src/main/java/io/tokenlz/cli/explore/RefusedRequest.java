package io.tokenlz.cli.explore;

import io.netty.handler.codec.http.HttpResponseStatus;

/** A request that is answered by a message for people. */
final class RefusedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient HttpResponseStatus status;

    RefusedRequest(HttpResponseStatus status, String message) {
        super(message);
        this.status = status;
    }

    static RefusedRequest bad(String message) {
        return new RefusedRequest(HttpResponseStatus.BAD_REQUEST, message);
    }

    HttpResponseStatus status() {
        return status;
    }
}
