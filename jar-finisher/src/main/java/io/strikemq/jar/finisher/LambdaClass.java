package io.strikemq.jar.finisher;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The class of one lambda or method reference. It has a field for each captured value, and its one method calls what the
 * lambda stands for. As with the JVM's own, there is one object of a lambda that captures nothing.
 */
final class LambdaClass {
    private static final String OBJECT = "java/lang/Object";
    private static final String CONSTRUCTOR = "<init>";
    private static final String THE_ONE = "INSTANCE";
    private static final String WITH = "with";

    private final String name;
    private final String host;
    private final String method;
    private final Type site;
    private final Type erased;
    private final Handle body;
    private final Type actual;
    private final Type[] captured;

    /**
     * The parts are those of {@code LambdaMetafactory.metafactory}.
     *
     * @param method of the functional interface
     * @param site   from the captured values to the interface
     * @param erased the method's type in the interface
     * @param body   what is called
     * @param actual the method's type with type arguments in place
     */
    LambdaClass(String name, String host, String method, Type site, Type erased, Handle body, Type actual) {
        this.name = name;
        this.host = host;
        this.method = method;
        this.site = site;
        this.erased = erased;
        this.body = body;
        this.actual = actual;
        this.captured = site.getArgumentTypes();
    }

    /** Puts the lambda's object on the stack, where its captured values are. */
    void use(MethodVisitor code) {
        if (captured.length == 0) {
            code.visitFieldInsn(Opcodes.GETSTATIC, name, THE_ONE, "L" + name + ";");
        } else {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, name, WITH, site.getDescriptor(), false);
        }
    }

    byte[] bytes() {
        ClassWriter out = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        out.visit(
                Opcodes.V17,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name,
                null,
                OBJECT,
                new String[] {site.getReturnType().getInternalName()});
        out.visitNestHost(host);
        constructor(out);
        if (captured.length == 0) {
            theOne(out);
        } else {
            factory(out);
        }
        call(out);
        out.visitEnd();
        return out.toByteArray();
    }

    private void constructor(ClassWriter out) {
        MethodVisitor code = out.visitMethod(Opcodes.ACC_PRIVATE, CONSTRUCTOR, constructorType(), null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, CONSTRUCTOR, "()V", false);
        int variable = 1;
        for (int i = 0; i < captured.length; i++) {
            out.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, field(i), captured[i].getDescriptor(), null, null)
                    .visitEnd();
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(captured[i].getOpcode(Opcodes.ILOAD), variable);
            code.visitFieldInsn(Opcodes.PUTFIELD, name, field(i), captured[i].getDescriptor());
            variable += captured[i].getSize();
        }
        end(code, Opcodes.RETURN);
    }

    private void theOne(ClassWriter out) {
        out.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, THE_ONE, "L" + name + ";", null, null)
                .visitEnd();
        MethodVisitor code = out.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        code.visitCode();
        create(code);
        code.visitFieldInsn(Opcodes.PUTSTATIC, name, THE_ONE, "L" + name + ";");
        end(code, Opcodes.RETURN);
    }

    private void factory(ClassWriter out) {
        MethodVisitor code = out.visitMethod(Opcodes.ACC_STATIC, WITH, site.getDescriptor(), null, null);
        code.visitCode();
        create(code);
        end(code, Opcodes.ARETURN);
    }

    /** Makes the object, with the parameters of the method that is being written. */
    private void create(MethodVisitor code) {
        code.visitTypeInsn(Opcodes.NEW, name);
        code.visitInsn(Opcodes.DUP);
        int variable = 0;
        for (Type type : captured) {
            code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), variable);
            variable += type.getSize();
        }
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, name, CONSTRUCTOR, constructorType(), false);
    }

    private void call(ClassWriter out) {
        MethodVisitor code = out.visitMethod(Opcodes.ACC_PUBLIC, method, erased.getDescriptor(), null, null);
        code.visitCode();
        boolean isConstructor = body.getTag() == Opcodes.H_NEWINVOKESPECIAL;
        if (isConstructor) {
            code.visitTypeInsn(Opcodes.NEW, body.getOwner());
            code.visitInsn(Opcodes.DUP);
        }
        pushArguments(code);
        code.visitMethodInsn(opcode(), body.getOwner(), body.getName(), body.getDesc(), body.isInterface());
        Type got = isConstructor ? Type.getObjectType(body.getOwner()) : Type.getReturnType(body.getDesc());
        Type result = erased.getReturnType();
        Conversion.convert(code, got, got, result);
        end(code, result.getOpcode(Opcodes.IRETURN));
    }

    /** What the body takes: the captured values, and then the parameters. */
    private void pushArguments(MethodVisitor code) {
        Type[] wanted = wanted();
        int next = 0;
        for (int i = 0; i < captured.length; i++) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(Opcodes.GETFIELD, name, field(i), captured[i].getDescriptor());
            Conversion.convert(code, captured[i], captured[i], wanted[next++]);
        }
        Type[] given = erased.getArgumentTypes();
        int variable = 1;
        for (int i = 0; i < given.length; i++) {
            code.visitVarInsn(given[i].getOpcode(Opcodes.ILOAD), variable);
            Conversion.convert(code, given[i], actual.getArgumentTypes()[i], wanted[next++]);
            variable += given[i].getSize();
        }
    }

    private Type[] wanted() {
        boolean hasReceiver = body.getTag() != Opcodes.H_INVOKESTATIC && body.getTag() != Opcodes.H_NEWINVOKESPECIAL;
        Type[] parameters = Type.getArgumentTypes(body.getDesc());
        if (!hasReceiver) {
            return parameters;
        }
        Type[] all = new Type[parameters.length + 1];
        all[0] = Type.getObjectType(body.getOwner());
        System.arraycopy(parameters, 0, all, 1, parameters.length);
        return all;
    }

    private int opcode() {
        return switch (body.getTag()) {
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
            case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
            // A private method of the nest; compilers write a method of its own for super::method.
            case Opcodes.H_INVOKESPECIAL -> body.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
            case Opcodes.H_INVOKEVIRTUAL -> Opcodes.INVOKEVIRTUAL;
            default -> throw new IllegalStateException("no lambda calls " + body);
        };
    }

    private String constructorType() {
        return Type.getMethodDescriptor(Type.VOID_TYPE, captured);
    }

    private static String field(int index) {
        return "captured" + index;
    }

    private static void end(MethodVisitor code, int returning) {
        code.visitInsn(returning);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
