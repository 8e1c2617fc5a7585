/** Several nodes serve the same rooms: what was heard from the others. */
@NullMarked
package io.letschat.application.node;

import org.jspecify.annotations.NullMarked;
