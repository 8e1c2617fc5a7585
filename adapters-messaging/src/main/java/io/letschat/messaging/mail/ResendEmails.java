package io.letschat.messaging.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.resend.core.exception.ResendException;
import com.resend.core.net.AbstractHttpResponse;
import com.resend.core.net.HttpMethod;
import com.resend.core.net.IHttpClient;
import com.resend.core.net.RequestOptions;
import com.resend.core.service.BaseService;
import com.resend.services.emails.model.CreateEmailOptions;
import io.letschat.domain.account.EmailAddress;
import java.io.UncheckedIOException;
import java.util.Locale;
import okhttp3.MediaType;

/**
 * Resend's {@code POST /emails}, tried once. The library's own class for it cannot be given another
 * client, and takes whatever is answered for a success.
 */
final class ResendEmails extends BaseService {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final IHttpClient<String> http;
  private final String from;

  ResendEmails(ResendSettings settings, IHttpClient<String> http) {
    super(settings.apiKey(), http);
    this.http = http;
    this.from =
        settings.from().contains("<") ? settings.from() : "LetsChat <" + settings.from() + ">";
  }

  /** What became of a try. */
  sealed interface Result {}

  record Taken() implements Result {}

  /** It is not known whether it was taken, or it was not, but the next try may be. */
  record Unclear(String why) implements Result {}

  /** The same request will never be taken. */
  record Refused(String why) implements Result {}

  /**
   * @param idempotencyKey the same with every try of the same mail: then it goes out once at most
   */
  Result send(EmailAddress to, CodeMessage message, String idempotencyKey) {
    var mail =
        CreateEmailOptions.builder()
            .from(from)
            .to(to.text())
            .subject(message.subject())
            .text(message.text())
            .html(message.html())
            .build();
    var options = RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
    try {
      return judge(
          http.perform(
              "/emails", apiKey, HttpMethod.POST, resendMapper.writeValue(mail), JSON, options));
    } catch (UncheckedIOException e) {
      return new Unclear("no answer (" + e.getMessage() + ")");
    }
  }

  private static Result judge(AbstractHttpResponse<String> response) {
    if (response.isSuccessful()) {
      return hasId(response.getBody())
          ? new Taken()
          : new Unclear("status " + response.getCode() + " without the id of a mail");
    }
    String why = "status " + response.getCode() + name(response);
    return switch (response.getCode()) {
      // 409 with another name says that the key was used for another mail.
      case 409 -> why.contains("concurrent") ? new Unclear(why) : new Refused(why);
      case 408, 425, 429 -> new Unclear(why);
      default -> response.getCode() >= 500 ? new Unclear(why) : new Refused(why);
    };
  }

  private static boolean hasId(String body) {
    try {
      return MAPPER.readTree(body).path("id").isTextual();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** Resend's word for the error. The rest of the answer may repeat what was sent. */
  private static String name(AbstractHttpResponse<String> response) {
    String name = new ResendException(response.getCode(), response.getBody()).getErrorName();
    return name != null && name.toLowerCase(Locale.ROOT).matches("[a-z_]{1,60}") ? ", " + name : "";
  }
}
