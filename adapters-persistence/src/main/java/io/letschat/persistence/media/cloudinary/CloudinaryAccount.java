package io.letschat.persistence.media.cloudinary;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * An account at Cloudinary.
 *
 * @param uploadPrefix where its API is, if not at {@code https://api.cloudinary.com}
 */
public record CloudinaryAccount(
    String cloudName, String apiKey, String apiSecret, Optional<URI> uploadPrefix) {
  private static final String DELIVERY = "https://res.cloudinary.com";

  /** Where browsers find what is stored, for a content security policy. */
  public Set<String> imageOrigins() {
    Set<String> origins = new LinkedHashSet<>();
    origins.add(DELIVERY);
    uploadPrefix.ifPresent(
        prefix -> origins.add(prefix.getScheme() + "://" + prefix.getAuthority()));
    return origins;
  }

  @Override
  public String toString() {
    return "CloudinaryAccount[" + cloudName + "]";
  }
}
