package io.letschat.messaging.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.OneTimeCode;
import io.letschat.testkit.PseudoLanguage;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpokenMailTest {
  private static final String PAGE = "https://chat.example.org/verify";

  @ParameterizedTest
  @EnumSource
  void nothing_in_a_mail_is_said_beside_the_catalogue(CodePurpose purpose) {
    CodeMessage mail =
        CodeMessage.of(
            purpose, new OneTimeCode("123456"), Optional.of(PAGE), PseudoLanguage.sentences());

    for (String part : new String[] {mail.subject(), mail.text(), mail.html()}) {
      assertThat(part).contains("⟦");
      assertThat(
              part.replaceAll("⟦[^⟧]*⟧", "")
                  .replaceAll("<[^>]*>", "")
                  .replace("LetsChat", "")
                  .replace(PAGE, ""))
          .doesNotContainPattern("\\p{L}");
    }
    assertThat(mail.html()).contains("lang=\"en-XA\"");
  }
}
