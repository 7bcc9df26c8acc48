package io.strikemq.jar.finisher;

import java.util.Map;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What the language does in silence between a functional interface and a method: casts, boxes, wider numbers. */
final class Conversion {
    private static final Map<Type, String> BOXES = Map.of(
            Type.BOOLEAN_TYPE, "java/lang/Boolean",
            Type.CHAR_TYPE, "java/lang/Character",
            Type.BYTE_TYPE, "java/lang/Byte",
            Type.SHORT_TYPE, "java/lang/Short",
            Type.INT_TYPE, "java/lang/Integer",
            Type.FLOAT_TYPE, "java/lang/Float",
            Type.LONG_TYPE, "java/lang/Long",
            Type.DOUBLE_TYPE, "java/lang/Double");

    private Conversion() {}

    /**
     * Makes of the value on the stack what is wanted.
     *
     * @param from  its type for the JVM
     * @param known its type for the compiler, such as Integer for an Object
     */
    static void convert(MethodVisitor code, Type from, Type known, Type wanted) {
        if (wanted.getSort() == Type.VOID) {
            drop(code, from);
        } else if (isPrimitive(from) && isPrimitive(wanted)) {
            widen(code, from, wanted);
        } else if (isPrimitive(from)) {
            String box = BOXES.get(from);
            code.visitMethodInsn(Opcodes.INVOKESTATIC, box, "valueOf", "(" + from + ")L" + box + ";", false);
        } else if (isPrimitive(wanted)) {
            unbox(code, from, known, wanted);
        } else {
            cast(code, from, wanted.getInternalName());
        }
    }

    private static void drop(MethodVisitor code, Type value) {
        if (value.getSize() > 0) {
            code.visitInsn(value.getSize() == 1 ? Opcodes.POP : Opcodes.POP2);
        }
    }

    private static void unbox(MethodVisitor code, Type from, Type known, Type wanted) {
        Type inside = BOXES.entrySet().stream()
                .filter(box -> box.getValue().equals(known.getInternalName()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(wanted);
        String box = BOXES.get(inside);
        cast(code, from, box);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, box, inside.getClassName() + "Value", "()" + inside, false);
        widen(code, inside, wanted);
    }

    private static void cast(MethodVisitor code, Type from, String wanted) {
        if (!wanted.equals("java/lang/Object") && !wanted.equals(from.getInternalName())) {
            code.visitTypeInsn(Opcodes.CHECKCAST, wanted);
        }
    }

    private static void widen(MethodVisitor code, Type from, Type wanted) {
        if (from.equals(wanted) || isInt(from) && isInt(wanted)) {
            return;
        }
        code.visitInsn(
                switch ((isInt(from) ? "I" : from.getDescriptor()) + wanted.getDescriptor()) {
                    case "IJ" -> Opcodes.I2L;
                    case "IF" -> Opcodes.I2F;
                    case "ID" -> Opcodes.I2D;
                    case "JF" -> Opcodes.L2F;
                    case "JD" -> Opcodes.L2D;
                    case "FD" -> Opcodes.F2D;
                    default -> throw new IllegalStateException("no lambda makes " + wanted + " of " + from);
                });
    }

    /** Whether the JVM has it as an int. */
    private static boolean isInt(Type type) {
        return type.getSort() >= Type.BOOLEAN && type.getSort() <= Type.INT;
    }

    private static boolean isPrimitive(Type type) {
        return BOXES.containsKey(type);
    }
}
