/** The reverse proxy: a bounded pool of upstream connections, and bodies streamed both ways. */
@NullMarked
package io.letschat.gateway.proxy;

import org.jspecify.annotations.NullMarked;
