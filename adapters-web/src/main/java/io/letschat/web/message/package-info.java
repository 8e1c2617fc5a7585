/** What was said, over HTTP. */
@NullMarked
package io.letschat.web.message;

import org.jspecify.annotations.NullMarked;
