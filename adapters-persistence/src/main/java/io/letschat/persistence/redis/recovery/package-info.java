/** Connection state that any node can take over. */
@NullMarked
package io.letschat.persistence.redis.recovery;

import org.jspecify.annotations.NullMarked;
