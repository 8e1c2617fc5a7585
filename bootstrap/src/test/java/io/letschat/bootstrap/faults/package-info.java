/**
 * The fault suite: several nodes under load, and something that breaks. Each test writes a row of a
 * table; {@code docs/faults.md} has one and says how it is made.
 */
@NullMarked
package io.letschat.bootstrap.faults;

import org.jspecify.annotations.NullMarked;
