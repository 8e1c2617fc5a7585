/** What is said to people, in their language: the catalogue of all sentences. */
@NullMarked
package io.letschat.application.sentence;

import org.jspecify.annotations.NullMarked;
