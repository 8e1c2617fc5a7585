/** What events look like on the wire, in both dialects: payloads, acknowledgements and errors. */
@NullMarked
package io.letschat.messaging.codec;

import org.jspecify.annotations.NullMarked;
