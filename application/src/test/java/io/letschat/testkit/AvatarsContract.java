package io.letschat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.media.Avatars;
import io.letschat.application.media.Avatars.Avatar;
import io.letschat.domain.account.UserId;
import io.letschat.domain.media.FileKey;
import io.letschat.domain.media.FileKind;
import io.letschat.domain.media.ObjectName;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link Avatars} keeps. */
public abstract class AvatarsContract {
  private static final SecureRandom RANDOM = new SecureRandom();

  protected abstract Stores stores();

  protected abstract Avatars avatars();

  @Test
  void a_picture_is_found_by_its_user_and_by_its_name_until_it_is_replaced_or_removed() {
    UserId ada = stores().someone().user();
    UserId bob = stores().someone().user();
    Avatar first = avatar(FileKind.JPEG, 1);
    Avatar second = avatar(FileKind.PNG, 2);

    avatars().put(ada, first, Stores.NOON);
    assertThat(avatars().of(List.of(ada, bob))).isEqualTo(Map.of(ada, first.name()));
    assertThat(avatars().find(first.name()).orElseThrow().content()).isEqualTo(first.content());

    avatars().put(ada, second, Stores.NOON);
    assertThat(avatars().of(List.of(ada))).isEqualTo(Map.of(ada, second.name()));
    assertThat(avatars().find(first.name())).isEmpty();
    assertThat(avatars().find(ObjectName.of(second.key(), FileKind.GIF))).isEmpty();

    avatars().remove(ada);
    avatars().remove(bob);
    assertThat(avatars().of(List.of(ada))).isEmpty();
    assertThat(avatars().find(second.name())).isEmpty();
    assertThat(avatars().of(List.of())).isEmpty();
  }

  private static Avatar avatar(FileKind kind, int content) {
    return new Avatar(FileKey.random(RANDOM), kind, new byte[] {(byte) content});
  }
}
