package io.letschat.web.media;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import io.letschat.application.media.Avatars;
import io.letschat.application.media.ChangeAvatar;
import io.letschat.application.media.OpenFile;
import io.letschat.application.media.ShareFile;
import io.letschat.application.media.TempFolders;
import io.letschat.web.account.ProfilePages;
import io.letschat.web.http.Routes;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.security.RequestRateLimits;

/** Shared files, and pictures of people. */
public final class MediaWebModule extends AbstractModule {
  @Override
  protected void configure() {
    Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
    routes.addBinding().to(UploadApi.class);
    routes.addBinding().to(SharedFiles.class);
    routes.addBinding().to(AvatarApi.class);
  }

  @Provides
  UploadApi uploadApi(
      ShareFile shareFile,
      TempFolders tempFolders,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits) {
    return new UploadApi(shareFile, tempFolders, requestAuthenticator, requestRateLimits);
  }

  @Provides
  AvatarApi avatarApi(
      ChangeAvatar changeAvatar,
      Avatars avatars,
      TempFolders tempFolders,
      ProfilePages profile,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits) {
    return new AvatarApi(
        changeAvatar, avatars, tempFolders, profile, requestAuthenticator, requestRateLimits);
  }

  @Provides
  SharedFiles sharedFiles(OpenFile openFile, RequestAuthenticator requestAuthenticator) {
    return new SharedFiles(openFile, requestAuthenticator);
  }
}
