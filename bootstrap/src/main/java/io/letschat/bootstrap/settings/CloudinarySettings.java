package io.letschat.bootstrap.settings;

import io.letschat.persistence.media.cloudinary.CloudinaryAccount;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code CLOUDINARY_…}: all of it, or none, which keeps shared files in the data folder. */
final class CloudinarySettings {
  private static final String NAME = "CLOUDINARY_CLOUD_NAME";
  private static final String KEY = "CLOUDINARY_API_KEY";
  private static final String SECRET = "CLOUDINARY_API_SECRET";
  private static final String PREFIX = "CLOUDINARY_UPLOAD_PREFIX";

  private final RawSettings rawSettings;

  CloudinarySettings(RawSettings rawSettings) {
    this.rawSettings = rawSettings;
  }

  Optional<CloudinaryAccount> read() {
    Optional<String> name = real(NAME);
    Optional<String> key = real(KEY);
    Optional<String> secret = real(SECRET);
    Optional<URI> prefix = rawSettings.read(PREFIX, CloudinarySettings::address);
    if (name.isPresent() && key.isPresent() && secret.isPresent()) {
      return Optional.of(new CloudinaryAccount(name.get(), key.get(), secret.get(), prefix));
    }
    if (name.isPresent() || key.isPresent() || secret.isPresent()) {
      for (String each : List.of(NAME, KEY, SECRET)) {
        if (real(each).isEmpty()) {
          rawSettings.refuse(
              each
                  + " is missing: images go to Cloudinary with "
                  + String.join(", ", NAME, KEY, SECRET)
                  + " together, and to the data folder without all three.");
        }
      }
    }
    return Optional.empty();
  }

  /** The values of the sample file count as none. */
  private Optional<String> real(String name) {
    return rawSettings
        .given(name)
        .filter(value -> {
          String lower = value.toLowerCase(Locale.ROOT);
          return !lower.startsWith("your_") && !lower.startsWith("your-");
        });
  }

  private static URI address(String written) {
    try {
      URI uri = URI.create(written.replaceFirst("/+$", ""));
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException notAUri) {
      // Told below, like everything else that is no address.
    }
    throw new IllegalArgumentException("is an address such as https://api.cloudinary.com.");
  }
}
