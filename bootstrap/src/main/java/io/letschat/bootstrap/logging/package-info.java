/** Log formats, error reports to Sentry, and the count of errors. */
@NullMarked
package io.letschat.bootstrap.logging;

import org.jspecify.annotations.NullMarked;
