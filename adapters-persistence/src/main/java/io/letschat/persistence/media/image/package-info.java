/** Pictures: what they are, and what is stored of them. */
@NullMarked
package io.letschat.persistence.media.image;

import org.jspecify.annotations.NullMarked;
