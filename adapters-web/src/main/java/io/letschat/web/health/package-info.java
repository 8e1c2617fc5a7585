/** Whether the program is alive and ready. */
@NullMarked
package io.letschat.web.health;

import org.jspecify.annotations.NullMarked;
