package io.strikemq.wire.generator.emit;

import io.strikemq.wire.generator.model.MessageSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Emits {@code ApiKey}: what a broker must know about each API to take its requests apart. */
public final class ApiKeyEmitter {
    private final String runtimePackage;

    public ApiKeyEmitter(String runtimePackage) {
        this.runtimePackage = runtimePackage;
    }

    /** @param requests the request of every API */
    public String emit(List<MessageSpec> requests, String packageName) {
        List<MessageSpec> sorted = requests.stream()
                .sorted(Comparator.comparingInt(MessageSpec::apiKey))
                .toList();
        JavaText out = new JavaText();
        out.line(MessageEmitter.NOTICE).line("package " + packageName + ";").blank();
        for (String type : List.of("RequestMessage", "ResponseMessage", "WireReader")) {
            out.line("import " + runtimePackage + "." + type + ";");
        }
        out.blank().javadoc("The APIs that clients may call, with their versions.");
        out.open("public enum ApiKey").blank();
        for (MessageSpec request : sorted) {
            constant(out, request, request == sorted.get(sorted.size() - 1) ? ";" : ",");
        }
        members(out, sorted.get(sorted.size() - 1).apiKey());
        dispatch(out, sorted, "Request");
        dispatch(out, sorted, "Response");
        return out.close().toString();
    }

    private static String api(MessageSpec request) {
        return request.name().substring(0, request.name().length() - "Request".length());
    }

    private static void constant(JavaText out, MessageSpec request, String end) {
        int flexible = request.flexible().isEmpty()
                ? Short.MAX_VALUE
                : request.flexible().lowest();
        out.line(Names.constant(api(request)) + "(" + request.apiKey() + ", \"" + api(request) + "\", "
                + request.valid().lowest() + ", " + request.highestStable() + ", "
                + request.valid().highest() + ", "
                + flexible + ")" + end);
    }

    private static void members(JavaText out, int highestId) {
        String template = """

                private static final ApiKey[] BY_ID = new ApiKey[%d];

                static {
                    for (ApiKey key : values()) {
                        BY_ID[key.id] = key;
                    }
                }

                private final short id;
                private final String displayName;
                private final short lowestVersion;
                private final short highestStableVersion;
                private final short highestVersion;
                private final short firstFlexibleVersion;

                ApiKey(int id, String displayName, int lowestVersion, int highestStableVersion, int highestVersion,
                        int firstFlexibleVersion) {
                    this.id = (short) id;
                    this.displayName = displayName;
                    this.lowestVersion = (short) lowestVersion;
                    this.highestStableVersion = (short) highestStableVersion;
                    this.highestVersion = (short) highestVersion;
                    this.firstFlexibleVersion = (short) firstFlexibleVersion;
                }

                /** The API of that number, or null when there is none. */
                public static ApiKey forId(int id) {
                    return id >= 0 && id < BY_ID.length ? BY_ID[id] : null;
                }

                /** The number that stands in a request's header. */
                public short id() {
                    return id;
                }

                /** Kafka's name, such as {@code ListOffsets}. */
                public String displayName() {
                    return displayName;
                }

                public short lowestVersion() {
                    return lowestVersion;
                }

                /** The newest version that will not change any more. */
                public short highestStableVersion() {
                    return highestStableVersion;
                }

                /** The newest version that can be read and written, stable or not. */
                public short highestVersion() {
                    return highestVersion;
                }

                /** Whether messages can be read and written at this version. */
                public boolean supports(short version) {
                    return version >= lowestVersion && version <= highestVersion;
                }

                public boolean flexible(short version) {
                    return version >= firstFlexibleVersion;
                }

                /** The version of {@link RequestHeader} in front of a request of this version. */
                public short requestHeaderVersion(short version) {
                    return (short) (flexible(version) ? 2 : 1);
                }

                /**
                 * The version of {@link ResponseHeader} in front of a response of this version. A client reads the
                 * answer to ApiVersions before it knows what the broker speaks: its header is never flexible.
                 */
                public short responseHeaderVersion(short version) {
                    return (short) (flexible(version) && id != 18 ? 1 : 0);
                }
                """;
        template.formatted(highestId + 1).lines().forEach(out::line);
        out.blank();
    }

    private static void dispatch(JavaText out, List<MessageSpec> requests, String kind) {
        out.javadoc("Reads the body of a " + kind.toLowerCase(Locale.ROOT) + " of this API.");
        out.open("public " + kind + "Message read" + kind + "(WireReader in, short version)");
        out.open("return switch (id)");
        for (MessageSpec request : requests) {
            out.line("case " + request.apiKey() + " -> " + api(request) + kind + ".read(in, version);");
        }
        out.line("default -> throw new AssertionError(this);");
        out.close(";").close().blank();
    }
}
