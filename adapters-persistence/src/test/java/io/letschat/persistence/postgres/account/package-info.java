@NullMarked
package io.letschat.persistence.postgres.account;

import org.jspecify.annotations.NullMarked;
