/** Rate limits that all nodes share. */
@NullMarked
package io.letschat.persistence.redis.limit;

import org.jspecify.annotations.NullMarked;
