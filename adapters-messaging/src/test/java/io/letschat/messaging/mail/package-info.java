@NullMarked
package io.letschat.messaging.mail;

import org.jspecify.annotations.NullMarked;
