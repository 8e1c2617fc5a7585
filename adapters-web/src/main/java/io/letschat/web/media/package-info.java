/** Sharing files over HTTP, and serving those that are stored here. */
@NullMarked
package io.letschat.web.media;

import org.jspecify.annotations.NullMarked;
