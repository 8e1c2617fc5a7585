/** Every port in memory, a clock to set, and the contracts that an adapter has to keep. */
@NullMarked
package io.letschat.testkit;

import org.jspecify.annotations.NullMarked;
