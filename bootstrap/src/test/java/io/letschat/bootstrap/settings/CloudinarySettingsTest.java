package io.letschat.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.persistence.media.cloudinary.CloudinaryAccount;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CloudinarySettingsTest {
  private final List<String> refused = new ArrayList<>();

  @Test
  void all_three_make_an_account() throws SettingsRefused {
    assertThat(
            read(
                Map.of(
                    "CLOUDINARY_CLOUD_NAME", "tea",
                    "CLOUDINARY_API_KEY", "123",
                    "CLOUDINARY_API_SECRET", "s",
                    "CLOUDINARY_UPLOAD_PREFIX", "http://127.0.0.1:9/")))
        .contains(
            new CloudinaryAccount(
                "tea", "123", "s", Optional.of(URI.create("http://127.0.0.1:9"))));
    assertThat(refused).isEmpty();
  }

  @Test
  void none_and_the_samples_are_no_account() throws SettingsRefused {
    assertThat(read(Map.of())).isEmpty();
    assertThat(
            read(
                Map.of(
                    "CLOUDINARY_CLOUD_NAME", "your_cloud_name",
                    "CLOUDINARY_API_KEY", "your_api_key",
                    "CLOUDINARY_API_SECRET", "your-cloudinary-api-secret")))
        .isEmpty();
    assertThat(refused).isEmpty();
  }

  @Test
  void half_an_account_says_what_is_missing() throws SettingsRefused {
    read(Map.of("CLOUDINARY_CLOUD_NAME", "tea", "CLOUDINARY_API_SECRET", "your_api_secret"));

    assertThat(refused)
        .hasSize(2)
        .allMatch(sentence -> sentence.matches("CLOUDINARY_API_(KEY|SECRET) is missing: .*"));
  }

  @Test
  void a_prefix_that_is_no_address_is_named() throws SettingsRefused {
    read(Map.of("CLOUDINARY_UPLOAD_PREFIX", "ftp://files"));

    assertThat(refused).singleElement().asString().startsWith("CLOUDINARY_UPLOAD_PREFIX: ");
  }

  private Optional<CloudinaryAccount> read(Map<String, String> values) throws SettingsRefused {
    var written = new RawSettings(values, DotEnv.parse(new byte[0], ".env"));
    Optional<CloudinaryAccount> account = new CloudinarySettings(written).read();
    refused.addAll(written.refused());
    return account;
  }
}
