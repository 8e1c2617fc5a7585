/** Against a real Redis. */
@NullMarked
package io.letschat.persistence.redis;

import org.jspecify.annotations.NullMarked;
