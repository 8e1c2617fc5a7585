/** Codes by e-mail, through Resend; and what stands in for it where no key is set. */
@NullMarked
package io.letschat.messaging.mail;

import org.jspecify.annotations.NullMarked;
