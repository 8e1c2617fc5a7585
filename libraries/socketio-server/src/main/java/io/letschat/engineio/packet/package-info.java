/** Engine.IO packets and payloads of revisions 3 and 4, decoded and encoded. */
@NullMarked
package io.letschat.engineio.packet;

import org.jspecify.annotations.NullMarked;
