/** The PostgreSQL that comes with the program: real binaries, one data folder, one owner. */
@NullMarked
package io.letschat.embeddedpostgres;

import org.jspecify.annotations.NullMarked;
