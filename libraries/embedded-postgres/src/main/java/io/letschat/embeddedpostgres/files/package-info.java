/** What is read from and written to the disk, whoever asks for it. */
@NullMarked
package io.letschat.embeddedpostgres.files;

import org.jspecify.annotations.NullMarked;
