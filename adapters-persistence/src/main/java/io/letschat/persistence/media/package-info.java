/** Where shared files are kept. */
@NullMarked
package io.letschat.persistence.media;

import org.jspecify.annotations.NullMarked;
