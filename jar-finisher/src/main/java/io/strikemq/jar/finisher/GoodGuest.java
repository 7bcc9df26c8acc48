package io.strikemq.jar.finisher;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Keeps classes away from what belongs to the whole process: {@code System.getLogger}, which asks for a finder of the whole JVM,
 * and {@code System.setProperty} become calls of ours, and the system properties that slf4j obeys ({@code slf4j.provider} …)
 * get other names.
 */
final class GoodGuest {
    private static final String SYSTEM = "java/lang/System";
    private static final String GET_LOGGER = "getLogger(Ljava/lang/String;)Ljava/lang/System$Logger;";
    private static final String SET_PROPERTY = "setProperty(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;";
    private static final String OURS = "io/strikemq/bootstrap/embedding/HiddenSystem";
    private static final String SLF4J = "org/slf4j/";
    private static final String PROPERTY = "slf4j.";

    private GoodGuest() {}

    /** The class as it shall be: the same bytes where nothing is to be changed. */
    static byte[] of(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, 0);
        Rewriting rewriting = new Rewriting(writer, reader.getClassName().startsWith(SLF4J));
        reader.accept(rewriting, 0);
        return rewriting.changed ? writer.toByteArray() : bytes;
    }

    private static final class Rewriting extends ClassVisitor {
        private final boolean isSlf4j;
        private boolean changed;

        Rewriting(ClassVisitor next, boolean isSlf4j) {
            super(Opcodes.ASM9, next);
            this.isSlf4j = isSlf4j;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String called, String form, boolean isInterface) {
                    String method = called + form;
                    boolean isOurs = owner.equals(SYSTEM) && (method.equals(GET_LOGGER) || method.equals(SET_PROPERTY));
                    changed |= isOurs;
                    super.visitMethodInsn(opcode, isOurs ? OURS : owner, called, form, isInterface);
                }

                @Override
                public void visitLdcInsn(Object value) {
                    boolean isProperty = isSlf4j && value instanceof String text && text.startsWith(PROPERTY);
                    changed |= isProperty;
                    super.visitLdcInsn(isProperty ? "strikemq." + value : value);
                }
            };
        }
    }
}
