package io.letschat.messaging.mail;

import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.OneTimeCode;
import java.util.Optional;

/** The words of a mail with a code. */
record CodeMessage(String subject, String text, String html) {
  private static final String TEXT =
      """
      %s

          %s

      The code is good for %d minutes, and once.%s

      %s

      LetsChat
      """;

  // Mail programs know tables and inline styles, and little else. The colours hold in dark mode
  // too.
  private static final String HTML =
      """
      <!doctype html>
      <html lang="en">
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
          <p style="margin:0 0 20px">The code is good for %4$d minutes, and once.%6$s</p>
          <p style="margin:0;font-size:14px;color:#5b605a">%5$s</p>
        </td></tr>
        </table>
      </td></tr>
      </table>
      </body>
      </html>
      """;

  /**
   * @param page the address of the page for the code, if there is one that everybody can reach
   */
  static CodeMessage of(CodePurpose purpose, OneTimeCode code, Optional<String> page) {
    return switch (purpose) {
      case RECOVERY ->
          of(
              "Your code for a new password",
              "Somebody, you we hope, wants to choose a new password for your LetsChat account. This is the code for it:",
              code,
              page,
              "If it was not you, leave this mail alone: without the code nothing changes. Nobody of us will ever ask you for it.");
      case VERIFICATION ->
          of(
              "Your code to verify this address",
              "With this code you show LetsChat that this e-mail address is yours:",
              code,
              page,
              "If you have no account with LetsChat, somebody mistyped their address. Then leave this mail alone.");
    };
  }

  private static CodeMessage of(
      String subject, String why, OneTimeCode code, Optional<String> page, String notYou) {
    long minutes = OneTimeCode.LIFETIME.toMinutes();
    String text = page.map(" Enter it at\n\n    %s"::formatted).orElse("");
    String html =
        page.map(" <a href=\"%s\" style=\"color:#0d7a68\">Enter it here</a>."::formatted)
            .orElse("");
    return new CodeMessage(
        subject,
        TEXT.formatted(why, code.digits(), minutes, text, notYou),
        HTML.formatted(subject, why, code.digits(), minutes, notYou, html));
  }

  @Override
  public String toString() {
    return "CodeMessage[" + subject + "]";
  }
}
