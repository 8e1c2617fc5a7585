@NullMarked
package io.letschat.persistence.media.image;

import org.jspecify.annotations.NullMarked;
