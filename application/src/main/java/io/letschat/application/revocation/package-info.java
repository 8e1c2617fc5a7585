/** What was ended before its time, and how every node lets go of it. */
@NullMarked
package io.letschat.application.revocation;

import org.jspecify.annotations.NullMarked;
