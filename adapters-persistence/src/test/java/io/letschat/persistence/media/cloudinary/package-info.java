@NullMarked
package io.letschat.persistence.media.cloudinary;

import org.jspecify.annotations.NullMarked;
