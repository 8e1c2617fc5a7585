/** What every request goes through, and what answers are made of. */
@NullMarked
package io.letschat.web.http;

import org.jspecify.annotations.NullMarked;
