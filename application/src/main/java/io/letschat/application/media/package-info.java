/** Sharing files: from what somebody sent to what is stored, and to the message about it. */
@NullMarked
package io.letschat.application.media;

import org.jspecify.annotations.NullMarked;
