/** How often something may be done, and whether it has been done too often. */
@NullMarked
package io.letschat.application.limit;

import org.jspecify.annotations.NullMarked;
