/** Several nodes serve the same rooms: what they tell each other. */
@NullMarked
package io.letschat.application.node;

import org.jspecify.annotations.NullMarked;
