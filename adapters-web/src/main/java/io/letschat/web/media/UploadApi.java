package io.letschat.web.media;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.media.ShareFile;
import io.letschat.application.media.TempFolder;
import io.letschat.application.media.TempFolderUnavailable;
import io.letschat.application.media.TempFolders;
import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Sentence;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.room.RoomId;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.ApiJson;
import io.letschat.web.http.LogContext;
import io.letschat.web.http.Routes;
import io.letschat.web.message.MessageBody;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.security.RequestRateLimits;
import java.util.Map;
import java.util.Optional;

/** {@code POST /api/upload}: somebody shares a picture or a file in a room. */
final class UploadApi implements Routes {
  private static final String FILE = "file";

  private final ShareFile shareFile;
  private final TempFolders tempFolders;
  private final RequestAuthenticator requestAuthenticator;
  private final RequestRateLimits requestRateLimits;

  UploadApi(
      ShareFile shareFile,
      TempFolders tempFolders,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits) {
    this.shareFile = shareFile;
    this.tempFolders = tempFolders;
    this.requestAuthenticator = requestAuthenticator;
    this.requestRateLimits = requestRateLimits;
  }

  private record UploadedBody(
      boolean success, @JsonProperty("fileUrl") String fileUrl, MessageBody message) {}

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/upload", this::upload);
  }

  private void upload(Context ctx) {
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    requestRateLimits.changing(ctx);
    try (TempFolder tempFolder = tempFolders.open()) {
      var form = Multipart.read(ctx, FILE, ShareFile.MOST_BYTES, tempFolder);
      RoomId room = room(form.field("room_id"));
      LogContext.room(room);
      Optional<ClientMessageId> clientId = clientId(form.field("client_message_id"));
      Multipart.Sent sent = form.file();
      var command =
          new ShareFile.Command(who, room, sent.name(), sent.file(), tempFolder, clientId);
      answer(ctx, shareFile.share(command));
    } catch (TempFolderUnavailable e) {
      throw Multipart.notStored(e);
    }
  }

  private static void answer(Context ctx, ShareFile.Result result) {
    switch (result) {
      case ShareFile.Shared(var message) ->
          ApiJson.answer(
              ctx, 201, new UploadedBody(true, message.content().text(), MessageBody.of(message)));
      case ShareFile.NoSuchRoom() -> throw ApiException.notFound();
      case ShareFile.SessionEnded() -> throw ApiException.unauthorized();
      case ShareFile.TooOften(var retryAfter) -> throw ApiException.tooOften(retryAfter);
      case ShareFile.TooLarge() -> throw Multipart.tooLarge(FILE, ShareFile.MOST_BYTES);
      case ShareFile.NotShareable() ->
          throw ApiException.of(415, "unsupported_file", FILE, Sentence.of("upload.unsupported"));
      case ShareFile.Unusable(var sentence) ->
          throw ApiException.of(422, "unusable_file", FILE, sentence);
      case ShareFile.StoreUnavailable() ->
          throw ApiException.of(503, "storage_unavailable", Multipart.NOT_STORED);
      case ShareFile.Retry() ->
          throw ApiException.of(503, "retry", Sentence.of("request.maybe-saved"));
    }
  }

  private static RoomId room(String written) {
    try {
      return new RoomId(Long.parseLong(written));
    } catch (NumberFormatException e) {
      throw ApiException.invalid(Map.of("room_id", Sentence.of("upload.room")));
    }
  }

  private static Optional<ClientMessageId> clientId(String written) {
    try {
      return written.isEmpty() ? Optional.empty() : Optional.of(ClientMessageId.of(written));
    } catch (InvalidValueException e) {
      throw ApiException.invalid(Map.of(e.field(), e.sentence()));
    }
  }
}
