package io.letschat.persistence.media.cloudinary;

import com.cloudinary.Cloudinary;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.media.FileStore;
import io.letschat.persistence.media.cloudinary.CloudinaryFiles.Patience;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;

/** Binds {@link FileStore} to an account at Cloudinary. */
public final class CloudinaryModule extends AbstractModule {
  private static final int CONNECTIONS = 20;

  private final CloudinaryAccount account;

  public CloudinaryModule(CloudinaryAccount account) {
    this.account = account;
  }

  @Provides
  @Singleton
  FileStore fileStore() {
    return store(account, Patience.usual());
  }

  static FileStore store(CloudinaryAccount account, Patience patience) {
    var connections = new PoolingHttpClientConnectionManager();
    connections.setMaxTotal(CONNECTIONS);
    connections.setDefaultMaxPerRoute(CONNECTIONS);
    Map<String, Object> settings = new HashMap<>();
    settings.put("cloud_name", account.cloudName());
    settings.put("api_key", account.apiKey());
    settings.put("api_secret", account.apiSecret());
    settings.put("secure", true);
    settings.put("analytics", false);
    settings.put("connectionManager", connections);
    Optional<URI> prefix = account.uploadPrefix();
    prefix.ifPresent(uri -> settings.put("upload_prefix", uri.toString()));
    boolean plainHttp = prefix.filter(uri -> "http".equals(uri.getScheme())).isPresent();
    return new CloudinaryFiles(new Cloudinary(settings), patience, plainHttp);
  }
}
