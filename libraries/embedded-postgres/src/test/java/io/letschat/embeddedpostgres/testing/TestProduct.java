package io.letschat.embeddedpostgres.testing;

import io.letschat.embeddedpostgres.Product;

/** A program of no particular purpose. */
public final class TestProduct {
  public static final Product GUESTBOOK =
      new Product("Guestbook", "./guestbook", "guestbook", "DATA_DIR", "DATABASE_URL");

  private TestProduct() {}
}
