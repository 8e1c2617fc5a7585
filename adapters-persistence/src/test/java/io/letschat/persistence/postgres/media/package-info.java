@NullMarked
package io.letschat.persistence.postgres.media;

import org.jspecify.annotations.NullMarked;
