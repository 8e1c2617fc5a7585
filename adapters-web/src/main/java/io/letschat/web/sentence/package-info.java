/** What is said over HTTP, in the language of whoever asks. */
@NullMarked
package io.letschat.web.sentence;

import org.jspecify.annotations.NullMarked;
