package io.strikemq.adapter.kafka.message;

import io.strikemq.adapter.kafka.wire.TaggedField;
import io.strikemq.adapter.kafka.wire.WireMessage;
import io.strikemq.wire.generator.model.FieldSpec;
import io.strikemq.wire.generator.model.FieldType;
import io.strikemq.wire.generator.model.FieldType.Primitive;
import io.strikemq.wire.generator.model.StructSpec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Builds messages with random contents that a given version can express. */
final class RandomMessages {
    private static final int MOST_ELEMENTS = 3;

    private final Random random;

    RandomMessages(long seed) {
        this.random = new Random(seed);
    }

    WireMessage message(GeneratedMessage message, int version) {
        return (WireMessage) struct(message, message.spec().root(), message.type(), version);
    }

    /** The message with every field at its default. */
    static WireMessage defaults(GeneratedMessage message) {
        return (WireMessage) build(builder(message.type()));
    }

    /** A copy of a message with one more field set. */
    WireMessage with(WireMessage message, FieldSpec field, Object value) {
        Object builder = call(message, "toBuilder");
        set(builder, field.name(), value);
        return (WireMessage) build(builder);
    }

    /** A value for a field of the message itself. */
    Object value(GeneratedMessage message, FieldSpec field, int version) {
        return value(message, field, field.type(), version);
    }

    private Object struct(GeneratedMessage message, StructSpec struct, Class<?> type, int version) {
        Object builder = builder(type);
        for (FieldSpec field : struct.fields()) {
            if (field.versions().contains(version)) {
                boolean isNull = field.nullable().contains(version) && random.nextInt(4) == 0;
                set(builder, field.name(), isNull ? null : value(message, field, field.type(), version));
            }
        }
        if (message.spec().flexible().contains(version) && random.nextInt(4) == 0) {
            set(
                    builder,
                    "unknownTaggedFields",
                    List.of(
                            new TaggedField(1000, bytes(random.nextInt(5))),
                            new TaggedField(100_000, bytes(random.nextInt(200)))));
        }
        return build(builder);
    }

    private Object value(GeneratedMessage message, FieldSpec field, FieldType type, int version) {
        if (type instanceof FieldType.Array array) {
            List<Object> values = new ArrayList<>();
            for (int count = random.nextInt(MOST_ELEMENTS + 1); count > 0; count--) {
                values.add(value(message, field, array.element(), version));
            }
            return values;
        }
        if (type instanceof FieldType.Struct struct) {
            Class<?> nested = Arrays.stream(message.type().getDeclaredClasses())
                    .filter(each -> each.getSimpleName().equals(struct.name()))
                    .findFirst()
                    .orElseThrow();
            return struct(message, message.spec().structs().get(struct.name()), nested, version);
        }
        return primitive((Primitive) type);
    }

    private Object primitive(Primitive type) {
        return switch (type) {
            case BOOL -> random.nextBoolean();
            case INT8 -> (byte) random.nextInt();
            case INT16 -> (short) random.nextInt();
            case UINT16 -> random.nextInt(0x10000);
            case INT32 -> random.nextInt();
            case INT64 -> random.nextLong();
            case FLOAT64 -> random.nextDouble();
            case UUID -> new UUID(random.nextLong(), random.nextLong());
            case STRING -> string();
            case BYTES -> bytes(random.nextInt(20));
            case RECORDS -> List.of(bytes(random.nextInt(700)));
        };
    }

    private String string() {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "größer \u20ac \ud83d\ude00";
            case 2 -> "x".repeat(random.nextInt(200));
            default -> "name-" + random.nextInt(1000);
        };
    }

    private ByteBuffer bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private static Object builder(Class<?> type) {
        try {
            return type.getMethod("builder").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void set(Object builder, String field, Object value) {
        Method setter = Arrays.stream(builder.getClass().getMethods())
                .filter(method -> method.getName().equals(field) && method.getParameterCount() == 1)
                .findFirst()
                .orElseThrow();
        try {
            setter.invoke(builder, value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object build(Object builder) {
        return call(builder, "build");
    }

    private static Object call(Object target, String method) {
        try {
            return target.getClass().getMethod(method).invoke(target);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
