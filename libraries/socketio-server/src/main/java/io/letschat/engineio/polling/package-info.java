/** The transport by HTTP long-polling. */
@NullMarked
package io.letschat.engineio.polling;

import org.jspecify.annotations.NullMarked;
