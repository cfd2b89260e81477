package dev.trial.sim.realm;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What is rewritten inside a method: monitors, constructions, calls, method references. */
final class RewritingMethod extends MethodVisitor {
  static final String MONITORS = CallRules.RUNTIME + "Monitors";
  static final String IDENTITY = CallRules.RUNTIME + "Identity";
  private static final String OBJECT = "java/lang/Object";
  private static final String STABLE = CallRules.RUNTIME + "Stable";

  private final String superName;
  private final Hierarchy hierarchy;

  RewritingMethod(MethodVisitor next, String superName, Hierarchy hierarchy) {
    super(Opcodes.ASM9, next);
    this.superName = superName;
    this.hierarchy = hierarchy;
  }

  /**
   * Leaves out javac's handler of what leaving a monitor throws, which covers itself. Leaving a
   * simulated monitor throws nothing, and the first compiler of the JVM refuses a method whose
   * handler covers itself (c1_GraphBuilder.cpp): it would be interpreted until the second takes it.
   */
  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
    if (type != null || start != handler) {
      super.visitTryCatchBlock(start, end, handler, type);
    }
  }

  @Override
  public void visitInsn(int opcode) {
    switch (opcode) {
      case Opcodes.MONITORENTER -> invokeStatic(MONITORS, "enter", "(Ljava/lang/Object;)V");
      case Opcodes.MONITOREXIT -> invokeStatic(MONITORS, "exit", "(Ljava/lang/Object;)V");
      default -> super.visitInsn(opcode);
    }
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    String replacement = opcode == Opcodes.NEW ? CallRules.constructed(type) : null;
    super.visitTypeInsn(opcode, replacement == null ? type : replacement);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    if (name.equals("<init>")) {
      String replacement = CallRules.constructed(owner);
      super.visitMethodInsn(
          opcode, replacement == null ? owner : replacement, name, descriptor, isInterface);
      return;
    }
    if (opcode == Opcodes.INVOKESPECIAL && isIdentityHash(owner, name, descriptor)) {
      invokeStatic(IDENTITY, "of", "(Ljava/lang/Object;)I");
      return;
    }
    CallRules.Target target = resolve(owner, name, descriptor, hierarchy);
    if (target != null && target.isStatic() == (opcode == Opcodes.INVOKESTATIC)) {
      String receiver = receiver(target, owner, name, descriptor);
      invokeStatic(target.owner(), target.name(), withReceiver(target, receiver, descriptor));
    } else if (opcode == Opcodes.INVOKESTATIC && isFactory(owner, name, descriptor)) {
      invokeFactory(owner, descriptor);
    } else {
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }
  }

  private boolean isIdentityHash(String owner, String name, String descriptor) {
    return owner.equals(OBJECT)
        && superName.equals(OBJECT)
        && name.equals("hashCode")
        && descriptor.equals("()I");
  }

  /** The rule for a call, found on the named owner or on the JDK class it descends from. */
  static CallRules.Target resolve(
      String owner, String name, String descriptor, Hierarchy hierarchy) {
    if (owner.startsWith("[")) {
      return null;
    }
    for (String type = owner; type != null; type = hierarchy.superOf(type)) {
      CallRules.Target target = CallRules.call(type, name, descriptor);
      if (target != null) {
        return target;
      }
    }
    return CallRules.call(OBJECT, name, descriptor);
  }

  private String receiver(CallRules.Target target, String owner, String name, String descriptor) {
    String type = owner;
    while (type != null && CallRules.call(type, name, descriptor) == null) {
      type = hierarchy.superOf(type);
    }
    if (type == null) {
      return OBJECT;
    }
    boolean future = target.owner().endsWith("/Futures") && target.name().equals("get");
    return future ? "java/util/concurrent/Future" : type;
  }

  private static String withReceiver(CallRules.Target target, String receiver, String descriptor) {
    return target.isStatic() ? descriptor : "(L" + receiver + ";" + descriptor.substring(1);
  }

  /** {@code Set.of} and {@code Map.of}, whose order the JDK salts anew in every JVM. */
  static boolean isFactory(String owner, String name, String descriptor) {
    return name.equals("of")
        && (owner.equals("java/util/Set") || owner.equals("java/util/Map"))
        && Type.getArgumentCount(descriptor) > 0
        && !descriptor.startsWith("([");
  }

  /** The arguments are on the stack: gathers them into an array, last one first. */
  private void invokeFactory(String owner, String descriptor) {
    int count = Type.getArgumentCount(descriptor);
    push(count);
    super.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
    for (int i = count - 1; i >= 0; i--) {
      super.visitInsn(Opcodes.DUP_X1);
      super.visitInsn(Opcodes.SWAP);
      push(i);
      super.visitInsn(Opcodes.SWAP);
      super.visitInsn(Opcodes.AASTORE);
    }
    String method = owner.endsWith("Set") ? "setOf" : "mapOf";
    invokeStatic(STABLE, method, "([Ljava/lang/Object;)L" + owner + ";");
  }

  private void push(int number) {
    super.visitIntInsn(Opcodes.BIPUSH, number);
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... arguments) {
    Object[] rewritten = arguments.clone();
    for (int i = 0; i < rewritten.length; i++) {
      if (rewritten[i] instanceof Handle handle) {
        rewritten[i] = rewrite(handle);
      }
    }
    super.visitInvokeDynamicInsn(name, descriptor, bootstrap, rewritten);
  }

  private Handle rewrite(Handle handle) {
    String owner = handle.getOwner();
    String descriptor = handle.getDesc();
    if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
      String replacement = CallRules.constructed(owner);
      return replacement == null
          ? handle
          : new Handle(handle.getTag(), replacement, handle.getName(), descriptor, false);
    }
    CallRules.Target target = resolve(owner, handle.getName(), descriptor, hierarchy);
    if (target == null || target.isStatic() != (handle.getTag() == Opcodes.H_INVOKESTATIC)) {
      return handle;
    }
    String receiver = receiver(target, owner, handle.getName(), descriptor);
    String full = withReceiver(target, receiver, descriptor);
    return new Handle(Opcodes.H_INVOKESTATIC, target.owner(), target.name(), full, false);
  }

  private void invokeStatic(String owner, String name, String descriptor) {
    super.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
  }
}
