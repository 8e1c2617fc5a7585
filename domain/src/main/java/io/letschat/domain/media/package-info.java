/** Files that people share, and what is known of them. */
@NullMarked
package io.letschat.domain.media;

import org.jspecify.annotations.NullMarked;
