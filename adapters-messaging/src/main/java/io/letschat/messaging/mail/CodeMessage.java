package io.letschat.messaging.mail;

import io.letschat.application.sentence.Sentences;
import io.letschat.domain.Sentence;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.OneTimeCode;
import java.util.Optional;

/** The words of a mail with a code. */
record CodeMessage(String subject, String text, String html) {
  private static final String TEXT =
      """
      %s

          %s

      %s%s

      %s

      LetsChat
      """;

  // Mail programs know tables and inline styles, and little else. The colours hold in dark mode
  // too.
  private static final String HTML =
      """
      <!doctype html>
      <html lang="%7$s">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <title>%1$s</title>
      </head>
      <body style="margin:0;padding:0;background:#f2f0ea">
      <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" style="background:#f2f0ea">
      <tr><td align="center" style="padding:32px 16px">
        <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" style="max-width:460px;background:#ffffff;border:1px solid #dfdcd3;border-radius:16px">
        <tr><td style="padding:32px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;color:#20231f">
          <p style="margin:0 0 24px;font-weight:700;color:#0d7a68">LetsChat</p>
          <p style="margin:0 0 20px">%2$s</p>
          <p style="margin:0 0 20px;padding:16px;background:#d9efe8;border-radius:12px;text-align:center;font-size:32px;font-weight:700;letter-spacing:8px;color:#10352e;font-family:ui-monospace,Menlo,Consolas,monospace">%3$s</p>
          <p style="margin:0 0 20px">%4$s%6$s</p>
          <p style="margin:0;font-size:14px;color:#5b605a">%5$s</p>
        </td></tr>
        </table>
      </td></tr>
      </table>
      </body>
      </html>
      """;

  private static final String LINK = " <a href=\"%s\" style=\"color:#0d7a68\">%s</a>.";

  /**
   * @param page the address of the page for the code, if there is one that everybody can reach
   */
  static CodeMessage of(
      CodePurpose purpose, OneTimeCode code, Optional<String> page, Sentences sentences) {
    return switch (purpose) {
      case RECOVERY ->
          new Words(
                  sentences.of(Sentence.of("mail.recovery.subject")),
                  sentences.of(Sentence.of("mail.recovery.why")),
                  sentences.of(Sentence.of("mail.recovery.not-you")))
              .around(code, page, sentences);
      case VERIFICATION ->
          new Words(
                  sentences.of(Sentence.of("mail.verification.subject")),
                  sentences.of(Sentence.of("mail.verification.why")),
                  sentences.of(Sentence.of("mail.verification.not-you")))
              .around(code, page, sentences);
    };
  }

  private record Words(String subject, String why, String notYou) {
    CodeMessage around(OneTimeCode code, Optional<String> page, Sentences sentences) {
      String lifetime =
          sentences.of(
              Sentence.of("mail.lifetime").with("minutes", OneTimeCode.LIFETIME.toMinutes()));
      String enterAt = sentences.of(Sentence.of("mail.enter-at"));
      String enterHere = sentences.of(Sentence.of("mail.enter-here"));
      String text = page.map(at -> " " + enterAt + "\n\n    " + at).orElse("");
      String html = page.map(at -> LINK.formatted(at, enterHere)).orElse("");
      return new CodeMessage(
          subject,
          TEXT.formatted(why, code.digits(), lifetime, text, notYou),
          HTML.formatted(
              subject, why, code.digits(), lifetime, notYou, html, sentences.language()));
    }
  }

  @Override
  public String toString() {
    return "CodeMessage[" + subject + "]";
  }
}
