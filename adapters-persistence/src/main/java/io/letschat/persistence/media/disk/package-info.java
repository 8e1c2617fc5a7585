/** Shared files in a folder of this machine. */
@NullMarked
package io.letschat.persistence.media.disk;

import org.jspecify.annotations.NullMarked;
