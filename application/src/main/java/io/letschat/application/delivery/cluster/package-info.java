/** What nodes tell each other, and who acts upon it here. */
@NullMarked
package io.letschat.application.delivery.cluster;

import org.jspecify.annotations.NullMarked;
