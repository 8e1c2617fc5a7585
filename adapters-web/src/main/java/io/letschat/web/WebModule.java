package io.letschat.web;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.account.Authenticate;
import io.letschat.application.account.LogIn;
import io.letschat.application.account.LogOut;
import io.letschat.application.account.Register;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.media.OpenFile;
import io.letschat.application.media.ScratchSpace;
import io.letschat.application.media.ShareFile;
import io.letschat.application.message.ReadHistory;
import io.letschat.application.room.EndMembership;
import io.letschat.application.room.EnterRoom;
import io.letschat.application.room.MyRooms;
import io.letschat.application.room.RoomAccess;
import io.letschat.web.account.AccountApi;
import io.letschat.web.account.AccountPages;
import io.letschat.web.files.Assets;
import io.letschat.web.health.HealthApi;
import io.letschat.web.health.ReadyCheck;
import io.letschat.web.http.Errors;
import io.letschat.web.http.Limits;
import io.letschat.web.http.Site;
import io.letschat.web.http.Visitors;
import io.letschat.web.media.SharedFiles;
import io.letschat.web.media.UploadApi;
import io.letschat.web.message.HistoryApi;
import io.letschat.web.page.Pages;
import io.letschat.web.room.RoomApi;
import io.letschat.web.room.RoomPages;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * The pages and the HTTP API. Needs the use cases, a {@link WebSettings}, an {@link InstantSource}
 * and a set of {@link ReadyCheck}s; gives a {@link WebServer}.
 */
public final class WebModule extends AbstractModule {
  @Provides
  @Singleton
  Assets assets() {
    return Assets.packaged();
  }

  @Provides
  @Singleton
  Visitors visitors(Authenticate authenticate) {
    return new Visitors(authenticate);
  }

  @Provides
  @Singleton
  Limits limits(RateLimiter limiter, Visitors visitors) {
    return new Limits(limiter, visitors);
  }

  @Provides
  @Singleton
  Site site(Assets assets, Visitors visitors) {
    return new Site(Pages.precompiled(), assets, visitors);
  }

  @Provides
  AccountPages accountPages(Site site, Visitors visitors, Limits limits) {
    return new AccountPages(site, visitors, limits);
  }

  @Provides
  AccountApi accountApi(
      Register register,
      LogIn logIn,
      LogOut logOut,
      Visitors visitors,
      AccountPages pages,
      InstantSource clock) {
    return new AccountApi(register, logIn, logOut, visitors, pages, clock);
  }

  @Provides
  RoomPages roomPages(
      Site site, Visitors visitors, Limits limits, MyRooms myRooms, RoomAccess access) {
    return new RoomPages(site, visitors, limits, myRooms, access);
  }

  @Provides
  RoomApi roomApi(
      EnterRoom enterRoom,
      EndMembership endMembership,
      Visitors visitors,
      Limits limits,
      RoomPages pages) {
    return new RoomApi(enterRoom, endMembership, visitors, limits, pages);
  }

  @Provides
  HistoryApi historyApi(ReadHistory readHistory, Visitors visitors, Limits limits) {
    return new HistoryApi(readHistory, visitors, limits);
  }

  @Provides
  UploadApi uploadApi(
      ShareFile shareFile, ScratchSpace scratchSpace, Visitors visitors, Limits limits) {
    return new UploadApi(shareFile, scratchSpace, visitors, limits);
  }

  @Provides
  SharedFiles sharedFiles(OpenFile openFile, Visitors visitors) {
    return new SharedFiles(openFile, visitors);
  }

  @Provides
  HealthApi healthApi(Set<ReadyCheck> checks) {
    return new HealthApi(checks);
  }

  @Provides
  @Singleton
  WebServer webServer(
      WebSettings settings,
      Site site,
      AccountApi accountApi,
      AccountPages accountPages,
      RoomApi roomApi,
      RoomPages roomPages,
      HistoryApi historyApi,
      UploadApi uploadApi,
      SharedFiles sharedFiles,
      HealthApi healthApi,
      Assets assets) {
    return new WebServer(
        settings,
        new Errors(site),
        List.of(
            accountApi,
            accountPages,
            roomApi,
            roomPages,
            historyApi,
            uploadApi,
            sharedFiles,
            healthApi,
            assets));
  }
}
