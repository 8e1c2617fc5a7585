package io.letschat.domain.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DimensionsTest {
  @Test
  void a_picture_has_at_least_one_pixel() {
    assertThat(new Dimensions(1, 1).pixels()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new Dimensions(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Dimensions(1, 0));
  }

  @Test
  void the_pixels_of_a_huge_picture_are_counted_right() {
    assertThat(new Dimensions(100_000, 50_000).pixels()).isEqualTo(5_000_000_000L);
  }

  @Test
  void what_fits_is_left_alone_and_what_does_not_keeps_its_proportions() {
    assertThat(new Dimensions(1000, 500).within(1000)).isEqualTo(new Dimensions(1000, 500));
    assertThat(new Dimensions(4000, 2000).within(1000)).isEqualTo(new Dimensions(1000, 500));
    assertThat(new Dimensions(2000, 4000).within(1000)).isEqualTo(new Dimensions(500, 1000));
    assertThat(new Dimensions(1001, 1001).within(1000)).isEqualTo(new Dimensions(1000, 1000));
  }

  @Test
  void a_very_thin_picture_keeps_one_pixel() {
    assertThat(new Dimensions(10_000, 1).within(100)).isEqualTo(new Dimensions(100, 1));
    assertThat(new Dimensions(1, 10_000).within(100)).isEqualTo(new Dimensions(1, 100));
  }
}
