/** What all nodes share and nobody misses when it is lost: counters and who is there. */
@NullMarked
package io.letschat.persistence.redis;

import org.jspecify.annotations.NullMarked;
