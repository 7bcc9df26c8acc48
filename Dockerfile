# An image of the broker: `docker build -t strikemq .`, or compose.yaml.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -q -pl bootstrap -am package -DskipTests

FROM eclipse-temurin:25-jre
WORKDIR /opt/strikemq
COPY --from=build /src/bootstrap/target/bootstrap.jar strikemq.jar
COPY --from=build /src/bootstrap/src/launch/jvm.options jvm.options
COPY LICENSE NOTICE ./
# An ahead-of-time cache of this java, which a rehearsal leaves, for every later start.
RUN java @jvm.options --enable-native-access=ALL-UNNAMED -XX:-AOTRecordTraining -XX:AOTCacheOutput=strikemq.aot \
      -cp /opt/strikemq/strikemq.jar io.strikemq.bootstrap.Rehearsal && \
    test -s strikemq.aot && \
    mkdir /data && chown 10001:10001 /data
USER 10001:10001
ENV STRIKEMQ_LOG_DIR=/data
VOLUME /data
EXPOSE 9092 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=3 CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/${STRIKEMQ_HTTP_PORT:-8080} && printf 'GET /ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && grep -q '200 OK' <&3"]
# Without a shell between, so that SIGTERM reaches the JVM; arguments of `docker run` are the broker's.
ENTRYPOINT ["java", "@/opt/strikemq/jvm.options", "--enable-native-access=ALL-UNNAMED", \
  "-XX:AOTCache=/opt/strikemq/strikemq.aot", "-Xlog:disable", "-Xlog:all=error:stderr", \
  "-cp", "/opt/strikemq/strikemq.jar", "io.strikemq.bootstrap.Main"]
