package dev.trial.sim.realm;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What is rewritten at the level of a class: synchronized methods, static initializers, identity
 * hash codes, a superclass that has a replacement.
 */
final class RewritingClass extends ClassVisitor {
  private static final String RT = CallRules.RUNTIME + "Rt";
  private static final String STAMP = "trial$identity";
  private static final int NOT_INHERITED =
      Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_BRIDGE;

  private final Hierarchy hierarchy;
  private String name;
  private String superName;
  private boolean isInterface;
  private boolean hasHashCode;
  private boolean hasInitializer;
  private boolean hasMutableStatics;

  RewritingClass(ClassVisitor next, Hierarchy hierarchy) {
    super(Opcodes.ASM9, next);
    this.hierarchy = hierarchy;
  }

  @Override
  public void visit(
      int version, int access, String type, String signature, String parent, String[] interfaces) {
    name = type;
    String replacement = CallRules.constructed(parent);
    superName = replacement == null ? parent : replacement;
    isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
    super.visit(version, access, type, signature, superName, interfaces);
  }

  @Override
  public FieldVisitor visitField(
      int access, String field, String descriptor, String signature, Object value) {
    boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
    hasMutableStatics |= isStatic && (access & Opcodes.ACC_FINAL) == 0;
    return super.visitField(access, field, descriptor, signature, value);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String method, String descriptor, String signature, String[] exceptions) {
    hasHashCode |= method.equals("hashCode") && descriptor.equals("()I");
    boolean initializer = method.equals("<clinit>");
    hasInitializer |= initializer;
    int written = access;
    String target = method;
    if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
      writeLocking(access, method, descriptor, signature, exceptions);
      written = access & ~NOT_INHERITED | Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC;
      target = method + "$sync";
    }
    MethodVisitor next = super.visitMethod(written, target, descriptor, signature, exceptions);
    RewritingMethod rewriting = new RewritingMethod(next, superName, hierarchy);
    return initializer ? new Initializer(rewriting) : rewriting;
  }

  @Override
  public void visitEnd() {
    if (!isInterface && superName.equals("java/lang/Object") && !hasHashCode) {
      writeHashCode();
    }
    if (hasMutableStatics && !hasInitializer) {
      MethodVisitor added = super.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
      MethodVisitor initializer = new Initializer(added);
      initializer.visitCode();
      initializer.visitInsn(Opcodes.RETURN);
      initializer.visitMaxs(0, 0);
      initializer.visitEnd();
    }
    super.visitEnd();
  }

  /** A method of the old name that holds the simulated monitor around the renamed body. */
  private void writeLocking(
      int access, String method, String descriptor, String signature, String[] exceptions) {
    boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
    int open = access & ~Opcodes.ACC_SYNCHRONIZED;
    MethodVisitor code = super.visitMethod(open, method, descriptor, signature, exceptions);
    Label start = new Label();
    Label end = new Label();
    Label handler = new Label();
    code.visitCode();
    code.visitTryCatchBlock(start, end, handler, null);
    monitor(code, isStatic, "enter");
    code.visitLabel(start);
    callBody(code, isStatic, method + "$sync", descriptor);
    code.visitLabel(end);
    monitor(code, isStatic, "exit");
    code.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
    code.visitLabel(handler);
    Object[] locals = locals(isStatic, descriptor);
    Object[] stack = {"java/lang/Throwable"};
    code.visitFrame(Opcodes.F_FULL, locals.length, locals, 1, stack);
    monitor(code, isStatic, "exit");
    code.visitInsn(Opcodes.ATHROW);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private void monitor(MethodVisitor code, boolean isStatic, String call) {
    if (isStatic) {
      code.visitLdcInsn(Type.getObjectType(name));
    } else {
      code.visitVarInsn(Opcodes.ALOAD, 0);
    }
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC, RewritingMethod.MONITORS, call, "(Ljava/lang/Object;)V", false);
  }

  private void callBody(MethodVisitor code, boolean isStatic, String body, String descriptor) {
    int slot = 0;
    if (!isStatic) {
      code.visitVarInsn(Opcodes.ALOAD, slot++);
    }
    for (Type argument : Type.getArgumentTypes(descriptor)) {
      code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), slot);
      slot += argument.getSize();
    }
    int opcode = isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL;
    code.visitMethodInsn(opcode, name, body, descriptor, isInterface);
  }

  private Object[] locals(boolean isStatic, String descriptor) {
    List<Object> locals = new ArrayList<>();
    if (!isStatic) {
      locals.add(name);
    }
    for (Type argument : Type.getArgumentTypes(descriptor)) {
      locals.add(frameType(argument));
    }
    return locals.toArray();
  }

  private static Object frameType(Type type) {
    return switch (type.getSort()) {
      case Type.LONG -> Opcodes.LONG;
      case Type.DOUBLE -> Opcodes.DOUBLE;
      case Type.FLOAT -> Opcodes.FLOAT;
      case Type.OBJECT, Type.ARRAY -> type.getInternalName();
      default -> Opcodes.INTEGER;
    };
  }

  /** {@code hashCode() { stamp = Identity.stamp(this, stamp); return (int) stamp; }} */
  private void writeHashCode() {
    int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_TRANSIENT | Opcodes.ACC_SYNTHETIC;
    super.visitField(access, STAMP, "J", null, null).visitEnd();
    MethodVisitor code = super.visitMethod(Opcodes.ACC_PUBLIC, "hashCode", "()I", null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitFieldInsn(Opcodes.GETFIELD, name, STAMP, "J");
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC, RewritingMethod.IDENTITY, "stamp", "(Ljava/lang/Object;J)J", false);
    code.visitInsn(Opcodes.DUP2_X1);
    code.visitFieldInsn(Opcodes.PUTFIELD, name, STAMP, "J");
    code.visitInsn(Opcodes.L2I);
    code.visitInsn(Opcodes.IRETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  /** Marks the extent of a static initializer, then has its results noted. */
  private final class Initializer extends MethodVisitor {

    Initializer(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      super.visitMethodInsn(Opcodes.INVOKESTATIC, RT, "enterInitializer", "()V", false);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.RETURN) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, RT, "exitInitializer", "()V", false);
        super.visitLdcInsn(Type.getObjectType(name));
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC,
            CallRules.RUNTIME + "Statics",
            "note",
            "(Ljava/lang/Class;)V",
            false);
      }
      super.visitInsn(opcode);
    }
  }
}
