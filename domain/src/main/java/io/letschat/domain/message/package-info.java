/** Messages, their order and their bounds. */
@NullMarked
package io.letschat.domain.message;

import org.jspecify.annotations.NullMarked;
