# docker build -t letschat . && docker run -p 4000:4000 -v letschat:/data --env-file .env letschat
# Without DATABASE_URL it uses the embedded PostgreSQL, in /data.

FROM node:20-bookworm-slim AS node

FROM eclipse-temurin:25-jdk AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/root/.npm \
    ./mvnw -B -q -Dquick -Dmaven.test.skip package \
    && mkdir -p /out/lib /out/own \
    && mv bootstrap/target/lib/letschat-*.jar /out/own/ \
    && mv bootstrap/target/lib/*.jar /out/lib/ \
    && cp bootstrap/target/letschat.jar letschat .mvn/find-jdk /out/

FROM eclipse-temurin:25-jre
RUN useradd --system --user-group --uid 10001 --home-dir /data --shell /usr/sbin/nologin letschat \
    && install -d -o letschat -g letschat -m 0700 /data
# Layer caching: third-party jars first, which change seldom, then our own.
COPY --from=build /out/lib/ /app/bootstrap/target/lib/
COPY --from=build /out/own/ /app/bootstrap/target/lib/
COPY --from=build /out/letschat.jar /app/bootstrap/target/
COPY --from=build /out/find-jdk /app/.mvn/
COPY --from=build /out/letschat /app/
# This file tells the launcher that nothing has to be built.
RUN touch /app/bootstrap/target/built
USER letschat
WORKDIR /data
VOLUME /data
# REQUIRE_PRODUCTION: a .env with NODE_ENV=development must not turn the image into a development
# server that binds to all interfaces and shows everybody's codes.
ENV NODE_ENV=production REQUIRE_PRODUCTION=true HOST=0.0.0.0 PORT=4000 DATA_DIR=/data
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["bash", "-c", \
    "exec 3<>\"/dev/tcp/127.0.0.1/${PORT:-4000}\" && printf 'GET /readyz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["/app/letschat"]
