/** What is sent. */
@NullMarked
package io.letschat.messaging;

import org.jspecify.annotations.NullMarked;
