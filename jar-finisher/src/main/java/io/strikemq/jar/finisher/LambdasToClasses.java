package io.strikemq.jar.finisher;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;
import org.objectweb.asm.Type;

/**
 * Replaces what has the JVM make a lambda's class ({@code invokedynamic} by {@code LambdaMetafactory.metafactory}) by the use of
 * a class that is there, named {@code Owner$Lambda0} and so on. Serializable lambdas stay as they are.
 *
 * <p>A lambda's body is a private method of its owner, and a method reference may name one. So the new class belongs to
 * the owner's nest (JEP 181): the nest's host has to name it, and it has to name the host.
 */
final class LambdasToClasses {
    private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";

    private final Map<String, byte[]> classes = new LinkedHashMap<>();
    private final Map<String, List<String>> newMembers = new LinkedHashMap<>();

    /** Takes a class, and all others of its nest in the calls before or after. */
    void add(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        Rewriting rewriting = new Rewriting(writer);
        reader.accept(rewriting, 0);
        classes.put(reader.getClassName(), rewriting.lambdas > 0 ? writer.toByteArray() : bytes);
    }

    /** All classes that were taken, rewritten, and those that were made, by their internal names. */
    Map<String, byte[]> finish() {
        newMembers.forEach((host, members) -> classes.put(host, withMembers(classes.get(host), members)));
        newMembers.clear();
        return classes;
    }

    /** Nests came with 11; nothing of what earlier compilers wrote means something else since. */
    private static int withNests(int version) {
        return Math.max(version & 0xFFFF, Opcodes.V11);
    }

    private static byte[] withMembers(byte[] host, List<String> members) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(host).accept(new NestHost(writer, members), 0);
        return writer.toByteArray();
    }

    /** Finds the lambdas of one class. */
    private final class Rewriting extends ClassVisitor {
        private String owner;
        private String host;
        private int lambdas;

        Rewriting(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            owner = name;
            host = name;
            super.visit(withNests(version), access, name, signature, parent, interfaces);
        }

        @Override
        public void visitNestHost(String name) {
            host = name;
            super.visitNestHost(name);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitInvokeDynamicInsn(String called, String site, Handle bootstrap, Object... constants) {
                    boolean isLambda = bootstrap.getOwner().equals(METAFACTORY)
                            && bootstrap.getName().equals("metafactory");
                    if (isLambda) {
                        useClass(mv, called, Type.getMethodType(site), constants);
                    } else {
                        super.visitInvokeDynamicInsn(called, site, bootstrap, constants);
                    }
                }
            };
        }

        private void useClass(MethodVisitor code, String method, Type site, Object... constants) {
            String name = owner + "$Lambda" + lambdas++;
            newMembers.computeIfAbsent(host, any -> new ArrayList<>()).add(name);
            LambdaClass lambda = new LambdaClass(
                    name, host, method, site, (Type) constants[0], (Handle) constants[1], (Type) constants[2]);
            classes.put(name, lambda.bytes());
            lambda.use(code);
        }
    }

    /** Adds members to a nest, where ASM wants them: before inner classes, fields and methods. */
    private static final class NestHost extends ClassVisitor {
        private final List<String> members;
        private boolean added;

        NestHost(ClassVisitor next, List<String> members) {
            super(Opcodes.ASM9, next);
            this.members = members;
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            super.visit(withNests(version), access, name, signature, parent, interfaces);
        }

        private void add() {
            if (!added) {
                added = true;
                members.forEach(super::visitNestMember);
            }
        }

        @Override
        public void visitInnerClass(String name, String outer, String inner, int access) {
            add();
            super.visitInnerClass(name, outer, inner, access);
        }

        @Override
        public RecordComponentVisitor visitRecordComponent(String name, String descriptor, String signature) {
            add();
            return super.visitRecordComponent(name, descriptor, signature);
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            add();
            return super.visitField(access, name, descriptor, signature, value);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            add();
            return super.visitMethod(access, name, descriptor, signature, exceptions);
        }

        @Override
        public void visitEnd() {
            add();
            super.visitEnd();
        }
    }
}
