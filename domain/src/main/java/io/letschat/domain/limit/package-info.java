/** How often something may be done. */
@NullMarked
package io.letschat.domain.limit;

import org.jspecify.annotations.NullMarked;
